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

/** A message as Twilio writes it. */
export interface RawMessage {
  readonly sid: string;
  readonly author: string;
  readonly body: string | null;
  readonly date_created: string;
  readonly attributes: string;
}

/** What the stream says, with the vendor's names of events. */
export type Change =
  | { readonly type: "history"; readonly messages: readonly RawMessage[] }
  | { readonly type: "onMessageAdded" | "onMessageUpdated" | "onMessageRemoved"; readonly message: RawMessage };

/** The messages after a change. What did not change keeps its identity. */
export function changed(known: readonly Message[], change: Change): readonly Message[] {
  if (change.type === "history") return change.messages.map(read);
  const { sid } = change.message;
  if (change.type === "onMessageRemoved") return known.filter((message) => message.sid !== sid);
  const message = read(change.message);
  // Added and updated are one: after a reconnect either may be told of a message that is there, or not.
  const at = known.findIndex((one) => one.sid === sid);
  return at < 0 ? [...known, message] : known.with(at, message);
}

function read({ sid, author, body, date_created, attributes }: RawMessage): Message {
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
