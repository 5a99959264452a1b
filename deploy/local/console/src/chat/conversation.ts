import type { Room } from "@eventuall/realtime";
import { useCallback, useEffect, useRef, useState } from "react";
import { useVendors } from "../vendors/vendors";
import { changed, type Message } from "./messages";
import { SandboxChat } from "./sandbox";
import type { ChatSource, OpenConversation } from "./source";
import { TwilioChat } from "./twilio";

export interface Conversation {
  readonly messages: readonly Message[];
  /** Whether changes arrive; after a pause the history comes again. */
  readonly live: boolean;
  readonly send: (body: string) => Promise<void>;
}

const sources = new WeakMap<Room, ChatSource>();

/** One for all conversations of a person in a room: Twilio's package keeps one connection for them. */
function chatSource(room: Room, real: boolean): ChatSource {
  let source = sources.get(room);
  if (!source) {
    source = real ? new TwilioChat(room) : new SandboxChat(room);
    sources.set(room, source);
  }
  return source;
}

/** A conversation that the person is in, as it changes. */
export function useConversation(room: Room, conversationSid: string): Conversation {
  const { twilio } = useVendors();
  const [messages, setMessages] = useState<readonly Message[]>([]);
  const [live, setLive] = useState(false);
  const conversation = useRef<OpenConversation | undefined>(undefined);

  useEffect(() => {
    const opened = chatSource(room, twilio).open(conversationSid, (news) => {
      if (news.type === "lost") return setLive(false);
      if (news.type === "history") setLive(true);
      setMessages((known) => changed(known, news));
    });
    conversation.current = opened;
    return () => opened.close();
  }, [room, twilio, conversationSid]);

  const send = useCallback(
    (body: string) => conversation.current?.send(body) ?? Promise.reject(new Error("The conversation is closed.")),
    [],
  );
  return { messages, live, send };
}
