import type { Clip, Recording } from "./recordings";

/** A clip on the recording's own time, in seconds and as a share of the whole. */
export interface Bar {
  readonly clip: Clip;
  readonly from: number;
  readonly to: number;
  /** Percent of the timeline. */
  readonly left: number;
  readonly width: number;
}

export interface Lane {
  readonly userId: string;
  readonly bars: readonly Bar[];
}

export interface Timeline {
  /** Seconds. */
  readonly length: number;
  readonly lanes: readonly Lane[];
  readonly ticks: readonly { readonly at: number; readonly left: number }[];
}

const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200];
const MOST_TICKS = 6;

/** Everybody's time on stage, a lane each, in the order of their first one. Several assets follow one another. */
export function timeline({ assets, clips }: Pick<Recording, "assets" | "clips">): Timeline {
  const offsets = new Map<string, number>();
  let known = 0;
  for (const { id, duration } of assets) {
    offsets.set(id, known);
    known += duration;
  }
  const placed = clips.map((clip) => {
    const offset = offsets.get(clip.sourceAssetId) ?? 0;
    return { clip, from: offset + Math.max(0, clip.start), to: offset + clip.end };
  });
  const length = Math.max(known, ...placed.map((one) => one.to), 1);
  const bars = placed
    .map((one): Bar => ({ ...one, left: (one.from / length) * 100, width: ((one.to - one.from) / length) * 100 }))
    .sort((a, b) => a.from - b.from || a.clip.id.localeCompare(b.clip.id));
  const lanes = new Map<string, Bar[]>();
  for (const bar of bars) lanes.set(bar.clip.userId, [...(lanes.get(bar.clip.userId) ?? []), bar]);
  return { length, lanes: [...lanes].map(([userId, own]) => ({ userId, bars: own })), ticks: ticks(length) };
}

function ticks(length: number): Timeline["ticks"] {
  const step = STEPS.find((one) => length / one <= MOST_TICKS) ?? length / MOST_TICKS;
  const all = Array.from({ length: Math.floor(length / step) + 1 }, (_, n) => ({
    at: n * step,
    left: ((n * step) / length) * 100,
  }));
  // What is written at the very end would stick out.
  return all.filter(({ left }) => left < 93);
}
