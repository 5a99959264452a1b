import { beforeEach, describe, expect, test, vi } from "vitest";
import { Api, RealtimeError } from "../src/api.js";
import { type FakeWorld, fakeWorld, json, problem } from "./fakes.js";

const ROOM = "https://gateway.test/v1/events/e/rooms/r";
let world: FakeWorld;
beforeEach(() => {
  world = fakeWorld();
});

describe("a refused request", () => {
  test("tells the code, the status and how long to wait", async () => {
    world.answers["GET /snapshot"] = problem(503, "draining", { "Retry-After": "3" });
    const failure = await new Api(ROOM, "pass", world).request("GET", "/snapshot").catch((error) => error);
    expect(failure).toBeInstanceOf(RealtimeError);
    expect(failure).toMatchObject({ code: "draining", status: 503, retryAfterMs: 3000, retryable: true });
  });

  test("is not worth repeating where the client is at fault", async () => {
    world.answers["GET /snapshot"] = problem(403, "wrong-event");
    const failure = await new Api(ROOM, "pass", world).request("GET", "/snapshot").catch((error) => error);
    expect(failure).toMatchObject({ code: "wrong-event", retryable: false });
  });

  test("may come from something that knows no problem details", async () => {
    world.answers["GET /snapshot"] = new Response("<html>Bad gateway</html>", { status: 502 });
    const failure = await new Api(ROOM, "pass", world).request("GET", "/snapshot").catch((error) => error);
    expect(failure).toMatchObject({ code: "unknown", message: "HTTP 502", retryable: true });
  });
});

test("no answer at all is a network error", async () => {
  world.answers["GET /snapshot"] = () => Promise.reject(new TypeError("failed to fetch"));
  const failure = await new Api(ROOM, "pass", world).request("GET", "/snapshot").catch((error) => error);
  expect(failure).toMatchObject({ code: "network", status: 0, retryable: true });
});

test("an aborted request says so, not that the network failed", async () => {
  const request = new Api(ROOM, "pass", world).request("GET", "/snapshot", undefined, { signal: AbortSignal.abort() });
  await expect(request).rejects.toMatchObject({ name: "AbortError" });
});

test("an answer without a body is undefined", async () => {
  world.answers["DELETE /pins/TR_1"] = new Response(null, { status: 204 });
  expect(await new Api(ROOM, "pass", world).request("DELETE", "/pins/TR_1")).toBeUndefined();
});

test("a refused pass is renewed once, and the request repeated", async () => {
  const passes = vi.fn(({ renew }: { renew: boolean }) => (renew ? "fresh" : "old"));
  const seen: (string | null)[] = [];
  const fetch: typeof globalThis.fetch = async (_, init) => {
    seen.push(new Headers(init?.headers).get("Authorization"));
    return seen.length === 1 ? problem(401, "pass-expired") : json({ ok: true });
  };
  expect(
    await new Api(ROOM, passes, Object.create(world, { fetch: { value: fetch } })).request("POST", "/join"),
  ).toEqual({ ok: true });
  expect(seen).toEqual(["Bearer old", "Bearer fresh"]);
});

test("a pass that is only text cannot be renewed", async () => {
  world.answers["POST /join"] = problem(401, "pass-expired");
  await expect(new Api(ROOM, "pass", world).request("POST", "/join")).rejects.toMatchObject({ code: "pass-expired" });
  expect(world.requests).toEqual(["POST /join"]);
});
