import type { Room } from "@eventuall/realtime";
import { useEffect, useState } from "react";
import { type Change, MOST, withChange } from "./changes";

/** The last changes of the room and what each cost, newest on the right. */
export function ChangeChart({ room }: { room: Room }) {
  const [changes, setChanges] = useState<readonly Change[]>([]);
  useEffect(
    () =>
      room.subscribe(() => {
        const { replica, traffic } = room.get();
        setChanges((known) => withChange(known, { version: replica.version, size: traffic.lastChange }));
      }),
    [room],
  );
  const largest = Math.max(...changes.map((one) => one.size), 1);
  const newest = changes.at(-1);
  const words = newest
    ? `The last ${changes.length} changes, at most ${largest} bytes each; the newest, version ${newest.version}, ${newest.size} bytes`
    : "No change yet";
  return (
    <figure className="changes" data-testid="network-changes" data-count={changes.length}>
      <svg viewBox="0 0 120 32" preserveAspectRatio="none" role="img" aria-label={words}>
        {changes.map(({ version, size }, index) => {
          const height = Math.max(1.5, (size / largest) * 32);
          return (
            <rect
              key={version}
              x={(index + MOST - changes.length) * 3}
              y={32 - height}
              width="2"
              height={height}
              rx="0.6"
            />
          );
        })}
      </svg>
      <figcaption className="hint">
        Bytes per change{changes.length > 0 ? `, at most ${largest}` : ": none yet"}
      </figcaption>
    </figure>
  );
}
