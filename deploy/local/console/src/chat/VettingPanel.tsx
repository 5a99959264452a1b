import { RealtimeError, type Room } from "@eventuall/realtime";
import { useRoomView } from "@eventuall/realtime/react";
import { useEffect, useState } from "react";
import { placeOf } from "../stage/stage";
import { Problem, useAction } from "../ui/action";
import { Panel } from "../ui/Panel";
import { ConversationView } from "./ConversationView";

interface OpenVetting {
  readonly userId: string;
}

/** The private talk before somebody comes on stage: moderators choose whom to talk to, others see their own. */
export function VettingPanel({ room }: { room: Room }) {
  return room.moderates ? <ModeratorVetting room={room} /> : <OwnVetting room={room} />;
}

function ModeratorVetting({ room }: { room: Room }) {
  const participants = useRoomView(room, (view) => view.replica.state.participants);
  const { found: open = [], error } = useAnswer<OpenVetting[]>(room, "/vetting");
  const [chosen, setChosen] = useState<{ userId: string; conversationSid: string }>();
  const action = useAction();
  const name = (userId: string) => participants?.[userId]?.name ?? userId;
  const talk = (userId: string) =>
    action.run(async () => {
      const path = `/vetting/${encodeURIComponent(userId)}/open`;
      const { conversationSid } = await room.request<{ conversationSid: string }>("POST", path);
      setChosen({ userId, conversationSid });
    });
  const current = open.some((one) => one.userId === chosen?.userId) ? chosen : undefined;
  return (
    <Panel title="Vetting" testId="vetting" className="vetting">
      {open.length === 0 && !error ? (
        <p className="empty">Nobody waits for a talk. Who raises a hand appears here.</p>
      ) : null}
      <ul className="chips" aria-label="People being vetted">
        {open.map(({ userId }) => (
          <li key={userId}>
            <button
              type="button"
              className="button button-small"
              aria-pressed={userId === current?.userId}
              disabled={action.busy}
              onClick={() => talk(userId)}
              data-testid="vetting-open"
              data-user={userId}
            >
              {name(userId)}
            </button>
          </li>
        ))}
      </ul>
      <Problem error={action.error ?? error} testId="vetting-error" />
      {current ? (
        <ConversationView
          key={current.conversationSid}
          room={room}
          conversationSid={current.conversationSid}
          label={`Vetting of ${name(current.userId)}`}
        />
      ) : null}
    </Panel>
  );
}

function OwnVetting({ room }: { room: Room }) {
  const waits = useRoomView(room, (view) => placeOf(room.user.userId, view.replica.state).at === "queue");
  return waits ? <OwnConversation room={room} /> : null;
}

function OwnConversation({ room }: { room: Room }) {
  const { found, error } = useAnswer<{ conversationSid: string }>(room, "/vetting/me");
  return (
    <Panel title="Talk to the moderators" testId="vetting" className="vetting">
      {found ? <ConversationView room={room} conversationSid={found.conversationSid} label="Vetting" /> : null}
      {found || error !== undefined ? null : <p className="empty">A private conversation is being opened.</p>}
      <Problem error={error} testId="vetting-error" />
    </Panel>
  );
}

const POLL_MS = 2_000;

/**
 * An answer that follows the queue, a moment later each time. "Not found" is no error but not yet there; where there is no
 * answer, the last one holds: a lost network must not close a conversation.
 */
function useAnswer<T>(room: Room, path: string): { found?: T; error?: unknown } {
  const [answer, setAnswer] = useState<{ found?: T; error?: unknown }>({});
  useEffect(() => {
    let gone = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    // One after the other: where answers are slow, an older one must not replace a newer.
    const ask = async () => {
      const next = await room.request<T>("GET", path).then(
        (found) => () => ({ found }),
        (error) => (known: { found?: T }) => (notThereYet(error) ? {} : known.found ? known : { error }),
      );
      if (gone) return;
      setAnswer(next);
      timer = setTimeout(ask, POLL_MS);
    };
    void ask();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [room, path]);
  return answer;
}

const notThereYet = (error: unknown) => error instanceof RealtimeError && error.code === "not-found";
