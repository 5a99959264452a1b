import { expect, test } from "vitest";
// @ts-expect-error A script of the build, without types.
import { countedFiles, vendorFiles } from "../scripts/budget.mjs";

const manifest = {
  "index.html": {
    file: "a/index.js",
    isEntry: true,
    imports: ["_shared.js"],
    dynamicImports: [
      "src/queue/QueuePanel.tsx",
      "src/recording/Player.tsx",
      "../../../node_modules/livekit-client/dist/livekit-client.esm.mjs",
    ],
  },
  "_shared.js": { file: "a/shared.js" },
  "src/queue/QueuePanel.tsx": { file: "a/queue.js", imports: ["_yjs.js"] },
  "_yjs.js": { file: "a/yjs.js" },
  "src/recording/Player.tsx": { file: "a/player.js", imports: ["_shared.js", "_hls.js"] },
  "_hls.js": { file: "a/hls.js" },
  "../../../node_modules/livekit-client/dist/livekit-client.esm.mjs": { file: "a/livekit.js" },
  "index.css": { file: "a/index.css" },
};

test("all that a page may load counts, but for the vendors' packages", () => {
  expect(countedFiles(manifest).sort()).toEqual(["a/index.js", "a/queue.js", "a/shared.js", "a/yjs.js"]);
  expect(vendorFiles(manifest).sort()).toEqual(["a/hls.js", "a/livekit.js", "a/player.js"]);
});

test("a vendor's package that is imported at once counts", () => {
  const careless = { ...manifest, "src/queue/QueuePanel.tsx": { file: "a/queue.js", imports: ["_hls.js"] } };
  expect(countedFiles(careless)).toContain("a/hls.js");
});
