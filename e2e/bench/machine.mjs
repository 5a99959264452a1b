// What a figure was measured on: enough to judge it, nothing that names the machine.
import { execFileSync } from "node:child_process";
import { cpus, loadavg, totalmem } from "node:os";
import { join } from "node:path";

function javaVersion() {
  const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, "bin/java") : "java";
  return (
    /version "?([^"\s]+)/.exec(
      execFileSync(java, ["--version"], { encoding: "utf8" }).replace(/^\S+ /, 'version "'),
    )?.[1] ?? "unknown"
  );
}

/** Cores, memory, versions, and the load before the measurement. */
export function machine() {
  return {
    date: new Date().toISOString().slice(0, 10),
    cores: cpus().length,
    processor: cpus()[0]?.model.trim() ?? "unknown",
    memoryGb: Math.round(totalmem() / 2 ** 30),
    jdk: javaVersion(),
    node: process.versions.node,
    load: Math.round(loadavg()[0] * 10) / 10,
  };
}

/** One sentence for a document. */
export const describe = ({ date, cores, processor, memoryGb, jdk, node, load }) =>
  `Measured on ${date} on a machine with ${cores} cores (${processor}) and ${memoryGb} GB of memory, JDK ${jdk}, Node ${node}, load average ${load} before the run; servers and clients on the same cores, loopback, no TLS.`;
