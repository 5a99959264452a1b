import { useEffect, useRef } from "react";
import type { Picture } from "./video";

/** Somebody's camera. */
export function Camera({ picture, name }: { picture: Picture; name: string }) {
  const element = useRef<HTMLVideoElement>(null);
  const { track } = picture;
  useEffect(() => {
    const video = element.current;
    if (!video) return;
    track.attach(video);
    return () => {
      track.detach(video);
    };
  }, [track]);
  // Sound has elements of its own.
  return <video ref={element} className="camera" aria-label={`Camera of ${name}`} autoPlay playsInline muted />;
}
