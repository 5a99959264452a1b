import { expect, test } from "vitest";
import * as Y from "yjs";
import { QueueDocument } from "../src/queue-document.js";
import { seeded } from "./fakes.js";

/** What the server does when somebody asks to come on stage. */
function request(doc: Y.Doc, userId: string, rank: string, list = "pending"): void {
  doc.transact(() => {
    const entry = new Y.Map<unknown>();
    entry.set("list", list);
    entry.set(`rank.${list}`, rank);
    entry.set("name", userId.toUpperCase());
    entry.set("requestedAt", 1);
    doc.getMap("queue").set(userId, entry);
  });
}

function queueOf(...users: string[]): { doc: Y.Doc; queue: QueueDocument } {
  const doc = new Y.Doc();
  users.forEach((userId, index) => {
    request(doc, userId, `a${index}`);
  });
  return { doc, queue: new QueueDocument(doc) };
}

const ids = (queue: QueueDocument) => {
  const { pending, live } = queue.lists();
  return `${pending.map((one) => one.userId).join("")}|${live.map((one) => one.userId).join("")}`;
};

test("approving, demoting, moving and removing", () => {
  const { queue } = queueOf("a", "b", "c", "d");
  queue.approve("b");
  queue.approve("a");
  expect(ids(queue)).toBe("cd|ba");
  queue.move("a", "live", 0);
  queue.move("c", "live", 1);
  expect(ids(queue)).toBe("d|acb");
  queue.demote("a");
  queue.remove("b");
  expect(ids(queue)).toBe("da|c");
  queue.move("a", "pending", 0);
  expect(ids(queue)).toBe("ad|c");
});

test("reordering writes one rank, and approving nothing but list and rank", () => {
  const { doc, queue } = queueOf("a", "b");
  const written: string[] = [];
  doc.getMap("queue").observeDeep((events) => {
    for (const event of events) written.push(...event.keys.keys());
  });
  queue.move("b", "pending", 0);
  expect(written).toEqual(["rank.pending"]);
  written.length = 0;
  queue.approve("a");
  expect(written.sort()).toEqual(["list", "rank.live"]);
});

test("nobody is created, and a stranger is left alone", () => {
  const { doc, queue } = queueOf("a");
  queue.approve("ghost");
  queue.remove("ghost");
  expect([...doc.getMap("queue").keys()]).toEqual(["a"]);
});

test("among equal ranks a place is found before the next greater one", () => {
  const { doc, queue } = queueOf();
  for (const [userId, rank] of Object.entries({ a: "a1", b: "a1", c: "a1", d: "a2" })) request(doc, userId, rank);
  request(doc, "x", "a0");
  queue.move("x", "pending", 1);
  expect(ids(queue)).toBe("abcxd|");
});

test("what others wrote wrongly is sorted last, or left out, and does not stop anybody", () => {
  const { doc, queue } = queueOf("a");
  request(doc, "m", "not a rank");
  request(doc, "n", "a".repeat(300));
  request(doc, "o", "a5", "backstage");
  doc.getMap("queue").set("p", "text");
  expect(ids(queue)).toBe("amn|");
  queue.move("m", "pending", 0);
  expect(ids(queue)).toBe("man|");
});

test("moderators who edit at once, over a slow network, end on the same lists with nobody double, lost or revived", () => {
  const seed = Math.floor(Math.random() * 2 ** 32);
  const random = seeded(seed);
  const pick = <T>(values: readonly T[]) => values[Math.floor(random() * values.length)] as T;
  for (let run = 0; run < 150; run++) {
    const server = queueOf("a", "b", "c", "d");
    const replicas = [server.doc, new Y.Doc(), new Y.Doc(), new Y.Doc()];
    const queues = replicas.map((doc) => new QueueDocument(doc));
    const links = replicas.flatMap((from) => replicas.map((to) => ({ from, to, wire: [] as Uint8Array[] })));
    for (const doc of replicas.slice(1)) Y.applyUpdate(doc, Y.encodeStateAsUpdate(server.doc), "link");
    for (const doc of replicas) {
      doc.on("update", (update: Uint8Array, origin: unknown) => {
        if (origin !== "link") for (const link of links) if (link.from === doc) link.wire.push(update);
      });
    }
    const deliver = (link: (typeof links)[number]) => {
      const update = link.wire.shift();
      if (update && link.to !== link.from) Y.applyUpdate(link.to, update, "link");
    };
    const removed = new Set<string>();
    for (let step = 0; step < 25; step++) {
      const queue = queues[1 + Math.floor(random() * 3)] as QueueDocument;
      const userId = pick(["a", "b", "c", "d"]);
      const choice = random();
      if (choice < 0.3) queue.approve(userId);
      else if (choice < 0.5) queue.demote(userId);
      else if (choice < 0.97) queue.move(userId, pick(["pending", "live"]), Math.floor(random() * 4));
      else {
        queue.remove(userId);
        removed.add(userId);
      }
      for (let n = 0; n < 3; n++) deliver(pick(links));
    }
    for (const link of links) while (link.wire.length > 0) deliver(link);
    const [first, ...others] = queues.map(ids);
    for (const other of others) expect(other, `seed ${seed}, run ${run}`).toBe(first);
    const present = ["a", "b", "c", "d"].filter((userId) => !removed.has(userId));
    expect(first?.replace("|", "").split("").sort(), `seed ${seed}, run ${run}`).toEqual(present);
  }
});
