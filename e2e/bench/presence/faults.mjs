// Checks the promises of presence-service against real processes and real faults: two replicas, one Redis.
// usage: node faults.mjs [name ...]     names: see the table at the end; all without arguments
// environment: CLIENTS (1000), CROWD (5000), KILLS (3), MODEL_SECONDS (30), SEED
import { Client, PresenceClient } from "./lib/client.mjs";
import { pass, percentile, redis, replica, sleep, stopAll, until } from "./lib/stack.mjs";

const CLIENTS = Number(process.env.CLIENTS ?? 1000);
const CROWD = Number(process.env.CROWD ?? 5000);
const KILLS = Number(process.env.KILLS ?? 3);
const MODEL_SECONDS = Number(process.env.MODEL_SECONDS ?? 30);
const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
const open = { "presence.admission.per-second": "100000", "presence.admission.burst": "100000", "presence.lite.above": "100000" };
const results = [];
let failed = false;

function report(name, value, ok) {
  failed ||= !ok;
  results.push({ name, value, ok });
  console.log(`${ok ? "ok  " : "FAIL"} ${name}: ${value}`);
}

function random(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

let counter = 0;
const freshEvent = () => `e${process.pid}-${counter++}`;
const member = (event, user, role) => new PresenceClient(event, user, pass(event, user, role));

/** Clients that only count bytes and look for a text; `watch` names a text and the list of times at which each saw it. */
async function listeners(event, nodes, count, onText) {
  const all = [];
  for (let i = 0; i < count; i += 50) {
    all.push(
      ...(await Promise.all(
        Array.from({ length: Math.min(50, count - i) }, async (_, k) => {
          const user = `v${i + k}`;
          const carrier = encodeURIComponent(`quarkus-http-upgrade#Authorization#Bearer ${pass(event, user)}`);
          return Client.open({ port: nodes[(i + k) % nodes.length].port, path: `/v1/events/${event}/rooms/main/presence`, protocols: ["presence.v1", carrier], from: `127.0.0.${2 + ((i + k) % 4)}`, onText });
        }),
      )),
    );
  }
  return all;
}

async function seenByAll(event, nodes, rounds, name, act, limit) {
  const text = { now: "" };
  let seen = [];
  let begun = 0;
  const all = await listeners(event, nodes, CLIENTS, (client, data) => {
    if (text.now && client.mark !== text.now && data.includes(text.now)) {
      client.mark = text.now;
      seen.push(performance.now() - begun);
    }
  });
  await sleep(1500);
  const last = [];
  const each = [];
  for (let i = 0; i < rounds; i++) {
    const user = `x${i}`;
    const actor = member(event, user);
    await actor.open(nodes[i % nodes.length].port);
    await until("joined", 5000, () => actor.snapshots > 0);
    await sleep(300);
    seen = [];
    text.now = `"${user}":{"status":"offline"`;
    begun = performance.now();
    act(actor);
    await until(`all saw ${user} go`, 10000, () => seen.length === all.length);
    last.push(Math.max(...seen));
    each.push(...seen);
    await sleep(100);
  }
  all.forEach((client) => client.drop());
  const p99 = percentile(each, 0.99);
  report(name, `p50 ${percentile(each, 0.5).toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, last viewer ${Math.max(...last).toFixed(1)} ms (${CLIENTS} viewers, ${rounds} times)`, limit(each, p99));
}

async function leave({ nodes }) {
  await seenByAll(freshEvent(), nodes, 20, "clean leave seen by all (p99 <= 50 ms)", (actor) => actor.client.close(), (_, p99) => p99 <= 50);
  await seenByAll(freshEvent(), nodes, 5, "abrupt close seen by all (2.0 to 2.3 s)", (actor) => actor.client.drop(), (each) => Math.min(...each) >= 1990 && Math.max(...each) <= 2300);
}

async function halfOpen({ nodes }) {
  const event = freshEvent();
  const ann = member(event, "ann");
  await ann.open(nodes[0].port);
  const ben = member(event, "ben");
  await ben.open(nodes[1].port);
  await until("both", 5000, () => ann.statusOf("ben") === "online");
  const begun = performance.now();
  ben.client.socket.pause();
  await until("offline", 20000, () => ann.statusOf("ben") === "offline");
  const took = (performance.now() - begun) / 1000;
  report("half-open peer offline (<= 12.5 s + 2 s grace)", `${took.toFixed(2)} s`, took <= 14.5);
  ann.client.drop();
}

async function grace({ nodes }) {
  const event = freshEvent();
  const ann = member(event, "ann");
  await ann.open(nodes[0].port);
  const ben = member(event, "ben");
  await ben.open(nodes[1].port);
  await until("both", 5000, () => ann.statusOf("ben") === "online");
  const before = ann.patches;
  for (let i = 0; i < 20; i++) {
    ben.client.drop();
    await sleep(100);
    await ben.open(nodes[i % 2].port, { resume: true });
    await sleep(100);
  }
  await sleep(3000);
  report("patches to others while somebody comes back 20 times within the grace (0)", ann.patches - before, ann.patches === before);
  ann.client.drop();
  ben.client.close();
}

async function kills({ nodes }) {
  let slowest = 0;
  let falseOffline = 0;
  for (let i = 0; i < KILLS; i++) {
    const event = freshEvent();
    const watcher = member(event, "watcher");
    await watcher.open(nodes[0].port);
    const people = Array.from({ length: 100 }, (_, k) => member(event, `p${k}`));
    await Promise.all(people.map((person) => person.open(nodes[1].port)));
    await until("all are in", 10000, () => watcher.state.counts?.online === 101);
    let wrong = 0;
    watcher.onChange = (change) => {
      for (const [user, person] of Object.entries(change.participants ?? {})) if (Number(user.slice(1)) < 50 && person?.status === "offline") wrong++;
    };
    nodes[1].process.kill("SIGKILL");
    const begun = performance.now();
    // Half of them come back within the grace, half of them never.
    await sleep(500);
    await Promise.all(people.slice(0, 50).map((person) => person.open(nodes[0].port, { resume: true })));
    await until("ghosts gone", 15000, () => people.slice(50).every((person) => watcher.statusOf(person.userId) === "offline"));
    slowest = Math.max(slowest, (performance.now() - begun) / 1000);
    await sleep(1000);
    falseOffline += wrong;
    const breaches = [watcher, ...people].flatMap((client) => client.breaches);
    if (breaches.length) report("versions under kill -9", breaches[0], false);
    [watcher, ...people].forEach((client) => client.client.drop());
    await nodes[1].process.ended;
    await nodes[1].start();
  }
  report(`ghosts after kill -9 of one of two replicas, ${KILLS} kills (<= 5.5 s)`, `${slowest.toFixed(2)} s`, slowest <= 5.5);
  report("false offline of people back within the grace (0)", falseOffline, falseOffline === 0);
}

async function lostPublish({ nodes, store }) {
  const event = freshEvent();
  const ann = member(event, "ann", "moderator");
  await ann.open(nodes[0].port);
  await until("in", 5000, () => ann.snapshots > 0);
  let slowest = 0;
  for (let i = 0; i < 5; i++) {
    await store.command("CLIENT", "KILL", "TYPE", "pubsub");
    const begun = performance.now();
    const answer = await fetch(`http://127.0.0.1:${nodes[1].port}/v1/events/${event}/rooms/main/pins/TR_${i}`, {
      method: "PUT",
      headers: { authorization: `Bearer ${ann.pass}`, "content-type": "application/json" },
      body: JSON.stringify({ userId: "ann" }),
    });
    if (answer.status !== 204) throw new Error(`pin: ${answer.status}`);
    await until("the pin is seen", 10000, () => ann.state.pins[`TR_${i}`]);
    slowest = Math.max(slowest, performance.now() - begun);
  }
  report("a lost last publish is found (<= 2.5 s)", `${slowest.toFixed(0)} ms`, slowest <= 2500);
  ann.client.close();
}

async function heartbeats({ nodes, store }) {
  const event = freshEvent();
  const people = Array.from({ length: 100 }, (_, k) => member(event, `p${k}`));
  await Promise.all(people.map((person, k) => person.open(nodes[k % 2].port)));
  await sleep(2000);
  const scripts = async () => {
    const stats = await store.command("INFO", "commandstats");
    return Object.fromEntries([...stats.matchAll(/cmdstat_(\w+):calls=(\d+)/g)].map(([, name, calls]) => [name, Number(calls)]));
  };
  const count = (before, after) => ["hset", "hget", "xadd", "publish"].reduce((sum, name) => sum + (after[name] ?? 0) - (before[name] ?? 0), 0);
  const a = await scripts();
  await sleep(4000);
  const b = await scripts();
  for (let i = 0; i < 8; i++) {
    people.forEach((person) => person.client.send('{"type":"heartbeat","status":"online"}'));
    await sleep(500);
  }
  const c = await scripts();
  const extra = count(b, c) - count(a, b);
  report("Redis writes for 800 heartbeats, beyond those of the same time without (0 but for canaries)", extra, extra <= 4);
  people.forEach((person) => person.client.close());
}

async function slowReader({ nodes }) {
  const event = freshEvent();
  const slow = member(event, "slow", "moderator");
  const ann = member(event, "ann", "moderator");
  await ann.open(nodes[0].port);
  await slow.open(nodes[0].port);
  await until("in", 5000, () => slow.snapshots > 0);
  slow.client.socket.pause();
  const pin = (i) =>
    fetch(`http://127.0.0.1:${nodes[0].port}/v1/events/${event}/rooms/main/pins/TR_${"x".repeat(100)}${i}`, {
      method: "PUT",
      headers: { authorization: `Bearer ${ann.pass}`, "content-type": "application/json" },
      body: JSON.stringify({ userId: "u".repeat(120) }),
    });
  for (let i = 0; i < 6000; i += 20) await Promise.all(Array.from({ length: 20 }, (_, k) => pin((i + k) % 3000)));
  await sleep(500);
  const behind = ann.version - slow.version;
  slow.client.socket.resume();
  const begun = performance.now();
  await until("the slow reader is at the newest version", 10000, () => slow.version >= ann.version);
  report("a stalled reader is at the newest version after it reads again (<= 1 s)", `${(performance.now() - begun).toFixed(0)} ms, ${behind} versions behind, ${slow.breaches.length} breaches`, performance.now() - begun <= 1000 && slow.breaches.length === 0);
  ann.client.close();
  slow.client.close();
}

async function crowd({ nodes }) {
  const event = freshEvent();
  const watcher = member(event, "watcher", "moderator");
  await watcher.open(nodes[0].port);
  let offline = 0;
  watcher.onChange = (change) => {
    for (const person of Object.values(change.participants ?? {})) if (person?.status === "offline") offline++;
  };
  const texts = (client, data) => {
    if (data.includes('"type":"snapshot"')) client.snapshots = (client.snapshots ?? 0) + 1;
  };
  let all = await listeners(event, nodes, CROWD, texts);
  await until("all are in", 60000, () => watcher.state.counts.online === CROWD + 1);
  await sleep(1000);
  all.forEach((client) => client.drop());
  const begun = performance.now();
  all = await listeners(event, nodes, CROWD, texts);
  await until("all have their state", 60000, () => all.every((client) => client.snapshots));
  const took = (performance.now() - begun) / 1000;
  await sleep(3000);
  const most = Math.max(...all.map((client) => client.snapshots));
  report(`${CROWD} clients cut at once are back (<= 15 s)`, `${took.toFixed(1)} s, ${offline} false offline, at most ${most} snapshot each`, took <= 15 && most === 1);
  all.forEach((client) => client.drop());
  watcher.client.close();
}

async function rolling({ nodes }) {
  const event = freshEvent();
  const watcher = member(event, "watcher");
  const people = Array.from({ length: 100 }, (_, k) => member(event, `p${k}`));
  await watcher.open(nodes[0].port);
  await Promise.all(people.map((person, k) => person.open(nodes[k % 2].port)));
  await until("all are in", 10000, () => watcher.state.counts?.online === 101);
  let offline = 0;
  const codes = {};
  let stopped = false;
  for (const client of [watcher, ...people]) {
    client.onChange = (change) => {
      for (const person of Object.values(change.participants ?? {})) if (person?.status === "offline") offline++;
    };
    (async () => {
      while (!stopped) {
        if (client.client.closed) {
          codes[client.client.closeCode] = (codes[client.client.closeCode] ?? 0) + 1;
          for (let at = 0; !stopped && !(await client.open(nodes[at % 2].port, { resume: true })); at++) await sleep(100);
        }
        await sleep(20);
      }
    })();
  }
  for (const node of nodes) {
    node.process.kill("SIGTERM");
    await node.process.ended;
    await node.start();
    await sleep(1000);
  }
  await sleep(3000);
  stopped = true;
  const breaches = people.flatMap((person) => person.breaches).length;
  report("rolling restart of both replicas (0 offline patches, all closed with 1012)", `${offline} offline, close codes ${JSON.stringify(codes)}, ${breaches} breaches`, offline === 0 && breaches === 0 && Object.keys(codes).join() === "1012");
  [watcher, ...people].forEach((client) => client.client.drop());
}

async function model({ nodes, store }) {
  const next = random(seed);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const event = freshEvent();
  const people = Array.from({ length: 60 }, (_, k) => member(event, `p${k}`, k % 10 ? "participant" : "moderator"));
  const end = performance.now() + MODEL_SECONDS * 1000;
  let faults = 0;
  let stopped = false;
  const trouble = (async () => {
    while (performance.now() < end) {
      await sleep(2000 + next() * 2000);
      faults++;
      const node = pick(nodes);
      const dice = next();
      if (dice < 0.25) {
        node.process.kill("SIGKILL");
        await node.process.ended;
        await node.start();
      } else if (dice < 0.5) {
        node.process.kill("SIGSTOP");
        await sleep(5000);
        node.process.kill("SIGCONT");
      } else if (dice < 0.75) {
        store.kill();
        await sleep(next() * 3000);
        await store.start();
      } else {
        await store.command("CLIENT", "KILL", "TYPE", "pubsub").catch(() => {});
      }
    }
  })();
  const lives = people.map(async (person) => {
    while (!stopped) {
      if (!person.client || person.client.closed) await person.open(pick(nodes).port, { resume: next() < 0.7 }).catch(() => {});
      await sleep(50 + next() * 400);
      const dice = next();
      if (person.client.closed || stopped) continue;
      if (dice < 0.05) person.client.drop();
      else if (dice < 0.1) person.client.close();
      else if (dice < 0.3) person.client.send(`{"type":"heartbeat","status":"${next() < 0.5 ? "away" : "online"}"}`);
      else if (dice < 0.32) person.client.send('{"type":"resync"}');
      else if (person.pass && dice < 0.5 && Number(person.userId.slice(1)) % 10 === 0)
        fetch(`http://127.0.0.1:${pick(nodes).port}/v1/events/${event}/rooms/main/pins/TR_${Math.floor(next() * 5)}`, {
          method: next() < 0.5 ? "PUT" : "DELETE",
          headers: { authorization: `Bearer ${person.pass}`, "content-type": "application/json" },
          body: '{"userId":"p1"}',
        }).catch(() => {});
    }
  });
  await trouble;
  stopped = true;
  await Promise.all(lives);
  for (const person of people) {
    for (let tries = 0; (person.client.closed || person.client.status !== 101) && tries < 100; tries++) {
      await person.open(nodes[0].port, { resume: true });
      await sleep(50);
    }
  }
  const order = (value) => (value && typeof value === "object" && !Array.isArray(value) ? Object.fromEntries(Object.keys(value).sort().map((key) => [key, order(value[key])])) : value);
  const states = () => new Set(people.map((person) => JSON.stringify([person.epoch, person.version, order(person.state)])));
  await until("all agree", 30000, () => states().size === 1).catch(() => {});
  const breaches = people.flatMap((person) => person.breaches);
  const applied = people.reduce((sum, person) => sum + person.applied, 0);
  report(`model check, seed ${seed}`, `${applied} versions applied by 60 clients under ${faults} faults, ${breaches.length} lost, doubled or reordered, ${states().size} final state(s), ${people.filter((p) => p.statusOf(p.userId) === "offline").length} connected people shown offline`, breaches.length === 0 && states().size === 1);
  if (breaches.length) console.log(breaches.slice(0, 5));
  people.forEach((person) => person.client.drop());
}

async function large({ nodes, store }) {
  const event = freshEvent();
  const first = member(event, "zoe", "moderator");
  await first.open(nodes[0].port);
  await until("in", 5000, () => first.snapshots > 0);
  const shard = (() => {
    let hash = 0;
    for (const char of `${event}:main`) hash = (Math.imul(hash, 31) + char.charCodeAt(0)) | 0;
    return ((hash % 64) + 64) % 64;
  })();
  const MEMBERS = 100_000;
  // Straight into the store, as a hundred thousand joins would have left it; a new epoch makes the replicas read it.
  const key = (what) => `presence:{s${shard}}:${what}:${event}:main`;
  for (let i = 0; i < MEMBERS; i += 5000) {
    const words = ["HSET", key("people")];
    for (let k = i; k < i + 5000; k++) words.push(`user-${String(k).padStart(6, "0")}`, `{"name":"User Number ${k}","role":"participant","status":"online","since":1795377520000}`);
    await store.command(...words);
  }
  await store.command("HSET", key("meta"), "online", String(MEMBERS + 1));
  await store.command("HSET", key("meta"), "epoch", "zzzz", "version", "1000", "chain", "");
  await store.command("DEL", key("log"));
  await until("the moderator has all", 60000, () => first.version >= 1000 && Object.keys(first.state.participants).length > MEMBERS);
  const snapshots = first.snapshots;
  const bytes = first.client.bytes;
  const viewer = member(event, "a-viewer");
  const begun = performance.now();
  await viewer.open(nodes[0].port);
  await until("the viewer is in", 10000, () => viewer.snapshots > 0);
  const took = performance.now() - begun;
  await until("the moderator knows", 10000, () => first.statusOf("a-viewer") === "online");
  report("a join to 100,000 members (<= 3 KB to the joiner, no full snapshot to anyone)", `${viewer.client.bytes} bytes to the joiner in ${took.toFixed(0)} ms, ${first.client.bytes - bytes} bytes and ${first.snapshots - snapshots} snapshots to a moderator`, viewer.client.bytes <= 3072 && first.snapshots === snapshots);
  viewer.client.close();
  first.client.close();
}

const checks = { leave, halfOpen, grace, lostPublish, heartbeats, slowReader, crowd, kills, rolling, model };
const wanted = process.argv.slice(2);
const store = await redis({ kept: true });
const nodes = await Promise.all([replica(store.url, open), replica(store.url, open)]);
try {
  for (const [name, check] of Object.entries(checks)) {
    if (wanted.length && !wanted.includes(name)) continue;
    try {
      await check({ nodes, store });
    } catch (error) {
      report(name, error.message, false);
      console.log(nodes.map((node) => node.process.output.slice(-600)).join("\n---\n"));
    }
  }
  if (!wanted.length || wanted.includes("large")) {
    const node = await replica(store.url, { ...open, "presence.lite.above": "1000" });
    await large({ nodes: [node], store }).catch((error) => report("large", error.message, false));
  }
} finally {
  await stopAll();
}
process.exit(failed ? 1 : 0);
