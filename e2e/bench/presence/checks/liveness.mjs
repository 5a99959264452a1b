// How soon others see what becomes of somebody, and what it costs while nothing does.
import { Crowd } from "../lib/crowd.mjs";
import { CLIENTS, freshEvent, member, report, seen, viewers } from "../lib/kit.mjs";
import { percentile, sleep, until } from "../lib/stack.mjs";

/** Before they count: what runs for the first time is loaded and compiled on the way. */
const WARM_UP = 10;

async function seenByAll(event, { nodes, crowd }, rounds, name, act, limit) {
  await viewers(crowd, event, event, nodes, CLIENTS);
  const groups = nodes.map((_, k) => `${event}${k}`);
  await sleep(1500);
  const each = [];
  const last = [];
  for (let i = -WARM_UP; i < rounds; i++) {
    const user = `x${i + WARM_UP}`;
    const actor = member(event, user);
    await actor.open(nodes[(i + WARM_UP) % nodes.length].port);
    await until("joined", 5000, () => actor.snapshots > 0);
    await sleep(300);
    await Promise.all(groups.map((group) => crowd.mark(group, `"${user}":{"status":"offline"`)));
    const begun = Crowd.now();
    act(actor);
    const times = await seen(crowd, groups, `all saw ${user} go`, begun);
    if (i < 0) continue;
    last.push(Math.max(...times));
    each.push(...times);
  }
  await Promise.all(groups.map((group) => crowd.drop(group, CLIENTS)));
  const p99 = percentile(each, 0.99);
  report(
    name,
    `p50 ${percentile(each, 0.5).toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, last viewer ${Math.max(...last).toFixed(1)} ms (${CLIENTS} viewers, ${rounds} times)`,
    limit(each, p99),
  );
}

export async function leave(world) {
  await seenByAll(
    freshEvent(),
    world,
    20,
    "clean leave seen by all (p99 <= 50 ms)",
    (actor) => actor.client.close(),
    (_, p99) => p99 <= 50,
  );
  await seenByAll(
    freshEvent(),
    world,
    5,
    "abrupt close seen by all (2.0 to 2.3 s)",
    (actor) => actor.client.drop(),
    (each) => Math.min(...each) >= 1990 && Math.max(...each) <= 2300,
  );
}

export async function halfOpen({ nodes }) {
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

export async function grace({ nodes }) {
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
  report(
    "patches to others while somebody comes back 20 times within the grace (0)",
    ann.patches - before,
    ann.patches === before,
  );
  ann.client.drop();
  ben.client.close();
}

export async function lostPublish({ nodes, store }) {
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

export async function heartbeats({ nodes, store }) {
  const event = freshEvent();
  const people = Array.from({ length: 100 }, (_, k) => member(event, `p${k}`));
  await Promise.all(people.map((person, k) => person.open(nodes[k % 2].port)));
  await sleep(2000);
  const scripts = async () => {
    const stats = await store.command("INFO", "commandstats");
    return Object.fromEntries(
      [...stats.matchAll(/cmdstat_(\w+):calls=(\d+)/g)].map(([, name, calls]) => [name, Number(calls)]),
    );
  };
  const count = (before, after) =>
    ["hset", "hget", "xadd", "publish"].reduce((sum, name) => sum + (after[name] ?? 0) - (before[name] ?? 0), 0);
  const a = await scripts();
  await sleep(4000);
  const b = await scripts();
  for (let i = 0; i < 8; i++) {
    for (const person of people) person.client.send('{"type":"heartbeat","status":"online"}');
    await sleep(500);
  }
  const c = await scripts();
  const extra = count(b, c) - count(a, b);
  report(
    "Redis writes for 800 heartbeats, beyond those of the same time without (0 but for canaries)",
    extra,
    extra <= 4,
  );
  for (const person of people) person.client.close();
}
