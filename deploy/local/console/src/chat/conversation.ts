import { useCallback, useEffect, useRef, useState } from "react";
import { type Message, sandbox } from "./sandbox";

const POLL_MS = 1_000;

export interface Conversation {
  readonly messages: readonly Message[];
  readonly error: unknown;
  readonly send: (author: string, body: string) => Promise<void>;
  readonly refresh: () => Promise<void>;
}

/** A conversation at the sandbox, asked again every second while the page is seen. */
export function useConversation(conversationSid: string): Conversation {
  const [messages, setMessages] = useState<readonly Message[]>([]);
  const [error, setError] = useState<unknown>();
  const asking = useRef(false);

  const refresh = useCallback(async () => {
    if (asking.current) return;
    asking.current = true;
    try {
      const newest = await (await sandbox()).messages(conversationSid);
      setMessages((known) => merged(known, newest));
      setError(undefined);
    } catch (failure) {
      setError(failure);
    } finally {
      asking.current = false;
    }
  }, [conversationSid]);

  useEffect(() => {
    void refresh();
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") void refresh();
    }, POLL_MS);
    return () => clearInterval(timer);
  }, [refresh]);

  const send = useCallback(
    async (author: string, body: string) => {
      await (await sandbox()).send(conversationSid, author, body);
      await refresh();
    },
    [conversationSid, refresh],
  );
  return { messages, error, send, refresh };
}

/** What did not change keeps its identity, so that nothing is drawn again every second. */
export function merged(known: readonly Message[], newest: readonly Message[]): readonly Message[] {
  const before = new Map(known.map((message) => [message.sid, message]));
  const result = newest.map((message) => {
    const same = before.get(message.sid);
    return same && JSON.stringify(same) === JSON.stringify(message) ? same : message;
  });
  const changed = result.length !== known.length || result.some((message, index) => message !== known[index]);
  return changed ? result : known;
}
