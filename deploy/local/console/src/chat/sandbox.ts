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

/** A message of the stream, with the vendor's name for what happened. */
interface Told {
  readonly type: string;
  readonly data: RawMessage & { readonly messages: RawMessage[] };
}

function news({ type, data }: Told): News | undefined {
  switch (type) {
    case "history":
      return { type: "history", messages: data.messages.map(read) };
    case "onMessageAdded":
    case "onMessageUpdated":
      return { type: "written", message: read(data) };
    case "onMessageRemoved":
      return { type: "removed", sid: data.sid };
    default:
      return undefined;
  }
}

/** Chat through the local stand-in of Twilio: a socket that tells of what happens, and begins with the history. */
export class SandboxChat implements ChatSource {
  constructor(private readonly room: Room) {}

  open(conversationSid: string, told: (news: News) => void): OpenConversation {
    let socket: WebSocket | undefined;
    let retry: ReturnType<typeof setTimeout> | undefined;
    const connect = () => {
      // The token of this moment: the one of the last connection may have expired.
      const { token } = this.room.get().tokens.chat;
      const url = new URL(`${CLIENT}/${conversationSid}/stream?token=${encodeURIComponent(token)}`, location.href);
      url.protocol = url.protocol.replace("http", "ws");
      socket = new WebSocket(url);
      socket.onmessage = ({ data }) => {
        const one = news(JSON.parse(data));
        if (one) told(one);
      };
      socket.onclose = () => {
        told({ type: "lost" });
        retry = setTimeout(connect, pauseMs());
      };
    };
    connect();
    return {
      send: (body) => say(this.room, conversationSid, body),
      close: () => {
        clearTimeout(retry);
        if (!socket) return;
        socket.onmessage = null;
        socket.onclose = null;
        socket.close();
      },
    };
  }
}
