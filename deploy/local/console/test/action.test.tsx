import { RealtimeError } from "@eventuall/realtime";
import { act, cleanup, renderHook } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { inWords, useAction } from "../src/ui/action";

afterEach(cleanup);

test("an action is busy while it runs, and keeps its failure until the next", async () => {
  const { result } = renderHook(() => useAction());
  let finish: (error?: Error) => void = () => {};
  const work = () => new Promise<void>((resolve, reject) => (finish = (error) => (error ? reject(error) : resolve())));
  let outcome: Promise<boolean> | undefined;
  act(() => {
    outcome = result.current.run(work);
  });
  expect(result.current.busy).toBe(true);
  await act(async () => finish(new Error("no")));
  expect(await outcome).toBe(false);
  expect(result.current).toMatchObject({ busy: false, error: new Error("no") });
  await act(async () => void (await result.current.run(async () => {})));
  expect(result.current).toMatchObject({ busy: false, error: undefined });
});

test("problems are told in words", () => {
  expect(inWords(new RealtimeError("network", "TypeError"))).toBe("The services do not answer. Try again in a moment.");
  expect(inWords(new RealtimeError("unknown", "HTTP 404", 404))).toContain("not running in this stack");
  expect(inWords(new RealtimeError("unavailable", "Down", 503))).toBe("Down (unavailable). Try again in a moment.");
  expect(inWords(new RealtimeError("unavailable", "chat-service is not part of this stack", 503))).toBe(
    "chat-service is not part of this stack.",
  );
  expect(inWords(new RealtimeError("wrong-room", "The pass is not for this room", 403))).toBe(
    "The pass is not for this room (wrong-room).",
  );
  expect(inWords(new Error("plain"))).toBe("plain");
});
