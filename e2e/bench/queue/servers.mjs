// queue-service beside the y-websocket server and Hocuspocus: the same updates of EDITORS editors, delivered to MODERATORS.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client, frame } from "../presence/lib/client.mjs";
import { cpu, freePort, pass, percentile, redis, rss, service, sleep, start, until } from "../presence/lib/stack.mjs";
import { clocksIn, content, edits, initial } from "./edits.mjs";
import { dialect } from "./protocol.mjs";

const number = (name, value) => Number(process.env[name] ?? value);
const MODERATORS = number("MODERATORS", 50);
const EDITORS = number("EDITORS", 10);
const PEOPLE = number("PEOPLE", 100);
const EDITS = number("EDITS", 2000);
const SECONDS = number("SECONDS", 4);
const RATE = number("RATE", 300);
const RATED_EDITS = number("RATED_EDITS", 200);
const WINDOW = number("WINDOW", 20);
const WARM_UP = number("WARM_UP", 3);
const SYSTEMS = process.env.SYSTEMS ?? "queue-service,y-websocket,hocuspocus";
const here = dirname(fileURLToPath(import.meta.url));
let counter = 0;

const peer = (name, dialectOf) => ({
  name,
  async start() {
    this.port = await freePort();
    this.process = start("node", [join(here, "peers", `${name}.mjs`), String(this.port)]);
    await until(`${name} is ready`, 20000, () => this.process.output.includes("READY"));
  },
  /** A new document; says how it is opened and spoken to. */
  room() {
    const doc = `room-${counter++}`;
    return { speech: dialectOf(doc), open: (onText) => Client.open({ port: this.port, path: `/${doc}`, onText }) };
  },
  cpu() {
    return cpu(this.process.pid);
  },
  rss() {
    return rss(this.process.pid);
  },
});

const queueService = (store) => ({
  name: "queue-service",
  async start() {
    const limits = { "queue.limits.messages-per-second": 100000, "queue.limits.message-burst": 100000 };
    this.node = await service("queue-service", store.url, limits, ["-Xmx512m", "-XX:+UseSerialGC"]);
  },
  room() {
    const event = `bench-${counter++}`;
    const carrier = encodeURIComponent(
      `quarkus-http-upgrade#Authorization#Bearer ${pass(event, "moderator", "moderator")}`,
    );
    return {
      speech: dialect(null),
      open: (onText) =>
        Client.open({
          port: this.node.port,
          path: `/v1/events/${event}/rooms/main/queue`,
          protocols: ["queue.v1", carrier],
          onText,
        }),
    };
  },
  /** With Redis, which makes every update durable. */
  cpu() {
    return cpu(this.node.process.pid) + cpu(store.process.pid);
  },
  rss() {
    return rss(this.node.process.pid) + rss(store.process.pid);
  },
});

/**
 * Follows what has come to each client: calls `onEdits(client, editor, from, to)` with the numbers of the edits that are new
 * to it. All moderators get the same bytes, which are read once.
 */
function follower(work, speech, onEdits) {
  let last = Buffer.alloc(0);
  let told = [];
  const read = (data) => {
    const found = speech.updateIn(data);
    return found
      ? clocksIn(found.update)
          .map(([editor, clock]) => [editor, work[editor]?.clocks, clock])
          .filter(([, clocks]) => clocks)
      : [];
  };
  return (client, data) => {
    if (!data.equals(last)) {
      last = Buffer.from(data);
      told = read(data);
    }
    for (const [editor, clocks, clock] of told) {
      const from = client.have[editor];
      let to = from;
      while (to < clocks.length && clocks[to] <= clock) to++;
      client.have[editor] = to;
      client.seen += to - from;
      if (to > from) onEdits(client, editor, from, to);
    }
    return told.length;
  };
}

/** The updates are made once; every server gets the same bytes. */
const state = initial(PEOPLE);
const workload = (count) =>
  Array.from({ length: EDITORS }, (_, editor) => edits(state, editor, EDITORS, PEOPLE, count));
/** Masked before the clock runs: what the driver need not do then does not slow a server that shares its cores. */
const framesOf = (work, speech) => work.map(({ updates }) => updates.map((update) => frame(2, speech.update(update))));
const saturating = workload(EDITS);
const rated = workload(RATED_EDITS);

/** A server that has just started may ask for patience (503). */
async function openPatiently(open, attempts = 20) {
  const client = await open();
  if (client.status !== 503 || attempts === 0) return client;
  client.drop();
  await sleep(500);
  return openPatiently(open, attempts - 1);
}

/** Opens a room with all moderators, every one of them complete. */
async function openRoom(system, work, onEdits, onFrame = () => {}) {
  const { speech, open } = system.room();
  let follow = () => 0;
  const hear = (client, data) => follow(client, data) && onFrame();
  const clients = await Promise.all(Array.from({ length: MODERATORS }, () => openPatiently(() => open(hear))));
  clients.forEach((client, index) => {
    if (client.status !== 101) throw new Error(`${system.name} answers ${client.status}`);
    Object.assign(client, { index, seen: 0, have: new Array(EDITORS).fill(0) });
    if (speech.hello) client.sendBinary(speech.hello);
    client.sendBinary(speech.askAll);
  });
  clients[0].sendBinary(speech.update(state));
  await sleep(500);
  follow = follower(work, speech, onEdits);
  return { clients, speech, open };
}

/** Waits until all have everything; says what is missing if that does not come. */
async function delivered(system, { clients }, limit, condition) {
  try {
    await until(`${system.name} delivers everything`, limit, condition);
  } catch (e) {
    const seen = clients.map(
      (client) => `${client.seen}${client.closed || client.closeCode ? ` (closed ${client.closeCode})` : ""}`,
    );
    throw new Error(`${e.message}; edits seen by each client: ${seen.join(", ")}`);
  }
}

const close = (clients) => clients.forEach((client) => client.drop());

/** Every server must end with the same document as yjs makes of all updates. */
async function verify(system, { speech, open }, updates) {
  const received = [];
  const client = await open((self, data) => {
    const found = speech.updateIn(data);
    if (found?.step === 1) received.push(found.update);
  });
  if (speech.hello) client.sendBinary(speech.hello);
  client.sendBinary(speech.askAll);
  await until(`${system.name} sends its document`, 30000, () => received.length > 0);
  client.drop();
  const expected = content([state, ...updates.flat()]);
  if (content(received) !== expected) throw new Error(`${system.name} ends with another document`);
}

/**
 * As fast as it goes: each editor has WINDOW edits on the way and sends the next when one of its own comes back, until
 * there are none left or SECONDS have passed.
 */
async function saturate(system) {
  const sent = new Array(EDITORS).fill(0);
  let outgoing = [];
  let frames = 0;
  let begun = 0;
  let ended = 0;
  const isTime = () => performance.now() - begun < SECONDS * 1000;
  const send = (client, count) => {
    const from = sent[client.index];
    const to = Math.min(EDITS, from + count);
    if (to === from || !isTime()) return;
    sent[client.index] = to;
    client.socket.write(Buffer.concat(outgoing[client.index].slice(from, to)));
  };
  const onEdits = (client, editor, from, to) => {
    ended = performance.now();
    if (client.index === editor) send(client, to - from);
  };
  const room = await openRoom(system, saturating, onEdits, () => frames++);
  outgoing = framesOf(saturating, room.speech);
  const used = system.cpu();
  const usedHere = process.cpuUsage();
  begun = performance.now();
  room.clients.slice(0, EDITORS).forEach((client) => send(client, WINDOW));
  const total = () => sent.reduce((sum, count) => sum + count, 0);
  await delivered(system, room, (SECONDS + 60) * 1000, () => {
    const all = total();
    return (all === EDITORS * EDITS || !isTime()) && room.clients.every((client) => client.seen === all);
  });
  const cpuSeconds = system.cpu() - used;
  const here = process.cpuUsage(usedHere);
  await verify(
    system,
    room,
    saturating.map(({ updates }, editor) => updates.slice(0, sent[editor])),
  );
  close(room.clients);
  return {
    updatesPerSecond: (total() * 1000) / (ended - begun),
    cpuMicrosPerUpdate: (cpuSeconds / total()) * 1e6,
    driverCpuMicrosPerUpdate: (here.user + here.system) / total(),
    framesPerUpdate: frames / total() / MODERATORS,
    updates: total(),
  };
}

/** At a rate that all can bear: what it costs, and how long an edit takes to the last moderator. */
async function paced(system) {
  const total = EDITORS * RATED_EDITS;
  const sentAt = rated.map(() => []);
  const arrivals = rated.map(() => new Array(RATED_EDITS).fill(0));
  const delays = [];
  const room = await openRoom(system, rated, (client, editor, from, to) => {
    for (let edit = from; edit < to; edit++) {
      if (++arrivals[editor][edit] === MODERATORS) delays.push(performance.now() - sentAt[editor][edit]);
    }
  });
  const outgoing = framesOf(rated, room.speech);
  const used = system.cpu();
  const begun = performance.now();
  for (let i = 0; i < total; i++) {
    const editor = i % EDITORS;
    const edit = Math.floor(i / EDITORS);
    await sleep(Math.max(0, begun + (i * 1000) / RATE - performance.now()));
    sentAt[editor][edit] = performance.now();
    room.clients[editor].socket.write(outgoing[editor][edit]);
  }
  await delivered(system, room, 60000, () => delays.length === total);
  const seconds = system.cpu() - used;
  await verify(
    system,
    room,
    rated.map(({ updates }) => updates),
  );
  close(room.clients);
  return {
    cpuMicrosPerUpdate: (seconds / total) * 1e6,
    medianMs: percentile(delays, 0.5),
    p99Ms: percentile(delays, 0.99),
    updates: total,
  };
}

/** Runs all systems alternating; the first WARM_UP rounds do not count: just-in-time compilers do their work there. */
export async function compareServers(rounds) {
  const store = await redis({ kept: true });
  const all = [queueService(store), peer("y-websocket", () => dialect(null)), peer("hocuspocus", dialect)];
  const systems = all.filter((system) => SYSTEMS.split(",").includes(system.name));
  await Promise.all(systems.map((system) => system.start()));
  const measured = Object.fromEntries(systems.map(({ name }) => [name, { saturated: [], paced: [] }]));
  for (let round = 1 - WARM_UP; round <= rounds; round++) {
    for (const system of systems) {
      const fast = await saturate(system);
      const slow = await paced(system);
      console.log(
        `${round > 0 ? `round ${round}` : "warm-up"} ${system.name}: ${fast.updatesPerSecond.toFixed(0)} updates/s, ${fast.cpuMicrosPerUpdate.toFixed(0)} us CPU each (driver ${fast.driverCpuMicrosPerUpdate.toFixed(0)}) in ${fast.framesPerUpdate.toFixed(2)} frames; at ${RATE}/s ${slow.cpuMicrosPerUpdate.toFixed(0)} us, p50 ${slow.medianMs.toFixed(1)} ms, p99 ${slow.p99Ms.toFixed(1)} ms`,
      );
      if (round > 0) {
        measured[system.name].saturated.push(fast);
        measured[system.name].paced.push(slow);
      }
    }
  }
  for (const system of systems) measured[system.name].rssKb = system.rss();
  return {
    moderators: MODERATORS,
    editors: EDITORS,
    people: PEOPLE,
    window: WINDOW,
    rate: RATE,
    warmUp: WARM_UP,
    rounds,
    measured,
  };
}
