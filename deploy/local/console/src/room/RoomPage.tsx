import type { Room } from "@eventuall/realtime";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { StagePanel } from "../stage/StagePanel";
import { Icon } from "../ui/Icon";
import { Logo } from "../ui/Logo";
import { ThemeSwitch } from "../ui/theme";
import { ConnectionBadge, ConnectionTrouble } from "./ConnectionState";
import { NetworkPanel } from "./Network";
import { People } from "./People";
import { TokensPanel } from "./Tokens";

/** Only moderators load what the shared queue needs. */
const QueuePanel = lazy(() => import("../queue/QueuePanel").then((module) => ({ default: module.QueuePanel })));

export function RoomPage({ room, onLeave }: { room: Room; onLeave: () => void }) {
  const title = useRef<HTMLHeadingElement>(null);
  // Whoever came by keyboard or ear starts at the room's name.
  useEffect(() => title.current?.focus(), []);
  return (
    <div className="room" data-testid="room">
      <header className="room-head">
        <Logo />
        <div className="room-where">
          <h1 ref={title} tabIndex={-1} data-testid="room-title">
            <span className="room-event">{room.eventId}</span> / {room.roomId}
          </h1>
          <ConnectionBadge room={room} />
        </div>
        <div className="room-me">
          <span className="me">
            <b data-testid="me">{room.user.name}</b>
            <span className="hint" data-testid="my-role">
              {room.role}
            </span>
          </span>
          <AwaySwitch room={room} />
          <ThemeSwitch />
          <button type="button" className="button" onClick={onLeave} data-testid="leave">
            <Icon name="leave" />
            Leave
          </button>
        </div>
      </header>
      <ConnectionTrouble room={room} />
      <main className="room-main">
        <div className="column">
          <People room={room} />
          <NetworkPanel room={room} />
        </div>
        <div className="column">
          <StagePanel room={room} />
          {room.moderates ? (
            <Suspense>
              <QueuePanel room={room} />
            </Suspense>
          ) : null}
        </div>
        <div className="column">
          <TokensPanel room={room} />
        </div>
      </main>
    </div>
  );
}

function AwaySwitch({ room }: { room: Room }) {
  const [away, setAway] = useState(false);
  const turn = () => {
    room.setStatus(away ? "online" : "away");
    setAway(!away);
  };
  return (
    <button type="button" className="button" aria-pressed={away} onClick={turn} data-testid="away">
      Away
    </button>
  );
}
