import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { CLOSE_POLICIES, type PresencePatch, type PresenceSnapshot } from "../src/generated/contracts.js";
import { mergePatch } from "../src/merge-patch.js";
import { applyPatch, applySnapshot, EMPTY_REPLICA, type Replica } from "../src/replica.js";

const WS = new URL("../../contracts/src/main/resources/contracts/ws/", import.meta.url);
const read = (path: string) => JSON.parse(readFileSync(new URL(path, WS), "utf8"));

test("the close codes are those of the contracts", () => {
  const table = read("close-codes.json") as { code: number; policy: string }[];
  expect(CLOSE_POLICIES).toEqual(Object.fromEntries(table.map((row) => [row.code, row.policy])));
});

describe("golden samples", () => {
  const snapshot = read("samples/presence-snapshot.json") as PresenceSnapshot;
  const validSnapshot = new Ajv2020({ allowUnionTypes: true }).compile(read("presence-snapshot.schema.json"));

  test("the snapshot with its patch is a valid snapshot again", () => {
    const patch = read("samples/presence-patch.json") as PresencePatch;
    const before = applySnapshot(EMPTY_REPLICA, snapshot, false) as Replica;
    const after = applyPatch(before, patch) as Replica;
    expect(after.version).toBe(patch.version);
    expect(after.state.participants?.u2?.status).toBe("online");
    expect(validSnapshot({ ...snapshot, version: after.version, state: after.state })).toBe(true);
  });

  test("a participant without a status is not valid", () => {
    const broken = { ...snapshot, state: mergePatch(snapshot.state, { participants: { u1: { status: null } } }) };
    expect(validSnapshot(broken)).toBe(false);
  });

  test.each(readdirSync(new URL("samples/", WS)))("%s names its message", (file) => {
    expect(file).toBe(`presence-${read(`samples/${file}`).type}.json`);
  });
});
