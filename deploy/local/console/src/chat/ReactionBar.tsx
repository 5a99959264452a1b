import type { Room } from "@eventuall/realtime";
import { useState } from "react";
import { useAction } from "../ui/action";
import type { Message } from "./messages";

const OFFERED: Readonly<Record<string, string>> = {
  "👍": "thumbs up",
  "❤️": "heart",
  "😂": "laughing",
  "👏": "applause",
};

interface Props {
  readonly room: Room;
  readonly message: Message;
}

/** The reactions of a message, and those one can add. The service toggles; the message shows it a moment later. */
export function ReactionBar({ room, message }: Props) {
  const action = useAction();
  const [current, setCurrent] = useState<{ over: Message; reactions: Message["reactions"] }>();
  // What the service answered is newer than the message, until the message changes.
  const reactions = current?.over === message ? current.reactions : message.reactions;
  const toggle = (emoji: string) =>
    action.run(async () => {
      const path = `/chat/messages/${message.sid}/reactions`;
      await room.request("POST", path, { emoji });
      const now = await room.request<{ reactions: Record<string, string[]> }>("GET", path);
      setCurrent({ over: message, reactions: now.reactions });
    });
  const present = Object.keys(reactions);
  const offered = Object.keys(OFFERED).filter((emoji) => !present.includes(emoji));
  const button = (emoji: string) => {
    const users = reactions[emoji] ?? [];
    return (
      <li key={emoji}>
        <button
          type="button"
          className="reaction"
          aria-pressed={users.includes(room.user.userId)}
          title={OFFERED[emoji]}
          disabled={action.busy}
          onClick={() => toggle(emoji)}
          data-testid="reaction"
          data-emoji={emoji}
          data-count={users.length}
        >
          {emoji}
          {users.length > 0 ? <span>{users.length}</span> : null}
        </button>
      </li>
    );
  };
  return (
    <>
      {present.length > 0 ? (
        <ul className="reactions" aria-label="Reactions">
          {present.map(button)}
        </ul>
      ) : null}
      <ul className="reactions reactions-offered" aria-label="React">
        {offered.map(button)}
      </ul>
    </>
  );
}
