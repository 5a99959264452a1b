import type { JoinOptions } from "@eventuall/realtime";
import { passSource } from "./passes";

export type Role = "participant" | "moderator";

/** What the form asks for. */
export interface Entry {
  readonly event: string;
  readonly room: string;
  readonly name: string;
  readonly role: Role;
  /** The userId, where the address names one; otherwise made from the name, the same for as long as the tab is open. */
  readonly user?: string;
  readonly autojoin?: boolean;
}

const KEY = "eventuall.entry";
/** Whoever comes to look at the suite sees most as a moderator. */
const DEFAULTS: Entry = { event: "demo", room: "main", name: "", role: "moderator" };

/** The address wins over what this tab remembers: `?event=&room=&name=&role=&user=&autojoin`. */
export function readEntry(search: string, storage: Storage): Entry {
  const query = new URLSearchParams(search);
  const given = Object.fromEntries(
    (["event", "room", "name", "user"] as const).flatMap((key) => (query.get(key) ? [[key, query.get(key)]] : [])),
  );
  const role = query.get("role");
  const entry: Entry = { ...DEFAULTS, ...remembered(storage), ...given, ...(isRole(role) && { role }) };
  const wish = query.get("autojoin");
  return { ...entry, autojoin: wish !== null && wish !== "false" && entry.name !== "" };
}

const isRole = (role: string | null): role is Role => role === "moderator" || role === "participant";

export function rememberEntry({ event, room, name, role }: Entry, storage: Storage): void {
  storage.setItem(KEY, JSON.stringify({ event, room, name, role }));
}

function remembered(storage: Storage): Partial<Entry> {
  try {
    return JSON.parse(storage.getItem(KEY) ?? "{}");
  } catch {
    return {};
  }
}

/** New options every time: joining again with the same entry is a new join. */
export function joinOptions(entry: Entry): JoinOptions {
  const { event, room, name, role } = entry;
  const userId = entry.user ?? userIdFor(name, sessionStorage);
  return { eventId: event, roomId: room, pass: passSource({ userId, name, eventId: event, role }) };
}

/** Two people of one name are two users, and a reload of the tab is the same one. */
export function userIdFor(name: string, storage: Storage): string {
  let tab = storage.getItem("eventuall.tab");
  if (!tab) {
    tab = crypto.getRandomValues(new Uint32Array(1))[0]?.toString(36).slice(0, 5) ?? "0";
    storage.setItem("eventuall.tab", tab);
  }
  const plain = name
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return `${plain.slice(0, 100).toLowerCase() || "guest"}-${tab}`;
}
