import type { Api } from "./api.js";
import { fullJitter } from "./backoff.js";
import type { Environment } from "./environment.js";
import { Timers } from "./timers.js";

/** A vendor's token for this person in this room. */
export interface Token {
  readonly token: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

export interface LivekitToken extends Token {
  /** Where LiveKit's client connects to. */
  readonly url: string;
  readonly room: string;
}

export interface ChatToken extends Token {
  /** The room's Twilio conversation; absent or null until somebody opened the chat. */
  readonly conversationSid?: string | null;
}

export interface Tokens {
  readonly livekit: LivekitToken;
  readonly chat: ChatToken;
}

/** Never renew more often than this, whatever the two clocks say. */
const SHORTEST_MS = 30_000;
const RETRY_CAP_MS = 60_000;

/**
 * Renews each token in the last fifth of its life, at a random moment, so that a room that joined together does not
 * renew together. A renewal that fails is tried again until it succeeds. No token outlives its pass, so the pass is
 * renewed first; where that brings no longer life, as with a fixed pass, the last token stays.
 */
export class TokenKeeper {
  readonly #timers = new Timers<keyof Tokens>();
  #stopped = false;

  constructor(
    private readonly api: Api,
    private readonly env: Environment,
    private readonly renewed: (tokens: Partial<Tokens>) => void,
  ) {}

  keep(tokens: Tokens): void {
    this.#schedule("livekit", tokens.livekit);
    this.#schedule("chat", tokens.chat);
  }

  /** Ends it for good; a renewal that is under way changes nothing any more. */
  stop(): void {
    this.#stopped = true;
    this.#timers.clearAll();
  }

  #schedule<K extends keyof Tokens>(kind: K, token: Tokens[K]): void {
    const life = token.expiresAt - Date.now();
    const delay = Math.max(SHORTEST_MS, life * (0.8 + 0.1 * this.env.random()));
    this.#timers.set(kind, delay, () => this.#renew(kind, token, 0));
  }

  async #renew<K extends keyof Tokens>(kind: K, token: Tokens[K], attempt: number): Promise<void> {
    try {
      const answer = await this.api.request<Tokens[K]>("POST", `/${kind}-token`, undefined, { renew: true });
      if (this.#stopped) return;
      const fresh = { ...token, ...answer };
      this.renewed({ [kind]: fresh } as Partial<Tokens>);
      if (fresh.expiresAt > token.expiresAt) this.#schedule(kind, fresh);
    } catch {
      if (this.#stopped) return;
      const delay = 1_000 + fullJitter(attempt, this.env.random(), 2_000, RETRY_CAP_MS);
      this.#timers.set(kind, delay, () => this.#renew(kind, token, attempt + 1));
    }
  }
}
