import { useSyncExternalStore } from "react";

function subscribe(changed: () => void): () => void {
  const stop = new AbortController();
  addEventListener("online", changed, { signal: stop.signal });
  addEventListener("offline", changed, { signal: stop.signal });
  return () => stop.abort();
}

/** Whether this device has a network at all. That it has one does not mean that it leads anywhere. */
export function useOnline(): boolean {
  return useSyncExternalStore(subscribe, () => navigator.onLine);
}
