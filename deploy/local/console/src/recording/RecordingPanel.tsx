import type { Room } from "@eventuall/realtime";
import { useState } from "react";
import { type Action, Problem, useAction } from "../ui/action";
import { Icon } from "../ui/Icon";
import { Panel } from "../ui/Panel";
import { timeOfDay } from "../ui/time";
import { useVendors } from "../vendors/vendors";
import { ClipTimeline } from "./ClipTimeline";
import { inWords, isLive, type Recording, useRecordings } from "./recordings";

/** For moderators: start, stop, and what came of it. */
export function RecordingPanel({ room }: { room: Room }) {
  const { list, error, loaded, reload } = useRecordings(room);
  const { mux } = useVendors();
  const action = useAction();
  const current = list.find(isLive);
  const send = (path: string, body?: Record<string, unknown>) =>
    action.run(async () => {
      await room.request("POST", path, body);
      await reload();
    });
  return (
    <Panel
      title="Recordings"
      testId="recordings"
      aside={
        current ? (
          <button
            type="button"
            className="button button-bad"
            disabled={action.busy}
            onClick={() => send(`/recordings/${current.id}/stop`)}
            data-testid="record-stop"
          >
            <Icon name="stop" />
            Stop
          </button>
        ) : (
          <StartButton action={action} start={(body) => send("/recordings", body)} />
        )
      }
    >
      <Problem error={action.error ?? error} testId="recording-error" />
      {list.length === 0 && !error ? (
        <p className="empty">
          {loaded
            ? "Nothing has been recorded in this room. Afterwards every time on stage is a clip of its own."
            : "Loading…"}
        </p>
      ) : null}
      <ul className="recordings">
        {list.map((recording) => (
          <RecordingRow
            key={recording.id}
            room={room}
            recording={recording}
            retry={(clipId) => send(`/recordings/${recording.id}/clips/${clipId}/retry`)}
          />
        ))}
      </ul>
      {mux ? null : (
        <p className="hint" data-testid="playback-stand-in">
          Nothing can be played: Mux is a local stand-in here.
        </p>
      )}
    </Panel>
  );
}

function StartButton({ action, start }: { action: Action; start: (body: Record<string, unknown>) => void }) {
  const [lowLatency, setLowLatency] = useState(false);
  return (
    <div className="record-start">
      <label className="check">
        <input type="checkbox" checked={lowLatency} onChange={(event) => setLowLatency(event.target.checked)} />
        Low latency
      </label>
      <button
        type="button"
        className="button"
        disabled={action.busy}
        onClick={() => start({ lowLatency })}
        data-testid="record-start"
      >
        <span className="record-dot" aria-hidden="true" />
        Record
      </button>
    </div>
  );
}

interface RowProps {
  readonly room: Room;
  readonly recording: Recording;
  readonly retry: (clipId: string) => void;
}

function RecordingRow({ room, recording, retry }: RowProps) {
  const { id, state, reason, detail, playbackUrl, startedAt, clips } = recording;
  const notes = [
    startedAt ? `from ${timeOfDay(startedAt)}` : undefined,
    clips.length > 0 ? `${clips.length} ${clips.length === 1 ? "clip" : "clips"}` : undefined,
    reason,
    detail,
  ];
  return (
    <li className="recording" data-testid="recording" data-id={id} data-state={state}>
      <div className="recording-head">
        <span className={`badge ${badge(state)}`} data-testid="recording-state">
          {inWords(state)}
        </span>
        <span className="hint">{notes.filter(Boolean).join(" · ")}</span>
        {playbackUrl ? (
          <a href={playbackUrl} target="_blank" rel="noreferrer" className="recording-link">
            Playback address
          </a>
        ) : null}
      </div>
      {clips.length > 0 ? <ClipTimeline room={room} recording={recording} retry={retry} /> : null}
    </li>
  );
}

function badge(state: string): string {
  switch (state) {
    case "RECORDING":
    case "FAILED":
      return "badge-closed";
    case "READY":
      return "badge-online";
    case "CANCELLED":
      return "";
    default:
      return "badge-connecting";
  }
}
