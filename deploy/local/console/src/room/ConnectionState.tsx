import type { Connection, Room } from "@eventuall/realtime";
import { useRoomView } from "@eventuall/realtime/react";
import { useOnline } from "../ui/online";
import { duration, useNow } from "../ui/time";

/** How the socket is doing, in a word, beside the room's name. */
export function ConnectionBadge({ room }: { room: Room }) {
  const connection = useRoomView(room, (view) => view.connection);
  // A socket notices a lost network late.
  const status = useOnline() ? connection.status : "offline";
  const words = {
    offline: "Offline",
    connecting: "Connecting",
    online: "Connected",
    reconnecting: "Reconnecting",
    closed: "Disconnected",
  };
  return (
    <span className={`badge badge-${status}`} role="status" data-testid="connection" data-state={status}>
      <span className={`dot dot-${status}`} aria-hidden="true" />
      {words[status]}
    </span>
  );
}

/** Shown while there is trouble: what happened, and what can be done. */
export function ConnectionTrouble({ room }: { room: Room }) {
  const connection = useRoomView(room, (view) => view.connection);
  const online = useOnline();
  if (!online) {
    return (
      <aside className="notice notice-warn trouble" aria-label="Connection" data-testid="connection-trouble">
        <p>
          <b>This device is offline.</b> What you see may be old; it goes on by itself when the network is back.
        </p>
      </aside>
    );
  }
  if (connection.status === "online" || (connection.status === "connecting" && !connection.closed)) return null;
  const closed = connection.status === "closed";
  return (
    <aside
      className={`notice ${closed ? "notice-bad" : "notice-warn"} trouble`}
      aria-label="Connection"
      data-testid="connection-trouble"
    >
      <p>
        {reason(connection)} {connection.retryAt ? <NextTry at={connection.retryAt} /> : null}
      </p>
      <button type="button" className="button button-small" onClick={() => room.reconnect()} data-testid="reconnect">
        {connection.closed?.code === 4409 ? "Use here" : "Connect now"}
      </button>
    </aside>
  );
}

function NextTry({ at }: { at: number }) {
  const now = useNow(500);
  return <>Next try in {duration(at - now)}.</>;
}

function reason({ closed }: Connection): string {
  switch (closed?.code) {
    case 1012:
    case 4503:
      return "The server is being restarted.";
    case 1013:
    case 4429:
      return "The server asked to wait.";
    case 4401:
      return "The pass is no longer valid.";
    case 4403:
      return "You are not allowed in this room.";
    case 4409:
      return "You are connected elsewhere.";
    default:
      return closed ? `The connection was lost (${closed.code}).` : "Connecting again.";
  }
}
