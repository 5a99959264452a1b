import type { Environment } from "./environment.js";
import type { ErrorCode } from "./generated/contracts.js";

/**
 * Where the pass comes from: the pass itself, or a function that gets one from the platform's back end. The function is
 * asked before every connection and request; `renew` says that the last pass was refused or is about to expire.
 */
export type PassSource = string | ((wish: { renew: boolean }) => string | Promise<string>);

/** A request that was refused, or that never reached a service. */
export class RealtimeError extends Error {
  override readonly name = "RealtimeError";

  constructor(
    /** The stable code of the services' problem details; `network` where there was no answer. */
    readonly code: ErrorCode | "network" | "unknown",
    message: string,
    /** The HTTP status; 0 where there was no answer. */
    readonly status = 0,
    /** How long the service asks to wait before the next try. */
    readonly retryAfterMs?: number,
  ) {
    super(message);
  }

  /** Whether the same request may succeed later. */
  get retryable(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export interface Json {
  readonly [key: string]: unknown;
}

interface Terms {
  readonly signal?: AbortSignal | undefined;
  readonly renew?: boolean;
}

const TIMEOUT_MS = 10_000;

/** Requests to one room's REST interface, with the pass. */
export class Api {
  constructor(
    /** The room's address, as in `https://host/v1/events/e/rooms/r`. */
    readonly room: string,
    private readonly source: PassSource,
    private readonly env: Environment,
  ) {}

  /** Whether a refused pass can be replaced at all. */
  get renewable(): boolean {
    return typeof this.source === "function";
  }

  async pass(renew = false): Promise<string> {
    return typeof this.source === "function" ? this.source({ renew }) : this.source;
  }

  /**
   * Sends a request and answers the body; undefined if there is none. A refused pass is renewed once: what a service
   * refuses with 401 it has not done. Nothing else is repeated here. `renew` begins with a fresh pass.
   *
   * @throws RealtimeError for every other answer than 2xx, and for none within 10 s
   */
  async request<T = Json>(
    method: string,
    path: string,
    body?: Json,
    { signal, renew = false }: Terms = {},
  ): Promise<T> {
    try {
      return await this.#send<T>(method, path, body, signal, renew);
    } catch (error) {
      const refused = error instanceof RealtimeError && error.status === 401;
      if (!refused || renew || !this.renewable) throw error;
      return this.#send<T>(method, path, body, signal, true);
    }
  }

  async #send<T>(
    method: string,
    path: string,
    body: Json | undefined,
    signal: AbortSignal | undefined,
    renew: boolean,
  ) {
    const headers: Record<string, string> = { Authorization: `Bearer ${await this.pass(renew)}` };
    if (body) headers["Content-Type"] = "application/json";
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    const init: RequestInit = { method, headers, signal: signal ? AbortSignal.any([signal, timeout]) : timeout };
    if (body) init.body = JSON.stringify(body);
    let response: Response;
    let text: string;
    try {
      response = await this.env.fetch(this.room + path, init);
      text = await response.text();
    } catch (error) {
      signal?.throwIfAborted();
      throw new RealtimeError("network", String(error));
    }
    const json = parse(text);
    if (!response.ok) throw problem(response, json);
    return json as T;
  }
}

function parse(text: string): Json | undefined {
  try {
    return text ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

function problem(response: Response, body: Json = {}): RealtimeError {
  const type = String(body.code ?? body.type ?? "");
  const code = (type.slice(type.lastIndexOf("/") + 1) || "unknown") as ErrorCode;
  const seconds = Number(response.headers.get("Retry-After") ?? Number.NaN);
  const message = String(body.detail ?? body.title ?? `HTTP ${response.status}`);
  return new RealtimeError(code, message, response.status, Number.isNaN(seconds) ? undefined : seconds * 1000);
}
