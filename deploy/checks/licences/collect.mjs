// Writes docs/licences.md from the bill of materials and the lock file of the browser packages:
//   ./mvnw -Psbom package -DskipTests && node deploy/checks/licences/collect.mjs
// A test compares the list with what the built services hold.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ROOT = new URL("../../../", import.meta.url);
const read = (path) => JSON.parse(readFileSync(fileURLToPath(new URL(path, ROOT)), "utf8"));

// Names of the same licence, as poms write them.
const SPDX = [
  [/apache.*2(\.0)?|^ASF 2/i, "Apache-2.0"],
  [/eclipse public license.*2|^EPL.2/i, "EPL-2.0"],
  [/eclipse public license.*1/i, "EPL-1.0"],
  [/eclipse distribution|^EDL|^BSD-3|^new bsd|3-clause/i, "BSD-3-Clause"],
  [/^BSD-2|2-clause/i, "BSD-2-Clause"],
  [/gpl.*class ?path|GPL2 w\/ CPE|^GPL-2.0-with-classpath/i, "GPL-2.0 WITH Classpath-exception-2.0"],
  [/^(the )?mit( license)?$|^MIT-0$|^MIT No/i, "MIT"],
  [/public domain|^CC0/i, "CC0-1.0"],
];
const short = (name) => SPDX.find(([pattern]) => pattern.test(name))?.[1] ?? name;

function licencesOf({ licenses = [] }) {
  const names = licenses.map(({ license, expression }) => expression ?? license.id ?? license.name);
  return [...new Set(names.map(short))].sort().join(", ") || "not stated";
}

const java = read("target/bom.json")
  .components.filter(({ group }) => group !== "com.eventuall")
  .map((one) => ({ name: `${one.group}:${one.name}`, version: one.version, licence: licencesOf(one) }));

// Quarkus adds these by itself where two extensions meet; no bill of materials names them.
for (const name of ["io.quarkus:quarkus-flyway-postgresql"]) {
  const like = java.find((one) => one.name === "io.quarkus:quarkus-flyway");
  if (like) java.push({ ...like, name });
}

const npm = Object.entries(read("package-lock.json").packages)
  .filter(([path, { dev, link }]) => path.startsWith("node_modules/") && !dev && !link)
  .map(([path, { version, license }]) => ({ name: path.slice("node_modules/".length), version, licence: license ?? "not stated" }));

function table(rows) {
  const lines = rows
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`);
  return ["| name | version | licence |", "|---|---|---|", ...new Set(lines)].join("\n");
}

function counts(rows) {
  const byLicence = new Map();
  rows.forEach(({ licence }) => byLicence.set(licence, (byLicence.get(licence) ?? 0) + 1));
  return [...byLicence].sort(([, a], [, b]) => b - a).map(([licence, count]) => `${count} × ${licence}`).join("; ");
}

const text = `# Licences

What is shipped: libraries in the services' images, and packages in the browser's bundles. Written by
\`deploy/checks/licences/collect.mjs\`; where a library offers several licences, all are named. Tools of the build and of tests are
not shipped: their lock files name their licences, the sandboxes' included.

## Java

${counts(java)}.

${table(java)}

## Browser

${counts(npm)}.

${table(npm)}
`;
writeFileSync(fileURLToPath(new URL("docs/licences.md", ROOT)), text);
console.log(`${java.length} libraries, ${npm.length} packages`);
