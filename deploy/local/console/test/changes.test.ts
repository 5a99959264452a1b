import { expect, test } from "vitest";
import { type Change, MOST, withChange } from "../src/room/changes";

const after = (...versions: number[]) =>
  versions.reduce<readonly Change[]>((known, version) => withChange(known, { version, size: 10 }), []);

test("each version once, the newest of them", () => {
  expect(after(-1, 1, 1, 2).map((one) => one.version)).toEqual([1, 2]);
  expect(after(...Array.from({ length: 100 }, (_, n) => n))).toHaveLength(MOST);
});

test("a row of versions that begins anew replaces the old one", () => {
  expect(after(7, 8, 1).map((one) => one.version)).toEqual([1]);
});
