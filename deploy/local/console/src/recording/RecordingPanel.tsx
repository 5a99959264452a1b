import type { Room } from "@eventuall/realtime";
import { useRoomView } from "@eventuall/realtime/react";
import { useState } from "react";
import { type Action, Problem, useAction } from "../ui/action";
import { Icon } from "../ui/Icon";
import { Panel } from "../ui/Panel";
import { duration, useNow } from "../ui/time";
import { ClipTimeline } from "./ClipTimeline";
import { inWords, isLive, type Recording, useRecordings } from "./recordings";

/** What everybody may know: that the room is being recorded. */
export function RecordingSign({ room }: { room: Room }) {
  const recording = useRoomView(room, (view) => view.replica.state.recording);
  const now = useNow(1_000);
  if (recording?.status.toUpperCase() !== "RECORDING") return null;
  return (
    <span className="badge badge-closed" role="status" data-testid="recording-sign">
      <span className="dot dot-closed" aria-hidden="true" />
      Recording{recording.startedAt ? <span aria-hidden="true"> {duration(now - recording.startedAt)}</span> : null}
    </span>
  );
}

/** For moderators: start, stop, and what came of it. */
export function RecordingPanel({ room }: { room: Room }) {
  const { list, error, reload } = useRecordings(room);
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
      {list.length === 0 && !error ? <p className="empty">Nothing has been recorded in this room.</p> : null}
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
        <Icon name="record" />
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
  return (
    <li className="recording" data-testid="recording" data-id={id} data-state={state}>
      <div className="recording-head">
        <span className={`badge ${badge(state)}`} data-testid="recording-state">
          {inWords(state)}
        </span>
        <span className="hint">
          {startedAt ? new Date(startedAt).toLocaleTimeString() : ""} {reason ? `· ${reason}` : ""}
          {detail ? ` · ${detail}` : ""}
        </span>
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
