import type { RoomState } from "@eventuall/realtime";

export interface OnStage {
  readonly userId: string;
  readonly name: string;
  readonly enteredAt: number;
  readonly pinned: boolean;
}

/** Where somebody stands between the audience and the stage. */
export type Place = { readonly at: "audience" | "stage" } | { readonly at: "queue"; readonly number: number };

/** Who is on stage, in the order of the live list; pinned people first. */
export function onStage({ stage = {}, participants = {}, pins = {}, queue }: RoomState): OnStage[] {
  const pinned = new Set(Object.values(pins).map((pin) => pin.userId));
  const order = new Map((queue?.live ?? []).map((userId, index) => [userId, index]));
  const position = (userId: string) => order.get(userId) ?? order.size;
  return Object.entries(stage)
    .map(([userId, { enteredAt }]) => ({
      userId,
      enteredAt,
      name: participants[userId]?.name ?? userId,
      pinned: pinned.has(userId),
    }))
    .sort(
      (a, b) =>
        Number(b.pinned) - Number(a.pinned) ||
        position(a.userId) - position(b.userId) ||
        a.userId.localeCompare(b.userId),
    );
}

export function placeOf(userId: string, { queue, stage = {} }: RoomState): Place {
  const waiting = queue?.pending.indexOf(userId) ?? -1;
  if (waiting >= 0) return { at: "queue", number: waiting + 1 };
  return { at: userId in stage || queue?.live.includes(userId) ? "stage" : "audience" };
}

/** The pins of a person: a pin is of a track, and a person may have several. */
export function pinsOf(userId: string, { pins = {} }: RoomState): string[] {
  return Object.entries(pins).flatMap(([track, pin]) => (pin.userId === userId ? [track] : []));
}

/** Without video there is no track to pin; this stands for the one a person would have. */
export function standInTrack(userId: string): string {
  return `TR_${userId.replace(/[^A-Za-z0-9_-]/g, "_")}`.slice(0, 128);
}
