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
const POLL_MS = 2_000;
const TROUBLE_POLL_MS = 10_000;
const NONE: readonly Recording[] = [];

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

/** The id in a playback address of Mux, `https://stream.mux.com/{id}.m3u8`; undefined for any other. */
export function playbackId(url: string): string | undefined {
  return /^https:\/\/stream\.mux\.com\/([A-Za-z0-9]+)\.m3u8/.exec(url)?.[1];
}

export interface Recordings {
  readonly list: readonly Recording[];
  readonly error: unknown;
  /** Whether the list is the services', or still to come. */
  readonly loaded: boolean;
  readonly reload: () => Promise<void>;
}

/** The room's recordings with their clips, newest first. Asked again when the room says so, and while one is not settled. */
export function useRecordings(room: Room): Recordings {
  const [found, setFound] = useState<readonly Recording[]>();
  const [error, setError] = useState<unknown>();
  const signal = useRoomView(
    room,
    ({ replica }) => `${replica.state.recording?.id} ${replica.state.recording?.status}`,
  );

  const reload = useCallback(async () => {
    try {
      setFound(await load(room));
      setError(undefined);
    } catch (failure) {
      setError(failure);
    }
  }, [room]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of the room's recording is the reason to ask.
  useEffect(() => void reload(), [reload, signal]);

  const list = found ?? NONE;
  const pause = error !== undefined ? TROUBLE_POLL_MS : list.every(isSettled) ? undefined : POLL_MS;
  useEffect(() => {
    if (pause === undefined) return;
    const timer = setInterval(reload, pause);
    return () => clearInterval(timer);
  }, [pause, reload]);

  return { list, error, loaded: found !== undefined, reload };
}

async function load(room: Room): Promise<readonly Recording[]> {
  const { recordings } = await room.request<{ recordings: Recording[] }>("GET", "/recordings");
  return recordings;
}
