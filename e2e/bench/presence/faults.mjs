// Checks the promises of presence-service against real processes and real faults: two replicas, one Redis.
// usage: node faults.mjs [name ...]     names: see the table below; all without arguments
// environment: CLIENTS (1000), CROWD (5000), KILLS (20), MODEL_SECONDS (30), SEED
import { large, slowReader, storm } from "./checks/crowds.mjs";
import { kills, model, rolling } from "./checks/failures.mjs";
import { grace, halfOpen, heartbeats, leave, lostPublish } from "./checks/liveness.mjs";
import { Crowd } from "./lib/crowd.mjs";
import { report, results } from "./lib/kit.mjs";
import { redis, replica, stopAll } from "./lib/stack.mjs";

const open = {
  "presence.admission.per-second": "100000",
  "presence.admission.burst": "100000",
  "presence.lite.above": "100000",
};
// The last ones need what the service does by itself in a large room, and by its own limits.
const checks = { leave, halfOpen, grace, lostPublish, heartbeats, slowReader, kills, rolling, model };
const asConfigured = { storm, large };
const wanted = process.argv.slice(2);
const store = await redis({ kept: true });
const crowd = await Crowd.start();

async function runAll(checks, settings) {
  const some = Object.entries(checks).filter(([name]) => !wanted.length || wanted.includes(name));
  if (!some.length) return;
  const nodes = [await replica(store.url, settings), await replica(store.url, settings)];
  for (const [name, check] of some) {
    const begun = performance.now();
    try {
      await check({ nodes, store, crowd });
    } catch (error) {
      report(name, error.message, false);
      console.log(nodes.map((node) => node.process.output.slice(-1500)).join("\n---\n"));
    }
    console.log(`     ${name} took ${((performance.now() - begun) / 1000).toFixed(0)} s`);
  }
  for (const node of nodes) node.process.kill("SIGKILL");
}

try {
  await runAll(checks, open);
  await runAll(asConfigured, {});
  console.log(`${results.filter(({ ok }) => ok).length} of ${results.length} promises kept`);
} finally {
  await stopAll();
}
process.exit(results.every(({ ok }) => ok) ? 0 : 1);
