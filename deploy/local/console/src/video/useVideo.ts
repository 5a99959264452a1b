import type { Room } from "@eventuall/realtime";
import { useEffect, useMemo, useSyncExternalStore } from "react";
import { Video } from "./video";

/** The room's video, connected while the component is mounted and `wanted`; nothing is loaded before. */
export function useVideo(room: Room, wanted: boolean) {
  const video = useMemo(() => new Video(room), [room]);
  useEffect(() => {
    if (!wanted) return;
    video.start();
    return () => video.stop();
  }, [video, wanted]);
  return { video, view: useSyncExternalStore(video.subscribe, video.get) };
}
