import type { Room } from "@eventuall/realtime";
import { useRoomView } from "@eventuall/realtime/react";
import { useState } from "react";
import { clock } from "../ui/time";
import { ClipDialog } from "./ClipDialog";
import { inWords, type Recording } from "./recordings";
import { type Bar, timeline } from "./timeline";

interface Props {
  readonly room: Room;
  readonly recording: Recording;
  readonly retry: (clipId: string) => void;
}

/** Who was on stage when: a lane each, a clip for every time on stage. Pressing one shows more, and plays it. */
export function ClipTimeline({ room, recording, retry }: Props) {
  const participants = useRoomView(room, (view) => view.replica.state.participants);
  const [chosen, setChosen] = useState<string>();
  const { lanes, ticks } = timeline(recording);
  const name = (userId: string) => participants?.[userId]?.name ?? userId;
  const clip = recording.clips.find((one) => one.id === chosen);
  return (
    <div className="timeline">
      <ul className="lanes" aria-label="Time on stage">
        {lanes.map(({ userId, bars }) => (
          <li key={userId} className="lane">
            <span className="lane-name">{name(userId)}</span>
            <ul className="lane-track" aria-label={`Clips of ${name(userId)}`}>
              {bars.map((bar) => (
                <ClipBar key={bar.clip.id} bar={bar} name={name(userId)} open={() => setChosen(bar.clip.id)} />
              ))}
            </ul>
          </li>
        ))}
      </ul>
      <div className="axis" aria-hidden="true">
        {ticks.map(({ at, left }) => (
          <span key={at} style={{ left: `${left}%` }}>
            {clock(at)}
          </span>
        ))}
      </div>
      {clip ? (
        <ClipDialog clip={clip} name={name(clip.userId)} retry={retry} onClose={() => setChosen(undefined)} />
      ) : null}
    </div>
  );
}

function ClipBar({ bar, name, open }: { bar: Bar; name: string; open: () => void }) {
  const { clip, from, to, left, width } = bar;
  const times = `${clock(from)} to ${clock(to)}`;
  return (
    <li
      className="clip"
      style={{ left: `${left}%`, width: `${width}%` }}
      data-testid="clip"
      data-user={clip.userId}
      data-state={clip.state}
    >
      <button
        type="button"
        className={`clip-bar clip-${clip.state.toLowerCase()}`}
        onClick={open}
        aria-label={`Clip of ${name}, ${times}, ${inWords(clip.state)}`}
        title={`${times}, ${inWords(clip.state)}`}
        data-testid="clip-open"
      />
    </li>
  );
}
