import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Api, type PassSource } from "../src/api.js";
import { INITIAL_PRESENCE, Presence, type PresenceView } from "../src/presence.js";
import { Store } from "../src/store.js";
import { type FakeWorld, fakeWorld, json, patch, problem, snapshot } from "./fakes.js";

const ROOM = "https://gateway.test/v1/events/e/rooms/r";
let world: FakeWorld;
let store: Store<PresenceView>;
let presence: Presence;

/** Connects, up to a socket that waits for its hello. */
async function start(pass: PassSource = "my.pass"): Promise<void> {
  presence = new Presence("wss://gateway.test/presence", new Api(ROOM, pass, world), store, world);
  presence.connect();
  await settle();
}
/** Lets promises come to rest without moving the clock. */
const settle = () => vi.advanceTimersByTimeAsync(0);
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const connection = () => store.get().connection;

beforeEach(() => {
  vi.useFakeTimers();
  world = fakeWorld();
  store = new Store(INITIAL_PRESENCE);
});
afterEach(() => {
  presence.leave();
  vi.useRealTimers();
});

describe("connecting", () => {
  test("offers the protocol, and carries the pass in the second one, not in the address", async () => {
    await start();
    expect(world.socket.protocols).toEqual(["presence.v1", "quarkus-http-upgrade%23Authorization%23Bearer%20my.pass"]);
    expect(world.socket.url).toBe("wss://gateway.test/presence");
  });

  test("is done with the hello", async () => {
    await start();
    expect(connection().status).toBe("connecting");
    world.socket.greet();
    expect(connection()).toEqual({ status: "online", id: "c1" });
  });

  test("does not wait for a hello for ever", async () => {
    await start();
    const first = world.socket;
    await pass(10_000);
    expect(first.closedWith).toBe(4000);
    await pass(500);
    expect(world.sockets).toHaveLength(2);
  });

  test("waits and tries again when no pass can be had", async () => {
    const passes = vi.fn().mockRejectedValueOnce(new Error("back end is down")).mockResolvedValue("p");
    await start(passes);
    expect(world.sockets).toHaveLength(0);
    expect(connection().status).toBe("connecting");
    await pass(500);
    expect(world.sockets).toHaveLength(1);
  });
});

describe("the state", () => {
  test("follows snapshot and patches", async () => {
    await start();
    world.socket.greet().receive(snapshot(4, { participants: { u1: { name: "Ann" } } }));
    world.socket.receive(patch(4, 6, { participants: { u2: { name: "Ben" } } }));
    expect(store.get().replica).toEqual({
      epoch: "E1",
      version: 6,
      state: { participants: { u1: { name: "Ann" }, u2: { name: "Ben" } } },
    });
    expect(store.get().traffic).toMatchObject({ snapshots: 1, patches: 1, resyncs: 0 });
  });

  test("is asked for again, once, when a version is missing", async () => {
    await start();
    world.socket.greet().receive(snapshot(4)).receive(patch(6, 7)).receive(patch(7, 8));
    expect(world.socket.sentTypes()).toEqual(["heartbeat", "resync"]);
    world.socket.receive(snapshot(8)).receive(patch(8, 9));
    expect(store.get().replica.version).toBe(9);
  });

  test("is taken from the answer to a resync even if that is older", async () => {
    await start();
    world.socket.greet().receive(snapshot(4)).receive(patch(6, 7)).receive(snapshot(3));
    expect(store.get().replica.version).toBe(3);
    world.socket.receive(snapshot(2));
    expect(store.get().replica.version).toBe(3);
  });

  test("does not change by what is known already", async () => {
    await start();
    world.socket
      .greet()
      .receive(snapshot(4))
      .receive(patch(4, 5, { counts: { online: 1 } }));
    world.socket.receive(patch(4, 5, { counts: { online: 9 } }));
    expect(store.get().replica.state).toEqual({ counts: { online: 1 } });
    expect(store.get().traffic.stale).toBe(1);
  });

  test("starts over with a new epoch", async () => {
    await start();
    world.socket
      .greet()
      .receive(snapshot(40, { pins: { TR_1: {} } }))
      .receive(snapshot(1, {}, "E2"));
    expect(store.get().replica).toEqual({ epoch: "E2", version: 1, state: {} });
  });

  test("may come compressed, and what follows waits for it", async () => {
    let unpack: (text: string) => void = () => {};
    world.gunzip = () =>
      new Promise((resolve) => {
        unpack = resolve;
      });
    await start();
    expect(new URL(world.socket.url).searchParams.get("encoding")).toBe("gzip");
    expect(world.socket.binaryType).toBe("arraybuffer");
    world.socket.greet().receive(new ArrayBuffer(8));
    world.socket.receive(patch(7, 8, { counts: { online: 2 } }));
    await settle();
    expect(store.get().replica.version).toBe(-1);
    unpack(JSON.stringify(snapshot(7)));
    await settle();
    expect(store.get().replica.version).toBe(8);
    world.socket.receive(patch(8, 9, { counts: { online: 3 } }));
    expect(store.get().replica.version, "nothing waits any more").toBe(9);
    expect(store.get().traffic.resyncs).toBe(0);
  });

  test("is asked for again if it cannot be unpacked", async () => {
    world.gunzip = () => Promise.reject(new Error("not gzip"));
    await start();
    world.socket.greet().receive(new ArrayBuffer(8));
    await settle();
    expect(world.socket.sentTypes()).toContain("resync");
  });

  test("survives what is not understood", async () => {
    await start();
    world.socket.greet().receive("not json").receive("null").receive("7").receive({ type: "from-the-future" });
    world.socket.receive(snapshot(4));
    expect(store.get().replica.version).toBe(4);
  });

  test("a resync without an answer means that the socket is dead", async () => {
    await start();
    const first = world.socket.greet().receive(snapshot(4)).receive(patch(6, 7));
    await pass(4_000);
    first.receive(patch(7, 8));
    await pass(1_000);
    expect(first.closedWith).toBe(4000);
    await pass(500);
    expect(world.sockets).toHaveLength(2);
  });

  test("is not asked for where there is no connection to ask", async () => {
    await start();
    presence.resync();
    await pass(6_000);
    expect(world.sockets).toHaveLength(1);
    expect(store.get().traffic.resyncs).toBe(0);
  });

  test("an error of the server is shown and ends nothing", async () => {
    await start();
    world.socket.greet().receive({ type: "error", code: "invalid-request", retryable: false });
    expect(connection()).toMatchObject({ status: "online", error: { code: "invalid-request" } });
  });
});

describe("reconnecting", () => {
  test("resumes where it was", async () => {
    await start();
    world.socket.greet().receive(snapshot(4)).drop();
    await pass(500);
    expect(world.socket.url).toBe("wss://gateway.test/presence?epoch=E1&version=4");
    expect(connection().status).toBe("reconnecting");
    world.socket.greet().receive(patch(4, 5, { counts: { online: 1 } }));
    expect(store.get().replica.version).toBe(5);
    expect(store.get().traffic).toMatchObject({ connects: 2, snapshots: 1 });
  });

  test("does not show somebody as back whose page nobody looks at", async () => {
    await start();
    world.socket.greet().receive(snapshot(4));
    world.page.visible = false;
    world.page.emit("hidden");
    await pass(91_000);
    world.socket.drop();
    await pass(500);
    expect(world.socket.url).toContain("status=away");
  });

  test("does not resume from a part of a large room", async () => {
    await start();
    world.socket
      .greet()
      .receive({ ...snapshot(4), lite: true })
      .drop();
    await pass(500);
    expect(world.socket.url).toBe("wss://gateway.test/presence");
    world.socket.greet().receive(snapshot(5));
    expect(store.get().replica).not.toHaveProperty("lite");
  });

  test("backs off with full jitter, twice as long each time, up to 30 s", async () => {
    world.answers["GET /participants"] = json({});
    world.randomly = 0.999;
    await start();
    const waits: number[] = [];
    for (let round = 0; round < 9; round++) {
      world.socket.drop();
      await settle();
      const wait = (connection().retryAt ?? 0) - Date.now();
      waits.push(Math.round(wait / 100) / 10);
      await pass(wait + 1);
    }
    expect(waits).toEqual([0.5, 1, 2, 4, 8, 16, 30, 30, 30]);
    world.randomly = 0;
    world.socket.drop();
    await pass(1);
    expect(world.sockets).toHaveLength(11);
  });

  test("forgets its failures only after the connection has held for a while", async () => {
    world.randomly = 0.999;
    await start();
    for (let round = 0; round < 4; round++) {
      world.socket.greet().drop(1011);
      await pass(8_000);
    }
    expect(world.sockets).toHaveLength(5);
    world.socket.greet();
    await pass(10_000);
    world.socket.drop(1011);
    await pass(500);
    expect(world.sockets).toHaveLength(6);
  });

  test.each([1000, 1001, 1009, 4400, 4403, 4409])("stops after %i, and says why", async (code) => {
    await start();
    world.socket.greet().drop(code, "because");
    await pass(120_000);
    expect(world.sockets).toHaveLength(1);
    expect(connection()).toEqual({ status: "closed", closed: { code, reason: "because" } });
    presence.connect();
    await settle();
    expect(world.sockets).toHaveLength(2);
  });

  test.each([1013, 4429])("waits for long after %i, even if the page comes back", async (code) => {
    await start();
    world.socket.greet().drop(code);
    world.page.emit("online");
    world.page.emit("visible");
    await pass(9_999);
    expect(world.sockets).toHaveLength(1);
    await pass(501);
    expect(world.sockets).toHaveLength(2);
  });

  test("gets a fresh pass after 4401", async () => {
    const passes = vi.fn(({ renew }: { renew: boolean }) => (renew ? "fresh" : "old"));
    await start(passes);
    world.socket.greet().drop(4401);
    await pass(0);
    expect(world.socket.protocols[1]).toContain("fresh");
  });

  test("does not hammer the server with passes that it refuses", async () => {
    world.randomly = 0.999;
    await start(() => "useless");
    for (let round = 0; round < 3; round++) {
      world.socket.greet().drop(4401);
      await pass(1);
    }
    expect(world.sockets).toHaveLength(2);
  });

  test("stops after 4401 with a pass that cannot be renewed", async () => {
    await start("fixed");
    world.socket.greet().drop(4401);
    await pass(60_000);
    expect(connection()).toMatchObject({ status: "closed", closed: { code: 4401 } });
    expect(world.sockets).toHaveLength(1);
  });

  test("after a restart comes back at a random moment of the spread", async () => {
    await start();
    world.socket.greet().drop(1012);
    expect(connection().retryAt).toBe(Date.now() + 1_000);
    await pass(1_000);
    expect(world.sockets).toHaveLength(2);
  });

  test("comes back at once when the network or the user does", async () => {
    world.randomly = 0.9;
    await start();
    world.socket.greet().drop();
    world.page.emit("online");
    await settle();
    expect(world.sockets).toHaveLength(2);
    world.socket.drop();
    await settle();
    world.page.emit("hidden");
    world.page.emit("visible");
    await settle();
    expect(world.sockets).toHaveLength(3);
  });
});

describe("an upgrade that is refused twice", () => {
  const refusedTwice = async (answer: Response) => {
    world.answers["GET /participants"] = answer;
    await start();
    world.socket.drop();
    await pass(500);
    world.socket.drop();
    await settle();
  };

  test("stops if the pass is not good for this room", async () => {
    await refusedTwice(problem(403, "wrong-room"));
    await pass(60_000);
    expect(connection()).toEqual({ status: "closed", closed: { code: 4403, reason: "wrong-room" } });
    expect(world.sockets).toHaveLength(2);
  });

  test("waits as long as the server asks", async () => {
    await refusedTwice(problem(503, "draining", { "Retry-After": "7" }));
    await pass(7_000);
    expect(world.sockets).toHaveLength(2);
    await pass(1_000);
    expect(world.sockets).toHaveLength(3);
  });

  test("backs off if nothing answers", async () => {
    await refusedTwice(new Response("", { status: 502 }));
    await pass(1_000);
    expect(world.sockets).toHaveLength(3);
  });
});

describe("a draining server", () => {
  test("is left at a random moment, and only when its successor speaks", async () => {
    await start();
    const first = world.socket.greet().receive(snapshot(4)).receive({ type: "drain", afterMs: 8_000 });
    await pass(3_999);
    expect(world.sockets).toHaveLength(1);
    await pass(1);
    expect(world.sockets).toHaveLength(2);
    expect(first.closedWith).toBeUndefined();
    world.socket.greet();
    expect(first.closedWith).toBe(4000);
    await settle();
    expect(connection().status).toBe("online");
  });

  test("stays in use, as far as the others see, until a successor is found", async () => {
    await start();
    const first = world.socket.greet().receive(snapshot(4)).receive({ type: "drain", afterMs: 8_000 });
    await pass(4_000);
    world.socket.drop();
    expect(first.closedWith).toBeUndefined();
    await pass(500);
    expect(world.sockets).toHaveLength(3);
    world.socket.greet();
    expect(first.closedWith).toBe(4000);
    expect(connection().status).toBe("online");
  });

  test("is let go when there is no successor to be had", async () => {
    await start();
    const first = world.socket.greet().receive({ type: "drain", afterMs: 8_000 });
    await pass(4_000);
    world.socket.drop(4403);
    expect(first.closedWith).toBe(4000);
    expect(connection().status).toBe("closed");
  });

  test("that closes before is not waited for, and its state is not mixed with the successor's", async () => {
    await start();
    const first = world.socket.greet().receive(snapshot(4)).receive({ type: "drain", afterMs: 8_000 });
    await pass(4_000);
    first.receive(patch(4, 5));
    first.drop(1012);
    world.socket.greet();
    await settle();
    expect(store.get().replica.version).toBe(4);
    expect(world.sockets).toHaveLength(2);
    expect(connection().status).toBe("online");
  });

  test("that closes early is followed by the spread it announced", async () => {
    world.randomly = 0.5;
    await start();
    world.socket.greet().receive({ type: "drain", afterMs: 8_000 }).drop(1012);
    expect(connection().retryAt).toBe(Date.now() + 4_000);
  });
});

describe("heartbeats", () => {
  const heartbeats = () => world.socket.sent.filter((message) => message.type === "heartbeat");

  test("come with the hello and then as often as the server wants", async () => {
    await start();
    world.socket.greet(15_000);
    await pass(45_000);
    expect(heartbeats()).toEqual(Array(4).fill({ type: "heartbeat", status: "online" }));
  });

  test("rest while the page is hidden, and go on at once when it is seen again", async () => {
    await start();
    world.socket.greet(15_000);
    world.page.emit("hidden");
    await pass(20_000);
    expect(heartbeats()).toHaveLength(1);
    world.page.emit("visible");
    expect(heartbeats()).toHaveLength(2);
    expect(world.socket.sentTypes()).not.toContain("resync");
  });

  test("a page that was hidden for long doubts its socket", async () => {
    await start();
    world.socket.greet();
    world.page.emit("hidden");
    await pass(31_000);
    world.page.emit("visible");
    expect(world.socket.sentTypes()).toContain("resync");
    await pass(5_500);
    expect(world.sockets).toHaveLength(2);
  });

  test("say what the user wants to be", async () => {
    await start();
    world.socket.greet();
    presence.setStatus("away");
    expect(heartbeats().at(-1)).toEqual({ type: "heartbeat", status: "away" });
  });

  test("wait, one of them, while the socket's buffer is full", async () => {
    await start();
    world.socket.greet(1_000);
    world.socket.bufferedAmount = 1024 * 1024;
    await pass(10_000);
    expect(heartbeats()).toHaveLength(1);
    world.socket.bufferedAmount = 0;
    await pass(1_000);
    expect(heartbeats()).toHaveLength(2);
  });
});

describe("leaving", () => {
  test("says so, closes, and leaves no timer and no listener", async () => {
    await start();
    world.socket.greet();
    presence.leave();
    expect(world.socket.sentTypes().at(-1)).toBe("leave");
    expect(world.socket.closedWith).toBe(1000);
    expect(vi.getTimerCount()).toBe(0);
    expect(world.page.watched).toBe(false);
    await settle();
    expect(connection().status).toBe("closed");
  });

  test("stops a connection that is being made", async () => {
    await start(() => new Promise((resolve) => setTimeout(() => resolve("late"), 1_000)));
    presence.leave();
    await pass(5_000);
    expect(world.sockets).toHaveLength(0);
  });

  test("happens with the page, and is undone when the browser shows it again", async () => {
    await start();
    world.socket.greet();
    world.page.emit("leave");
    expect(world.socket.sentTypes().at(-1)).toBe("leave");
    world.page.emit("return");
    await settle();
    expect(world.sockets).toHaveLength(2);
  });
});
