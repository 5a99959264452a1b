import type { Counts, Participant, RoomState } from "@eventuall/realtime";

export interface Person extends Participant {
  readonly userId: string;
  readonly onStage: boolean;
}

const ORDER = { online: 0, away: 1, offline: 2 } as const;

/** Who is here first, moderators before others, then by name. */
export function sortedPeople({ participants = {}, stage = {} }: RoomState): Person[] {
  const people = Object.entries(participants).map(([userId, one]) => ({ ...one, userId, onStage: userId in stage }));
  return people.sort(
    (a, b) =>
      ORDER[a.status] - ORDER[b.status] ||
      Number(b.role === "moderator") - Number(a.role === "moderator") ||
      a.name.localeCompare(b.name) ||
      a.userId.localeCompare(b.userId),
  );
}

/** The server's counts: in a large room the list holds only some of the people. */
export function counted({ counts, participants = {} }: RoomState): Counts {
  if (counts) return counts;
  const sum = { online: 0, away: 0, offline: 0 };
  for (const { status } of Object.values(participants)) sum[status]++;
  return sum;
}

type People = NonNullable<RoomState["participants"]>;

/** What to tell somebody who does not see the list: who came, who left, who is away. */
export function news(before: People, after: People): string {
  const told: string[] = [];
  for (const userId of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const was = before[userId]?.status ?? "offline";
    const is = after[userId]?.status ?? "offline";
    if (was === is) continue;
    const name = after[userId]?.name ?? before[userId]?.name ?? userId;
    if (is === "offline") told.push(`${name} left`);
    else if (was === "offline") told.push(`${name} joined`);
    else told.push(is === "away" ? `${name} is away` : `${name} is back`);
  }
  return told.length > 4 ? `${told.length} people came or went` : told.join(", ");
}
