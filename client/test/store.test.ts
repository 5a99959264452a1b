import { expect, test, vi } from "vitest";
import { Store } from "../src/store.js";

test("a selector's listener runs at once, and then only when its part changes", () => {
  const store = new Store({ a: 1, b: { c: 2 } });
  const seen: unknown[] = [];
  const stop = store.select(
    (value) => value.b,
    (b) => seen.push(b),
  );
  store.set({ a: 5 });
  store.set({ b: { c: 3 } });
  stop();
  store.set({ b: { c: 4 } });
  expect(seen).toEqual([{ c: 2 }, { c: 3 }]);
});

test("a selector may say what is equal", () => {
  const store = new Store({ list: [1, 2] });
  const listener = vi.fn();
  store.select(
    (value) => value.list.length,
    listener,
    (a, b) => a % 2 === b % 2,
  );
  store.set({ list: [1, 2, 3, 4] });
  expect(listener).toHaveBeenCalledTimes(1);
  store.set({ list: [1] });
  expect(listener).toHaveBeenLastCalledWith(1);
});

test("a listener may unsubscribe while listeners run, and one function subscribed twice is two subscriptions", () => {
  const store = new Store({ n: 0 });
  const listener = vi.fn(() => stopFirst());
  const stopFirst = store.subscribe(listener);
  store.subscribe(listener);
  store.set({ n: 1 });
  expect(listener).toHaveBeenCalledTimes(2);
  store.set({ n: 2 });
  expect(listener).toHaveBeenCalledTimes(3);
});

test("a listener that throws disturbs nobody, and its error is not lost", async () => {
  const reported: unknown[] = [];
  vi.stubGlobal("queueMicrotask", (report: () => void) => {
    try {
      report();
    } catch (error) {
      reported.push(error);
    }
  });
  const store = new Store({ n: 0 });
  const after = vi.fn();
  const failure = new Error("no");
  store.subscribe(() => {
    throw failure;
  });
  store.subscribe(after);
  store.set({ n: 1 });
  vi.unstubAllGlobals();
  expect(after).toHaveBeenCalledTimes(1);
  expect(reported).toEqual([failure]);
});
