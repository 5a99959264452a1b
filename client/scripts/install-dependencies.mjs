// Installs what the lock file names, unless that is what node_modules holds already. Called by the Maven build.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Node.js 20.19 or later is needed, this is ${process.version}: see https://nodejs.org/`);
  process.exit(1);
}

const root = fileURLToPath(new URL("../..", import.meta.url));
const stamp = `${root}/node_modules/.installed-lock`;
const wanted = createHash("sha256")
  .update(readFileSync(`${root}/package-lock.json`))
  .digest("hex");
if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) {
  // No package of ours needs its install script.
  const options = { cwd: root, stdio: "inherit", shell: process.platform === "win32" };
  execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], options);
  writeFileSync(stamp, wanted);
}
