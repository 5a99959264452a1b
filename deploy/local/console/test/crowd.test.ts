import type { Room } from "@eventuall/realtime";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Crowd, type World } from "../src/crowd/crowd";

let random: () => number;
let sizes: number[];
let failures: unknown[];
let crowd: Crowd;
const rooms: {
  request: ReturnType<typeof vi.fn>;
  leave: ReturnType<typeof vi.fn>;
  setStatus: ReturnType<typeof vi.fn>;
}[] = [];
const join = vi.fn(async (_userId: string, _name: string) => {
  const room = { request: vi.fn(async () => ({ conversationSid: "CH1" })), leave: vi.fn(), setStatus: vi.fn() };
  rooms.push(room);
  return room as unknown as Room;
});
const say = vi.fn(async () => {});

beforeEach(() => {
  vi.useFakeTimers();
  rooms.length = 0;
  sizes = [];
  failures = [];
  random = () => 0.5;
  const world: World = { join, say, random: () => random() };
  crowd = new Crowd(world, (size, failure) => {
    sizes.push(size);
    if (failure) failures.push(failure);
  });
});
afterEach(() => {
  crowd.clear();
  vi.useRealTimers();
});

test("people come one after the other, each a user of their own", async () => {
  let n = 0;
  random = () => (n = (n + 0.37) % 1);
  crowd.add(5);
  await vi.advanceTimersByTimeAsync(100);
  expect(crowd.size).toBe(3);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(sizes).toEqual([1, 2, 3, 4, 5]);
  const ids = join.mock.calls.map(([userId]) => userId);
  expect(new Set(ids).size).toBe(5);
  for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_.@-]{1,128}$/);
});

test.each([
  [0.1, "raises a hand", () => expect(rooms[0]?.request).toHaveBeenCalledWith("POST", "/queue/requests")],
  [
    0.3,
    "enters the chat and writes",
    () => expect(say).toHaveBeenCalledWith(expect.anything(), "CH1", expect.any(String)),
  ],
  [0.55, "steps away", () => expect(rooms[0]?.setStatus).toHaveBeenCalledWith("away")],
  [0.65, "leaves and comes back", () => expect(join).toHaveBeenCalledTimes(2)],
])("at %d somebody %s", async (choice, _, check) => {
  random = () => choice;
  crowd.add(1);
  await vi.advanceTimersByTimeAsync(3_000 + choice * 9_000);
  check();
});

test("everybody leaves at once, also those who are still on their way", async () => {
  let arrive: (room: Room) => void = () => {};
  join.mockImplementationOnce(() => new Promise((resolve) => (arrive = resolve)));
  crowd.add(3);
  await vi.advanceTimersByTimeAsync(60);
  crowd.clear();
  const late = { leave: vi.fn() };
  arrive(late as unknown as Room);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(late.leave).toHaveBeenCalledTimes(1);
  expect(rooms.every((room) => room.leave.mock.calls.length === 1)).toBe(true);
  expect(join).toHaveBeenCalledTimes(2);
  expect(crowd.size).toBe(0);
});

test("who cannot join is told of and not counted", async () => {
  join.mockRejectedValueOnce(new Error("full"));
  crowd.add(2);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(crowd.size).toBe(1);
  expect(failures).toEqual([new Error("full")]);
});

test("who left and cannot come back at once comes back later", async () => {
  random = () => 0.65;
  crowd.add(1);
  await vi.advanceTimersByTimeAsync(0);
  join.mockRejectedValueOnce(new Error("503"));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(rooms[0]?.leave).toHaveBeenCalledTimes(1);
  expect(rooms.length).toBeGreaterThan(1);
});

test("a service that is away does not stop anybody", async () => {
  random = () => 0.1;
  crowd.add(1);
  await vi.advanceTimersByTimeAsync(0);
  rooms[0]?.request.mockRejectedValue(new Error("503"));
  await vi.advanceTimersByTimeAsync(20_000);
  expect(rooms[0]?.request.mock.calls.length).toBeGreaterThan(2);
});
