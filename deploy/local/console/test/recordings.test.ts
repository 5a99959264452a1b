import { expect, test } from "vitest";
import { type Clip, clock, inWords, isLive, isSettled, type Recording, span } from "../src/recording/recordings";

const clip = (state: Clip["state"], start = 0, end = 10): Clip => ({
  id: `${state}${start}`,
  userId: "u1",
  state,
  sourceAssetId: "A1",
  start,
  end,
  degraded: false,
});
const recording = (state: string, clips: Clip[] = [], duration = 0): Recording => ({
  id: "R1",
  state,
  assets: duration > 0 ? [{ id: "A1", duration }] : [],
  clips,
});

test("a room records until stopping has begun", () => {
  const states = ["REQUESTED", "CREATING_STREAM", "STARTING_EGRESS", "RECORDING", "STOPPING", "READY", "FAILED"];
  expect(states.filter((state) => isLive({ state }))).toEqual(states.slice(0, 4));
});

test("a recording is settled with its clips, not before", () => {
  expect(isSettled(recording("CLIPPING", [clip("READY")]))).toBe(false);
  expect(isSettled(recording("READY", [clip("READY"), clip("PROCESSING")]))).toBe(false);
  expect(isSettled(recording("READY", [clip("READY"), clip("FAILED")]))).toBe(true);
  expect(isSettled(recording("CANCELLED"))).toBe(true);
});

test("a clip lies where it was cut from", () => {
  const one = clip("READY", 20, 30);
  expect(span(one, recording("READY", [one], 40))).toEqual({ left: 50, width: 25 });
  expect(span(one, recording("READY", [one]))).toEqual({ left: (20 / 30) * 100, width: (10 / 30) * 100 });
  const short = clip("READY", 0, 0.01);
  expect(span(short, recording("READY", [short], 100))).toEqual({ left: 0, width: 1 });
});

test("times and states in words", () => {
  expect([clock(0), clock(65.4), clock(3_601)]).toEqual(["0:00", "1:05", "60:01"]);
  expect(inWords("ASSET_PENDING")).toBe("Processing");
  expect(inWords("SOMETHING_NEW")).toBe("SOMETHING_NEW");
});
