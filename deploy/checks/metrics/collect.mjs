// Adds what the services of a running local stack measure to the catalogue deploy/k8s/metrics.txt:
//   node deploy/checks/metrics/collect.mjs http://127.0.0.1:8080
// Some meters are made at their first use, so what the catalogue knows already stays: remove a line to have it forgotten.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const CATALOGUE = fileURLToPath(new URL("../../k8s/metrics.txt", import.meta.url));
const HEADER = "# Every metric of the services: name, type, services. Written by deploy/checks/metrics/collect.mjs.\n";
const gateway = process.argv[2];
if (!gateway) {
  console.error("usage: node collect.mjs GATEWAY");
  process.exit(1);
}

/** @type {Map<string, {type: string, services: Set<string>}>} */
const known = new Map();
function add(name, type, services) {
  const entry = known.get(name) ?? { type, services: new Set() };
  services.forEach((service) => entry.services.add(service));
  known.set(name, entry);
}

if (existsSync(CATALOGUE)) {
  for (const line of readFileSync(CATALOGUE, "utf8").split("\n")) {
    if (line && !line.startsWith("#")) {
      const [name, type, services] = line.split("\t");
      add(name, type, services.split(","));
    }
  }
}

const { processes } = await (await fetch(`${gateway}/dev/info`)).json();
for (const { service, managementPort, state } of processes) {
  if (managementPort && state === "ready") {
    const text = await (await fetch(`http://127.0.0.1:${managementPort}/q/metrics`)).text();
    const types = new Map([...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, type]) => [name, type]));
    for (const [, sample] of text.matchAll(/^([a-zA-Z_:][\w:]*)(?:\{| )/gm)) {
      const family = sample.replace(/_(count|sum|max|bucket|total)$/, "");
      add(sample, types.get(sample) ?? types.get(family) ?? "untyped", [service]);
    }
  }
}

const lines = [...known].sort(([a], [b]) => (a < b ? -1 : 1));
const text = lines.map(([name, { type, services }]) => `${name}\t${type}\t${[...services].sort().join(",")}\n`);
writeFileSync(CATALOGUE, HEADER + text.join(""));
console.log(`${lines.length} metrics`);
