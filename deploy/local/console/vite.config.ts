import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const gateway = process.env.GATEWAY ?? "http://127.0.0.1:8080";

/** The name of a chunk that holds a vendor's package. */
function vendor(moduleIds: readonly string[]): string | undefined {
  const holds = (part: string) => moduleIds.some((id) => id.includes(part));
  if (holds("/livekit-client/")) return "vendor-livekit";
  if (holds("/@twilio/conversations/")) return "vendor-twilio";
  if (holds("/@mux/mux-player/")) return "vendor-mux-player";
  return undefined;
}

export default defineConfig({
  plugins: [react()],
  build: {
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2023",
    // What counts against the budget is read from it.
    manifest: true,
    rolldownOptions: {
      output: { chunkFileNames: ({ name, moduleIds }) => `assets/${vendor(moduleIds) ?? name}-[hash].js` },
    },
    // The vendors' packages are as large as they are, and load on demand.
    chunkSizeWarningLimit: 1_200,
  },
  server: {
    proxy: Object.fromEntries(
      ["/v1", "/dev", "/sandbox"].map((path) => [path, { target: gateway, ws: true, changeOrigin: true }]),
    ),
  },
  test: {
    testTimeout: 60_000,
    environment: "happy-dom",
    include: ["test/**/*.test.{ts,tsx}"],
    restoreMocks: true,
    clearMocks: true,
  },
});
