// Many people: one of them slow, all of them cut off at once, a hundred thousand of them.
import { Crowd } from "../lib/crowd.mjs";
import { CLIENTS, CROWD, freshEvent, member, report, seen, sum, viewers } from "../lib/kit.mjs";
import { metric, percentile, sleep, until } from "../lib/stack.mjs";
import { presenceLine } from "../lib/systems.mjs";

/** One reader among many stops for a while. A second group of one, with a small receive buffer, is that reader. */
export async function slowReader({ nodes, crowd }) {
  const event = freshEvent();
  const node = nodes[0];
  const ann = member(event, "ann", "moderator");
  await ann.open(node.port);
  await viewers(crowd, event, event, [node], CLIENTS - 1);
  const others = `${event}0`;
  const slow = `${event}-slow`;
  await crowd.narrow(slow, 32 * 1024);
  await crowd.open(slow, node.port, [presenceLine(event, "slow")]);
  await until("all are in", 20000, () => ann.state.counts?.online === CLIENTS + 1);
  let at = 0;
  const name = () => `u${String(at).padStart(6, "0")}`;
  /** Pins one of fifty tracks of somebody with a long name who was not pinned before: a third of a kilobyte. */
  const pin = () =>
    fetch(`http://127.0.0.1:${node.port}/v1/events/${event}/rooms/main/pins/TR_${"x".repeat(100)}${at % 50}`, {
      method: "PUT",
      headers: { authorization: `Bearer ${ann.pass}`, "content-type": "application/json" },
      body: JSON.stringify({ userId: `${name()}${"u".repeat(100)}${at++ % 10}` }),
    });
  /** Times of changes to all others, at 8 a second. */
  const changes = async (count) => {
    const times = [];
    for (let i = 0; i < count; i++) {
      const begun = Crowd.now();
      await crowd.mark(others, name());
      await pin();
      times.push(...(await seen(crowd, [others], "all others", begun)));
      await sleep(Math.max(0, 125 - (Crowd.now() - begun) / 1e6));
    }
    return times;
  };
  await changes(80);
  const without = [];
  const meanwhile = [];
  let held = 0;
  let caughtUp = 0;
  for (let round = 0; round < 4; round++) {
    without.push(...(await changes(20)));
    await crowd.read(slow, false);
    // Many changes at once, until nothing more can be taken: it is behind from then on.
    await until("the slow one lags", 30000, async () => {
      await Promise.all(Array.from({ length: 20 }, pin));
      return (await metric(node, "eventuall_presence_sockets_lagging")) > 0;
    });
    await sleep(500);
    meanwhile.push(...(await changes(20)));
    held = Math.max(held, await metric(node, "eventuall_presence_backlog_bytes"));
    at--;
    await crowd.mark(slow, name());
    at++;
    const begun = Crowd.now();
    await crowd.read(slow, true);
    caughtUp = Math.max(caughtUp, ...(await seen(crowd, [slow], "the slow reader is at the newest version", begun)));
  }
  const [before, after] = [without, meanwhile].map((times) => percentile(times, 0.99));
  report(
    "held for a stalled reader among 1,000 (<= 128 KB)",
    `${(held / 1024).toFixed(0)} KB`,
    held > 0 && held <= 128 * 1024,
  );
  report(
    "p99 of the others meanwhile (+ 10 % at most)",
    `${after.toFixed(1)} ms, ${before.toFixed(1)} ms while it reads`,
    after <= before * 1.1,
  );
  report(
    "the stalled reader is at the newest version after it reads again (<= 1 s)",
    `${caughtUp.toFixed(0)} ms`,
    caughtUp <= 1000,
  );
  for (const group of [others, slow]) await crowd.drop(group, CLIENTS);
  ann.client.close();
}

/** With the service's own limits: people beyond the burst are refused, and come back when they are told to. */
export async function storm({ nodes, crowd }) {
  const event = freshEvent();
  const watcher = member(event, "watcher", "moderator");
  await watcher.open(nodes[0].port);
  let offline = 0;
  watcher.onChange = (change) => {
    for (const person of Object.values(change.participants ?? {})) if (person?.status === "offline") offline++;
  };
  await viewers(crowd, event, event, nodes, CROWD);
  await until("all are in", 60000, () => watcher.state.counts?.online === CROWD + 1);
  // A bucket of admissions that is full again, as in quiet times.
  await sleep(5000);
  offline = 0;
  const groups = nodes.map((_, k) => `${event}${k}`);
  await Promise.all(groups.map((group) => crowd.drop(group, CROWD)));
  const begun = performance.now();
  const back = await viewers(crowd, event, event, nodes, CROWD);
  let all = [];
  await until("all have their state", 60000, async () => {
    all = await Promise.all(groups.map((group) => crowd.count(group)));
    return all.every(({ without }) => without === 0);
  });
  const took = (performance.now() - begun) / 1000;
  await sleep(12000);
  all = await Promise.all(groups.map((group) => crowd.count(group)));
  const most = Math.max(...all.map(({ snapshots }) => snapshots));
  report(
    `${CROWD} clients cut at once are back and have their state (<= 15 s)`,
    `${took.toFixed(1)} s, ${sum(back.map(({ refusals }) => refusals))} were told to wait first`,
    took <= 15,
  );
  report(
    "false offline (0), snapshots each (<= 1)",
    `${offline}, ${most}`,
    offline === 0 && most === 1 && watcher.state.counts.online === CROWD + 1,
  );
  await Promise.all(groups.map((group) => crowd.drop(group, CROWD)));
  watcher.client.close();
}

export async function large({ nodes, store }) {
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
    for (let k = i; k < i + 5000; k++)
      words.push(
        `user-${String(k).padStart(6, "0")}`,
        `{"name":"User Number ${k}","role":"participant","status":"online","since":1795377520000}`,
      );
    await store.command(...words);
  }
  await store.command("HSET", key("meta"), "online", String(MEMBERS + 1));
  await store.command("HSET", key("meta"), "epoch", "zzzz", "version", "1000", "chain", "");
  await store.command("DEL", key("log"));
  await until(
    "the moderator has all",
    60000,
    () => first.version >= 1000 && Object.keys(first.state.participants).length > MEMBERS,
  );
  const snapshots = first.snapshots;
  const bytes = first.client.bytes;
  const viewer = member(event, "a-viewer");
  const begun = performance.now();
  await viewer.open(nodes[0].port);
  await until("the viewer is in", 10000, () => viewer.snapshots > 0);
  const took = performance.now() - begun;
  await until("the moderator knows", 30000, () => first.statusOf("a-viewer") === "online").catch((error) => {
    throw new Error(
      `${error.message}; moderator at ${first.epoch} ${first.version} after ${first.snapshots} snapshots, closed ${first.client.closed} ${first.client.closeCode}; viewer at ${viewer.epoch} ${viewer.version} after ${took.toFixed(0)} ms`,
    );
  });
  report(
    "a join to 100,000 members (<= 3 KB to the joiner, no full snapshot to anyone)",
    `${viewer.client.bytes} bytes to the joiner in ${took.toFixed(0)} ms, ${first.client.bytes - bytes} bytes and ${first.snapshots - snapshots} snapshots to a moderator`,
    viewer.client.bytes <= 3072 && first.snapshots === snapshots,
  );
  viewer.client.close();
  first.client.close();
}
