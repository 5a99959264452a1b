import { expect, test } from "vitest";
import { mergePatch } from "../src/merge-patch.js";

// The table of RFC 7396, appendix A.
test.each([
  [{ a: "b" }, { a: "c" }, { a: "c" }],
  [{ a: "b" }, { b: "c" }, { a: "b", b: "c" }],
  [{ a: "b" }, { a: null }, {}],
  [{ a: "b", b: "c" }, { a: null }, { b: "c" }],
  [{ a: ["b"] }, { a: "c" }, { a: "c" }],
  [{ a: "c" }, { a: ["b"] }, { a: ["b"] }],
  [{ a: { b: "c" } }, { a: { b: "d", c: null } }, { a: { b: "d" } }],
  [{ a: [{ b: "c" }] }, { a: [1] }, { a: [1] }],
  [
    ["a", "b"],
    ["c", "d"],
    ["c", "d"],
  ],
  [{ a: "b" }, ["c"], ["c"]],
  [{ a: "foo" }, null, null],
  [{ a: "foo" }, "bar", "bar"],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [[1, 2], { a: "b", c: null }, { a: "b" }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
])("%j patched with %j is %j", (target, patch, result) => {
  expect(mergePatch(target, patch)).toEqual(result);
});

test("what the patch does not name keeps its identity, and the arguments stay as they were", () => {
  const target = Object.freeze({ kept: Object.freeze({ a: 1 }), changed: Object.freeze({ a: 1, b: 2 }) });
  const result = mergePatch(target, { changed: { b: 3 } }) as typeof target;
  expect(result.kept).toBe(target.kept);
  expect(result.changed).toEqual({ a: 1, b: 3 });
  expect(target.changed).toEqual({ a: 1, b: 2 });
});

test("a key named __proto__ is data, not a prototype", () => {
  const result = mergePatch({}, JSON.parse('{"__proto__":{"polluted":true}}')) as { polluted?: boolean };
  expect(result.polluted).toBeUndefined();
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});
