// Peer: Socket.IO over WebSocket only. usage: node socketio.mjs PORT
import { createServer } from "node:http";
import { Server } from "socket.io";
import { SnapshotRoom } from "./room.mjs";

const server = createServer((request, answer) => {
  if (request.url.startsWith("/socket.io/")) return;
  room.pin(new URL(request.url, "http://peer").searchParams.get("track"), request.method === "PUT");
  answer.end();
});
const io = new Server(server, { transports: ["websocket"], serveClient: false, perMessageDeflate: false });
const room = new SnapshotRoom("bench", (snapshot, only) => (only ?? io.to("bench")).emit("snapshot", snapshot));
io.on("connection", (socket) => {
  const { user, name } = socket.handshake.query;
  socket.join("bench");
  socket.on("heartbeat", () => room.heard(user));
  socket.on("disconnect", () => room.leave(user));
  room.join(user, name, socket);
});
server.listen(Number(process.argv[2]), "127.0.0.1", () => console.log("READY"));
