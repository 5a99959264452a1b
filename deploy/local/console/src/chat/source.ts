import type { Change } from "./messages";

/** What a conversation tells: what changed, and whether changes arrive. `history` means that they do from now on. */
export type News = Change | { readonly type: "lost" };

/** A conversation that is followed until it is closed. */
export interface OpenConversation {
  readonly send: (body: string) => Promise<void>;
  readonly close: () => void;
}

/** Where conversations are read and written. Losses are mended by themselves. */
export interface ChatSource {
  open(conversationSid: string, told: (news: News) => void): OpenConversation;
}

/** When to try again after a loss. */
export const pauseMs = () => 1_000 + Math.random() * 2_000;
