import type { Room } from "@eventuall/realtime";
import { useRoomView } from "@eventuall/realtime/react";
import { useCallback, useEffect, useState } from "react";

export interface Clip {
  readonly id: string;
  readonly userId: string;
  readonly state: "PENDING" | "CREATING" | "PROCESSING" | "READY" | "FAILED" | "WITHDRAWN";
  readonly reason?: string | null;
  readonly playbackUrl?: string | null;
  /** The recorded asset it is cut from, and where, in seconds. */
  readonly sourceAssetId: string;
  readonly start: number;
  readonly end: number;
  /** Whether more than half of it is a still picture. */
  readonly degraded: boolean;
}

export interface Recording {
  readonly id: string;
  readonly state: string;
  readonly reason?: string | null;
  readonly detail?: string | null;
  readonly playbackUrl?: string | null;
  /** Epoch milliseconds. */
  readonly startedAt?: number | null;
  readonly assets: readonly { readonly id: string; readonly duration: number }[];
  readonly clips: readonly Clip[];
}

const ENDED = new Set(["READY", "FAILED", "CANCELLED"]);
const LIVE = new Set(["REQUESTED", "CREATING_STREAM", "STARTING_EGRESS", "RECORDING"]);
const POLL_MS = 3_000;

/** Whether a recording is under way, or about to be: the room can have one at a time. */
export const isLive = ({ state }: Pick<Recording, "state">) => LIVE.has(state);

/** Whether nothing more will change by itself. */
export const isSettled = ({ state, clips }: Recording) =>
  ENDED.has(state) && clips.every((clip) => ["READY", "FAILED", "WITHDRAWN"].includes(clip.state));

const WORDS: Record<string, string> = {
  REQUESTED: "Asked for",
  CREATING_STREAM: "Preparing the stream",
  STARTING_EGRESS: "Starting",
  RECORDING: "Recording",
  STOPPING: "Stopping",
  ASSET_PENDING: "Processing",
  CLIPPING: "Making clips",
  READY: "Ready",
  FAILED: "Failed",
  CANCELLED: "Cancelled",
  PENDING: "Waiting",
  CREATING: "Starting",
  PROCESSING: "Processing",
  WITHDRAWN: "Withdrawn",
};

export const inWords = (state: string) => WORDS[state] ?? state;

/** Seconds as in "1:05". */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** Where a clip lies in the asset it is cut from, in percent. */
export function span(clip: Clip, { assets, clips }: Recording): { left: number; width: number } {
  const known = assets.find((asset) => asset.id === clip.sourceAssetId)?.duration ?? 0;
  const length = Math.max(known, ...clips.map((one) => one.end), 1);
  const left = (Math.max(0, clip.start) / length) * 100;
  return { left, width: Math.max(1, ((clip.end - clip.start) / length) * 100) };
}

export interface Recordings {
  readonly list: readonly Recording[];
  readonly error: unknown;
  readonly reload: () => Promise<void>;
}

/** The room's recordings with their clips, newest first. Asked again when the room says so, and while one is not settled. */
export function useRecordings(room: Room): Recordings {
  const [list, setList] = useState<readonly Recording[]>([]);
  const [error, setError] = useState<unknown>();
  const signal = useRoomView(
    room,
    ({ replica }) => `${replica.state.recording?.id} ${replica.state.recording?.status}`,
  );

  const reload = useCallback(async () => {
    try {
      setList(await load(room));
      setError(undefined);
    } catch (failure) {
      setError(failure);
    }
  }, [room]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of the room's recording is the reason to ask.
  useEffect(() => void reload(), [reload, signal]);

  const settled = error !== undefined || list.every(isSettled);
  useEffect(() => {
    if (settled) return;
    const timer = setInterval(reload, POLL_MS);
    return () => clearInterval(timer);
  }, [settled, reload]);

  return { list, error, reload };
}

async function load(room: Room): Promise<readonly Recording[]> {
  const { recordings } = await room.request<{ recordings: Recording[] }>("GET", "/recordings");
  return recordings;
}
