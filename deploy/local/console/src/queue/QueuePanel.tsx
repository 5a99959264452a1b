import type { Room } from "@eventuall/realtime";
import { openQueue, type Queue } from "@eventuall/realtime/queue";
import { useEffect, useState, useSyncExternalStore } from "react";
import { Problem } from "../ui/action";
import { Panel } from "../ui/Panel";
import { Board } from "./Board";

/** The queue as the moderators share it. */
export function QueuePanel({ room }: { room: Room }) {
  const [queue, setQueue] = useState<Queue>();
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    let opened: Queue | undefined;
    let gone = false;
    openQueue(room).then((one) => {
      opened = one;
      if (gone) one.close();
      else setQueue(one);
    }, setError);
    return () => {
      gone = true;
      opened?.close();
    };
  }, [room]);
  return queue ? (
    <OpenQueue room={room} queue={queue} />
  ) : (
    <Panel title="Queue" testId="queue">
      {error === undefined ? <p className="empty">Loading…</p> : <Problem error={error} />}
    </Panel>
  );
}

function OpenQueue({ room, queue }: { room: Room; queue: Queue }) {
  const view = useSyncExternalStore(
    (changed) => queue.subscribe(changed),
    () => queue.get(),
  );
  const trouble = useTrouble(room, view.status === "connecting");
  const words = view.closed
    ? `Closed (${view.closed.code})`
    : view.status !== "connected"
      ? "Connecting"
      : view.synced
        ? "Shared live"
        : "Synchronising";
  return (
    <Panel
      title="Queue"
      testId="queue"
      aside={
        <span className="counts" data-testid="queue-state" data-synced={view.synced && view.status === "connected"}>
          <span
            className={`dot dot-${view.closed ? "closed" : view.synced ? "online" : "connecting"}`}
            aria-hidden="true"
          />{" "}
          {words}
          {view.colleagues.length > 0
            ? ` · with ${[...new Set(view.colleagues.map((one) => one.name))].join(", ")}`
            : ""}
        </span>
      }
    >
      {view.closed ? (
        <p className="notice notice-bad" role="alert">
          You can no longer edit the queue ({view.closed.reason || view.closed.code}).
        </p>
      ) : null}
      <Problem error={trouble} testId="queue-error" />
      <Board
        lists={view.lists}
        colleagues={view.colleagues}
        document={queue.document}
        pick={(userId) => queue.pick(userId)}
      />
    </Panel>
  );
}

const PATIENCE_MS = 2_000;

/** A socket does not tell why it was refused; a plain request does. */
function useTrouble(room: Room, connecting: boolean): unknown {
  const [trouble, setTrouble] = useState<unknown>();
  useEffect(() => {
    if (!connecting) return setTrouble(undefined);
    const timer = setTimeout(() => room.request("GET", "/queue").catch(setTrouble), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [room, connecting]);
  return trouble;
}
