/**
 * The stage queue as a shared document, for moderators. Needs `yjs`, `y-websocket` and `fractional-indexing`.
 *
 * @packageDocumentation
 */
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import { CLOSE_POLICIES } from "./generated/contracts.js";
import { QueueDocument, type QueueLists } from "./queue-document.js";
import type { Room } from "./room.js";
import { Store } from "./store.js";
import { protocols } from "./subprotocols.js";
import { Timers } from "./timers.js";

export type { List, QueueEntry, QueueLists } from "./queue-document.js";
export { QueueDocument } from "./queue-document.js";

/** Another moderator in the same queue, and whom they have picked up. */
export interface Colleague {
  readonly clientId: number;
  readonly userId: string;
  readonly name: string;
  readonly selected?: string;
}

export interface QueueView {
  readonly status: "connecting" | "connected" | "closed";
  /** Whether the document is the server's; before that the lists are not to be trusted. */
  readonly synced: boolean;
  /** Why the socket was closed for good. */
  readonly closed?: { readonly code: number; readonly reason: string };
  readonly lists: QueueLists;
  readonly colleagues: readonly Colleague[];
}

const WAIT_MS = { "long-back-off": 10_000, "back-off": 1_000, "reconnect-spread": 2_000 } as const;

/** Opens the room's queue. Others than moderators may look, but what they change is refused by the server. */
export async function openQueue(room: Room): Promise<Queue> {
  return new Queue(room, protocols("queue.v1", await room.pass()));
}

export class Queue {
  readonly document: QueueDocument;
  readonly #doc = new Y.Doc();
  readonly #provider: WebsocketProvider;
  readonly #timers = new Timers<"again">();
  #gone = false;
  readonly #store = new Store<QueueView>({
    status: "connecting",
    synced: false,
    lists: { pending: [], live: [] },
    colleagues: [],
  });

  constructor(
    private readonly room: Room,
    offered: string[],
  ) {
    const url = room.queueUrl.replace(/\/queue$/, "");
    // Tabs of one browser meet at the server only: what one may not write must not reach another past it.
    const options = {
      protocols: offered,
      disableBc: true,
      maxBackoffTime: 10_000,
      // All others are dealt with in #closed.
      shouldReconnect: ({ code }: { code: number }) => (CLOSE_POLICIES[code] ?? "back-off") === "back-off",
    };
    this.#provider = new WebsocketProvider(url, "queue", this.#doc, options);
    this.document = new QueueDocument(this.#doc);
    this.document.observe(() => this.#store.set({ lists: this.document.lists() }));
    this.#follow();
  }

  get(): QueueView {
    return this.#store.get();
  }

  subscribe(listener: () => void): () => void {
    return this.#store.subscribe(listener);
  }

  /** Shows the colleagues whom this moderator has picked up; undefined for nobody. */
  pick(userId: string | undefined): void {
    this.#provider.awareness.setLocalStateField("selected", userId ?? null);
  }

  close(): void {
    this.#gone = true;
    this.#timers.clearAll();
    this.#provider.destroy();
    this.#doc.destroy();
  }

  #follow(): void {
    const { awareness } = this.#provider;
    const { userId, name } = this.room.user;
    awareness.setLocalStateField("user", { userId, name });
    awareness.on("change", () => this.#store.set({ colleagues: this.#colleagues() }));
    this.#provider.on("sync", (synced) => this.#store.set({ synced }));
    this.#provider.on("status", ({ status }) =>
      this.#store.set({ status: status === "connected" ? "connected" : "connecting" }),
    );
    // Passes expire: the next attempt takes the one of that time.
    this.#provider.on("connection-close", () => void this.#offer(false));
    this.#provider.on("closed", (event) => this.#closed(event.code, event.reason));
  }

  /** The provider has given up; the table of close codes tells whether that was right. */
  #closed(code: number, reason: string): void {
    const policy = CLOSE_POLICIES[code] ?? "back-off";
    if (policy === "stop") return this.#store.set({ status: "closed", closed: { code, reason } });
    const wait = policy === "renew-pass" ? 0 : WAIT_MS[policy];
    this.#timers.set("again", wait * (1 + Math.random()), async () => {
      await this.#offer(policy === "renew-pass");
      // Closed meanwhile, it would come back to life.
      if (!this.#gone) this.#provider.connect();
    });
  }

  async #offer(renew: boolean): Promise<void> {
    try {
      this.#provider.protocols = protocols("queue.v1", await this.room.pass(renew));
    } catch {
      // The provider tries with the old pass, is refused, and this is asked again.
    }
  }

  #colleagues(): Colleague[] {
    const { awareness } = this.#provider;
    return [...awareness.getStates()].flatMap(([clientId, state]) => {
      const user = state.user as { userId?: string; name?: string } | undefined;
      if (clientId === awareness.clientID || !user?.userId) return [];
      const colleague = { clientId, userId: user.userId, name: user.name ?? user.userId };
      return [state.selected ? { ...colleague, selected: String(state.selected) } : colleague];
    });
  }
}
