import { lazy, Suspense, useEffect, useRef } from "react";
import { Icon } from "../ui/Icon";
import { clock } from "../ui/time";
import { useVendors } from "../vendors/vendors";
import { type Clip, inWords } from "./recordings";

/** Mux's player is large: only who plays something loads it. */
const Player = lazy(() => import("./Player").then((module) => ({ default: module.Player })));

interface Props {
  readonly clip: Clip;
  readonly name: string;
  readonly retry: (clipId: string) => void;
  readonly onClose: () => void;
}

/** One clip: what it is, how it is, and the picture where Mux is real. */
export function ClipDialog({ clip, name, retry, onClose }: Props) {
  const { mux } = useVendors();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const { id, state, reason, start, end, degraded, playbackUrl } = clip;
  return (
    <dialog
      ref={dialog}
      className="card dialog"
      aria-labelledby="clip-title"
      onClose={onClose}
      data-testid="clip-dialog"
    >
      <header className="panel-head">
        <h2 id="clip-title">{name} on stage</h2>
        <button
          type="button"
          className="button button-icon button-quiet"
          aria-label="Close"
          onClick={() => dialog.current?.close()}
          data-testid="clip-close"
        >
          <Icon name="close" />
        </button>
      </header>
      {playbackUrl && mux ? (
        <Suspense fallback={<p className="empty">Loading the player…</p>}>
          <Player url={playbackUrl} title={`${name} on stage`} />
        </Suspense>
      ) : null}
      {playbackUrl && !mux ? (
        <p className="notice notice-info">
          Mux is a local stand-in here: the clip exists with its times, but there is nothing to see.
        </p>
      ) : null}
      <dl className="facts">
        <div>
          <dt>State</dt>
          <dd>{inWords(state)}</dd>
        </div>
        <div>
          <dt>In the recording</dt>
          <dd>
            {clock(start)} to {clock(end)}
          </dd>
        </div>
        <div>
          <dt>Length</dt>
          <dd>{(end - start).toFixed(1)} s</dd>
        </div>
      </dl>
      {degraded ? <p className="hint">Most of it is a still picture: the recording had lost its source.</p> : null}
      {reason ? <p className="notice notice-bad">{reason}</p> : null}
      {playbackUrl ? (
        <p className="hint">
          Playback address:{" "}
          <a href={playbackUrl} target="_blank" rel="noreferrer" data-testid="clip-address">
            {playbackUrl}
          </a>
        </p>
      ) : null}
      {state === "FAILED" ? (
        <button type="button" className="button button-main" onClick={() => retry(id)} data-testid="clip-retry">
          Try again
        </button>
      ) : null}
    </dialog>
  );
}
