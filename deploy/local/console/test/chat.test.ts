import { expect, test } from "vitest";
import { type Change, changed, type Message, type RawMessage, reactionsIn } from "../src/chat/messages";

const raw = (sid: string, body = sid, attributes = "{}"): RawMessage => ({
  sid,
  body,
  attributes,
  author: "u1",
  date_created: "2026-11-23T10:00:00Z",
});
const bodies = (...changes: Change[]) => changes.reduce<readonly Message[]>(changed, []).map((message) => message.body);

test("a conversation is its history and what changed since", () => {
  expect(
    bodies(
      { type: "history", messages: [raw("1"), raw("2")] },
      { type: "onMessageAdded", message: raw("3") },
      { type: "onMessageUpdated", message: raw("2", "edited") },
      { type: "onMessageRemoved", message: raw("1") },
    ),
  ).toEqual(["edited", "3"]);
});

test("what is told twice is there once, and a new history replaces the old", () => {
  const added: Change = { type: "onMessageAdded", message: raw("1") };
  expect(bodies(added, added)).toEqual(["1"]);
  expect(bodies(added, { type: "history", messages: [raw("2")] })).toEqual(["2"]);
  expect(bodies({ type: "onMessageRemoved", message: raw("9") })).toEqual([]);
});

test("what did not change keeps its identity", () => {
  const before = changed([], { type: "history", messages: [raw("1"), raw("2")] });
  const after = changed(before, { type: "onMessageUpdated", message: raw("2", "edited") });
  expect(after[0]).toBe(before[0]);
  expect(after[1]).not.toBe(before[1]);
});

test.each([
  ["{}", {}],
  ["not json", {}],
  ['{"reactions":{"heart":["a","b"],"sad":[],"odd":7}}', { heart: ["a", "b"] }],
  ["null", {}],
])("reactions in attributes %s", (attributes, reactions) => {
  expect(reactionsIn(attributes)).toEqual(reactions);
  expect(changed([], { type: "onMessageAdded", message: raw("1", "x", attributes) })[0]?.reactions).toEqual(reactions);
});
