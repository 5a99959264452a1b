import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const gateway = process.env.GATEWAY ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [react()],
  build: { assetsInlineLimit: 0, modulePreload: { polyfill: false }, target: "es2023" },
  server: {
    proxy: Object.fromEntries(
      ["/v1", "/dev", "/sandbox"].map((path) => [path, { target: gateway, ws: true, changeOrigin: true }]),
    ),
  },
  test: { environment: "happy-dom", include: ["test/**/*.test.{ts,tsx}"], restoreMocks: true, clearMocks: true },
});
