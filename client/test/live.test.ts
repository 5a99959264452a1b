import { expect, test } from "vitest";
import WebSocket from "ws";
import type { Environment, SocketConstructor } from "../src/environment.js";
import { joinRoom, type Room } from "../src/room.js";
import { seeded } from "./fakes.js";

/**
 * Against a running local stack: `EVENTUALL_GATEWAY=http://127.0.0.1:8080 npm test -w client`. What is shown: under
 * connections that break all the time no version is lost, doubled or out of order, everybody ends on the same state,
 * and the others never see those people leave.
 */
const gateway = process.env.EVENTUALL_GATEWAY;
const SECONDS = Number(process.env.EVENTUALL_LIVE_SECONDS ?? 8);
const event = "client-live";
const roomId = `r${Date.now()}`;

async function pass(userId: string, role: string): Promise<string> {
  const response = await fetch(`${gateway}/dev/passes`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ userId, name: userId, eventId: event, role }),
  });
  return ((await response.json()) as { pass: string }).pass;
}

async function join(userId: string, role = "participant", environment: Partial<Environment> = {}): Promise<Room> {
  const token = await pass(userId, role);
  return joinRoom({
    eventId: event,
    roomId,
    pass: token,
    baseUrl: gateway ?? "",
    environment: { WebSocket: WebSocket as unknown as SocketConstructor, ...environment },
  });
}

/** Sockets that lose their connection 50 to 700 ms after it was made, without a word. */
function flaky(random: () => number, switchedOn: () => boolean): SocketConstructor {
  return class extends WebSocket {
    constructor(url: string, protocols: string[]) {
      super(url, protocols);
      this.on("open", () => setTimeout(() => switchedOn() && this.terminate(), 50 + random() * 650));
    }
  } as unknown as SocketConstructor;
}

interface Watched {
  readonly room: Room;
  readonly versions: number[];
}

function watch(room: Room): Watched {
  const versions: number[] = [];
  room.select(
    (view) => view.replica.version,
    (version) => versions.push(version),
  );
  return { room, versions };
}

test.skipIf(!gateway)(
  "broken connections cost no version, and nobody is seen to leave",
  { timeout: (SECONDS + 40) * 1000 },
  async () => {
    const seed = Math.floor(Math.random() * 2 ** 32);
    const random = seeded(seed);
    let breaking = true;
    const steady = watch(await join("steady", "moderator"));
    const sockets = flaky(random, () => breaking);
    // Reconnects as fast as the policy can: what is tested is the resuming, not the waiting.
    const environment = { WebSocket: sockets, random: () => 0.02 };
    const watched = await Promise.all(
      Array.from({ length: 8 }, async (_, n) => watch(await join(`flaky-${n}`, "participant", environment))),
    );
    const seenOffline = new Set<string>();
    steady.room.subscribe(() => {
      for (const [userId, one] of Object.entries(steady.room.get().replica.state.participants ?? {})) {
        if (userId.startsWith("flaky") && one.status === "offline") seenOffline.add(userId);
      }
    });

    const end = Date.now() + SECONDS * 1000;
    while (Date.now() < end) {
      const track = `TR_${Math.floor(random() * 20)}`;
      if (random() < 0.7) await steady.room.request("PUT", `/pins/${track}`, { userId: "flaky-1" });
      else await steady.room.request("DELETE", `/pins/${track}`);
    }
    breaking = false;

    const all = [steady, ...watched];
    const settled = () => all.every(({ room }) => room.get().connection.status === "online");
    const newest = async () => steady.room.request<{ version: number; state: object }>("GET", "/snapshot");
    await expect.poll(settled, { timeout: 20_000 }).toBe(true);
    await expect
      .poll(
        async () => {
          const { version } = await newest();
          return all.every(({ room }) => room.get().replica.version === version);
        },
        { timeout: 10_000 },
      )
      .toBe(true);
    const truth = await newest();
    for (const { room, versions } of all) {
      const { replica, traffic } = room.get();
      expect(replica.state, `seed ${seed}`).toEqual(truth.state);
      expect(versions, `seed ${seed}`).toEqual([...new Set(versions)].sort((a, b) => a - b));
      expect({ user: room.user.userId, resyncs: traffic.resyncs, stale: traffic.stale }, `seed ${seed}`).toEqual({
        user: room.user.userId,
        resyncs: 0,
        stale: 0,
      });
    }
    expect([...seenOffline], `seed ${seed}`).toEqual([]);
    const sum = (read: (one: Watched) => number) => all.reduce((total, one) => total + read(one), 0);
    console.log(
      `seed ${seed}: ${truth.version} versions, ${sum((one) => one.versions.length)} seen by ${all.length} clients, ` +
        `${sum((one) => one.room.get().traffic.connects)} connections, ${sum((one) => one.room.get().traffic.snapshots)} snapshots`,
    );
    for (const { room } of all) room.leave();
  },
);
