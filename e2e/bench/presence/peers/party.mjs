// The Durable Object of the partyserver peer.
import { routePartykitRequest, Server } from "partyserver";
import { SnapshotRoom } from "./room.mjs";

export class Party extends Server {
  static options = { hibernate: true };
  room = new SnapshotRoom("bench", (snapshot, only) => {
    this.ctx.storage.put("room", { version: snapshot.version, pinned: snapshot.pinned });
    if (only) only.send(JSON.stringify(snapshot));
    else this.broadcast(JSON.stringify(snapshot));
  });

  onConnect(connection, { request }) {
    const query = new URL(request.url).searchParams;
    const user = query.get("user");
    connection.setState({ user });
    this.room.join(user, query.get("name"), connection);
  }

  onMessage(connection) {
    this.room.heard(connection.state?.user);
  }

  onClose(connection) {
    this.room.leave(connection.state?.user);
  }

  onRequest(request) {
    this.room.pin(new URL(request.url).searchParams.get("track"), request.method === "PUT");
    return new Response();
  }
}

export default {
  fetch: async (request, env) =>
    (await routePartykitRequest(request, env)) ?? new Response("Not found", { status: 404 }),
};
