// Writes docs/benchmarks/presence.md and its plots from the raw data in results/.   usage: node report.mjs
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe } from "../machine.mjs";
import { lineChart } from "./lib/plot.mjs";
import { median } from "./lib/stack.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const docs = join(here, "..", "..", "..", "docs", "benchmarks");
const NAMES = {
  "presence, whole snapshots": "presence, whole snapshots",
  presence: "presence",
  ws: "ws 8.23",
  socketio: "Socket.IO 4.8",
  partyserver: "partyserver 0.5 on workerd",
};
const GOALS = { ws: 0.7, socketio: 0.5, partyserver: 0.33 };

const read = (name) =>
  existsSync(join(here, "results", `${name}.json`))
    ? JSON.parse(readFileSync(join(here, "results", `${name}.json`), "utf8"))
    : undefined;
const table = (head, rows) => [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
const round = (value, digits = 1) => (value >= 100 ? Math.round(value).toLocaleString("en") : value.toFixed(digits));
const ordered = (values) => [...new Set(values)].sort((a, b) => a - b);
const kinds = Object.keys(NAMES);
const of = (runs, kind, field, value) =>
  runs.filter((run) => run.kind === kind && (field === undefined || run[field] === value));
const spread = (values) => `${round(median(values))} (${round(Math.min(...values))} to ${round(Math.max(...values))})`;

const charts = [];
function chart(file, options) {
  charts.push(file);
  writeFileSync(join(docs, file), lineChart(options));
  return `![${options.title}](${file})`;
}

const seriesOf = (runs, field, what) =>
  kinds
    .filter((kind) => of(runs, kind).length)
    .map((kind) => ({
      name: NAMES[kind].replace(" on workerd", ""),
      points: ordered(of(runs, kind).map((run) => run[field])).map((value) => [
        value,
        median(of(runs, kind, field, value).map(what)),
      ]),
    }));

function viewers({ machine, runs }) {
  const counts = ordered(runs.map((run) => run.viewers));
  const at = counts.includes(1000) ? 1000 : counts[0];
  const cost = (kind) => of(runs, kind, "viewers", at).map((run) => run.microsPerFrame);
  const ours = median(cost(kinds[0]));
  const rows = kinds.map((kind) => {
    const bytes = median(of(runs, kind, "viewers", at).map((run) => run.bytesPerFrame));
    return [
      NAMES[kind],
      spread(cost(kind)),
      round(bytes, 0),
      GOALS[kind] ? (ours / median(cost(kind))).toFixed(2) : "",
      GOALS[kind] ? `<= ${GOALS[kind]}` : "",
    ];
  });
  const grows = counts.map((count) => [
    count.toLocaleString("en"),
    ...kinds.map((kind) => round(median(of(runs, kind, "viewers", count).map((run) => run.millisPerChange)), 2)),
  ]);
  const late = counts.map((count) => [
    count.toLocaleString("en"),
    ...kinds.map((kind) => round(median(of(runs, kind, "viewers", count).map((run) => run.latency.last)))),
  ]);
  return `## What a frame costs

Server CPU per delivered frame, ${at.toLocaleString("en")} viewers of one room with ten people, median of ${cost(kinds[0]).length} rounds in which the systems took
turns (lowest to highest). For this table presence sends whole snapshots too (\`?mode=snapshot\`), so that the frames are alike. Its cost includes what the
peers do not do: checking the pass of each change, and the change as an atomic step in Redis (Redis' own CPU is not counted).
${describe(machine)}

${table(["system", "µs of CPU a frame", "bytes a frame", "presence / it", "goal"], rows)}

## How cost grows with viewers

Server CPU of one change, taking it in included, in milliseconds. \`presence\` sends patches, as it does unless asked otherwise.

${table(["viewers", ...kinds.map((kind) => NAMES[kind])], grows)}

${chart("presence-viewers.svg", { title: "Server CPU of one change", x: "viewers", y: "milliseconds of CPU", series: seriesOf(runs, "viewers", (run) => run.millisPerChange) })}

From the request that makes a change until the last viewer has it, in milliseconds, median:

${table(["viewers", ...kinds.map((kind) => NAMES[kind])], late)}

${chart("presence-latency.svg", { title: "From a change to its last viewer", x: "viewers", y: "milliseconds", series: seriesOf(runs, "viewers", (run) => run.latency.last) })}
`;
}

function rate({ machine, runs }) {
  const rates = ordered(runs.map((run) => run.rate));
  const rows = rates.map((perSecond) => [
    perSecond,
    ...kinds.map((kind) => `${round(median(of(runs, kind, "rate", perSecond).map((run) => run.cpuShare * 100)))} %`),
  ]);
  const frames = rates.map((perSecond) => [
    perSecond,
    ...kinds.map((kind) =>
      round(median(of(runs, kind, "rate", perSecond).map((run) => run.frames / run.viewers / run.seconds))),
    ),
  ]);
  return `## How cost grows with changes

200 viewers, ten people; share of one core that the server takes. A busy room gathers changes for a window, so presence sends at most some forty frames a
second to a client, however many changes there are. ${describe(machine)}

${table(["changes a second", ...kinds.map((kind) => NAMES[kind])], rows)}

Frames a second to each client:

${table(["changes a second", ...kinds.map((kind) => NAMES[kind])], frames)}

${chart("presence-changes.svg", { title: "Server CPU at 200 viewers", x: "changes a second", y: "% of one core", series: seriesOf(runs, "rate", (run) => run.cpuShare * 100) })}
`;
}

function joins({ machine, runs }) {
  return `## From a join to everybody

From the first byte of a join (TCP, upgrade, pass, Redis, both replicas) until the viewers have it; two replicas, everybody a different person, all told of
all (lite mode, which above 1,000 people spares viewers this, is off). 40 joins a row. ${describe(machine)}

${table(
  ["viewers", "p50, ms", "p99, ms", "last viewer, median, ms"],
  runs.map((run) => [run.viewers.toLocaleString("en"), round(run.p50), round(run.p99), round(run.last)]),
)}

${chart("presence-joins.svg", {
  title: "From a join to everybody",
  x: "viewers",
  y: "milliseconds",
  series: [
    ["p50", (run) => run.p50],
    ["p99", (run) => run.p99],
    ["last viewer", (run) => run.last],
  ].map(([name, what]) => ({ name, points: runs.map((run) => [run.viewers, what(run)]) })),
})}
`;
}

function fill({ machine, runs }) {
  const filled = runs.filter((run) => run.kind !== "size");
  const size = runs.find((run) => run.kind === "size");
  const rows = ordered(filled.map((run) => run.gap)).flatMap((gap) => {
    const [plain, packed] = ["presence", "presence, gzip"].map((kind) =>
      filled.find((run) => run.gap === gap && run.kind === kind),
    );
    return filled
      .filter((run) => run.gap === gap)
      .map((run) => [
        gap ? `one every ${gap} ms` : "all at once",
        NAMES[run.kind] ?? run.kind,
        `${round(run.bytes / 1000)} KB`,
        run.frames.toLocaleString("en"),
        round(run.cpuMillis),
        `${round(run.bytes / plain.bytes)} ×`,
        `${round(run.bytes / packed.bytes)} ×`,
      ]);
  });
  return `## Bytes

A hundred people enter an empty room. Each must learn of each, which at some 95 bytes a person is 0.95 MB uncompressed, half of it
in the snapshots that joiners get. The client library asks for these with gzip.
${describe(machine)}

${table(["they come", "system", "bytes", "frames", "ms of server CPU", "bytes, it / presence", "it / presence with gzip"], rows)}

One change in a room of 1,000 people, bytes to each of them: ${["pin", "unpin", "away", "back", "leave", "join"].map((what) => `${what} ${round(size[what], 0)}`).join(", ")}.
The whole state of that room as a snapshot is about 95,000 bytes.
`;
}

function idle({ machine, runs: [run] }) {
  return `## Memory

${run.connections.toLocaleString("en")} idle connections in rooms of a hundred, \`-Xmx512m -Xmn8m -XX:+UseSerialGC\`: **${round(run.kilobytes)} KB of resident memory a connection**
(${round(run.later)} KB half a minute later), ${round(run.microsPerSecond)} µs of CPU a second and connection. ${describe(machine)}
`;
}

/** Returns a line that sums up. */
export function writeReport() {
  mkdirSync(docs, { recursive: true });
  const parts = { viewers, rate, joins, fill, idle };
  const found = Object.keys(parts).filter((name) => read(name));
  const text = `# presence-service beside others

Written by \`npm run bench\` in \`e2e/bench/presence\`; raw data lies in its \`results\` after a run. One driver for all systems, with clients that only find frame
borders. The peers run one room of the same content and send their whole state on every change; they have no passes, no
shared store, no bound on slow readers. Only ratios of one run say much: machines differ.

${found.map((name) => parts[name](read(name))).join("\n")}`;
  writeFileSync(join(docs, "presence.md"), text);
  return `presence: ${found.join(", ")} written to docs/benchmarks/presence.md with ${charts.length} plots`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(writeReport());
