import { RealtimeError } from "@eventuall/realtime";
import { useCallback, useEffect, useRef, useState } from "react";

export interface Action {
  readonly busy: boolean;
  readonly error: unknown;
  /** Runs it; a failure is kept in `error` until the next run, not thrown. Answers whether it succeeded. */
  readonly run: (work: () => Promise<unknown>) => Promise<boolean>;
}

/** Something the user asked for: shows that it is under way, and what went wrong. */
export function useAction(): Action {
  const [state, setState] = useState<{ busy: boolean; error: unknown }>({ busy: false, error: undefined });
  const mounted = useRef(true);
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);
  const run = useCallback(async (work: () => Promise<unknown>) => {
    setState({ busy: true, error: undefined });
    let error: unknown;
    try {
      await work();
    } catch (failure) {
      error = failure;
    }
    if (mounted.current) setState({ busy: false, error });
    return error === undefined;
  }, []);
  return { ...state, run };
}

/** What went wrong, in words; nothing if nothing did. */
export function Problem({ error, testId }: { error: unknown; testId?: string }) {
  if (error === undefined) return null;
  return (
    <p className="notice notice-bad" role="alert" data-testid={testId}>
      {inWords(error)}
    </p>
  );
}

export function inWords(error: unknown): string {
  if (!(error instanceof RealtimeError)) return error instanceof Error ? error.message : String(error);
  if (error.code === "network") return "The services do not answer. Try again in a moment.";
  // No problem details: the answer is the gateway's, which found nobody behind it.
  if (error.code === "unknown" && [404, 502, 503, 504].includes(error.status)) {
    return "The service for this is not running in this stack.";
  }
  // The gateway's own words for a service that was never started.
  if (error.message.includes("not part of this stack")) return `${error.message}.`;
  return `${error.message} (${error.code}).${error.retryable ? " Try again in a moment." : ""}`;
}
