import "@mux/mux-player";
import type MuxPlayerElement from "@mux/mux-player";
import { useEffect, useRef } from "react";
import { playbackId } from "./recordings";

/** Mux's own player; importing this module registers its element. */
export function Player({ url, title }: { url: string; title: string }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const player = document.createElement("mux-player") as MuxPlayerElement;
    const id = playbackId(url);
    if (id) player.playbackId = id;
    else player.src = url;
    player.setAttribute("metadata-video-title", title);
    player.disableCookies = true;
    place.current?.append(player);
    return () => player.remove();
  }, [url, title]);
  return <div ref={place} className="player" data-testid="player" />;
}
