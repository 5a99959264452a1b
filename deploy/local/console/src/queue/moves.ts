import type { List, QueueEntry, QueueLists } from "@eventuall/realtime/queue";

export interface Target {
  readonly list: List;
  /** The place in the list without the one who moves. */
  readonly index: number;
}

/** Where somebody goes who is dropped over a person or over a list; undefined over nothing of ours. */
export function dropTarget(lists: QueueLists, userId: string, over: string): Target | undefined {
  for (const list of ["pending", "live"] as const) {
    const users = lists[list].map((entry) => entry.userId);
    if (over === list) return { list, index: users.filter((other) => other !== userId).length };
    const index = users.indexOf(over);
    // Over somebody further down takes that place, as the others move up; the same as the index without oneself.
    if (index >= 0) return { list, index };
  }
  return undefined;
}

/** The lists as they would be after a move. */
export function movedTo(lists: QueueLists, userId: string, { list, index }: Target): QueueLists {
  const entry = [...lists.pending, ...lists.live].find((one) => one.userId === userId);
  if (!entry) return lists;
  const without = (entries: readonly QueueEntry[]) => entries.filter((one) => one.userId !== userId);
  const result = { pending: without(lists.pending), live: without(lists.live) };
  result[list].splice(index, 0, { ...entry, list });
  return result;
}
