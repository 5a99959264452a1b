import type { Gunzip } from "./inbox.js";

/** The part of a WebSocket that is used here; browsers' own and the usual Node packages have it. */
export interface Socket {
  readonly readyState: number;
  readonly bufferedAmount: number;
  binaryType?: string;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number; reason: string }) => void) | null;
  onerror: ((event: unknown) => void) | null;
  send(data: string): void;
  close(code?: number, reason?: string): void;
}

export type SocketConstructor = new (url: string, protocols: string[]) => Socket;

/** `hidden` and `visible`: the tab; `online`: the network is back; `leave` and `return`: the page goes or is shown again. */
export type PageEvent = "hidden" | "visible" | "online" | "leave" | "return";

/** What the page around the client tells. */
export interface Page {
  readonly visible: boolean;
  subscribe(listener: (event: PageEvent) => void): () => void;
}

/** The world outside; everything in it can be replaced, in tests and outside browsers. */
export interface Environment {
  readonly fetch: typeof fetch;
  readonly WebSocket: SocketConstructor;
  readonly page: Page;
  /** A number from 0 up to 1. */
  readonly random: () => number;
  /** Without it, snapshots come uncompressed. */
  readonly gunzip?: Gunzip | undefined;
}

const browserPage: Page = {
  get visible() {
    return document.visibilityState === "visible";
  },
  subscribe(listener) {
    const stop = new AbortController();
    const { signal } = stop;
    document.addEventListener("visibilitychange", () => listener(browserPage.visible ? "visible" : "hidden"), {
      signal,
    });
    addEventListener("online", () => listener("online"), { signal });
    addEventListener("pagehide", () => listener("leave"), { signal });
    addEventListener("pageshow", (event) => event.persisted && listener("return"), { signal });
    return () => stop.abort();
  },
};

/** Outside a browser nothing is ever hidden. */
const noPage: Page = { visible: true, subscribe: () => () => {} };

const gunzip: Gunzip = (data) =>
  new Response(new Blob([data]).stream().pipeThrough(new DecompressionStream("gzip"))).text();

/** The surroundings of this program, with `given` in the place of what it names. */
export function environment(given: Partial<Environment> = {}): Environment {
  const socket = given.WebSocket ?? (globalThis as { WebSocket?: SocketConstructor }).WebSocket;
  if (!socket) throw new TypeError("No WebSocket here: pass one in options.environment");
  return {
    fetch: given.fetch ?? ((input, init) => fetch(input, init)),
    page: given.page ?? (typeof document === "undefined" ? noPage : browserPage),
    random: given.random ?? Math.random,
    gunzip: given.gunzip ?? (typeof DecompressionStream === "undefined" ? undefined : gunzip),
    WebSocket: socket,
  };
}
