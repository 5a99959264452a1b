import { defineConfig } from "vite";

/** The crowd as one file for Node, beside the page. */
export default defineConfig({
  publicDir: false,
  build: {
    ssr: "src/crowd/command.ts",
    outDir: "target/crowd",
    target: "node20",
    rollupOptions: { output: { entryFileNames: "crowd.mjs" } },
  },
  ssr: { noExternal: true },
});
