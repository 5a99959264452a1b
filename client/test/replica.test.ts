import { expect, test } from "vitest";
import type { PresencePatch, PresenceSnapshot } from "../src/generated/contracts.js";
import { mergePatch } from "../src/merge-patch.js";
import { applyPatch, applySnapshot, EMPTY_REPLICA, type Replica } from "../src/replica.js";
import { patch, seeded, snapshot } from "./fakes.js";

const asSnapshot = (value: object) => value as PresenceSnapshot;
const asPatch = (value: object) => value as PresencePatch;
const at = (version: number, epoch = "E1"): Replica => ({ epoch, version, state: {} });

test("a patch fits on the version it was made for, also over several versions", () => {
  const applied = applyPatch(at(4), asPatch(patch(4, 7, { counts: { online: 1 } })));
  expect(applied).toEqual({ epoch: "E1", version: 7, state: { counts: { online: 1 } } });
});

test("a patch that leaves something out is a gap", () => {
  expect(applyPatch(at(4), asPatch(patch(5, 6)))).toBe("gap");
  expect(applyPatch(at(4), asPatch(patch(3, 6)))).toBe("gap");
});

test("a patch before any snapshot, or of another epoch, is a gap", () => {
  expect(applyPatch(EMPTY_REPLICA, asPatch(patch(0, 1)))).toBe("gap");
  expect(applyPatch(at(4), asPatch({ ...patch(4, 5), epoch: "E2" }))).toBe("gap");
});

test("a known patch is stale", () => {
  expect(applyPatch(at(4), asPatch(patch(3, 4)))).toBe("stale");
});

test("an older snapshot is refused unless it was asked for or begins an epoch", () => {
  expect(applySnapshot(at(4), asSnapshot(snapshot(3)), false)).toBe("stale");
  expect(applySnapshot(at(4), asSnapshot(snapshot(3)), true)).toMatchObject({ version: 3 });
  expect(applySnapshot(at(4), asSnapshot(snapshot(1, {}, "E2")), false)).toMatchObject({ epoch: "E2", version: 1 });
});

test("a part of a large room is marked until the whole replaces it", () => {
  const part = applySnapshot(at(4), asSnapshot({ ...snapshot(5), lite: true }), false) as Replica;
  expect(part.lite).toBe(true);
  expect(applyPatch(part, asPatch(patch(5, 6)))).toMatchObject({ version: 6, lite: true });
  expect(applySnapshot(part, asSnapshot(snapshot(7)), false)).not.toHaveProperty("lite");
});

test("whatever is lost, doubled or late, the replica only grows and ends on the server's state", () => {
  const seed = Math.floor(Math.random() * 2 ** 32);
  const random = seeded(seed);
  for (let run = 0; run < 200; run++) {
    let server = at(0);
    let client: Replica = EMPTY_REPLICA;
    const wire: object[] = [];
    let resyncs = 0;
    for (let step = 0; step < 60; step++) {
      const change = { participants: { [`u${Math.floor(random() * 5)}`]: random() < 0.3 ? null : { n: step } } };
      const next: Replica = {
        ...server,
        version: server.version + 1,
        state: mergePatch(server.state, change) as Replica["state"],
      };
      wire.push(patch(server.version, next.version, change));
      server = next;
      while (wire.length > 0 && random() < 0.7) {
        const message = wire[Math.floor(random() * Math.min(wire.length, 3))] as object;
        if (random() < 0.8) wire.splice(wire.indexOf(message), 1);
        if (random() < 0.1) continue;
        const applied = applyPatch(client, asPatch(message));
        if (applied === "gap") {
          resyncs++;
          wire.length = 0;
          client = applySnapshot(client, asSnapshot(snapshot(server.version, server.state)), true) as Replica;
        } else if (applied !== "stale") {
          expect(applied.version, `seed ${seed}`).toBeGreaterThan(client.version);
          client = applied;
        }
      }
    }
    const last = applySnapshot(client, asSnapshot(snapshot(server.version, server.state)), false);
    expect(resyncs, `seed ${seed}`).toBeGreaterThan(0);
    // Where the last patch had arrived by itself, the state was the server's already.
    if (client.version === server.version) expect(client.state, `seed ${seed}`).toEqual(server.state);
    expect(last, `seed ${seed}`).toEqual(server);
  }
});
