// Installs what the lock file names, unless that is what node_modules holds already. Called by the Maven build.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const stamp = `${here}/node_modules/.installed-lock`;
const wanted = createHash("sha256")
  .update(readFileSync(`${here}/package-lock.json`))
  .digest("hex");
if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) {
  const options = { cwd: here, stdio: "inherit", shell: process.platform === "win32" };
  // The models ask for Node 22; what is used of them runs on 20.
  execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], options);
  writeFileSync(stamp, wanted);
}
