// What the checks share: their results, events of their own, viewers that look for a text.
import { PresenceClient } from "./client.mjs";
import { pass, until } from "./stack.mjs";
import { presenceLine } from "./systems.mjs";

export const CLIENTS = Number(process.env.CLIENTS ?? 1000);
export const CROWD = Number(process.env.CROWD ?? 5000);
export const KILLS = Number(process.env.KILLS ?? 20);
export const MODEL_SECONDS = Number(process.env.MODEL_SECONDS ?? 30);
export const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
export const results = [];

export function report(name, value, ok) {
  results.push({ name, value, ok });
  console.log(`${ok ? "ok  " : "FAIL"} ${name}: ${value}`);
}

let counter = 0;
export const freshEvent = () => `e${process.pid}-${counter++}`;
export const member = (event, user, role) => new PresenceClient(event, user, pass(event, user, role));

/** `count` viewers of their own, spread over the nodes, in groups named after `name`. */
export async function viewers(crowd, name, event, nodes, count, settings = {}) {
  const lines = nodes.map(() => []);
  for (let i = 0; i < count; i++)
    lines[i % nodes.length].push(presenceLine(event, `v${i}`, { from: `127.0.0.${2 + (i % 4)}`, ...settings }));
  return Promise.all(lines.map((some, k) => crowd.open(`${name}${k}`, nodes[k].port, some)));
}

export const sum = (numbers) => numbers.reduce((all, number) => all + number, 0);

/** Waits until all viewers have seen the marked text; their times in milliseconds after `begun`. */
export async function seen(crowd, groups, what, begun) {
  let all = [];
  await until(what, 20000, async () => {
    all = await Promise.all(groups.map((group) => crowd.seen(group)));
    return all.every(({ count, of }) => count === of);
  });
  return all.flatMap(({ at }) => at.map((nanos) => (nanos - begun) / 1e6));
}
