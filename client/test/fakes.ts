import type { Environment, Page, PageEvent, Socket } from "../src/environment.js";

/** A socket whose server side is the test. */
export class FakeSocket implements Socket {
  readyState = 0;
  bufferedAmount = 0;
  binaryType = "blob";
  onmessage: Socket["onmessage"] = null;
  onclose: Socket["onclose"] = null;
  onerror: Socket["onerror"] = null;
  readonly sent: { type: string; [key: string]: unknown }[] = [];
  closedWith: number | undefined;

  constructor(
    readonly url: string,
    readonly protocols: string[],
  ) {}

  send(data: string): void {
    this.sent.push(JSON.parse(data));
  }

  close(code = 1005): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.closedWith = code;
    // As in browsers, the event comes later, whatever has become of the listener's owner.
    queueMicrotask(() => this.onclose?.({ code, reason: "" }));
  }

  /** The server says hello. */
  greet(heartbeatMs = 30_000): this {
    this.readyState = 1;
    return this.receive({ type: "hello", protocol: "presence.v1", connectionId: "c1", heartbeatMs });
  }

  receive(message: object | string | ArrayBuffer): this {
    const text = typeof message === "string" || message instanceof ArrayBuffer;
    this.onmessage?.({ data: text ? message : JSON.stringify(message) });
    return this;
  }

  /** The server, or the network, ends the connection. */
  drop(code = 1006, reason = ""): void {
    this.readyState = 3;
    this.onclose?.({ code, reason });
  }

  sentTypes(): string[] {
    return this.sent.map((message) => message.type);
  }
}

export class FakePage implements Page {
  visible = true;
  readonly #listeners = new Set<(event: PageEvent) => void>();

  subscribe(listener: (event: PageEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get watched(): boolean {
    return this.#listeners.size > 0;
  }

  emit(event: PageEvent): void {
    if (event === "hidden" || event === "visible") this.visible = event === "visible";
    for (const listener of this.#listeners) listener(event);
  }
}

export interface FakeWorld extends Environment {
  readonly page: FakePage;
  readonly sockets: FakeSocket[];
  /** The newest socket. */
  readonly socket: FakeSocket;
  /** Requests so far, as "METHOD path". */
  readonly requests: string[];
  /** Answers by "METHOD path"; a function is called for each request. */
  readonly answers: Record<string, Response | (() => Response | Promise<Response>)>;
  randomly: number;
  gunzip?: Environment["gunzip"];
}

export function fakeWorld(): FakeWorld {
  const sockets: FakeSocket[] = [];
  const requests: string[] = [];
  const answers: FakeWorld["answers"] = {};
  const world: FakeWorld = {
    page: new FakePage(),
    sockets,
    requests,
    answers,
    randomly: 0.5,
    random: () => world.randomly,
    get socket() {
      const newest = sockets.at(-1);
      if (!newest) throw new Error("no socket was opened");
      return newest;
    },
    WebSocket: class extends FakeSocket {
      constructor(url: string, protocols: string[]) {
        super(url, protocols);
        sockets.push(this);
      }
    },
    fetch: async (input, init) => {
      init?.signal?.throwIfAborted();
      const name = `${init?.method} ${new URL(String(input)).pathname.replace("/v1/events/e/rooms/r", "")}`;
      requests.push(name);
      const answer = answers[name] ?? json({ title: "nothing here" }, 404);
      return typeof answer === "function" ? answer() : answer.clone();
    },
  };
  return world;
}

export function json(body: object, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers });
}

export function problem(status: number, code: string, headers: Record<string, string> = {}): Response {
  return json({ type: `https://eventuall.com/problems/${code}`, title: code, status }, status, headers);
}

export const snapshot = (version: number, state: object = {}, epoch = "E1") => ({
  type: "snapshot",
  epoch,
  version,
  state,
});

export const patch = (from: number, version: number, state: object = {}) => ({ type: "patch", from, version, state });

/** A generator with a seed, so that a failing random test can be run again. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
