// Writes src/generated/contracts.ts from the contracts module; with --check it only compares and fails on a difference.
import { readFile, writeFile } from "node:fs/promises";
import { compile } from "json-schema-to-typescript";

const contracts = new URL("../../contracts/src/main/resources/contracts/", import.meta.url);
const target = new URL("../src/generated/contracts.ts", import.meta.url);
const serverMessages = ["hello", "snapshot", "patch", "drain", "error"];
const clientMessages = ["heartbeat", "leave", "resync"];

const readJson = async (path) => JSON.parse(await readFile(new URL(path, contracts), "utf8"));

/** TypeScript's structural types are open anyway; an index signature would only hide misspelt fields. */
function closed(schema) {
  if (Array.isArray(schema)) return schema.map(closed);
  if (schema === null || typeof schema !== "object") return schema;
  const entries = Object.entries(schema).map(([key, value]) => [key, closed(value)]);
  return Object.fromEntries(entries.filter(([key, value]) => !(key === "additionalProperties" && value === true)));
}

async function messageType(name) {
  const schema = closed(await readJson(`ws/presence-${name}.schema.json`));
  if (name === "patch") schema.properties.state.tsType = "Record<string, unknown>";
  const options = { additionalProperties: false, bannerComment: "", style: { printWidth: 120 } };
  return { title: schema.title, code: await compile(schema, schema.title, options) };
}

async function generate() {
  const server = await Promise.all(serverMessages.map(messageType));
  const client = await Promise.all(clientMessages.map(messageType));
  const closeCodes = await readJson("ws/close-codes.json");
  const errors = await readJson("error-codes.json");
  const union = (values) => values.map((value) => `\n  | ${value}`).join("");
  const titles = (messages) => union(messages.map((message) => message.title));
  const literals = (values) => union(values.map((value) => JSON.stringify(value)));
  return `// Generated from contracts/ by scripts/generate-contracts.mjs. Do not edit.

${[...server, ...client].map((message) => message.code.trim()).join("\n\n")}

/** Everything the presence service sends. */
export type ServerMessage =${titles(server)};

/** Everything the presence service understands. */
export type ClientMessage =${titles(client)};

/** What a client does after its socket was closed. */
export type ClosePolicy =${literals([...new Set(closeCodes.map((row) => row.policy))])};

/** What to do for each close code. A code that is not here means: back off and try again. */
export const CLOSE_POLICIES: Readonly<Record<number, ClosePolicy>> = {
${closeCodes.map((row) => `  /** ${row.reason} */\n  ${row.code}: ${JSON.stringify(row.policy)},`).join("\n")}
};

/** The stable codes of the problem details that the services answer with. */
export type ErrorCode =${literals(errors.map((row) => row.code))};
`;
}

const generated = await generate();
if (!process.argv.includes("--check")) {
  await writeFile(target, generated);
} else if (generated !== (await readFile(target, "utf8"))) {
  console.error("src/generated/contracts.ts is not what contracts/ says: run 'npm run generate' in client/");
  process.exit(1);
}
