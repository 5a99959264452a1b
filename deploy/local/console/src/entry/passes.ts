import { type PassSource, RealtimeError } from "@eventuall/realtime";

export interface PassRequest {
  readonly userId: string;
  readonly name: string;
  readonly eventId: string;
  readonly role: string;
}

const TTL_SECONDS = 3600;

/** Passes of the local stack's issuer; a pass is used until shortly before its end, or until it is refused. */
export function passSource(request: PassRequest, origin = ""): PassSource {
  let cached: { pass: Promise<string>; until: number } | undefined;
  return ({ renew }) => {
    if (renew || !cached || Date.now() > cached.until) {
      const pass = issue(request, origin);
      cached = { pass, until: Date.now() + (TTL_SECONDS - 60) * 1000 };
      // A failure is not kept: the next request tries again.
      pass.catch(() => {
        cached = undefined;
      });
    }
    return cached.pass;
  };
}

async function issue(request: PassRequest, origin: string): Promise<string> {
  let response: Response;
  try {
    response = await fetch(`${origin}/dev/passes`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ...request, ttlSeconds: TTL_SECONDS }),
      signal: AbortSignal.timeout(10_000),
    });
  } catch (error) {
    throw new RealtimeError("network", `The pass issuer does not answer: ${String(error)}`);
  }
  if (!response.ok) {
    const detail = response.status === 404 ? "There is no pass issuer here: it belongs to the local stack only." : "";
    throw new RealtimeError("unknown", detail || `The pass issuer answered ${response.status}.`, response.status);
  }
  const { pass } = (await response.json()) as { pass: string };
  return pass;
}
