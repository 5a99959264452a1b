import { Api, type Json, type PassSource } from "./api.js";
import { type Environment, environment } from "./environment.js";
import { INITIAL_PRESENCE, Presence, type PresenceView } from "./presence.js";
import { Store } from "./store.js";
import { TokenKeeper, type Tokens } from "./tokens.js";

export interface JoinOptions {
  readonly eventId: string;
  readonly roomId: string;
  readonly pass: PassSource;
  /** The gateway's origin, as in `https://live.example.com`; the page's own where it is left out. */
  readonly baseUrl?: string;
  /** Stops the join, and leaves the room if it is joined. */
  readonly signal?: AbortSignal;
  /** Replaces parts of the world outside, such as the WebSocket where there is none built in. */
  readonly environment?: Partial<Environment>;
}

/** What a room shows of itself. Every part that did not change keeps its identity. */
export interface RoomView extends PresenceView {
  readonly tokens: Tokens;
}

interface JoinAnswer extends Tokens {
  readonly presence: { readonly url: string };
  readonly queue: { readonly url: string };
  readonly role: "participant" | "moderator" | "service";
  readonly user: { readonly userId: string; readonly name: string };
}

/** A joined room. Its view follows the room until `leave()`. */
export class Room {
  readonly user: JoinAnswer["user"];
  readonly role: JoinAnswer["role"];
  /** Where the stage queue's document is, for the `queue` entry point. */
  readonly queueUrl: string;
  readonly #store: Store<RoomView>;
  readonly #presence: Presence;
  readonly #keeper: TokenKeeper;

  constructor(
    readonly eventId: string,
    readonly roomId: string,
    private readonly api: Api,
    env: Environment,
    answer: JoinAnswer,
  ) {
    const { livekit, chat, presence, queue, role, user } = answer;
    const store = new Store<RoomView>({ ...INITIAL_PRESENCE, tokens: { livekit, chat } });
    this.#store = store;
    this.user = user;
    this.role = role;
    this.queueUrl = socketUrl(queue.url, api.room);
    this.#presence = new Presence(socketUrl(presence.url, api.room), api, store, env);
    this.#keeper = new TokenKeeper(api, env, (fresh) => store.set({ tokens: { ...store.get().tokens, ...fresh } }));
    this.#keeper.keep(answer);
    this.#presence.connect();
  }

  /** The room as it is now. */
  get(): RoomView {
    return this.#store.get();
  }

  /** Runs `listener` after every change of the view, until the returned function is called. */
  subscribe(listener: () => void): () => void {
    return this.#store.subscribe(listener);
  }

  /** Runs `listener` with the selected part, now and whenever it differs from the one before. */
  select<S>(selector: (view: RoomView) => S, listener: (selected: S) => void, equal?: (a: S, b: S) => boolean) {
    return this.#store.select(selector, listener, equal);
  }

  /** Whether this person may edit the queue, pin, record and vet. */
  get moderates(): boolean {
    return this.role !== "participant";
  }

  /** Connects again after the connection was closed for good, or now instead of later. */
  reconnect(): void {
    this.#presence.connect();
  }

  /** Asks for the whole state once more. */
  resync(): void {
    this.#presence.resync();
  }

  /** What the others see while this page is visible; a page that is hidden for long shows as away by itself. */
  setStatus(status: "online" | "away"): void {
    this.#presence.setStatus(status);
  }

  /** The pass, for connections that are made elsewhere. */
  pass(renew = false): Promise<string> {
    return this.api.pass(renew);
  }

  /**
   * Sends a request to the room's REST interface, as in `room.request("POST", "/queue/requests")`.
   *
   * @throws RealtimeError for every other answer than 2xx, and for none within 10 s
   */
  request<T = Json>(method: string, path: string, body?: Json): Promise<T> {
    return this.api.request<T>(method, path, body);
  }

  /** Leaves; the others see it at once. Tokens are no longer renewed. */
  leave(): void {
    this.#keeper.stop();
    this.#presence.leave();
  }
}

/**
 * Joins a room: gets the tokens and addresses, and connects. The room's state arrives after that; watch
 * `room.get().connection`.
 *
 * @throws RealtimeError when the join is refused or does not answer; `retryable` tells whether to try again
 */
export async function joinRoom(options: JoinOptions): Promise<Room> {
  const { eventId, roomId, signal, baseUrl = location.origin } = options;
  const env = environment(options.environment);
  const path = `/v1/events/${encodeURIComponent(eventId)}/rooms/${encodeURIComponent(roomId)}`;
  const api = new Api(new URL(path, baseUrl).href, options.pass, env);
  const answer = await api.request<JoinAnswer>("POST", "/join", undefined, { signal });
  signal?.throwIfAborted();
  const room = new Room(eventId, roomId, api, env, answer);
  signal?.addEventListener("abort", () => room.leave(), { once: true });
  return room;
}

/** Addresses may be relative to the gateway, and may name the HTTP scheme. */
function socketUrl(url: string, base: string): string {
  const absolute = new URL(url, base);
  absolute.protocol = absolute.protocol.replace("http", "ws");
  return absolute.href;
}
