import type { QueueEntry } from "@eventuall/realtime/queue";
import { describe, expect, test } from "vitest";
import { dropTarget, movedTo } from "../src/queue/moves";
import { onStage, pinsOf, placeOf, standInTrack } from "../src/stage/stage";

const state = {
  participants: { u2: { name: "Ben", role: "participant", status: "online", since: 1 } },
  stage: {
    u1: { stayId: "1:1", enteredAt: 5 },
    u2: { stayId: "1:2", enteredAt: 6 },
    u3: { stayId: "1:3", enteredAt: 7 },
  },
  pins: { TR_1: { userId: "u3", by: "m", at: 8 }, TR_2: { userId: "u3", by: "m", at: 9 } },
  queue: { revision: 3, pending: ["u8", "u9"], live: ["u2", "u1", "u3"] },
} as const;
const mutable = () => structuredClone(state) as never;

describe("the stage", () => {
  test("shows pinned people first, the others as the live list orders them", () => {
    expect(onStage(mutable()).map((one) => [one.userId, one.name, one.pinned])).toEqual([
      ["u3", "u3", true],
      ["u2", "Ben", false],
      ["u1", "u1", false],
    ]);
    expect(pinsOf("u3", mutable())).toEqual(["TR_1", "TR_2"]);
  });

  test("everybody has a place", () => {
    expect(placeOf("u9", mutable())).toEqual({ at: "queue", number: 2 });
    expect(placeOf("u2", mutable())).toEqual({ at: "stage" });
    expect(placeOf("u7", mutable())).toEqual({ at: "audience" });
    expect(placeOf("u7", {})).toEqual({ at: "audience" });
  });

  test("a stand-in for a track is a valid track sid", () => {
    expect(standInTrack("ann.b@example.org")).toBe("TR_ann_b_example_org");
    expect(standInTrack("x".repeat(128))).toMatch(/^[A-Za-z0-9_-]{1,128}$/);
  });
});

describe("a drop", () => {
  const entry = (userId: string, list: "pending" | "live"): QueueEntry => ({
    userId,
    list,
    name: userId,
    rank: "a0",
    requestedAt: 0,
  });
  const lists = {
    pending: [entry("a", "pending"), entry("b", "pending"), entry("c", "pending")],
    live: [entry("x", "live"), entry("y", "live")],
  };
  const after = (userId: string, over: string) => {
    const target = dropTarget(lists, userId, over);
    if (!target) return undefined;
    const moved = movedTo(lists, userId, target);
    return `${moved.pending.map((one) => one.userId).join("")}|${moved.live.map((one) => one.userId).join("")}`;
  };

  test.each([
    ["a", "c", "bca|xy"],
    ["c", "a", "cab|xy"],
    ["a", "a", "abc|xy"],
    ["b", "y", "ac|xby"],
    ["b", "live", "ac|xyb"],
    ["y", "pending", "abcy|x"],
    ["a", "pending", "bca|xy"],
    ["a", "elsewhere", undefined],
  ])("of %s over %s", (userId, over, result) => {
    expect(after(userId, over)).toBe(result);
  });

  test("puts somebody into the other list as one of it", () => {
    expect(movedTo(lists, "a", { list: "live", index: 0 }).live[0]?.list).toBe("live");
    expect(movedTo(lists, "gone", { list: "live", index: 0 })).toBe(lists);
  });
});
