// presence-service beside ws, Socket.IO and partyserver: the same clients, the same changes, alternating, one table.
// usage: node bench.mjs      environment: SOCKETS (400), CHANGES (100), RATE (20), ROUNDS (3), FILL (100), IDLE (10000)
import { execFileSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "./lib/client.mjs";
import { cpu, freePort, pass, percentile, redis, replica, rss, sleep, start, stopAll, until } from "./lib/stack.mjs";

const number = (name, value) => Number(process.env[name] ?? value);
const SOCKETS = number("SOCKETS", 400);
const CHANGES = number("CHANGES", 100);
const RATE = number("RATE", 20);
const ROUNDS = number("ROUNDS", 3);
const FILL = number("FILL", 100);
const IDLE = number("IDLE", 10000);
const here = dirname(fileURLToPath(import.meta.url));
let counter = 0;

async function peer(kind) {
  const port = await freePort();
  const process = start("node", [join(here, "peers", `${kind}.mjs`), String(port)]);
  await until(`${kind} is ready`, 20000, () => process.output.includes("READY"));
  const workers = execFileSync("pgrep", ["-P", String(process.pid)], { encoding: "utf8" }).split("\n").filter(Boolean);
  return { port, process, pid: workers.length ? Number(workers[0]) : process.pid };
}

/** A peer that runs one room, whose people are few so that its snapshots are as long as one of our patches' frames is not. */
const snapshotPeer = (kind, path, adapt = (x) => x) => ({
  kind,
  async start() {
    Object.assign(this, await peer(kind));
  },
  async open(i, people) {
    const user = `user-${i % people}`;
    return adapt(await Client.open({ port: this.port, path: `${path}user=${user}&name=User%20Number%20${i % people}` }));
  },
  change(i) {
    return fetch(`http://127.0.0.1:${this.port}${path.split("?")[0].replace("/socket.io/", "/")}`, { method: i % 2 ? "DELETE" : "PUT" });
  },
  async stop() {
    this.process.kill("SIGTERM");
    await this.process.ended;
  },
});

const presence = (store) => ({
  kind: "presence",
  async start() {
    const open = { "presence.admission.per-second": "100000", "presence.admission.burst": "100000", "presence.lite.above": "1000000", "presence.sockets-per-person": "100000" };
    this.node = await replica(store.url, open);
    this.pid = this.node.process.pid;
    this.event = `bench-${counter++}`;
    this.moderator = pass(this.event, "mod", "moderator");
    this.passes = new Map();
  },
  open(i, people, from) {
    const user = `user-${i % people}`;
    if (!this.passes.has(user)) this.passes.set(user, pass(this.event, user));
    const carrier = encodeURIComponent(`quarkus-http-upgrade#Authorization#Bearer ${this.passes.get(user)}`);
    const mode = this.whole ? "?mode=snapshot" : "";
    return Client.open({ port: this.node.port, path: `/v1/events/${this.event}/rooms/main/presence${mode}`, protocols: ["presence.v1", carrier], from });
  },
  change(i) {
    return fetch(`http://127.0.0.1:${this.node.port}/v1/events/${this.event}/rooms/main/pins/TR_1`, {
      method: i % 2 ? "DELETE" : "PUT",
      headers: { authorization: `Bearer ${this.moderator}`, "content-type": "application/json" },
      body: i % 2 ? undefined : '{"userId":"user-1"}',
    });
  },
  async stop() {
    this.node.process.kill("SIGKILL");
    await this.node.process.ended;
  },
});

const total = (clients, what) => clients.reduce((sum, client) => sum + client[what], 0);

/** Socket.IO's clients must say hello and answer its pings. */
const socketio = (client) => {
  client.onText = (data) => {
    if (data[0] === 48) client.send("40");
    else if (data[0] === 50) client.send("3");
  };
  client.send("40");
  return client;
};

async function fanout(system, people) {
  await system.start();
  const clients = [];
  const open = (count) => Promise.all(Array.from({ length: count }, (_, k) => system.open(clients.length + k, people)));
  while (clients.length < SOCKETS) clients.push(...(await open(Math.min(20, SOCKETS - clients.length))));
  // Warm: just-in-time compilers need some thousand frames before they are what runs in production.
  for (let i = 0; i < 60; i++) {
    await system.change(i);
    await sleep(30);
  }
  await sleep(500);
  const frames = total(clients, "frames");
  const bytes = total(clients, "bytes");
  const used = cpu(system.pid);
  const begun = performance.now();
  for (let i = 0; i < CHANGES; i++) {
    await system.change(i);
    await sleep(Math.max(0, begun + ((i + 1) * 1000) / RATE - performance.now()));
  }
  await sleep(1000);
  const sent = total(clients, "frames") - frames;
  const result = { cpuPerFrame: ((cpu(system.pid) - used) / sent) * 1e6, bytesPerFrame: (total(clients, "bytes") - bytes) / sent, frames: sent };
  clients.forEach((client) => client.drop());
  await system.stop();
  return result;
}

async function fill(system) {
  await system.start();
  const clients = [];
  for (let i = 0; i < FILL; i++) {
    clients.push(await system.open(i, FILL));
    await sleep(20);
  }
  await sleep(1000);
  const result = { bytes: total(clients, "bytes"), frames: total(clients, "frames") };
  clients.forEach((client) => client.drop());
  await system.stop();
  return result;
}

/** Memory per idle connection: rooms of a hundred, so that what is measured is connections and not their fan-out. */
async function idle(system) {
  await system.start();
  const clients = [];
  const openMany = async (count) => {
    for (let i = 0; i < count; i += 50) {
      clients.push(
        ...(await Promise.all(
          Array.from({ length: 50 }, (_, k) => {
            const n = clients.length + k;
            system.event = `idle-${Math.floor(n / 100)}`;
            system.passes.clear();
            return system.open(n, 100, `127.0.0.${2 + (n % 5)}`);
          }),
        )),
      );
    }
  };
  await openMany(500);
  await sleep(3000);
  const before = rss(system.pid);
  await openMany(IDLE);
  await sleep(5000);
  const result = (rss(system.pid) - before) / IDLE;
  clients.forEach((client) => client.drop());
  await system.stop();
  return result;
}

const store = await redis();
const ours = presence(store);
const peers = [snapshotPeer("ws", "/?"), snapshotPeer("socketio", "/socket.io/?EIO=4&transport=websocket&", socketio), snapshotPeer("partyserver", "/parties/party/bench?")];
const systems = [ours, ...peers];
const measured = Object.fromEntries(systems.map(({ kind }) => [kind, []]));
try {
  // Peers with five people send snapshots of about a kilobyte; ours sends the same in snapshot mode.
  ours.whole = true;
  for (let round = 0; round < ROUNDS; round++) {
    for (const system of systems) {
      const result = await fanout(system, 5);
      measured[system.kind].push(result);
      console.log(`round ${round + 1} ${system.kind}: ${result.cpuPerFrame.toFixed(1)} us CPU a frame, ${result.bytesPerFrame.toFixed(0)} bytes a frame, ${result.frames} frames`);
    }
  }
  ours.whole = false;
  const middle = (kind) => percentile(measured[kind].map((result) => result.cpuPerFrame), 0.5);
  console.log(`\n| fan-out, ${SOCKETS} sockets | us CPU a frame (median of ${ROUNDS}) | ours / it | goal |\n|---|---|---|---|`);
  const goals = { ws: 0.7, socketio: 0.5, partyserver: 0.33 };
  for (const { kind } of systems) console.log(`| ${kind} | ${middle(kind).toFixed(1)} | ${kind === "presence" ? "" : (middle("presence") / middle(kind)).toFixed(2)} | ${goals[kind] ?? ""} |`);
  const oursFilled = await fill(ours);
  const theirs = await fill(peers[0]);
  console.log(`\nfilling a room with ${FILL}: ours ${(oursFilled.bytes / 1e3).toFixed(0)} KB in ${oursFilled.frames} frames, full snapshots ${(theirs.bytes / 1e6).toFixed(1)} MB in ${theirs.frames} frames: ${(theirs.bytes / oursFilled.bytes).toFixed(0)} times fewer bytes`);
  const patch = await fanout(ours, SOCKETS);
  console.log(`one change to ${SOCKETS} people: ${patch.bytesPerFrame.toFixed(0)} bytes a client`);
  console.log(`idle connection: ${(await idle(ours)).toFixed(1)} KB of resident memory at ${IDLE} connections`);
} finally {
  await stopAll();
}
process.exit(0);
