// Many cheap clients in a process of their own; see Crowd.java.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { java, run, start } from "./stack.mjs";

const here = dirname(fileURLToPath(import.meta.url));
let files = 0;

export class Crowd {
  #answers = [];

  static async start() {
    const crowd = new Crowd();
    const sources = ["Crowd", "CrowdClient", "CrowdGroup"].map((name) => join(here, `${name}.java`));
    execFileSync(`${java}c`, ["-d", run, ...sources]);
    crowd.process = start(java, ["-Xmx512m", "-XX:+UseSerialGC", "-cp", run, "Crowd"], {}, "pipe");
    const ready = new Promise((done, failed) => crowd.#answers.push({ done, failed }));
    createInterface({ input: crowd.process.stdout }).on("line", (line) =>
      crowd.#answers.shift()?.done(JSON.parse(line)),
    );
    crowd.process.on("exit", () => {
      for (const { failed } of crowd.#answers.splice(0)) failed(new Error(`the crowd ended: ${crowd.process.output}`));
    });
    await ready;
    return crowd;
  }

  /** Commands are words between blanks, so a group's name is made one word. */
  #ask(command, group, ...rest) {
    return new Promise((done, failed) => {
      this.#answers.push({ done, failed });
      this.process.stdin.write(`${[command, group.replace(/\W+/g, "-"), ...rest].join(" ")}\n`);
    });
  }

  /** Opens one client per line `[path, protocols, from]`; resolves when each is open. Refused ones try again as they are told. */
  open(group, port, lines, parallel = 50) {
    const file = join(run, `crowd-${files++}`);
    writeFileSync(file, lines.map((line) => line.join("\t")).join("\n"));
    return this.#ask("open", group, port, parallel, file);
  }

  drop = (group, count) => this.#ask("drop", group, count);
  narrow = (group, bytes) => this.#ask("narrow", group, bytes);
  read = (group, yes) => this.#ask("read", group, yes ? "yes" : "no");
  say = (group, text) => this.#ask("say", group, text);
  mark = (group, text) => this.#ask("mark", group, text);
  seen = (group) => this.#ask("seen", group);
  count = (group) => this.#ask("count", group);

  /** Nanoseconds of the clock that `seen` speaks of. */
  static now = () => Number(process.hrtime.bigint());
}
