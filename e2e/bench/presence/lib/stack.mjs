// Starts what a run needs: a real Redis, replicas of presence-service, passes for them. All on loopback, all on free ports,
// all ended with this process.
import { execFileSync, spawn } from "node:child_process";
import { createSign, generateKeyPairSync } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createConnection, createServer } from "node:net";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..", "..", "..");
export const run = mkdtempSync(join(tmpdir(), "presence-bench-"));
const children = new Set();

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/** Waits until `condition` holds; fails with `what` after `ms`. */
export async function until(what, ms, condition) {
  const end = performance.now() + ms;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`not within ${ms} ms: ${what}`);
    await sleep(5);
  }
}

export const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

const accepts = (port) =>
  new Promise((done) => {
    const socket = createConnection(port, "127.0.0.1", () => done(true) || socket.destroy()).on("error", () =>
      done(false),
    );
  });

/** The `java` that runs the service and the crowd. */
export const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, "bin/java") : "java";

export function start(command, args, env = {}, stdin = "ignore") {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: [stdin, "pipe", "pipe"] });
  child.output = "";
  const keep = (data) => (child.output = (child.output + data).slice(-20000));
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  children.add(child);
  child.on("exit", () => children.delete(child));
  child.ended = new Promise((done) => child.on("exit", done));
  return child;
}

/** Ends everything that was started. */
export async function stopAll() {
  for (const child of children) {
    child.kill("SIGCONT");
    child.kill("SIGKILL");
  }
  rmSync(run, { recursive: true, force: true, maxRetries: 5 });
}
process.on("exit", () => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(run, { recursive: true, force: true, maxRetries: 5 });
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));

/** A redis-server: $REDIS_SERVER, or the one that the tests of this build use. */
function redisServer() {
  if (process.env.REDIS_SERVER) return process.env.REDIS_SERVER;
  const versions = join(homedir(), ".m2/repository/com/github/codemonstur/embedded-redis");
  for (const version of existsSync(versions) ? readdirSync(versions) : []) {
    const jar = join(versions, version, `embedded-redis-${version}.jar`);
    const name = `redis-server-6.2.6-v5-linux-${process.arch === "arm64" ? "arm64" : "amd64"}`;
    if (!existsSync(jar)) continue;
    execFileSync(join(process.env.JAVA_HOME ?? "", process.env.JAVA_HOME ? "bin/jar" : "jar"), ["xf", jar, name], {
      cwd: run,
    });
    chmodSync(join(run, name), 0o755);
    return join(run, name);
  }
  throw new Error("No Redis: build the project first, or set REDIS_SERVER");
}

/** A Redis on a port that it keeps over restarts; with `kept`, so does its data. */
export async function redis({ kept = false } = {}) {
  const executable = redisServer();
  const port = await freePort();
  const dir = join(run, `redis-${port}`);
  mkdirSync(dir);
  const server = {
    port,
    url: `redis://127.0.0.1:${port}`,
    async start() {
      server.process = start(executable, [
        "--port",
        port,
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--dir",
        dir,
        "--appendonly",
        kept ? "yes" : "no",
      ]);
      await until("Redis answers", 10000, () => accepts(port));
    },
    kill: () => server.process.kill("SIGKILL"),
    /** Sends one command and returns Redis' raw answer. */
    command: (...words) =>
      new Promise((done, failed) => {
        const socket = createConnection(port, "127.0.0.1");
        let answer = "";
        socket.on("data", (data) => {
          answer += data;
          const bulk = /^\$(\d+)\r\n/.exec(answer);
          if (!bulk || answer.length >= bulk[0].length + Number(bulk[1])) socket.end(() => done(answer));
        });
        socket.on("error", failed);
        socket.write(
          `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join("")}`,
        );
      }),
  };
  await server.start();
  return server;
}

const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
const base64 = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const ISSUER = "https://passes.bench.local";

const passes = new Map();

/** A pass, as the platform's web back end would sign it; signed once, because signing thousands takes seconds. */
export function pass(eventId, userId, role = "participant") {
  const key = `${eventId} ${userId} ${role}`;
  if (!passes.has(key)) passes.set(key, sign(eventId, userId, role));
  return passes.get(key);
}

function sign(eventId, userId, role) {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: ISSUER,
    aud: "eventuall-realtime",
    sub: userId,
    name: `User ${userId}`,
    event_id: eventId,
    groups: [role],
    iat: now,
    exp: now + 7200,
  };
  const text = `${base64({ alg: "RS256", typ: "JWT" })}.${base64(claims)}`;
  return `${text}.${createSign("RSA-SHA256").update(text).sign(keys.privateKey, "base64url")}`;
}

/** Inputs from Kafka, which would look for a broker all the time. */
const inputsOf = (name) =>
  readFileSync(join(root, name, "src/main/resources/application.properties"), "utf8").match(
    /(?<=^mp\.messaging\.incoming\.)[\w-]+(?=\.connector)/gm,
  );

/** A replica of presence-service, ready. There is no Kafka: presence works without. */
export const replica = (redisUrl, settings = {}, jvm = ["-Xmx512m", "-Xmn8m", "-XX:+UseSerialGC"]) =>
  service("presence-service", redisUrl, settings, jvm);

/** A replica of any service that needs Redis only, ready. There is no Kafka. */
export async function service(name, redisUrl, settings, jvm) {
  const app = (name === "presence-service" && process.env.PRESENCE_APP) || join(root, name, "target/quarkus-app");
  const jar = join(app, "quarkus-run.jar");
  if (!existsSync(jar)) throw new Error(`Build first: ./mvnw -pl ${name} -am package -DskipTests`);
  const port = await freePort();
  const managementPort = await freePort();
  const properties = {
    "quarkus.http.port": port,
    "quarkus.http.host": "127.0.0.1",
    "quarkus.management.port": managementPort,
    "quarkus.management.host": "127.0.0.1",
    "quarkus.redis.hosts": redisUrl,
    ...Object.fromEntries(inputsOf(name).map((channel) => [`mp.messaging.incoming.${channel}.enabled`, "false"])),
    "kafka.bootstrap.servers": "127.0.0.1:9",
    "mp.jwt.verify.issuer": ISSUER,
    "mp.jwt.verify.publickey": keys.publicKey.export({ type: "spki", format: "pem" }).replaceAll("\n", ""),
    "eventuall.public-url": "http://127.0.0.1",
    "eventuall.log.json": "false",
    "quarkus.log.level": "WARN",
    'quarkus.log.category."org.apache.kafka".level': "OFF",
    ...settings,
  };
  const node = { port, managementPort };
  node.start = async () => {
    node.process = start(java, [
      ...jvm,
      ...Object.entries(properties).map(([key, value]) => `-D${key}=${value}`),
      "-jar",
      jar,
    ]);
    await until(`${name} is ready`, 240000, async () => {
      if (node.process.exitCode !== null) throw new Error(`${name} ended:\n${node.process.output}`);
      return fetch(`http://127.0.0.1:${managementPort}/q/health/ready`).then(
        (answer) => answer.ok,
        () => false,
      );
    });
  };
  await node.start();
  return node;
}

/** Time that all threads of a process have run, in seconds. From the scheduler, because the usual figure has steps of 10 ms. */
export function cpu(pid) {
  let nanos = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    try {
      nanos += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ")[0]);
    } catch {
      // The thread has ended meanwhile.
    }
  }
  return nanos / 1e9;
}

/** The value of a gauge of a replica. */
export async function metric(node, name) {
  const text = await fetch(`http://127.0.0.1:${node.managementPort}/q/metrics`).then((answer) => answer.text());
  return Number(new RegExp(`^${name}(?:{[^}]*})? (.+)$`, "m").exec(text)?.[1] ?? NaN);
}

/** Resident memory of a process in KB. */
export const rss = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]);

export const percentile = (values, part) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length ? sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] : NaN;
};

export const median = (values) => percentile(values, 0.5);
