import type { Room } from "@eventuall/realtime";
import { useCallback, useEffect, useState } from "react";
import { type Change, changed, type Message } from "./messages";
import { CLIENT, say } from "./say";

const CHANGES = ["onMessageAdded", "onMessageUpdated", "onMessageRemoved"] as const;

export interface Conversation {
  readonly messages: readonly Message[];
  /** Whether changes arrive; after a pause the whole conversation comes again. */
  readonly live: boolean;
  readonly send: (body: string) => Promise<void>;
}

/** A conversation that the person is in, as it changes. */
export function useConversation(room: Room, conversationSid: string): Conversation {
  const [messages, setMessages] = useState<readonly Message[]>([]);
  const [live, setLive] = useState(false);

  useEffect(() => {
    let source: EventSource | undefined;
    let retry: ReturnType<typeof setTimeout> | undefined;
    const apply = (change: Change) => setMessages((known) => changed(known, change));
    const open = () => {
      // The token of this moment: the one of the last connection may have expired.
      const { token } = room.get().tokens.chat;
      source = new EventSource(`${CLIENT}/${conversationSid}/stream?token=${encodeURIComponent(token)}`);
      source.addEventListener("history", (event) => {
        setLive(true);
        apply({ type: "history", messages: JSON.parse(event.data).messages });
      });
      for (const type of CHANGES) {
        source.addEventListener(type, (event) => apply({ type, message: JSON.parse(event.data) }));
      }
      source.onerror = () => {
        setLive(false);
        source?.close();
        retry = setTimeout(open, 1_000 + Math.random() * 2_000);
      };
    };
    open();
    return () => {
      source?.close();
      clearTimeout(retry);
    };
  }, [room, conversationSid]);

  const send = useCallback((body: string) => say(room, conversationSid, body), [room, conversationSid]);
  return { messages, live, send };
}
