// Everything that is claimed of the queue's speed, in one run: the Java engine beside yjs in Node, queue-service beside the
// y-websocket server and Hocuspocus. Writes docs/benchmarks/queue.md, and the raw figures beside it to queue.json.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, machine } from "../machine.mjs";
import { percentile, stopAll } from "../presence/lib/stack.mjs";
import { compareServers } from "./servers.mjs";

const RUNS = process.env.RUNS ?? "8";
const ROUNDS = Number(process.env.ROUNDS ?? 5);
const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..", "..");
const tool = (name) => (process.env.JAVA_HOME ? join(process.env.JAVA_HOME, "bin", name) : name);
const median = (list) => percentile(list, 0.5);

function engines() {
  const work = mkdtempSync(join(tmpdir(), "queue-bench-"));
  try {
    const files = [join(work, "updates.bin"), join(work, "fresh.bin")];
    const classes = join(root, "yjs/target/classes");
    const run = (command, args) => JSON.parse(execFileSync(command, args, { cwd: here, encoding: "utf8" }));
    const node = run("node", ["engine.mjs", ...files, RUNS]);
    execFileSync(tool("javac"), ["-d", work, "-cp", classes, "EngineBenchmark.java"], { cwd: here });
    const java = run(tool("java"), [
      "-Xmx512m",
      "-XX:+UseSerialGC",
      "-cp",
      `${work}:${classes}`,
      "EngineBenchmark",
      ...files,
      RUNS,
    ]);
    return { node, java };
  } finally {
    rmSync(work, { recursive: true });
  }
}

function report(measuredOn, { node, java }, servers) {
  const of = (name, part, field) => median(servers.measured[name][part].map((result) => result[field]));
  const names = Object.keys(servers.measured);
  const peers = names.slice(1);
  const best = (part, field, choose) => choose(...peers.map((name) => of(name, part, field)));
  const throughput =
    of("queue-service", "saturated", "updatesPerSecond") / best("saturated", "updatesPerSecond", Math.max);
  const row = (name) =>
    [
      name,
      of(name, "saturated", "updatesPerSecond").toFixed(0),
      of(name, "saturated", "cpuMicrosPerUpdate").toFixed(0),
      of(name, "saturated", "driverCpuMicrosPerUpdate").toFixed(0),
      of(name, "saturated", "framesPerUpdate").toFixed(2),
      of(name, "paced", "cpuMicrosPerUpdate").toFixed(0),
      `${of(name, "paced", "medianMs").toFixed(1)} / ${of(name, "paced", "p99Ms").toFixed(1)}`,
      (servers.measured[name].rssKb / 1024).toFixed(0),
    ].join(" | ");
  const ratio = median(java.cpuMs) / median(node.cpuMs);
  return `# The queue, measured

Written by \`npm run bench\` in [e2e/bench/queue](../../e2e/bench/queue), which says how; raw figures in [queue.json](queue.json).
${describe(measuredOn)} So only what stands side by side says anything.

## Updates to ${servers.moderators} moderators

${servers.editors} of ${servers.moderators} connected moderators edit a queue of ${servers.people} people; an update counts when all ${servers.moderators} have it. All servers get the same bytes
and must end with the document that yjs makes of them. Medians of ${servers.rounds} alternating rounds, after ${servers.warmUp} that do not count.
queue-service appends every update to Redis (with its append-only file) before anybody sees it, and announces lists and stage events; its CPU time and
memory include Redis. The peers keep documents in memory only.

| server | updates/s at most | µs CPU each | the driver's | frames to each moderator | µs CPU each at ${servers.rate}/s | ms to the last moderator, p50 / p99, at ${servers.rate}/s | RSS, MB |
|---|--:|--:|--:|--:|--:|--:|--:|
${names.map((name) => `| ${row(name)} |`).join("\n")}

queue-service carries **${throughput.toFixed(1)} ×** the updates of the better peer (goal: 2 ×). "At most" is a closed loop: each editor has ${servers.window} edits on the
way. Updates that come while an append is under way, or within a pause after it that grows with the number of sockets, go into the next one
together and leave as one frame; an edit after a calm goes at once.

## Engine

${node.updates} recorded updates of 20 moderators and 500 people, applied one by one; medians of ${java.cpuMs.length} runs, the first ones cold.

| | yjs in Node | Java | |
|---|--:|--:|--:|
| CPU, ms | ${median(node.cpuMs)} | ${median(java.cpuMs)} | ${ratio.toFixed(2)} × (goal: 0.7 ×) |
| wall, ms | ${median(node.wallMs)} | ${median(java.wallMs)} | |
| load of the result (${(java.stateBytes / 1000).toFixed(0)} KB) in one piece, ms | ${median(node.loadMs)} | ${median(java.loadMs)} | |
| heap of the result, MB | | ${(java.heapBytesPerDoc / 1e6).toFixed(2)} | goal: 1.5 |
| heap of 500 people without history, MB | | ${(java.heapBytesPerFreshDoc / 1e6).toFixed(2)} | |
`;
}

try {
  const measuredOn = machine();
  const engine = engines();
  console.log(JSON.stringify(engine));
  const servers = await compareServers(ROUNDS);
  const docs = join(root, "docs/benchmarks");
  mkdirSync(docs, { recursive: true });
  writeFileSync(join(docs, "queue.json"), `${JSON.stringify({ machine: measuredOn, engine, servers }, null, 1)}\n`);
  writeFileSync(join(docs, "queue.md"), report(measuredOn, engine, servers));
} finally {
  await stopAll();
}
process.exit(0);
