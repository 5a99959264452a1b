import type { Room } from "@eventuall/realtime";
import { type Message, reactionsIn } from "./messages";
import { CLIENT, say } from "./say";
import { type ChatSource, type News, type OpenConversation, pauseMs } from "./source";

/** A message as Twilio's REST API writes it. */
export interface RawMessage {
  readonly sid: string;
  readonly author: string;
  readonly body: string | null;
  readonly date_created: string;
  /** A JSON document. */
  readonly attributes: string;
}

export function read({ sid, author, body, date_created, attributes }: RawMessage): Message {
  return {
    sid,
    author,
    body: body ?? "",
    sentAt: Date.parse(date_created),
    reactions: reactionsIn(parsed(attributes)),
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Chat through the local stand-in of Twilio: a stream of events with the vendor's names, which begins with the history. */
export class SandboxChat implements ChatSource {
  constructor(private readonly room: Room) {}

  open(conversationSid: string, told: (news: News) => void): OpenConversation {
    let source: EventSource | undefined;
    let retry: ReturnType<typeof setTimeout> | undefined;
    const connect = () => {
      // The token of this moment: the one of the last connection may have expired.
      const { token } = this.room.get().tokens.chat;
      source = new EventSource(`${CLIENT}/${conversationSid}/stream?token=${encodeURIComponent(token)}`);
      const on = (name: string, news: (data: never) => News) =>
        source?.addEventListener(name, (event) => told(news(JSON.parse(event.data) as never)));
      on("history", (data: { messages: RawMessage[] }) => ({ type: "history", messages: data.messages.map(read) }));
      on("onMessageAdded", (data: RawMessage) => ({ type: "written", message: read(data) }));
      on("onMessageUpdated", (data: RawMessage) => ({ type: "written", message: read(data) }));
      on("onMessageRemoved", (data: RawMessage) => ({ type: "removed", sid: data.sid }));
      source.onerror = () => {
        told({ type: "lost" });
        source?.close();
        retry = setTimeout(connect, pauseMs());
      };
    };
    connect();
    return {
      send: (body) => say(this.room, conversationSid, body),
      close: () => {
        source?.close();
        clearTimeout(retry);
      },
    };
  }
}
