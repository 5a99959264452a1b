import { expect, test } from "vitest";
import { type Change, changed, type Message, MOST, reactionsIn } from "../src/chat/messages";
import { type RawMessage, read } from "../src/chat/sandbox";

const raw = (sid: string, body = sid, attributes = "{}"): RawMessage => ({
  sid,
  body,
  attributes,
  author: "u1",
  date_created: "2026-11-23T10:00:00Z",
});
const written = (sid: string, body = sid): Change => ({ type: "written", message: read(raw(sid, body)) });
const history = (...sids: string[]): Change => ({ type: "history", messages: sids.map((sid) => read(raw(sid))) });
const bodies = (...changes: Change[]) => changes.reduce<readonly Message[]>(changed, []).map((message) => message.body);

test("a conversation is its history and what changed since", () => {
  expect(bodies(history("1", "2"), written("3"), written("2", "edited"), { type: "removed", sid: "1" })).toEqual([
    "edited",
    "3",
  ]);
});

test("what is told twice is there once, and a new history replaces the old", () => {
  expect(bodies(written("1"), written("1"))).toEqual(["1"]);
  expect(bodies(written("1"), history("2"))).toEqual(["2"]);
  expect(bodies({ type: "removed", sid: "9" })).toEqual([]);
});

test("what did not change keeps its identity", () => {
  const before = changed([], history("1", "2"));
  const after = changed(before, written("2", "edited"));
  expect(after[0]).toBe(before[0]);
  expect(after[1]).not.toBe(before[1]);
});

test("a page that is open all day keeps the newest messages only", () => {
  const all = Array.from({ length: MOST + 5 }, (_, n) => String(n));
  expect(bodies(...all.map((sid) => written(sid)))).toEqual(all.slice(5));
  expect(bodies(history(...all))).toHaveLength(MOST);
});

test.each([
  ["{}", {}],
  ["not json", {}],
  ['{"reactions":{"heart":["a","b"],"sad":[],"odd":7}}', { heart: ["a", "b"] }],
  ['{"reactions":"none"}', {}],
  ["null", {}],
])("reactions in attributes %s", (attributes, reactions) => {
  expect(read(raw("1", "x", attributes)).reactions).toEqual(reactions);
});

test("attributes may be anything", () => {
  for (const attributes of [undefined, null, 7, [], { reactions: null }]) expect(reactionsIn(attributes)).toEqual({});
});
