// Writes docs/benchmarks/README.md, the list of what is there.   usage: node index.mjs
// node index.mjs NAME FILE   first makes docs/benchmarks/NAME.md of a table that a benchmark printed to FILE
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, machine } from "./machine.mjs";

const docs = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "docs", "benchmarks");
mkdirSync(docs, { recursive: true });

const [name, file] = process.argv.slice(2);
if (name) {
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.startsWith("|"));
  if (!lines.length) throw new Error(`${name} printed no table`);
  writeFileSync(
    join(docs, `${name}.md`),
    `# ${name[0].toUpperCase()}${name.slice(1)}\n\nWritten by \`e2e/bench/${name}\`. ${describe(machine())}\n\n${lines.join("\n")}\n`,
  );
}

const pages = readdirSync(docs).filter((page) => page.endsWith(".md") && page !== "README.md");
const titles = pages
  .sort()
  .map((page) => `- [${/^# (.+)$/m.exec(readFileSync(join(docs, page), "utf8"))?.[1] ?? page}](${page})`);
writeFileSync(
  join(docs, "README.md"),
  `# Benchmarks

\`e2e/bench/run\` runs them all and writes these pages. What is compared is compared in one run, by turns, with the same clients;
figures are medians, and the raw data lies beside the page or under \`e2e/bench/*/results\`. On other machines the absolute figures differ; the
ratios should not by much.

Every page says what it was measured on. This list was last written on ${describe(machine())
    .replace(/^Measured on /, "")
    .replace(" before the run; servers and clients on the same cores, loopback, no TLS", "")}

${titles.join("\n")}
`,
);
