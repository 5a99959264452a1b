import type { Room } from "@eventuall/realtime";
import { useEffect, useRef, useState } from "react";
import { Problem } from "../ui/action";
import { Panel } from "../ui/Panel";
import { useVendors } from "../vendors/vendors";
import { Crowd } from "./crowd";
import { worldOf } from "./world";

/** Each simulated person is a connection of this page; more than this is a job for the command. */
const MOST = 100;

/** Fills the room with simulated people, so that one person can try it. */
export function CrowdPanel({ room }: { room: Room }) {
  const [size, setSize] = useState(0);
  const [wish, setWish] = useState(10);
  const [failure, setFailure] = useState<unknown>();
  const crowd = useRef<Crowd | undefined>(undefined);
  const { twilio: realChat } = useVendors();
  useEffect(() => {
    const one = new Crowd(worldOf(room.eventId, room.roomId, { realChat }), (now, problem) => {
      setSize(now);
      if (problem) setFailure(problem);
    });
    crowd.current = one;
    return () => one.clear();
  }, [room, realChat]);
  const add = () => {
    setFailure(undefined);
    const expected = crowd.current?.expected ?? 0;
    crowd.current?.add(Math.max(0, Math.min(wish, MOST - expected)));
  };
  return (
    <Panel
      title="Crowd"
      testId="crowd"
      aside={
        <span className="counts" role="status" data-testid="crowd-size" data-size={size}>
          <b>{size}</b> simulated
        </span>
      }
    >
      <p className="hint">People who join, chat, raise hands, leave and come back, for as long as this page is open.</p>
      <div className="crowd-row">
        <label className="check">
          <span>People</span>
          <input
            type="number"
            min={1}
            max={MOST}
            value={wish}
            onChange={(event) => setWish(event.target.valueAsNumber || 1)}
            data-testid="crowd-wish"
          />
        </label>
        <button type="button" className="button" onClick={add} disabled={size >= MOST} data-testid="crowd-add">
          Add
        </button>
        {size > 0 ? (
          <button type="button" className="button" onClick={() => crowd.current?.clear()} data-testid="crowd-clear">
            Send away
          </button>
        ) : null}
      </div>
      <Problem error={failure} testId="crowd-error" />
      <p className="hint">
        Or be somebody else yourself:{" "}
        <a href={participantAddress(room)} target="_blank" rel="noreferrer" data-testid="crowd-participant">
          join as a participant
        </a>{" "}
        in another tab.
      </p>
    </Panel>
  );
}

/** The form of this page, filled in for the same room. */
function participantAddress({ eventId, roomId }: Room): string {
  return `/?${new URLSearchParams({ event: eventId, room: roomId, role: "participant" })}`;
}
