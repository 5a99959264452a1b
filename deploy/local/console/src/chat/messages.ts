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

export type Change =
  | { readonly type: "history"; readonly messages: readonly Message[] }
  /** Added or updated: after a reconnect either may be told of a message that is there, or not. */
  | { readonly type: "written"; readonly message: Message }
  | { readonly type: "removed"; readonly sid: string };

/** A page that is open all day keeps this many; older ones are the vendor's to keep. */
export const MOST = 300;

/** The messages after a change, the newest `MOST` of them. What did not change keeps its identity. */
export function changed(known: readonly Message[], change: Change): readonly Message[] {
  if (change.type === "history") return change.messages.slice(-MOST);
  if (change.type === "removed") return known.filter((message) => message.sid !== change.sid);
  const { message } = change;
  const at = known.findIndex((one) => one.sid === message.sid);
  return at < 0 ? [...known.slice(1 - MOST), message] : known.with(at, message);
}

/** Reactions stand in a message's attributes, which anybody may have written. */
export function reactionsIn(attributes: unknown): Record<string, string[]> {
  const reactions = isObject(attributes) && isObject(attributes.reactions) ? attributes.reactions : {};
  return Object.fromEntries(
    Object.entries(reactions).flatMap(([emoji, users]) =>
      Array.isArray(users) && users.length > 0 ? [[emoji, users.map(String)]] : [],
    ),
  );
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
