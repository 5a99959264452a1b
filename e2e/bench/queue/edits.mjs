// The work that every server gets: a queue of PEOPLE, and editors who each move and reorder their own share of it.
import * as Y from "yjs";

const CLIENT = 1000;

const document = (state, clientID) => {
  const doc = new Y.Doc();
  doc.clientID = clientID;
  if (state) Y.applyUpdate(doc, state);
  return doc;
};

/** The document that all begin with, as one update. */
export function initial(people) {
  const doc = document(null, 99);
  doc.transact(() => {
    const queue = doc.getMap("queue");
    for (let i = 0; i < people; i++) {
      const entry = new Y.Map();
      queue.set(`user-${i}`, entry);
      entry.set("list", i % 10 === 0 ? "live" : "pending");
      entry.set("rank.pending", `a${i.toString(36).padStart(4, "0")}`);
      entry.set("rank.live", `a${i.toString(36).padStart(4, "0")}`);
      entry.set("name", `Name of user ${i}`);
      entry.set("requestedAt", 1795377520000 + i);
      entry.set("ticket", `0195f3c2-7d1e-7a3b-8c4d-${String(i).padStart(12, "0")}`);
    }
  });
  return Y.encodeStateAsUpdate(doc);
}

/**
 * Updates of one editor, each a transaction: four of ten change the list, all set the rank there. With each the clock that
 * the editor has reached with it.
 */
export function edits(state, editor, editors, people, count) {
  const doc = document(state, CLIENT + editor);
  const updates = [];
  const clocks = [];
  doc.on("update", (update) => {
    updates.push(Buffer.from(update));
    clocks.push(Y.getState(doc.store, CLIENT + editor));
  });
  const queue = doc.getMap("queue");
  for (let edit = 0; edit < count; edit++) {
    const own = editor + editors * (edit % Math.floor(people / editors));
    const entry = queue.get(`user-${own}`);
    doc.transact(() => {
      const list = entry.get("list");
      const next = edit % 10 < 4 ? (list === "live" ? "pending" : "live") : list;
      if (next !== list) entry.set("list", next);
      entry.set(`rank.${next}`, `Zq${String(editor).padStart(2, "0")}${String(edit).padStart(6, "0")}`);
    });
  }
  return { updates, clocks };
}

/** Up to which clock an update tells of each editor, as pairs; a server may send many edits as one update. */
export const clocksIn = (update) =>
  [...Y.parseUpdateMeta(update).to]
    .map(([client, clock]) => [client - CLIENT, clock])
    .filter(([editor]) => editor >= 0);

/** What a document says, in an order that all agree on. */
export function content(updates) {
  const doc = new Y.Doc();
  updates.forEach((update) => Y.applyUpdate(doc, update));
  const queue = doc.getMap("queue").toJSON();
  return JSON.stringify(
    Object.keys(queue)
      .sort()
      .map((user) => [user, Object.entries(queue[user]).sort()]),
  );
}
