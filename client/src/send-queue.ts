import type { ClientMessage } from "./generated/contracts.js";

/**
 * What waits for a socket that can take it. It holds one message of each type, the latest: only the last heartbeat
 * counts, and one resync is enough. So it is bounded by construction, however long the network is away.
 */
export class SendQueue {
  readonly #waiting = new Map<ClientMessage["type"], ClientMessage>();

  push(message: ClientMessage): void {
    this.#waiting.delete(message.type);
    this.#waiting.set(message.type, message);
  }

  /** Takes everything out, oldest first. */
  drain(): ClientMessage[] {
    const messages = [...this.#waiting.values()];
    this.#waiting.clear();
    return messages;
  }
}
