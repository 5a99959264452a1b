/** A version of the room and the size of the message that brought it. */
export interface Change {
  readonly version: number;
  readonly size: number;
}

/** As many as the chart has room for. */
export const MOST = 40;

/** The changes with one more, unless that version is there already; the newest `MOST` of them. */
export function withChange(known: readonly Change[], change: Change): readonly Change[] {
  if (change.version < 0 || known.at(-1)?.version === change.version) return known;
  // An older version than the last is a row of versions that began anew.
  const kept = change.version > (known.at(-1)?.version ?? -1) ? known.slice(1 - MOST) : [];
  return [...kept, change];
}
