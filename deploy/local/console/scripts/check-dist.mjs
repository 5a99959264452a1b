// Fails if the page has outgrown its budget, or holds an inline script or style that the gateway's content security policy forbids.
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET = 250 * 1024;
const dist = new URL("../dist/", import.meta.url);

const scripts = readdirSync(new URL("assets/", dist)).filter((name) => name.endsWith(".js"));
const bytes = scripts.reduce((sum, name) => sum + gzipSync(readFileSync(new URL(`assets/${name}`, dist))).length, 0);
console.log(`console: ${bytes} bytes gzip of script of ${BUDGET}`);
if (bytes > BUDGET) {
  console.error("the console is larger than its budget");
  process.exitCode = 1;
}

const page = readFileSync(new URL("index.html", dist), "utf8");
if (/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/i.test(page)) {
  console.error("index.html holds inline code, which the content security policy forbids");
  process.exitCode = 1;
}
