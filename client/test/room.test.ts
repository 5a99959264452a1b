import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { joinRoom } from "../src/room.js";
import { type FakeWorld, fakeWorld, json, patch, problem, snapshot } from "./fakes.js";

let world: FakeWorld;
const answer = {
  livekit: { url: "ws://lk.test", token: "L", room: "e:r", expiresAt: Date.now() + 3_600_000 },
  chat: { token: "C", conversationSid: null, expiresAt: Date.now() + 3_600_000 },
  presence: { url: "https://gateway.test/v1/events/e/rooms/r/presence" },
  queue: { url: "/v1/events/e/rooms/r/queue" },
  role: "moderator",
  user: { userId: "u1", name: "Ann" },
};
const join = (more: object = {}) =>
  joinRoom({ eventId: "e", roomId: "r", pass: "p", baseUrl: "https://gateway.test", environment: world, ...more });

beforeEach(() => {
  vi.useFakeTimers();
  world = fakeWorld();
  world.answers["POST /join"] = json(answer);
});
afterEach(() => vi.useRealTimers());

test("joining brings tokens, role and addresses, and connects", async () => {
  const room = await join();
  expect(room).toMatchObject({ role: "moderator", moderates: true, user: { userId: "u1" } });
  expect(room.get().tokens.livekit.token).toBe("L");
  expect(room.queueUrl).toBe("wss://gateway.test/v1/events/e/rooms/r/queue");
  await vi.waitFor(() =>
    expect(world.socket.url).toBe("wss://gateway.test/v1/events/e/rooms/r/presence?encoding=gzip"),
  );
  room.leave();
});

test("a refused join says why, and opens nothing", async () => {
  world.answers["POST /join"] = problem(403, "wrong-event");
  await expect(join()).rejects.toMatchObject({ code: "wrong-event" });
  expect(world.sockets).toEqual([]);
});

test("a part of the state is told only when it changes", async () => {
  const room = await join();
  await vi.advanceTimersByTimeAsync(0);
  const seen: unknown[] = [];
  room.select(
    (view) => view.replica.state.counts,
    (counts) => seen.push(counts),
  );
  world.socket.greet().receive(snapshot(1, { counts: { online: 1 }, pins: {} }));
  world.socket.receive(patch(1, 2, { pins: { TR_1: { userId: "u2" } } }));
  world.socket.receive(patch(2, 3, { counts: { online: 2 } }));
  expect(seen).toEqual([undefined, { online: 1 }, { online: 2 }]);
  room.leave();
});

test("aborting leaves the room", async () => {
  const stop = new AbortController();
  const room = await join({ signal: stop.signal });
  await vi.advanceTimersByTimeAsync(0);
  world.socket.greet();
  stop.abort();
  expect(world.socket.sentTypes()).toContain("leave");
  expect(room.get().connection.status).toBe("closed");
  expect(vi.getTimerCount()).toBe(0);
});

test("aborting during the join opens nothing", async () => {
  const stop = new AbortController();
  world.answers["POST /join"] = () => {
    stop.abort();
    return json(answer);
  };
  await expect(join({ signal: stop.signal })).rejects.toMatchObject({ name: "AbortError" });
  expect(world.sockets).toEqual([]);
});
