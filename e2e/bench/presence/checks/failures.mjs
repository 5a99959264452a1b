// Replicas that die, stop, sleep; a store that goes away or forgets; and that no client can tell.
import { freshEvent, KILLS, MODEL_SECONDS, member, report, seed } from "../lib/kit.mjs";
import { sleep, until } from "../lib/stack.mjs";

function random(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export async function kills({ nodes }) {
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
      for (const [user, person] of Object.entries(change.participants ?? {}))
        if (Number(user.slice(1)) < 50 && person?.status === "offline") wrong++;
    };
    nodes[1].process.kill("SIGKILL");
    const begun = performance.now();
    // Half of them come back within the grace, half of them never.
    await sleep(500);
    await Promise.all(people.slice(0, 50).map((person) => person.open(nodes[0].port, { resume: true })));
    await until("ghosts gone", 15000, () =>
      people.slice(50).every((person) => watcher.statusOf(person.userId) === "offline"),
    );
    slowest = Math.max(slowest, (performance.now() - begun) / 1000);
    await sleep(1000);
    falseOffline += wrong;
    const breaches = [watcher, ...people].flatMap((client) => client.breaches);
    if (breaches.length) report("versions under kill -9", breaches[0], false);
    for (const client of [watcher, ...people]) client.client.drop();
    await nodes[1].process.ended;
    await nodes[1].start();
  }
  report(
    `ghosts after kill -9 of one of two replicas, ${KILLS} kills (<= 5.5 s)`,
    `${slowest.toFixed(2)} s`,
    slowest <= 5.5,
  );
  report("false offline of people back within the grace (0)", falseOffline, falseOffline === 0);
}

export async function rolling({ nodes }) {
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
          for (let at = 0; !stopped && !(await client.open(nodes[at % 2].port, { resume: true })); at++)
            await sleep(100);
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
  report(
    "rolling restart of both replicas (0 offline patches, all closed with 1012)",
    `${offline} offline, close codes ${JSON.stringify(codes)}, ${breaches} breaches`,
    offline === 0 && breaches === 0 && Object.keys(codes).join() === "1012",
  );
  for (const client of [watcher, ...people]) client.client.drop();
}

export async function model({ nodes, store }) {
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
      if (!person.client || person.client.closed)
        await person.open(pick(nodes).port, { resume: next() < 0.7 }).catch(() => {});
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
  const order = (value) =>
    value && typeof value === "object" && !Array.isArray(value)
      ? Object.fromEntries(
          Object.keys(value)
            .sort()
            .map((key) => [key, order(value[key])]),
        )
      : value;
  const states = () =>
    new Set(people.map((person) => JSON.stringify([person.epoch, person.version, order(person.state)])));
  await until("all agree", 30000, () => states().size === 1).catch(() => {});
  const breaches = people.flatMap((person) => person.breaches);
  const applied = people.reduce((sum, person) => sum + person.applied, 0);
  report(
    `model check, seed ${seed}`,
    `${applied} versions applied by 60 clients under ${faults} faults, ${breaches.length} lost, doubled or reordered, ${states().size} final state(s), ${people.filter((p) => p.statusOf(p.userId) === "offline").length} connected people shown offline`,
    breaches.length === 0 && states().size === 1,
  );
  if (breaches.length) console.log(breaches.slice(0, 5));
  for (const person of people) person.client.drop();
}
