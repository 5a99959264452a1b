import type { PresencePatch, PresenceSnapshot, RoomState } from "./generated/contracts.js";
import { mergePatch } from "./merge-patch.js";

/** A room's state as this client knows it. */
export interface Replica {
  /** The unbroken row of versions that `version` belongs to; absent before the first snapshot. */
  readonly epoch?: string;
  readonly version: number;
  /** Less than the whole room: patches of the whole do not fit on it, so a new socket does not resume from it. */
  readonly lite?: boolean;
  readonly state: RoomState;
}

export const EMPTY_REPLICA: Replica = { version: -1, state: {} };

/** A newer replica; or why there is none: what came is old, or something before it is missing. */
export type Applied = Replica | "stale" | "gap";

/**
 * A snapshot replaces everything. Within one epoch an older one is refused unless it was asked for: a server that lags
 * behind the one this client came from must not turn the clock back.
 */
export function applySnapshot(
  replica: Replica,
  { epoch, version, lite, state }: PresenceSnapshot,
  asked: boolean,
): Applied {
  if (!asked && epoch === replica.epoch && version < replica.version) return "stale";
  return lite ? { epoch, version, lite, state } : { epoch, version, state };
}

/** A patch fits only on the very version it was made for. */
export function applyPatch(replica: Replica, { epoch, from, version, state }: PresencePatch): Applied {
  if (replica.epoch === undefined || (epoch ?? replica.epoch) !== replica.epoch) return "gap";
  if (version <= replica.version) return "stale";
  if (from !== replica.version) return "gap";
  return { ...replica, version, state: mergePatch(replica.state, state) as RoomState };
}
