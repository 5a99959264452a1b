import { generateKeyBetween } from "fractional-indexing";
import type * as Y from "yjs";

/** The two lists of the stage queue: who asks to come on stage, and who is there. */
export type List = "pending" | "live";

/** A place in one of the lists. */
export interface QueueEntry {
  readonly userId: string;
  readonly name: string;
  readonly list: List;
  /** Sorts the list; ties are broken by userId. Empty where the document holds none that is valid. */
  readonly rank: string;
  /** Epoch milliseconds. */
  readonly requestedAt: number;
}

export interface QueueLists {
  readonly pending: readonly QueueEntry[];
  readonly live: readonly QueueEntry[];
}

/**
 * The queue in a Yjs document: root map `queue`, userId to a nested map with `list`, a rank per list, and what the
 * server wrote. This model, with its operations, is the one in which concurrent edits neither double, nor lose, nor
 * revive anybody; so nothing here writes more than its operation says, and nothing creates an entry: only the server
 * does.
 */
export class QueueDocument {
  readonly #queue: Y.Map<Y.Map<unknown>>;

  constructor(private readonly doc: Y.Doc) {
    this.#queue = doc.getMap("queue");
  }

  /** Runs `listener` after every change of the lists. */
  observe(listener: () => void): () => void {
    this.#queue.observeDeep(listener);
    return () => this.#queue.unobserveDeep(listener);
  }

  lists(): QueueLists {
    const entries = [...this.#queue].flatMap(([userId, map]) => entry(userId, map) ?? []);
    return { pending: ordered(entries, "pending"), live: ordered(entries, "live") };
  }

  /** Puts somebody at the end of the live list. */
  approve(userId: string): void {
    this.move(userId, "live", Number.POSITIVE_INFINITY);
  }

  /** Puts somebody at the end of the pending list. */
  demote(userId: string): void {
    this.move(userId, "pending", Number.POSITIVE_INFINITY);
  }

  /** Takes somebody out of the queue. Wins over every edit that is made at the same time. */
  remove(userId: string): void {
    this.#queue.delete(userId);
  }

  /** Puts somebody before the one who is at `index` of the list without them. Who is not in the queue stays out. */
  move(userId: string, list: List, index: number): void {
    const map = this.#queue.get(userId);
    if (!map) return;
    const rank = this.#rankAt(userId, list, index);
    this.doc.transact(() => {
      if (map.get("list") !== list) map.set("list", list);
      map.set(`rank.${list}`, rank);
    });
  }

  /** A rank between the neighbours; among equal ranks, before the next greater one. */
  #rankAt(userId: string, list: List, index: number): string {
    const ranks = this.lists()
      [list].filter((other) => other.userId !== userId && other.rank)
      .map((other) => other.rank);
    const before = ranks[Math.min(index, ranks.length) - 1] ?? null;
    const after = ranks.slice(Math.max(0, index)).find((rank) => before === null || rank > before) ?? null;
    return generateKeyBetween(before, after);
  }
}

function entry(userId: string, map: unknown): QueueEntry | undefined {
  if (!isMap(map)) return undefined;
  const list = map.get("list");
  if (list !== "pending" && list !== "live") return undefined;
  return {
    userId,
    list,
    name: String(map.get("name") ?? userId),
    rank: validRank(map.get(`rank.${list}`)),
    requestedAt: Number(map.get("requestedAt") ?? 0),
  };
}

const isMap = (value: unknown): value is Y.Map<unknown> =>
  typeof (value as Y.Map<unknown> | undefined)?.get === "function";

/** Another client may have written anything; what cannot be a neighbour counts as none. */
function validRank(rank: unknown): string {
  if (typeof rank !== "string" || rank.length > 200) return "";
  try {
    generateKeyBetween(rank, null);
    return rank;
  } catch {
    return "";
  }
}

function ordered(entries: readonly QueueEntry[], list: List): QueueEntry[] {
  const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return entries
    .filter((one) => one.list === list)
    .sort(
      (a, b) => Number(a.rank === "") - Number(b.rank === "") || compare(a.rank, b.rank) || compare(a.userId, b.userId),
    );
}
