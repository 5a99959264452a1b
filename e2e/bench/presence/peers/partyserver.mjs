// Peer: partyserver on workerd, as a Durable Object with hibernation (what Cloudflare recommends). usage: node partyserver.mjs PORT

import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { Miniflare } from "miniflare";

const entry = join(dirname(fileURLToPath(import.meta.url)), "party.mjs");
const bundle = await build({
  entryPoints: [entry],
  bundle: true,
  format: "esm",
  write: false,
  external: ["cloudflare:workers"],
  conditions: ["workerd", "worker", "browser"],
  target: "es2022",
  logLevel: "error",
});
const miniflare = new Miniflare({
  host: "127.0.0.1",
  port: Number(process.argv[2]),
  modules: true,
  script: bundle.outputFiles[0].text,
  compatibilityDate: "2026-04-01",
  cf: false,
  durableObjects: { Party: { className: "Party", useSQLite: true } },
});
await miniflare.ready;
console.log("READY");
process.on("SIGTERM", async () => {
  await miniflare.dispose();
  process.exit(0);
});
