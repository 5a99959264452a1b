import type { Room } from "@eventuall/realtime";
import { useRoomView } from "@eventuall/realtime/react";
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { Avatar } from "../ui/Avatar";
import { Problem, useAction } from "../ui/action";
import { Icon } from "../ui/Icon";
import { timeOfDay } from "../ui/time";
import { useConversation } from "./conversation";
import type { Message } from "./messages";
import { ReactionBar } from "./ReactionBar";

interface Props {
  readonly room: Room;
  readonly conversationSid: string;
  /** Says whose conversation it is, as in "Room chat". */
  readonly label: string;
  /** Whether messages can be reacted to: only in the room's own chat. */
  readonly reactions?: boolean;
}

/** Messages, newest at the bottom, and a line to write one. */
export function ConversationView({ room, conversationSid, label, reactions = false }: Props) {
  const { messages, live, send } = useConversation(room, conversationSid);
  const action = useAction();
  const [text, setText] = useState("");
  const list = useRef<HTMLDivElement>(null);
  const newest = messages.at(-1)?.sid;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new message is the reason to scroll.
  useEffect(() => {
    if (list.current) list.current.scrollTop = list.current.scrollHeight;
  }, [newest]);

  // A panel that opens above takes room from this one: the end stays in sight.
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    const observer = new ResizeObserver(() => element.scrollTo({ top: element.scrollHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const body = text.trim();
    if (body && (await action.run(() => send(body)))) setText((now) => (now === text ? "" : now));
  };
  return (
    <div className="conversation" data-testid="conversation" data-sid={conversationSid} data-live={live}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <div className="messages" ref={list} role="log" aria-label={label} tabIndex={0} data-testid="messages">
        {live && messages.length === 0 ? <p className="empty">No messages yet.</p> : null}
        {live ? null : <p className="empty">Connecting…</p>}
        {messages.map((message) => (
          <MessageRow key={message.sid} room={room} message={message}>
            {reactions ? <ReactionBar room={room} message={message} /> : null}
          </MessageRow>
        ))}
      </div>
      <Problem error={action.error} testId="chat-error" />
      <form className="write" onSubmit={submit}>
        <input
          value={text}
          onChange={(event) => setText(event.target.value)}
          aria-label={`Write to ${label}`}
          placeholder="Write a message"
          maxLength={1000}
          autoComplete="off"
          data-testid="message-text"
        />
        <button
          type="submit"
          className="button button-main button-icon"
          disabled={action.busy || text.trim() === ""}
          aria-label="Send"
          data-testid="message-send"
        >
          <Icon name="send" />
        </button>
      </form>
    </div>
  );
}

function MessageRow({ room, message, children }: { room: Room; message: Message; children: ReactNode }) {
  const { author, body, sentAt } = message;
  const name = useRoomView(room, (view) => view.replica.state.participants?.[author]?.name) ?? author;
  return (
    <article className="message" data-testid="message" data-author={author}>
      <Avatar userId={author} name={name} />
      <div className="message-main">
        <p className="message-head">
          <b>{author === room.user.userId ? "You" : name}</b>{" "}
          <time className="hint" dateTime={new Date(sentAt).toISOString()}>
            {timeOfDay(sentAt)}
          </time>
        </p>
        <p className="message-body">{body}</p>
        {children}
      </div>
    </article>
  );
}
