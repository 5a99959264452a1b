import { expect, test } from "vitest";
import { type Clip, inWords, isLive, isSettled, playbackId, type Recording } from "../src/recording/recordings";
import { timeline } from "../src/recording/timeline";
import { clock } from "../src/ui/time";

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

const bars = (one: Recording) =>
  timeline(one).lanes.map(({ userId, bars }) => [userId, ...bars.map(({ left, width }) => `${left}+${width}`)]);

test("a clip lies where it was cut from, one lane for each person", () => {
  const ann = clip("READY", 20, 30);
  const ben = { ...clip("FAILED", 0, 10), userId: "u2" };
  const again = clip("PROCESSING", 36, 40);
  expect(bars(recording("READY", [ann, ben, again], 40))).toEqual([
    ["u2", "0+25"],
    ["u1", "50+25", "90+10"],
  ]);
});

test("an unknown length is that of the last clip, and no clips make no lane", () => {
  expect(timeline(recording("CLIPPING", [clip("CREATING", 5, 10)])).length).toBe(10);
  expect(timeline(recording("READY")).lanes).toEqual([]);
});

test("several assets follow one another", () => {
  const assets = [
    { id: "A1", duration: 30 },
    { id: "A2", duration: 10 },
  ];
  const second = { ...clip("READY", 0, 10), sourceAssetId: "A2" };
  expect(bars({ ...recording("READY", [second]), assets })).toEqual([["u1", "75+25"]]);
});

test.each([
  [3, [0, 1, 2]],
  [40, [0, 10, 20, 30]],
  [3_700, [0, 900, 1_800, 2_700]],
])("a line of %d s has readable ticks", (length, at) => {
  expect(timeline(recording("READY", [], length)).ticks.map((tick) => tick.at)).toEqual(at);
});

test.each([
  ["https://stream.mux.com/abcDEF123.m3u8", "abcDEF123"],
  ["https://stream.mux.com/abcDEF123.m3u8?token=x", "abcDEF123"],
  ["https://elsewhere.test/abc.m3u8", undefined],
])("the playback id of %s", (url, id) => {
  expect(playbackId(url)).toBe(id);
});

test("times and states in words", () => {
  expect([clock(0), clock(65.4), clock(3_601), clock(-3)]).toEqual(["0:00", "1:05", "60:01", "0:00"]);
  expect(inWords("ASSET_PENDING")).toBe("Processing");
  expect(inWords("SOMETHING_NEW")).toBe("SOMETHING_NEW");
});
