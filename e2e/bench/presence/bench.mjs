// presence-service beside ws, Socket.IO and partyserver: the same clients, the same changes, by turns.
// usage: node bench.mjs [viewers|rate|joins|fill|idle ...]     all without arguments; each leaves results/NAME.json
// environment: ROUNDS (5), VIEWERS (1000,100,10,5000), MOST (5000), IDLE (10000); ADD=yes adds to the results that are there
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { machine } from "../machine.mjs";
import { PresenceClient } from "./lib/client.mjs";
import { Crowd } from "./lib/crowd.mjs";
import { cpu, median, pass, percentile, redis, replica, rss, sleep, stopAll, until } from "./lib/stack.mjs";
import { OPEN, partyserver, presence, presenceLine, socketio, ws } from "./lib/systems.mjs";
import { writeReport } from "./report.mjs";

const number = (name, value) => Number(process.env[name] ?? value);
const ROUNDS = number("ROUNDS", 5);
const LEVELS = (process.env.VIEWERS ?? "1000,100,10,5000").split(",").map(Number);
const MOST = number("MOST", 5000);
const IDLE = number("IDLE", 10000);
/** Few people with many sockets each: so snapshots are about a kilobyte, and only the number of viewers grows. */
const PEOPLE = 10;
const results = join(dirname(fileURLToPath(import.meta.url)), "results");

/** Brings the number of a system's clients to `count`. */
async function ensure(crowd, system, count) {
  const { clients } = await crowd.count(system.kind);
  if (clients > count) await crowd.drop(system.kind, clients - count);
  else if (clients < count)
    await crowd.open(
      system.kind,
      system.port,
      Array.from({ length: count - clients }, (_, k) => system.line(clients + k, PEOPLE)),
    );
  await sleep(500);
}

let track = 0;

/** `changes` changes at `rate` a second: what they cost the server, and when the last viewer had each. */
async function measure(crowd, system, changes, rate, { timed = true } = {}) {
  const before = await crowd.count(system.kind);
  const used = cpu(system.pid);
  const begun = performance.now();
  const last = [];
  const each = [];
  for (let i = 0; i < changes; i++) {
    const name = `TR_${String(Math.floor(track++ / 2)).padStart(5, "0")}`;
    const on = track % 2 === 1;
    if (timed && on) {
      await crowd.mark(system.kind, name);
      const at = Crowd.now();
      await system.pin(name, on);
      let seen;
      await until("everybody has it", 10000, async () => {
        seen = await crowd.seen(system.kind);
        return seen.count === seen.of;
      });
      const times = seen.at.map((nanos) => (nanos - at) / 1e6);
      last.push(Math.max(...times));
      each.push(...times);
    } else {
      await system.pin(name, on);
    }
    await sleep(Math.max(0, begun + ((i + 1) * 1000) / rate - performance.now()));
  }
  await sleep(300);
  const seconds = (performance.now() - begun) / 1000;
  const spent = cpu(system.pid) - used;
  const after = await crowd.count(system.kind);
  const frames = after.frames - before.frames;
  return {
    kind: system.kind,
    viewers: after.clients,
    changes,
    rate,
    seconds,
    frames,
    bytesPerFrame: (after.bytes - before.bytes) / frames,
    microsPerFrame: (spent / frames) * 1e6,
    millisPerChange: (spent / changes) * 1e3,
    cpuShare: spent / seconds,
    latency: timed ? { p50: percentile(each, 0.5), p99: percentile(each, 0.99), last: median(last) } : undefined,
  };
}

async function allSystems(store) {
  // Whole snapshots, as the peers send them, so that frames are alike; and patches, as it is used.
  const whole = presence("presence, whole snapshots", { store, query: "?mode=snapshot", event: "whole" });
  const systems = [whole, presence("presence", { on: whole }), ws(), socketio(), partyserver()];
  for (const system of systems) await system.start();
  return systems;
}

async function viewers({ store, crowd }) {
  const systems = await allSystems(store);
  const runs = [];
  const rounds = async (times, changes, rate) => {
    for (let round = 0; round < times; round++)
      for (const system of systems) runs.push(log(await measure(crowd, system, changes, rate)));
  };
  // Just-in-time compilers need some thousand changes and frames before they are what runs in production.
  for (const system of systems) {
    await ensure(crowd, system, 500);
    await measure(crowd, system, 1000, 40, { timed: false });
    await ensure(crowd, system, 10);
    await measure(crowd, system, 3000, 200, { timed: false });
  }
  for (const count of LEVELS.filter((level) => level <= 1000)) {
    for (const system of systems) await ensure(crowd, system, count);
    await rounds(ROUNDS, count < 500 ? 50 : 30, count < 500 ? 25 : 15);
  }
  // All systems at once would be more connections than one process may hold.
  for (const count of LEVELS.filter((level) => level > 1000)) {
    for (const system of systems) await ensure(crowd, system, 10);
    for (let round = 0; round < 2; round++) {
      for (const system of systems) {
        await ensure(crowd, system, count);
        for (let part = 0; part < 2; part++) runs.push(log(await measure(crowd, system, 8, 2)));
        await ensure(crowd, system, 10);
      }
    }
  }
  for (const system of systems) await system.stop();
  return { runs };
}

async function rate({ store, crowd }) {
  const systems = await allSystems(store);
  const runs = [];
  for (const system of systems) {
    await ensure(crowd, system, 200);
    for (let i = 0; i < 3; i++) await measure(crowd, system, 200, 60, { timed: false });
  }
  for (let round = 0; round < 2; round++)
    for (const perSecond of [1, 5, 20, 50, 100])
      for (const system of systems)
        runs.push(log(await measure(crowd, system, perSecond * 4, perSecond, { timed: false })));
  for (const system of systems) await system.stop();
  return { runs };
}

/** From the first byte of a join to the last of its viewers, over two replicas; everybody a person of their own, all told of all. */
async function joins({ store, crowd }) {
  const nodes = [
    await replica(store.url, { ...OPEN, "presence.lite.above": "1000000" }),
    await replica(store.url, { ...OPEN, "presence.lite.above": "1000000" }),
  ];
  const runs = [];
  let known = 0;
  for (const count of [100, 500, 1000, 2000, MOST]) {
    for (const [k, node] of nodes.entries())
      await crowd.open(
        `joins${k}`,
        node.port,
        Array.from({ length: (count - known) / 2 }, (_, i) =>
          presenceLine("joins", `v${known + 2 * i + k}`, { from: `127.0.0.${2 + (i % 4)}` }),
        ),
      );
    known = count;
    await sleep(1500);
    const each = [];
    const last = [];
    for (let i = 0; i < 45; i++) {
      const user = `x${count}-${i}`;
      const actor = new PresenceClient("joins", user, pass("joins", user));
      for (const k of [0, 1]) await crowd.mark(`joins${k}`, `"${user}":`);
      const begun = Crowd.now();
      await actor.open(nodes[i % 2].port);
      let seen = [];
      await until("all see the join", 10000, async () => {
        seen = [await crowd.seen("joins0"), await crowd.seen("joins1")];
        return seen.every(({ count, of }) => count === of);
      });
      const times = seen.flatMap(({ at }) => at.map((nanos) => (nanos - begun) / 1e6));
      // The first ones warm what the opening did not.
      if (i >= 5) {
        each.push(...times);
        last.push(Math.max(...times));
      }
      actor.client.drop();
      await sleep(150);
    }
    runs.push(
      log({
        viewers: count,
        p50: percentile(each, 0.5),
        p99: percentile(each, 0.99),
        last: median(last),
        lastP99: percentile(last, 0.99),
      }),
    );
  }
  for (const node of nodes) node.process.kill("SIGKILL");
  return { runs };
}

/** A hundred people enter an empty room, a new one every `gap` milliseconds. */
async function fill({ store, crowd }) {
  const runs = [];
  const FILL = 100;
  const ours = presence("presence", { store });
  await ours.start();
  for (const gap of [0, 10, 200]) {
    const packed = { on: ours, query: "?encoding=gzip", event: `packed-${gap}` };
    for (const make of [
      () => presence("presence", { on: ours, event: `fill-${gap}` }),
      () => presence("presence, gzip", packed),
      ws,
      socketio,
      partyserver,
    ]) {
      const system = make();
      await system.start();
      const group = `${system.kind}-${gap}`;
      const used = cpu(system.pid);
      if (gap) {
        // One is let in before the next asks: the crowd answers once for all that are on their way.
        for (let i = 0; i < FILL; i++) {
          const next = performance.now() + gap;
          await crowd.open(group, system.port, [system.line(i, FILL)], 1);
          await sleep(Math.max(0, next - performance.now()));
        }
      } else {
        await crowd.open(
          group,
          system.port,
          Array.from({ length: FILL }, (_, i) => system.line(i, FILL)),
          FILL,
        );
      }
      await sleep(1500);
      const { frames, bytes } = await crowd.count(group);
      runs.push(
        log({ kind: system.kind, people: FILL, gap, frames, bytes, cpuMillis: (cpu(system.pid) - used) * 1e3 }),
      );
      await crowd.drop(group, FILL);
      await system.stop();
    }
  }
  // What one change costs in a room of a thousand different people, the last one that still shows all of them to everybody.
  const size = { kind: "size", people: 998 };
  await crowd.open(
    "size",
    ours.port,
    Array.from({ length: size.people }, (_, i) => presenceLine("size", `user-${i}`)),
  );
  const person = new PresenceClient("size", "user-7777", pass("size", "user-7777"));
  const bytesOf = async (act) => {
    await sleep(1000);
    const before = await crowd.count("size");
    await act();
    await sleep(1000);
    return ((await crowd.count("size")).bytes - before.bytes) / size.people;
  };
  const room = presence("presence", { on: ours, event: "size" });
  await room.start();
  size.join = await bytesOf(() => person.open(ours.port));
  size.away = await bytesOf(() => person.client.send('{"type":"heartbeat","status":"away"}'));
  size.back = await bytesOf(() => person.client.send('{"type":"heartbeat","status":"online"}'));
  size.pin = await bytesOf(() => room.pin("TR_00001", true));
  size.unpin = await bytesOf(() => room.pin("TR_00001", false));
  size.leave = await bytesOf(() => person.client.close());
  runs.push(log(size));
  await ours.stop();
  return { runs };
}

/** Memory per idle connection, in rooms of a hundred: what is measured is connections, not what they are told. */
async function idle({ store, crowd }) {
  const ours = presence("idle", { store });
  await ours.start();
  let opened = 0;
  const open = async (count) => {
    await crowd.open(
      "idle",
      ours.port,
      Array.from({ length: count }, (_, i) =>
        presenceLine("idle", `user-${(opened + i) % 100}`, {
          room: `r${Math.floor((opened + i) / 100)}`,
          from: `127.0.0.${2 + (i % 5)}`,
        }),
      ),
    );
    opened += count;
    await sleep(4000);
  };
  await open(500);
  const before = rss(ours.pid);
  await open(IDLE);
  const used = cpu(ours.pid);
  const after = rss(ours.pid);
  await sleep(30000);
  const runs = [
    log({
      kind: "idle",
      connections: IDLE,
      kilobytes: (after - before) / IDLE,
      later: (rss(ours.pid) - before) / IDLE,
      microsPerSecond: ((cpu(ours.pid) - used) / 30 / opened) * 1e6,
    }),
  ];
  await crowd.drop("idle", opened);
  await ours.stop();
  return { runs };
}

function log(result) {
  const short = (value) => (typeof value === "number" ? Number(value.toPrecision(4)) : value);
  console.log(JSON.stringify(result, (_, value) => short(value)));
  return result;
}

const parts = { viewers, rate, joins, fill, idle };
const wanted = process.argv.slice(2);
mkdirSync(results, { recursive: true });
try {
  for (const [name, part] of Object.entries(parts)) {
    if (wanted.length && !wanted.includes(name)) continue;
    const store = await redis();
    const crowd = await Crowd.start();
    const described = machine();
    const { runs } = await part({ store, crowd });
    const file = join(results, `${name}.json`);
    const earlier = process.env.ADD && existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).runs : [];
    writeFileSync(file, JSON.stringify({ machine: described, runs: [...earlier, ...runs] }, null, 1));
    crowd.process.kill();
    store.kill();
  }
  console.log(writeReport());
} finally {
  await stopAll();
}
process.exit(0);
