// Peer: Socket.IO over WebSocket only. usage: node socketio.mjs PORT
import { createServer } from "node:http";
import { Server } from "socket.io";
import { SnapshotRoom } from "./room.mjs";

const server = createServer((request, answer) => {
  if (request.url.startsWith("/socket.io/")) return;
  room.pin("TR_1", request.method === "PUT");
  answer.end();
});
const io = new Server(server, { transports: ["websocket"], serveClient: false, perMessageDeflate: false });
const room = new SnapshotRoom("bench", (snapshot) => io.to("bench").emit("snapshot", snapshot));
io.on("connection", (socket) => {
  const { user, name } = socket.handshake.query;
  socket.join("bench");
  socket.on("heartbeat", () => room.heard(user));
  socket.on("disconnect", () => room.leave(user));
  room.join(user, name);
});
server.listen(Number(process.argv[2]), "127.0.0.1", () => console.log("READY"));
