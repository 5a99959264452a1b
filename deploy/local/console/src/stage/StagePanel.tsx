import type { Room } from "@eventuall/realtime";
import { useRoomView } from "@eventuall/realtime/react";
import type { ReactNode } from "react";
import { Avatar } from "../ui/Avatar";
import { Problem, useAction } from "../ui/action";
import { Icon } from "../ui/Icon";
import { Panel } from "../ui/Panel";
import { duration, useNow } from "../ui/time";
import { type OnStage, onStage, pinsOf, placeOf, standInTrack } from "./stage";

export function StagePanel({ room }: { room: Room }) {
  const state = useRoomView(room, (view) => view.replica.state);
  const sandbox = useRoomView(room, (view) => isLoopback(view.tokens.livekit.url));
  const people = onStage(state);
  const action = useAction();
  const togglePin = (one: OnStage) => {
    const pins = pinsOf(one.userId, state);
    if (pins.length === 0) {
      return room.request("PUT", `/pins/${standInTrack(one.userId)}`, { userId: one.userId });
    }
    return Promise.all(pins.map((track) => room.request("DELETE", `/pins/${track}`)));
  };

  return (
    <Panel title="Stage" testId="stage" aside={<HandButton room={room} />}>
      {people.length === 0 ? (
        <p className="empty stage-empty">The stage is empty. Raise your hand, and a moderator may let you on.</p>
      ) : (
        <ul className="tiles" aria-label="People on stage">
          {people.map((one) => (
            <Tile key={one.userId} one={one}>
              {room.moderates ? (
                <button
                  type="button"
                  className="button button-small"
                  aria-label={`${one.pinned ? "Unpin" : "Pin"} ${one.name}`}
                  data-testid="pin"
                  disabled={action.busy}
                  onClick={() => action.run(() => togglePin(one))}
                >
                  <Icon name="pin" />
                  {one.pinned ? "Unpin" : "Pin"}
                </button>
              ) : null}
            </Tile>
          ))}
        </ul>
      )}
      {sandbox ? <p className="hint">No video here: LiveKit is the local stand-in.</p> : null}
      <Problem error={action.error} testId="pin-error" />
    </Panel>
  );
}

function Tile({ one, children }: { one: OnStage; children: ReactNode }) {
  const now = useNow(1_000);
  return (
    <li
      className={`tile ${one.pinned ? "tile-pinned" : ""}`}
      data-testid="on-stage"
      data-user={one.userId}
      data-pinned={one.pinned}
    >
      <Avatar userId={one.userId} name={one.name} />
      <span className="tile-name">{one.name}</span>
      <span className="hint">
        {one.pinned ? "Pinned · " : ""}
        {duration(now - one.enteredAt)}
      </span>
      {children}
    </li>
  );
}

/** Asks for the stage, or takes that back. */
function HandButton({ room }: { room: Room }) {
  const state = useRoomView(room, (view) => view.replica.state);
  const place = placeOf(room.user.userId, state);
  const action = useAction();
  const raise = () => action.run(() => room.request("POST", "/queue/requests"));
  const lower = () => action.run(() => room.request("DELETE", "/queue/requests/me"));
  return (
    <div className="hand" data-testid="hand-place" data-place={place.at}>
      <Problem error={action.error} testId="hand-error" />
      {place.at === "stage" ? <span className="badge badge-online">You are on stage</span> : null}
      {place.at === "queue" ? (
        <>
          <span className="hint" role="status">
            Number {place.number} in the queue
          </span>
          <button type="button" className="button" onClick={lower} disabled={action.busy} data-testid="lower-hand">
            Lower hand
          </button>
        </>
      ) : null}
      {place.at === "audience" ? (
        <button type="button" className="button" onClick={raise} disabled={action.busy} data-testid="raise-hand">
          <Icon name="hand" />
          Raise hand
        </button>
      ) : null}
    </div>
  );
}

function isLoopback(url: string): boolean {
  return /^wss?:\/\/(127\.|localhost|\[::1\])/.test(url);
}
