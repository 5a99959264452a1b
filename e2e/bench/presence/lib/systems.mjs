// The systems under comparison, each with one room: what is started, whom it lets in, and how its state is changed.
import { execFileSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort, pass, replica, start, until } from "./stack.mjs";

const here = dirname(fileURLToPath(import.meta.url));
/** Limits that a benchmark meets and a room does not; nobody is turned away, nobody goes away for want of heartbeats. */
export const OPEN = {
  "presence.admission.per-second": "100000",
  "presence.admission.burst": "100000",
  "presence.sockets-per-person": "100000",
  "presence.away-after": "2h",
};

async function peerProcess(kind) {
  const port = await freePort();
  const process = start("node", [join(here, "..", "peers", `${kind}.mjs`), String(port)]);
  await until(`${kind} is ready`, 30000, () => process.output.includes("READY"));
  // partyserver runs in workerd, a child of the process that started it.
  const workers =
    kind === "partyserver"
      ? execFileSync("pgrep", ["-P", String(process.pid)], { encoding: "utf8" })
          .split("\n")
          .filter(Boolean)
      : [];
  return { port, process, pid: workers.length ? Number(workers[workers.length - 1]) : process.pid };
}

const peer = (kind, path) => ({
  kind,
  async start() {
    Object.assign(this, await peerProcess(kind));
  },
  line: (i, people) => [`${path}user=user-${i % people}&name=User%20Number%20${i % people}`, "", "127.0.0.1"],
  pin(track, on) {
    const base = path.split("?")[0].replace("/socket.io/", "/");
    return fetch(`http://127.0.0.1:${this.port}${base}?track=${track}`, { method: on ? "PUT" : "DELETE" }).then(
      (answer) => answer.arrayBuffer(),
    );
  },
  async stop() {
    this.process.kill("SIGTERM");
    await this.process.ended;
  },
});

export const ws = () => peer("ws", "/?");
export const socketio = () => peer("socketio", "/socket.io/?EIO=4&transport=websocket&");
export const partyserver = () => peer("partyserver", "/parties/party/bench?");

/** The path and subprotocols of one presence client. */
export function presenceLine(
  event,
  user,
  { room = "main", query = "", from = "127.0.0.1", role = "participant" } = {},
) {
  const carrier = encodeURIComponent(`quarkus-http-upgrade#Authorization#Bearer ${pass(event, user, role)}`);
  return [`/v1/events/${event}/rooms/${room}/presence${query}`, `presence.v1, ${carrier}`, from];
}

/** One replica of ours, or another room of one that runs. `query`: what its clients ask for in the socket's address. */
export const presence = (kind, { store, settings = {}, query = "", on, event = kind } = {}) => ({
  kind,
  async start() {
    this.node = on ? on.node : await replica(store.url, { ...OPEN, ...settings });
    this.port = this.node.port;
    this.pid = this.node.process.pid;
  },
  line: (i, people) => presenceLine(event, `user-${i % people}`, { query }),
  pin(track, on) {
    return fetch(`http://127.0.0.1:${this.port}/v1/events/${event}/rooms/main/pins/${track}`, {
      method: on ? "PUT" : "DELETE",
      headers: { authorization: `Bearer ${pass(event, "mod", "moderator")}`, "content-type": "application/json" },
      body: on ? '{"userId":"user-1"}' : undefined,
    }).then((answer) => {
      if (!answer.ok) throw new Error(`pin: ${answer.status}`);
      return answer.arrayBuffer();
    });
  },
  async stop() {
    if (on) return;
    this.node.process.kill("SIGKILL");
    await this.node.process.ended;
  },
});
