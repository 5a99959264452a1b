import type { Api, RealtimeError } from "./api.js";
import { fullJitter } from "./backoff.js";
import type { Environment, PageEvent, Socket } from "./environment.js";
import {
  CLOSE_POLICIES,
  type ClientMessage,
  type ClosePolicy,
  type PresenceError,
  type PresencePatch,
  type PresenceSnapshot,
  type ServerMessage,
} from "./generated/contracts.js";
import { Inbox } from "./inbox.js";
import { applyPatch, applySnapshot, EMPTY_REPLICA, type Replica } from "./replica.js";
import { SendQueue } from "./send-queue.js";
import type { Store } from "./store.js";
import { protocols } from "./subprotocols.js";
import { Timers } from "./timers.js";

/** How the presence socket is doing. `closed` is final until `reconnect()` is called. */
export interface Connection {
  readonly status: "connecting" | "online" | "reconnecting" | "closed";
  /** The server's name for this connection, for support. */
  readonly id?: string;
  /** Why the socket closed last: its close code and reason. 4000 means that this side ended it. */
  readonly closed?: { readonly code: number; readonly reason: string };
  /** When the next try begins, in epoch milliseconds; only while waiting for it. */
  readonly retryAt?: number;
  /** The last message of type `error`. */
  readonly error?: PresenceError;
}

/** What the connection has cost so far. */
export interface Traffic {
  readonly connects: number;
  readonly snapshots: number;
  readonly patches: number;
  /** Messages that were already known, and were ignored. */
  readonly stale: number;
  readonly resyncs: number;
  /** The size of all messages, and of the last snapshot or patch: bytes if compressed, else UTF-16 units. */
  readonly received: number;
  readonly lastChange: number;
}

export interface PresenceView {
  readonly connection: Connection;
  readonly replica: Replica;
  readonly traffic: Traffic;
}

export const INITIAL_PRESENCE: PresenceView = {
  connection: { status: "connecting" },
  replica: EMPTY_REPLICA,
  traffic: { connects: 0, snapshots: 0, patches: 0, stale: 0, resyncs: 0, received: 0, lastChange: 0 },
};

const PROTOCOL = "presence.v1";
const OPEN = 1;
const HANDSHAKE_MS = 10_000;
const STABLE_MS = 10_000;
const ANSWER_MS = 5_000;
const SPREAD_MS = 2_000;
const LONG_BACK_OFF_MS = 10_000;
const MAX_BUFFERED = 64 * 1024;
/** How long a page may be hidden before its socket is doubted: laptops sleep and phones freeze without a close. */
const DOUBT_AFTER_MS = 30_000;
/** After so long without a heartbeat the server shows a person as away; a new socket is not to show them as back. */
const AWAY_AFTER_MS = 90_000;
/** This side's own close code, outside the servers' table: the others see a short absence, not a leave. */
const MOVING = 4000;

type TimerName = "handshake" | "stable" | "retry" | "heartbeat" | "answer" | "drain";

/**
 * Keeps one presence socket to a room: connects, resumes where it was, repairs gaps, and reconnects by the policy of
 * each close code. It never throws; how it is doing is in the store.
 */
export class Presence {
  readonly #timers = new Timers<TimerName>();
  readonly #queue = new SendQueue();
  #socket: Socket | undefined;
  /** The socket before this one, kept until its successor speaks, so that the person is never absent meanwhile. */
  #former: Socket | undefined;
  /** Grows with every new try and every stop: what belongs to an older turn is ignored. */
  #turn = 0;
  #attempt = 0;
  #greeted = false;
  /** A snapshot was asked for: it counts even if it is older. */
  #asked = false;
  /** The server asked to wait: neither the network's nor the user's return shortens that. */
  #patient = false;
  #spreadMs = SPREAD_MS;
  #heartbeatMs = 30_000;
  #status: "online" | "away" = "online";
  #hiddenAt = 0;
  #unsubscribe: (() => void) | undefined;

  constructor(
    private readonly url: string,
    private readonly api: Api,
    private readonly store: Pick<Store<PresenceView>, "get" | "set">,
    private readonly env: Environment,
  ) {}

  /** Connects now: for the first time, after a final close, or instead of waiting longer. */
  connect(): void {
    this.#unsubscribe ??= this.env.page.subscribe((event) => this.#page(event));
    this.#attempt = 0;
    void this.#connect();
  }

  /** Leaves the room for good; the others see it at once. */
  leave(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#goodbye();
  }

  /** What the others see while the page is visible. */
  setStatus(status: "online" | "away"): void {
    this.#status = status;
    if (this.#greeted) this.#heartbeat();
  }

  /** Asks for the state again; the answer also proves that the socket is alive. */
  resync(): void {
    if (this.#asked || !this.#greeted) return;
    this.#asked = true;
    this.#count({ resyncs: 1 });
    this.#send({ type: "resync" });
    const turn = this.#turn;
    this.#timers.set("answer", ANSWER_MS, () => this.#ended(turn, MOVING, "no answer"));
  }

  async #connect(renew = false): Promise<void> {
    const turn = ++this.#turn;
    this.#timers.clearAll();
    this.#queue.drain();
    if (this.#socket) {
      this.#former?.close(MOVING);
      this.#former = this.#socket;
      this.#socket = undefined;
    }
    this.#greeted = this.#asked = this.#patient = false;
    this.#show({ status: this.#trying });
    let pass: string;
    try {
      pass = await this.api.pass(renew);
    } catch {
      if (turn === this.#turn) this.#retry(this.#backOff());
      return;
    }
    if (turn !== this.#turn) return;
    this.#timers.set("handshake", HANDSHAKE_MS, () => this.#ended(turn, MOVING, "no hello in time"));
    const socket = new this.env.WebSocket(this.#address(), protocols(PROTOCOL, pass));
    this.#socket = socket;
    socket.binaryType = "arraybuffer";
    const inbox = new Inbox(
      this.env.gunzip,
      (text, size) => turn === this.#turn && this.#receive(text, size),
      () => turn === this.#turn && this.resync(),
    );
    socket.onmessage = (event) => inbox.take(event.data);
    socket.onclose = (event) => this.#ended(turn, event.code, event.reason);
    socket.onerror = () => {}; // A close follows, and says more.
  }

  get #trying(): "connecting" | "reconnecting" {
    return this.store.get().traffic.connects === 0 ? "connecting" : "reconnecting";
  }

  #address(): string {
    const url = new URL(this.url);
    if (this.env.gunzip) url.searchParams.set("encoding", "gzip");
    if (this.#isAway) url.searchParams.set("status", "away");
    const { epoch, version, lite } = this.store.get().replica;
    if (epoch !== undefined && !lite) {
      url.searchParams.set("epoch", epoch);
      url.searchParams.set("version", String(version));
    }
    return url.href;
  }

  get #isAway(): boolean {
    const unseen = !this.env.page.visible && this.#hiddenAt > 0 && Date.now() - this.#hiddenAt > AWAY_AFTER_MS;
    return this.#status === "away" || unseen;
  }

  #receive(data: string, size: number): void {
    const message = parse(data);
    this.#count({ received: size });
    switch (message?.type) {
      case "hello":
        return this.#hello(message.connectionId, message.heartbeatMs);
      case "snapshot":
      case "patch":
        return this.#change(message, size);
      case "drain":
        this.#spreadMs = message.afterMs;
        return this.#timers.set("drain", this.env.random() * message.afterMs, () => this.#connect());
      case "error":
        return this.#show({ ...this.store.get().connection, error: message });
      // What else there may be one day is not for this version.
    }
  }

  #hello(id: string, heartbeatMs: number): void {
    this.#greeted = true;
    this.#heartbeatMs = heartbeatMs;
    this.#former?.close(MOVING);
    this.#former = undefined;
    this.#timers.clear("handshake");
    this.#timers.set("stable", STABLE_MS, () => {
      this.#attempt = 0;
      this.#spreadMs = SPREAD_MS;
    });
    this.#count({ connects: 1 });
    this.#show({ status: "online", id });
    this.#heartbeat();
    this.#flush();
  }

  #change(message: PresenceSnapshot | PresencePatch, size: number): void {
    const { replica } = this.store.get();
    const applied =
      message.type === "snapshot" ? applySnapshot(replica, message, this.#asked) : applyPatch(replica, message);
    if (applied === "gap") return this.resync();
    if (applied === "stale") return this.#count({ stale: 1 });
    this.#asked = false;
    this.#timers.clear("answer");
    const counted = message.type === "snapshot" ? { snapshots: 1 } : { patches: 1 };
    this.store.set({ replica: applied, traffic: { ...this.#added(counted), lastChange: size } });
  }

  /** The socket of this turn is gone, or is given up. */
  #ended(turn: number, code: number, reason: string): void {
    if (turn !== this.#turn) return;
    this.#turn++;
    this.#socket?.close(MOVING);
    this.#socket = undefined;
    this.#timers.clearAll();
    const greeted = this.#greeted;
    this.#greeted = false;
    this.#show({ status: this.#trying, closed: { code, reason } });
    // A refused upgrade looks like a lost network. The second time, plain HTTP tells which it is.
    if (greeted || CLOSE_POLICIES[code] || this.#attempt === 0) this.#follow(CLOSE_POLICIES[code] ?? "back-off");
    else void this.#diagnose(this.#turn);
  }

  #follow(policy: ClosePolicy, waitMs = 0): void {
    switch (policy) {
      case "stop":
        this.#former?.close(MOVING);
        this.#former = undefined;
        return this.#show({ ...this.store.get().connection, status: "closed" });
      case "renew-pass":
        if (!this.api.renewable) return this.#follow("stop");
        return this.#retry(this.#attempt++ === 0 ? 0 : this.#backOff(), true);
      case "reconnect-spread":
        // If the next replica is not there yet either, the spread turns into a back-off.
        return this.#retry(this.#attempt++ === 0 ? this.env.random() * this.#spreadMs : this.#backOff());
      case "long-back-off":
        return this.#follow("back-off", LONG_BACK_OFF_MS);
      case "back-off":
        this.#patient = waitMs > 0;
        return this.#retry(waitMs + this.#backOff());
    }
  }

  async #diagnose(turn: number): Promise<void> {
    let policy: ClosePolicy = "back-off";
    let waitMs: number | undefined;
    try {
      await this.api.request("GET", "/participants?limit=1");
    } catch (error) {
      const { status, code, retryAfterMs } = error as RealtimeError;
      waitMs = retryAfterMs;
      if (turn === this.#turn && (status === 401 || status === 403)) {
        policy = "stop";
        this.#show({ status: "closed", closed: { code: 4000 + status, reason: code } });
      }
    }
    if (turn === this.#turn) this.#follow(policy, waitMs);
  }

  #backOff(): number {
    return fullJitter(this.#attempt++, this.env.random());
  }

  #retry(delayMs: number, renew = false): void {
    this.#show({ ...this.store.get().connection, status: this.#trying, retryAt: Date.now() + delayMs });
    this.#timers.set("retry", delayMs, () => this.#connect(renew));
  }

  #page(event: PageEvent): void {
    if (event === "leave") return this.#goodbye();
    if (event === "return") return this.connect();
    if (event === "hidden") {
      this.#hiddenAt = Date.now();
      // No heartbeats while nobody looks: the server then shows the person as away.
      return this.#timers.clear("heartbeat");
    }
    if (this.#timers.has("retry") && !this.#patient) void this.#connect();
    if (!this.#greeted) return;
    this.#heartbeat();
    if (event === "online" || Date.now() - this.#hiddenAt > DOUBT_AFTER_MS) this.resync();
  }

  #goodbye(): void {
    this.#turn++;
    this.#timers.clearAll();
    this.#queue.drain();
    if (this.#socket?.readyState === OPEN) this.#socket.send(JSON.stringify({ type: "leave" } satisfies ClientMessage));
    for (const socket of [this.#former, this.#socket]) socket?.close(1000);
    this.#socket = this.#former = undefined;
    this.#greeted = false;
    this.#show({ status: "closed", closed: { code: 1000, reason: "left" } });
  }

  #heartbeat(): void {
    this.#timers.clear("heartbeat");
    if (!this.env.page.visible) return;
    this.#send({ type: "heartbeat", status: this.#status });
    this.#timers.set("heartbeat", this.#heartbeatMs, () => this.#heartbeat());
  }

  #send(message: ClientMessage): void {
    this.#queue.push(message);
    this.#flush();
  }

  #flush(): void {
    const socket = this.#socket;
    if (!this.#greeted || socket?.readyState !== OPEN || socket.bufferedAmount > MAX_BUFFERED) return;
    for (const message of this.#queue.drain()) socket.send(JSON.stringify(message));
  }

  #show(connection: Connection): void {
    this.store.set({ connection });
  }

  #added(change: Partial<Traffic>): Traffic {
    const traffic: Record<string, number> = { ...this.store.get().traffic };
    for (const [name, more] of Object.entries(change)) traffic[name] = (traffic[name] ?? 0) + more;
    return traffic as unknown as Traffic;
  }

  #count(change: Partial<Traffic>): void {
    this.store.set({ traffic: this.#added(change) });
  }
}

function parse(data: string): ServerMessage | undefined {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
