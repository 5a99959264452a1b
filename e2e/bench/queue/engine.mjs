// Records 10,000 updates of a queue that 20 moderators work on, then times real yjs applying them one by one.
// Arguments: file to write the updates to, file for a queue of the same size without history, runs.
import fs from "node:fs";
import * as Y from "yjs";
import { initial } from "./edits.mjs";

const [file, freshFile, runs] = [process.argv[2], process.argv[3], Number(process.argv[4])];
const COUNT = 10000;
const PEOPLE = 500;

const updates = [];
const docs = Array.from({ length: 20 }, (_, i) => Object.assign(new Y.Doc(), { clientID: 1000 + i * 7919 }));
docs.forEach((doc) =>
  doc.on("update", (update, origin) => {
    if (origin === "remote") return;
    updates.push(update);
    docs.forEach((other) => other !== doc && Y.applyUpdate(other, update, "remote"));
  }),
);
let seed = 7;
const int = (n) => {
  seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
  return seed % n;
};
while (updates.length < COUNT) {
  const doc = docs[int(docs.length)];
  const queue = doc.getMap("queue");
  const user = "user-" + int(PEOPLE);
  const entry = queue.get(user);
  doc.transact(() => {
    if (!entry) {
      const map = new Y.Map();
      queue.set(user, map);
      map.set("list", "pending");
      map.set("rank.pending", "a" + int(1000).toString(36));
      map.set("name", "Name of " + user);
      map.set("requestedAt", 1795377520000 + int(1e6));
      map.set("ticket", "ticket-" + updates.length);
    } else if (int(10) < 6) {
      const list = entry.get("list") === "live" ? "pending" : "live";
      entry.set("list", list);
      entry.set("rank." + list, "b" + int(1000).toString(36));
    } else if (int(10) < 9) {
      entry.set("rank." + entry.get("list"), "c" + int(1000).toString(36));
    } else {
      queue.delete(user);
    }
  });
}
/** Writes updates as i32 count, then i32 length and bytes each, big endian. */
const write = (name, list) => {
  const chunks = [];
  const int32 = (n) => {
    const b = Buffer.alloc(4);
    b.writeInt32BE(n);
    chunks.push(b);
  };
  int32(list.length);
  list.forEach((update) => {
    int32(update.length);
    chunks.push(Buffer.from(update));
  });
  fs.writeFileSync(name, Buffer.concat(chunks));
};
updates.length = COUNT;
write(file, updates);
write(freshFile, [initial(PEOPLE)]);

const wall = [];
const cpu = [];
let state;
for (let run = 0; run < runs; run++) {
  const doc = new Y.Doc();
  doc.on("update", () => {});
  const before = process.cpuUsage();
  const start = performance.now();
  for (let i = 0; i < COUNT; i++) Y.applyUpdate(doc, updates[i]);
  wall.push(performance.now() - start);
  const used = process.cpuUsage(before);
  cpu.push((used.user + used.system) / 1000);
  state = Y.encodeStateAsUpdate(doc);
}
const loads = Array.from({ length: 5 }, () => {
  const start = performance.now();
  Y.applyUpdate(new Y.Doc(), state);
  return performance.now() - start;
});
const round = (list) => list.map((ms) => Math.round(ms));
console.log(
  JSON.stringify({
    engine: "yjs in Node",
    updates: COUNT,
    wallMs: round(wall),
    cpuMs: round(cpu),
    loadMs: round(loads),
    stateBytes: state.length,
  }),
);
