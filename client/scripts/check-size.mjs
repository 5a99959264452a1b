// Bundles and minifies each entry point as an application would, and fails when one has outgrown its budget.
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";

const budgets = { index: 6 * 1024, react: 7 * 1024, queue: 3 * 1024 };
const external = ["react", "yjs", "y-websocket", "fractional-indexing"];

for (const [entry, budget] of Object.entries(budgets)) {
  const bundle = await rolldown({ input: fileURLToPath(new URL(`../dist/${entry}.js`, import.meta.url)), external });
  const { output } = await bundle.generate({ format: "es", minify: true });
  const bytes = output.reduce((sum, chunk) => sum + gzipSync(chunk.code ?? "", { level: 9 }).length, 0);
  console.log(`${entry}: ${bytes} bytes gzip of ${budget}`);
  if (bytes > budget) {
    console.error(`${entry} is larger than its budget`);
    process.exitCode = 1;
  }
}
