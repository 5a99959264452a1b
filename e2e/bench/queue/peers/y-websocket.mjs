// Peer: the y-websocket server, in memory only. usage: node y-websocket.mjs PORT
import { createServer } from "node:http";
import { setupWSConnection } from "@y/websocket-server/utils";
import { WebSocketServer } from "ws";

const server = createServer((request, answer) => answer.end("okay"));
new WebSocketServer({ server, perMessageDeflate: false }).on("connection", (socket, request) =>
  setupWSConnection(socket, request),
);
server.listen(Number(process.argv[2]), "127.0.0.1", () => console.log("READY"));
