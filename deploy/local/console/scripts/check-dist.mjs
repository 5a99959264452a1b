// Fails if the page has outgrown its budget, or holds an inline script or style that the gateway's content security policy forbids.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { countedFiles, vendorFiles } from "./budget.mjs";

const BUDGET = 250 * 1024;
const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8"));
const size = (files) => files.reduce((sum, file) => sum + gzipSync(readFileSync(new URL(file, dist))).length, 0);

const bytes = size(countedFiles(manifest));
console.log(
  `console: ${bytes} bytes gzip of script of ${BUDGET}; vendors' packages on demand: ${size(vendorFiles(manifest))}`,
);
if (bytes > BUDGET) {
  console.error("the console is larger than its budget");
  process.exitCode = 1;
}
if (vendorFiles(manifest).length < 3) {
  console.error("a vendor's package is not a chunk of its own");
  process.exitCode = 1;
}

const page = readFileSync(new URL("index.html", dist), "utf8");
if (/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/i.test(page)) {
  console.error("index.html holds inline code, which the content security policy forbids");
  process.exitCode = 1;
}
