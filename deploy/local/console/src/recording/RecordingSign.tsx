import type { Room } from "@eventuall/realtime";
import { useRoomView } from "@eventuall/realtime/react";
import { clock, useNow } from "../ui/time";

/** What everybody may know: that the room is being recorded. */
export function RecordingSign({ room }: { room: Room }) {
  const recording = useRoomView(room, (view) => view.replica.state.recording);
  if (recording?.status.toUpperCase() !== "RECORDING") return null;
  return (
    <span className="badge badge-closed" role="status" data-testid="recording-sign">
      <span className="dot dot-closed dot-recording" aria-hidden="true" />
      Recording{recording.startedAt ? <Elapsed since={recording.startedAt} /> : null}
    </span>
  );
}

function Elapsed({ since }: { since: number }) {
  const now = useNow(1_000);
  return (
    <span className="elapsed" aria-hidden="true">
      {clock((now - since) / 1000)}
    </span>
  );
}
