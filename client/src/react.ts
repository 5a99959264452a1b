import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { type JoinOptions, joinRoom, type Room, type RoomView } from "./room.js";

/** Where a join stands; exactly one of the two others is set after `joining`. */
export interface Joining {
  readonly joining: boolean;
  readonly room?: Room;
  readonly error?: unknown;
}

/**
 * Joins while the component is mounted, and leaves when it goes. Pass options that keep their identity: others join
 * again. Undefined stays outside.
 */
export function useRoom(options: JoinOptions | undefined): Joining {
  const [joined, setJoined] = useState<{ options: JoinOptions; room?: Room; error?: unknown }>();
  useEffect(() => {
    if (!options) return;
    const stop = new AbortController();
    const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
    joinRoom({ ...options, signal }).then(
      (room) => setJoined({ options, room }),
      (error) => signal.aborted || setJoined({ options, error }),
    );
    return () => stop.abort();
  }, [options]);
  if (!options) return { joining: false };
  // What is known belongs to other options until this join has ended.
  if (joined?.options !== options) return { joining: true };
  const { options: _, ...outcome } = joined;
  return { joining: false, ...outcome };
}

/** A part of the room's view; renders again only when that part changed. */
export function useRoomView<T>(
  room: Room,
  selector: (view: RoomView) => T,
  equal: (a: T, b: T) => boolean = Object.is,
): T {
  const last = useRef<{ value: T } | undefined>(undefined);
  const read = () => {
    const value = selector(room.get());
    // The same object for an equal value: React compares by identity.
    if (!last.current || !equal(last.current.value, value)) last.current = { value };
    return last.current.value;
  };
  const subscribe = useCallback((changed: () => void) => room.subscribe(changed), [room]);
  return useSyncExternalStore(subscribe, read, read);
}
