import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Api } from "../src/api.js";
import { TokenKeeper, type Tokens } from "../src/tokens.js";
import { type FakeWorld, fakeWorld, json, problem } from "./fakes.js";

const MINUTE = 60_000;
let world: FakeWorld;
let renewed: Partial<Tokens>[];
let keeper: TokenKeeper;

const tokens = (livekitLife: number, chatLife = 24 * 60 * MINUTE): Tokens => ({
  livekit: { url: "wss://lk.test", room: "e:r", token: "L0", expiresAt: Date.now() + livekitLife },
  chat: { conversationSid: "CH1", token: "C0", expiresAt: Date.now() + chatLife },
});

beforeEach(() => {
  vi.useFakeTimers();
  world = fakeWorld();
  renewed = [];
  keeper = new TokenKeeper(new Api("https://gateway.test/v1/events/e/rooms/r", "pass", world), world, (fresh) =>
    renewed.push(fresh),
  );
});
afterEach(() => {
  keeper.stop();
  vi.useRealTimers();
});

test("a token is renewed in the last fifth of its life, and again after that", async () => {
  world.answers["POST /livekit-token"] = () => json({ token: "L1", expiresAt: Date.now() + 100 * MINUTE });
  keeper.keep(tokens(100 * MINUTE));
  await vi.advanceTimersByTimeAsync(80 * MINUTE);
  expect(renewed).toEqual([]);
  await vi.advanceTimersByTimeAsync(10 * MINUTE);
  expect(renewed).toEqual([{ livekit: expect.objectContaining({ token: "L1", url: "wss://lk.test", room: "e:r" }) }]);
  await vi.advanceTimersByTimeAsync(90 * MINUTE);
  expect(renewed).toHaveLength(2);
});

test("the two tokens keep their own time", async () => {
  world.answers["POST /chat-token"] = () => json({ token: "C1", expiresAt: Date.now() + 60 * MINUTE });
  keeper.keep(tokens(100 * MINUTE, 20 * MINUTE));
  await vi.advanceTimersByTimeAsync(18 * MINUTE);
  expect(renewed).toEqual([{ chat: expect.objectContaining({ token: "C1", conversationSid: "CH1" }) }]);
});

test("a failed renewal is tried again until it succeeds, without a rush", async () => {
  world.answers["POST /livekit-token"] = problem(503, "unavailable");
  keeper.keep(tokens(10 * MINUTE));
  await vi.advanceTimersByTimeAsync(20 * MINUTE);
  const tries = world.requests.length;
  expect(tries).toBeGreaterThan(5);
  expect(tries).toBeLessThan(40);
  world.answers["POST /livekit-token"] = () => json({ token: "L1", expiresAt: Date.now() + 60 * MINUTE });
  await vi.advanceTimersByTimeAsync(2 * MINUTE);
  expect(renewed).toHaveLength(1);
});

test("clocks that disagree do not lead to a flood", async () => {
  world.answers["POST /livekit-token"] = () => json({ token: "L1", expiresAt: Date.now() - 60 * MINUTE });
  keeper.keep(tokens(-60 * MINUTE));
  await vi.advanceTimersByTimeAsync(5 * MINUTE);
  expect(world.requests).toHaveLength(10);
});

test("a token that cannot live longer, as its pass cannot, is left alone", async () => {
  const { livekit, chat } = tokens(10 * MINUTE);
  world.answers["POST /livekit-token"] = () => json({ token: "L1", expiresAt: livekit.expiresAt });
  keeper.keep({ livekit, chat });
  await vi.advanceTimersByTimeAsync(30 * MINUTE);
  expect(world.requests).toEqual(["POST /livekit-token"]);
});

test("the pass is renewed before the token", async () => {
  const passes = vi.fn(() => "p");
  const api = new Api("https://gateway.test/v1/events/e/rooms/r", passes, world);
  world.answers["POST /livekit-token"] = () => json({ token: "L1", expiresAt: Date.now() + 60 * MINUTE });
  const other = new TokenKeeper(api, world, () => {});
  other.keep(tokens(10 * MINUTE));
  await vi.advanceTimersByTimeAsync(9 * MINUTE);
  expect(passes).toHaveBeenCalledWith({ renew: true });
  other.stop();
});

test("a stopped keeper renews nothing", async () => {
  keeper.keep(tokens(10 * MINUTE));
  keeper.stop();
  await vi.advanceTimersByTimeAsync(60 * MINUTE);
  expect(world.requests).toEqual([]);
});

test.each([
  ["succeeds", () => json({ token: "L1", expiresAt: Date.now() + 100 * MINUTE })],
  ["fails", () => problem(503, "unavailable")],
])("a renewal that %s after the end changes nothing and plans nothing", async (_, outcome) => {
  let answer: (response: Response) => void = () => {};
  world.answers["POST /livekit-token"] = () => new Promise((resolve) => (answer = resolve));
  keeper.keep(tokens(10 * MINUTE));
  await vi.advanceTimersByTimeAsync(9 * MINUTE);
  expect(world.requests).toEqual(["POST /livekit-token"]);
  keeper.stop();
  answer(outcome());
  await vi.advanceTimersByTimeAsync(24 * 60 * MINUTE);
  expect(renewed).toEqual([]);
  expect(world.requests).toEqual(["POST /livekit-token"]);
});
