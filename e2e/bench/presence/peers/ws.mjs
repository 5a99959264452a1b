// Peer: the ws library. Encodes once per change. usage: node ws.mjs PORT
import { createServer } from "node:http";
import { WebSocketServer } from "ws";
import { SnapshotRoom } from "./room.mjs";

const sockets = new Set();
const room = new SnapshotRoom("bench", (snapshot, only) => {
  const data = Buffer.from(JSON.stringify(snapshot));
  for (const socket of only ? [only] : sockets) if (socket.readyState === 1) socket.send(data, { binary: false });
});
const server = createServer((request, answer) => {
  room.pin(new URL(request.url, "http://peer").searchParams.get("track"), request.method === "PUT");
  answer.end();
});
new WebSocketServer({ server, perMessageDeflate: false }).on("connection", (socket, request) => {
  const query = new URL(request.url, "http://peer").searchParams;
  const user = query.get("user");
  sockets.add(socket);
  socket.on("message", () => room.heard(user));
  socket.on("close", () => {
    sockets.delete(socket);
    room.leave(user);
  });
  socket.on("error", () => {});
  room.join(user, query.get("name"), socket);
});
server.listen(Number(process.argv[2]), "127.0.0.1", () => console.log("READY"));
