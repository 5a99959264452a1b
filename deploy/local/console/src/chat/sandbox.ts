/** A chat message as far as it is shown. */
export interface Message {
  readonly sid: string;
  readonly author: string;
  readonly body: string;
  /** Epoch milliseconds. */
  readonly sentAt: number;
  /** Who reacted, by emoji. */
  readonly reactions: Readonly<Record<string, readonly string[]>>;
}

/**
 * The local stand-in of Twilio, spoken to as Twilio's own REST interface. Its keys come from the local stack and open
 * nothing else; with Twilio itself a browser uses Twilio's package and its chat token.
 */
export interface Sandbox {
  /** The newest messages, oldest first. */
  messages(conversationSid: string): Promise<Message[]>;
  send(conversationSid: string, author: string, body: string): Promise<void>;
}

export interface Access {
  readonly baseUrl: string;
  readonly serviceSid: string;
  readonly apiKeySid: string;
  readonly apiKeySecret: string;
}

const SHOWN = 50;
let opened: Promise<Sandbox> | undefined;

/** The stack's sandbox; its keys are asked for once. */
export function sandbox(): Promise<Sandbox> {
  opened ??= open().catch((failure) => {
    opened = undefined;
    throw failure;
  });
  return opened;
}

async function open(): Promise<Sandbox> {
  const response = await fetch("/dev/info");
  if (!response.ok) throw new Error("Chat is shown only in the local stack.");
  const { twilio } = (await response.json()) as { twilio: Access };
  if (!new URL(twilio.baseUrl).pathname.startsWith("/sandbox/")) {
    throw new Error("This stack uses Twilio itself: read the chat with a Twilio client.");
  }
  return sandboxAt(twilio);
}

/** Its own origin, whatever name the page was opened by. */
export function sandboxAt({ baseUrl, serviceSid, apiKeySid, apiKeySecret }: Access): Sandbox {
  const headers = { Authorization: `Basic ${btoa(`${apiKeySid}:${apiKeySecret}`)}` };
  const base = new URL(baseUrl).pathname;
  const address = (sid: string) => `${base}/v1/Services/${serviceSid}/Conversations/${sid}/Messages`;
  const ask = async (url: string, init?: RequestInit) => {
    const response = await fetch(url, { ...init, headers, signal: AbortSignal.timeout(10_000) });
    if (!response.ok) throw new Error(`The stand-in of Twilio answered ${response.status}.`);
    return response.json();
  };
  return {
    async messages(sid) {
      const { messages } = (await ask(`${address(sid)}?Order=desc&PageSize=${SHOWN}`)) as { messages: RawMessage[] };
      return messages.map(toMessage).reverse();
    },
    async send(sid, author, body) {
      await ask(address(sid), { method: "POST", body: new URLSearchParams({ Author: author, Body: body }) });
    },
  };
}

interface RawMessage {
  readonly sid: string;
  readonly author: string;
  readonly body: string | null;
  readonly date_created: string;
  readonly attributes: string;
}

function toMessage({ sid, author, body, date_created, attributes }: RawMessage): Message {
  return { sid, author, body: body ?? "", sentAt: Date.parse(date_created), reactions: reactionsIn(attributes) };
}

/** Reactions stand in the message's attributes, a JSON document that anybody may have written. */
export function reactionsIn(attributes: string): Record<string, string[]> {
  try {
    const { reactions = {} } = JSON.parse(attributes) as { reactions?: Record<string, unknown> };
    return Object.fromEntries(
      Object.entries(reactions).flatMap(([emoji, users]) =>
        Array.isArray(users) && users.length > 0 ? [[emoji, users.map(String)]] : [],
      ),
    );
  } catch {
    return {};
  }
}
