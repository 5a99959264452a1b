import { afterEach, beforeEach, expect, test, vi } from "vitest";

/** The provider as far as the queue sees it. */
class FakeProvider {
  static last: FakeProvider;
  protocols: string[];
  connect = vi.fn();
  destroy = vi.fn();
  readonly listeners: Record<string, (event: unknown) => void> = {};
  readonly awareness = {
    clientID: 1,
    local: {} as Record<string, unknown>,
    states: new Map<number, object>(),
    changed: () => {},
    getStates: () => this.awareness.states,
    setLocalStateField: (name: string, value: unknown) => {
      this.awareness.local[name] = value;
    },
    on: (_: string, listener: () => void) => {
      this.awareness.changed = listener;
    },
  };
  constructor(
    readonly url: string,
    readonly name: string,
    readonly doc: import("yjs").Doc,
    readonly options: {
      protocols: string[];
      disableBc: boolean;
      shouldReconnect: (event: { code: number }) => boolean;
    },
  ) {
    this.protocols = options.protocols;
    FakeProvider.last = this;
  }
  on(name: string, listener: (event: unknown) => void) {
    this.listeners[name] = listener;
  }
}
vi.mock("y-websocket", () => ({ WebsocketProvider: FakeProvider }));
const { openQueue } = await import("../src/queue.js");
type Queue = Awaited<ReturnType<typeof openQueue>>;

let queue: Queue;
const pass = vi.fn(async (renew = false): Promise<string> => (renew ? "fresh" : "old"));
const provider = () => FakeProvider.last;

beforeEach(async () => {
  vi.useFakeTimers();
  const room = { queueUrl: "ws://gateway.test/v1/events/e/rooms/r/queue", user: { userId: "u1", name: "Ann" }, pass };
  queue = await openQueue(room as unknown as Parameters<typeof openQueue>[0]);
});
afterEach(() => vi.useRealTimers());

test("connects to the room's queue with the pass, and only through the server", () => {
  expect(`${provider().url}/${provider().name}`).toBe("ws://gateway.test/v1/events/e/rooms/r/queue");
  expect(provider().protocols[0]).toBe("queue.v1");
  expect(provider().protocols[1]).toContain("Bearer%20old");
  expect(provider().options.disableBc).toBe(true);
});

test("shows status, sync and colleagues, not oneself", () => {
  provider().listeners.status?.({ status: "connected" });
  provider().listeners.sync?.(true);
  provider().awareness.states.set(1, { user: { userId: "u1", name: "Ann" } });
  provider().awareness.states.set(2, { user: { userId: "u2", name: "Ben" }, selected: "u9" });
  provider().awareness.states.set(3, {});
  provider().awareness.changed();
  expect(queue.get()).toMatchObject({ status: "connected", synced: true });
  expect(queue.get().colleagues).toEqual([{ clientId: 2, userId: "u2", name: "Ben", selected: "u9" }]);
  queue.pick("u9");
  expect(provider().awareness.local).toEqual({ user: { userId: "u1", name: "Ann" }, selected: "u9" });
});

test("follows the document", () => {
  const listener = vi.fn();
  queue.subscribe(listener);
  provider().doc.getMap("queue").set("not-an-entry", 1);
  expect(listener).toHaveBeenCalledTimes(1);
  expect(queue.get().lists).toEqual({ pending: [], live: [] });
});

test("a connection that is lost comes back with the pass of that time", async () => {
  pass.mockResolvedValueOnce("newer");
  provider().listeners["connection-close"]?.(null);
  await vi.advanceTimersByTimeAsync(0);
  expect(provider().protocols[1]).toContain("newer");
});

test("an expired pass is renewed, and the socket opened again", async () => {
  provider().listeners.closed?.({ code: 4401, reason: "" });
  await vi.advanceTimersByTimeAsync(0);
  expect(provider().protocols[1]).toContain("fresh");
  expect(provider().connect).toHaveBeenCalledTimes(1);
});

test("a revoked role is final, a flood is waited out", async () => {
  provider().listeners.closed?.({ code: 4403, reason: "revoked" });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(queue.get()).toMatchObject({ status: "closed", closed: { code: 4403, reason: "revoked" } });
  expect(provider().connect).not.toHaveBeenCalled();
  provider().listeners.closed?.({ code: 4429, reason: "" });
  await vi.advanceTimersByTimeAsync(9_000);
  expect(provider().connect).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(12_000);
  expect(provider().connect).toHaveBeenCalledTimes(1);
});

test("the provider comes back by itself only after what is no more than a lost connection", () => {
  const { shouldReconnect } = provider().options;
  expect([1006, 1011].map((code) => shouldReconnect({ code }))).toEqual([true, true]);
  expect([1000, 1012, 1013, 4403, 4410, 4503].some((code) => shouldReconnect({ code }))).toBe(false);
});

test("closing stops everything", async () => {
  provider().listeners.closed?.({ code: 4429, reason: "" });
  queue.close();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(provider().destroy).toHaveBeenCalled();
  expect(provider().connect).not.toHaveBeenCalled();
});

test("closed while a new pass is on its way, it stays closed", async () => {
  let arrive: (pass: string) => void = () => {};
  pass.mockImplementationOnce(() => new Promise((resolve) => (arrive = resolve)));
  provider().listeners.closed?.({ code: 4401, reason: "" });
  await vi.advanceTimersByTimeAsync(0);
  queue.close();
  arrive("late");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(provider().connect).not.toHaveBeenCalled();
});
