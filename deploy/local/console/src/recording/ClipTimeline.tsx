import type { Room } from "@eventuall/realtime";
import { useRoomView } from "@eventuall/realtime/react";
import { clock, inWords, type Recording, span } from "./recordings";

interface Props {
  readonly room: Room;
  readonly recording: Recording;
  readonly retry: (clipId: string) => void;
}

/** Who was on stage when: a clip each, on one line of time. */
export function ClipTimeline({ room, recording, retry }: Props) {
  const participants = useRoomView(room, (view) => view.replica.state.participants);
  return (
    <ul className="clips" aria-label="Clips">
      {recording.clips.map((clip) => {
        const name = participants?.[clip.userId]?.name ?? clip.userId;
        const { left, width } = span(clip, recording);
        return (
          <li key={clip.id} className="clip" data-testid="clip" data-user={clip.userId} data-state={clip.state}>
            <span className="clip-name">{name}</span>
            <span className="clip-track" aria-hidden="true">
              <span
                className={`clip-bar clip-${clip.state.toLowerCase()}`}
                style={{ left: `${left}%`, width: `${width}%` }}
              />
            </span>
            <span className="hint clip-time">
              {clock(clip.start)} to {clock(clip.end)}
              {clip.degraded ? ", mostly a still" : ""}
            </span>
            <span className="clip-state">
              {clip.playbackUrl ? (
                <a href={clip.playbackUrl} target="_blank" rel="noreferrer">
                  {inWords(clip.state)}
                </a>
              ) : (
                inWords(clip.state)
              )}
              {clip.state === "FAILED" ? (
                <button
                  type="button"
                  className="button button-small"
                  aria-label={`Retry the clip of ${name}`}
                  title={clip.reason ?? undefined}
                  onClick={() => retry(clip.id)}
                  data-testid="clip-retry"
                >
                  Retry
                </button>
              ) : null}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
