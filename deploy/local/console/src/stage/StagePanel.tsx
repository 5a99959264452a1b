import type { Room } from "@eventuall/realtime";
import { useRoomView } from "@eventuall/realtime/react";
import { Avatar } from "../ui/Avatar";
import { Problem, useAction } from "../ui/action";
import { Icon } from "../ui/Icon";
import { Panel } from "../ui/Panel";
import { clock, useNow } from "../ui/time";
import { useVendors } from "../vendors/vendors";
import { Camera } from "../video/Camera";
import { useVideo } from "../video/useVideo";
import { VideoControls } from "../video/VideoControls";
import type { Picture } from "../video/video";
import { HandButton } from "./HandButton";
import { type OnStage, onStage, pinsOf, placeOf, standInTrack } from "./stage";

export function StagePanel({ room }: { room: Room }) {
  const state = useRoomView(room, (view) => view.replica.state);
  const { livekit } = useVendors();
  const { video, view } = useVideo(room, livekit);
  const people = onStage(state);
  const action = useAction();
  const place = placeOf(room.user.userId, state);
  const togglePin = (one: OnStage) => {
    const pins = pinsOf(one.userId, state);
    if (pins.length === 0) {
      const track = view.pictures[one.userId]?.trackSid ?? standInTrack(one.userId);
      return room.request("PUT", `/pins/${track}`, { userId: one.userId });
    }
    return Promise.all(pins.map((track) => room.request("DELETE", `/pins/${track}`)));
  };

  return (
    <Panel
      title="Stage"
      testId="stage"
      // Moderators have work to do below.
      className={room.moderates ? "stage-low" : ""}
      aside={<HandButton room={room} place={place} />}
    >
      {people.length === 0 ? (
        <div className="stage-empty">
          <Icon name="stage" />
          <p className="stage-empty-title">The stage is empty</p>
          <p className="hint">
            {room.moderates
              ? "Approve somebody in the queue below."
              : "Raise your hand, and a moderator may let you on."}
          </p>
        </div>
      ) : (
        <ul className={`tiles tiles-${Math.min(people.length, 4)}`} aria-label="People on stage">
          {people.map((one) => (
            <Tile
              key={one.userId}
              one={one}
              picture={view.pictures[one.userId]}
              pin={room.moderates ? () => action.run(() => togglePin(one)) : undefined}
              busy={action.busy}
            />
          ))}
        </ul>
      )}
      <Problem error={action.error} testId="pin-error" />
      {livekit ? (
        <VideoControls video={video} view={view} onStage={place.at === "stage"} />
      ) : (
        <p className="hint" data-testid="video-stand-in">
          No pictures or sound: LiveKit is a local stand-in here.
        </p>
      )}
    </Panel>
  );
}

interface TileProps {
  readonly one: OnStage;
  readonly picture: Picture | undefined;
  /** Only moderators pin. */
  readonly pin: (() => void) | undefined;
  readonly busy: boolean;
}

function Tile({ one, picture, pin, busy }: TileProps) {
  const { userId, name, pinned, enteredAt } = one;
  const now = useNow(1_000);
  return (
    <li
      className={`tile ${pinned ? "tile-pinned" : ""}`}
      data-testid="on-stage"
      data-user={userId}
      data-pinned={pinned}
    >
      {picture ? <Camera picture={picture} name={name} /> : <Avatar userId={userId} name={name} />}
      <span className="tile-foot">
        <span className="tile-name">{name}</span>
        <span className="tile-time">{clock((now - enteredAt) / 1000)}</span>
      </span>
      {pin ? (
        <button
          type="button"
          className="tile-pin"
          aria-pressed={pinned}
          aria-label={`Pin ${name}`}
          title={pinned ? "Unpin" : "Pin for everybody"}
          data-testid="pin"
          disabled={busy}
          onClick={pin}
        >
          <Icon name="pin" />
        </button>
      ) : pinned ? (
        <span className="tile-pin">
          <Icon name="pin" />
          <span className="sr-only">Pinned</span>
        </span>
      ) : null}
    </li>
  );
}
