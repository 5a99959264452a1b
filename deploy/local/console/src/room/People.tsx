import type { Room } from "@eventuall/realtime";
import { useRoomView } from "@eventuall/realtime/react";
import { useEffect, useMemo, useRef, useState } from "react";
import { Avatar } from "../ui/Avatar";
import { Panel } from "../ui/Panel";
import { duration, useNow } from "../ui/time";
import { counted, news, type Person, sortedPeople } from "./people";

const SHOWN_FIRST = 40;

export function People({ room }: { room: Room }) {
  const state = useRoomView(room, (view) => view.replica.state);
  const people = useMemo(() => sortedPeople(state), [state]);
  const { online, away, offline } = counted(state);
  const now = useNow(10_000);
  const total = online + away + offline;
  const [all, setAll] = useState(false);
  const shown = all ? people : people.slice(0, SHOWN_FIRST);

  return (
    <Panel
      title="People"
      testId="people"
      className="people"
      aside={
        <span className="counts" data-testid="counts">
          <b>{online}</b> online · <b>{away}</b> away
        </span>
      }
    >
      {people.length === 0 ? (
        <p className="empty">The list comes with the connection…</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        <ul className="people-list" data-testid="participants" aria-label="People in this room" tabIndex={0}>
          {shown.map((person) => (
            <PersonRow key={person.userId} person={person} me={person.userId === room.user.userId} now={now} />
          ))}
        </ul>
      )}
      {people.length > shown.length ? (
        <button type="button" className="button button-small" onClick={() => setAll(true)} data-testid="show-all">
          Show all {people.length}
        </button>
      ) : null}
      {total > people.length ? <p className="hint">and {total - people.length} more in this large room</p> : null}
      <News people={state.participants} />
    </Panel>
  );
}

function PersonRow({ person, me, now }: { person: Person; me: boolean; now: number }) {
  const { userId, name, role, status, since, onStage } = person;
  return (
    <li
      className={`person person-${status}`}
      data-testid="participant"
      data-user={userId}
      data-name={name}
      data-status={status}
      data-role={role}
    >
      <Avatar userId={userId} name={name} />
      <span className="person-who">
        <span className="person-name">
          <span className="person-title">{name}</span>
          {me ? <span className="tag">you</span> : null}
        </span>
        <span className="person-what">
          {role === "moderator" ? "Moderator" : onStage ? "On stage" : "Participant"}
          {role === "moderator" && onStage ? " · on stage" : ""}
        </span>
      </span>
      <span className="person-status">
        <span>
          <span className={`dot dot-${status}`} aria-hidden="true" />{" "}
          <span data-testid="participant-status">{status}</span>
        </span>
        <span>{duration(now - since)}</span>
      </span>
    </li>
  );
}

/** Says changes of the list to screen readers; the first list is no news. */
function News({ people }: { people: Parameters<typeof news>[0] | undefined }) {
  const before = useRef(people);
  const [text, setText] = useState("");
  useEffect(() => {
    const told = before.current && people ? news(before.current, people) : "";
    before.current = people;
    if (told) setText(told);
  }, [people]);
  return (
    <p className="sr-only" role="status" data-testid="news">
      {text}
    </p>
  );
}
