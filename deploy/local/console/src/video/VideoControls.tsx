import { useEffect } from "react";
import { Problem, useAction } from "../ui/action";
import type { Video, VideoView } from "./video";

interface Props {
  readonly video: Video;
  readonly view: VideoView;
  readonly onStage: boolean;
}

/** How the video is doing, and one's own camera and microphone while one is on stage. */
export function VideoControls({ video, view, onStage }: Props) {
  const action = useAction();
  const { status, reason, camera, microphone, mayPublish, soundBlocked } = view;
  const { run } = action;
  // Off the stage nobody sends: there would be no button to stop it.
  useEffect(() => {
    if (!onStage && camera) void run(() => video.setCamera(false));
    if (!onStage && microphone) void run(() => video.setMicrophone(false));
  }, [onStage, camera, microphone, run, video]);
  return (
    <div className="video-controls" data-testid="video" data-status={status}>
      <span className="hint" role="status">
        {words(status)} {reason}
      </span>
      {onStage && mayPublish ? (
        <>
          <Toggle name="Camera" on={camera} busy={action.busy} set={(on) => action.run(() => video.setCamera(on))} />
          <Toggle
            name="Microphone"
            on={microphone}
            busy={action.busy}
            set={(on) => action.run(() => video.setMicrophone(on))}
          />
        </>
      ) : null}
      {status === "connected" && soundBlocked ? (
        <button type="button" className="button button-small" onClick={() => action.run(() => video.startSound())}>
          Turn sound on
        </button>
      ) : null}
      {status === "failed" ? (
        <button type="button" className="button button-small" onClick={() => video.start()}>
          Connect again
        </button>
      ) : null}
      <Problem error={action.error} testId="video-error" />
    </div>
  );
}

interface ToggleProps {
  readonly name: string;
  readonly on: boolean;
  readonly busy: boolean;
  readonly set: (on: boolean) => void;
}

function Toggle({ name, on, busy, set }: ToggleProps) {
  return (
    <button type="button" className="button button-small" aria-pressed={on} disabled={busy} onClick={() => set(!on)}>
      {name}
    </button>
  );
}

function words(status: VideoView["status"]): string {
  switch (status) {
    case "loading":
      return "Loading video…";
    case "connecting":
      return "Connecting video…";
    case "connected":
      return "Video through LiveKit.";
    case "reconnecting":
      return "Video is reconnecting…";
    case "waiting":
      return "No video; trying again in a moment.";
    case "failed":
      return "No video.";
  }
}
