import type { Room } from "@eventuall/realtime";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { ChatPanel } from "../chat/ChatPanel";
import { VettingPanel } from "../chat/VettingPanel";
import { CrowdPanel } from "../crowd/CrowdPanel";
import { RecordingPanel } from "../recording/RecordingPanel";
import { RecordingSign } from "../recording/RecordingSign";
import { StagePanel } from "../stage/StagePanel";
import { Guard } from "../ui/Guard";
import { Icon } from "../ui/Icon";
import { Logo } from "../ui/Logo";
import { Panel } from "../ui/Panel";
import { ThemeSwitch } from "../ui/theme";
import { ConnectionBadge, ConnectionTrouble } from "./ConnectionState";
import { NetworkPanel } from "./Network";
import { People } from "./People";
import { TokensPanel } from "./Tokens";
import { VendorsPanel } from "./VendorsPanel";

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
          <RecordingSign room={room} />
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
      <nav className="jump" aria-label="Parts of this page">
        <a href="#show">Stage</a>
        {room.moderates ? <a href="#queue">Queue</a> : null}
        <a href="#talk">Chat</a>
        <a href="#audience">People</a>
        <a href="#hood">More</a>
      </nav>
      <ConnectionTrouble room={room} />
      <main className="room-main">
        <div className="column show" id="show">
          <Guard title="Stage">
            <StagePanel room={room} />
          </Guard>
          {room.moderates ? (
            <>
              <div id="queue" className="part">
                <Guard title="Queue">
                  <Suspense fallback={<LoadingQueue />}>
                    <QueuePanel room={room} />
                  </Suspense>
                </Guard>
              </div>
              <Guard title="Recordings">
                <RecordingPanel room={room} />
              </Guard>
            </>
          ) : null}
        </div>
        <div className="column talk" id="talk">
          <Guard title="Vetting">
            <VettingPanel room={room} />
          </Guard>
          <Guard title="Chat">
            <ChatPanel room={room} />
          </Guard>
        </div>
        <div className="column audience" id="audience">
          <Guard title="People">
            <People room={room} />
          </Guard>
          {room.moderates ? (
            <Guard title="Crowd">
              <CrowdPanel room={room} />
            </Guard>
          ) : null}
        </div>
        <section className="hood" id="hood" aria-labelledby="hood-title">
          <h2 id="hood-title">Under the hood</h2>
          <div className="hood-parts">
            <Guard title="Network">
              <NetworkPanel room={room} />
            </Guard>
            <Guard title="Tokens">
              <TokensPanel room={room} />
            </Guard>
            <Guard title="Vendors">
              <VendorsPanel />
            </Guard>
          </div>
        </section>
      </main>
    </div>
  );
}

/** In the place of the queue while its part of the program is on its way. */
function LoadingQueue() {
  return (
    <Panel title="Queue" testId="queue">
      <p className="empty">Loading…</p>
    </Panel>
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
