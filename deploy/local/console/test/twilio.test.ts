import type { Room, RoomView } from "@eventuall/realtime";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { News, OpenConversation } from "../src/chat/source";
import { type ChatSdk, TwilioChat } from "../src/chat/twilio";

class Emitter {
  readonly #listeners = new Map<string, Set<(event: never) => void>>();
  on = (name: string, listener: (event: never) => void) =>
    void this.#listeners.set(name, (this.#listeners.get(name) ?? new Set()).add(listener));
  off = (name: string, listener: (event: never) => void) => void this.#listeners.get(name)?.delete(listener);
  emit(name: string, event?: unknown) {
    for (const listener of [...(this.#listeners.get(name) ?? [])]) listener(event as never);
  }
  get listening(): number {
    return [...this.#listeners.values()].reduce((sum, some) => sum + some.size, 0);
  }
}

const message = (sid: string, body = sid) => ({
  sid,
  author: "u1",
  body,
  dateCreated: new Date(5),
  attributes: { reactions: { heart: ["u2"] } },
});

class FakeConversation extends Emitter {
  items = [message("1")];
  getMessages = vi.fn(async () => ({ items: this.items }));
  sendMessage = vi.fn(async () => 0);
}

let clients: FakeClient[];
let conversation: FakeConversation;
class FakeClient extends Emitter {
  getConversationBySid = vi.fn(async () => conversation);
  updateToken = vi.fn(async () => this);
  shutdown = vi.fn(async () => {});
  constructor(readonly token: string) {
    super();
    clients.push(this);
  }
}

let tokens: { token: string };
let renewed: (() => void) | undefined;
let chat: TwilioChat;
let news: News[];
const load = vi.fn(async () => ({ Client: FakeClient }) as unknown as ChatSdk);
const room = {
  get: () => ({ tokens: { chat: tokens } }) as RoomView,
  select: (selector: (view: RoomView) => string, listener: (token: string) => void) => {
    renewed = () => listener(selector({ tokens: { chat: tokens } } as RoomView));
    renewed();
    return () => {
      renewed = undefined;
    };
  },
} as unknown as Room;
const types = () => news.map((one) => one.type);

const open = (): OpenConversation => chat.open("CH1", (one) => news.push(one));
async function opened(): Promise<OpenConversation> {
  const one = open();
  await vi.advanceTimersByTimeAsync(0);
  clients.at(-1)?.emit("initialized");
  await vi.advanceTimersByTimeAsync(0);
  return one;
}

beforeEach(() => {
  vi.useFakeTimers();
  clients = [];
  conversation = new FakeConversation();
  tokens = { token: "t1" };
  news = [];
  chat = new TwilioChat(room, load);
});
afterEach(() => vi.useRealTimers());

test("the package is loaded with the first conversation, not before", async () => {
  expect(load).not.toHaveBeenCalled();
  await opened();
  expect(load).toHaveBeenCalledTimes(1);
  expect(clients.map((client) => client.token)).toEqual(["t1"]);
});

test("tells the history and what changes", async () => {
  const one = await opened();
  expect(news[0]).toEqual({
    type: "history",
    messages: [{ sid: "1", author: "u1", body: "1", sentAt: 5, reactions: { heart: ["u2"] } }],
  });
  conversation.emit("messageAdded", message("2"));
  conversation.emit("messageUpdated", { message: message("2", "edited"), updateReasons: ["body"] });
  conversation.emit("messageRemoved", message("1"));
  expect(types()).toEqual(["history", "written", "written", "removed"]);
  await one.send("hello");
  expect(conversation.sendMessage).toHaveBeenCalledWith("hello");
});

test("a lost connection shows, and the history comes again after it", async () => {
  await opened();
  clients[0]?.emit("connectionStateChanged", "connecting");
  clients[0]?.emit("connectionStateChanged", "connected");
  await vi.advanceTimersByTimeAsync(0);
  expect(types()).toEqual(["history", "lost", "history"]);
  conversation.emit("messageAdded", message("2"));
  expect(types()).toEqual(["history", "lost", "history", "written"]);
});

test("a client that cannot begin is made anew, with the token of that time", async () => {
  open();
  await vi.advanceTimersByTimeAsync(0);
  clients[0]?.emit("initFailed", { error: { message: "token expired" } });
  await vi.advanceTimersByTimeAsync(0);
  expect(types()).toEqual(["lost"]);
  expect(clients[0]?.shutdown, "or it would go on trying beside the next one").toHaveBeenCalledTimes(1);
  expect(renewed).toBeUndefined();
  tokens = { token: "t2" };
  await vi.advanceTimersByTimeAsync(3_000);
  clients[1]?.emit("initialized");
  await vi.advanceTimersByTimeAsync(0);
  expect(clients.map((client) => client.token)).toEqual(["t1", "t2"]);
  expect(types()).toEqual(["lost", "history"]);
});

test("a conversation that is not there yet is asked for again", async () => {
  const late = conversation;
  const missing = vi.fn(async () => Promise.reject(new Error("not found")));
  const one = open();
  await vi.advanceTimersByTimeAsync(0);
  (clients[0] as FakeClient).getConversationBySid = missing as never;
  clients[0]?.emit("initialized");
  await vi.advanceTimersByTimeAsync(0);
  expect(types()).toEqual(["lost"]);
  await expect(one.send("too early")).rejects.toThrow("not open yet");
  (clients[0] as FakeClient).getConversationBySid = vi.fn(async () => late);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(types()).toEqual(["lost", "history"]);
  expect(clients).toHaveLength(1);
});

test("a renewed token is passed on", async () => {
  await opened();
  tokens = { token: "t2" };
  renewed?.();
  expect(clients[0]?.updateToken).toHaveBeenCalledWith("t2");
});

test("one client for all conversations, shut down with the last, and nobody listens then", async () => {
  const first = await opened();
  const second = open();
  await vi.advanceTimersByTimeAsync(0);
  expect(clients).toHaveLength(1);
  first.close();
  first.close();
  expect(clients[0]?.shutdown).not.toHaveBeenCalled();
  second.close();
  await vi.advanceTimersByTimeAsync(0);
  expect(clients[0]?.shutdown).toHaveBeenCalledTimes(1);
  expect(conversation.listening).toBe(0);
  expect(renewed).toBeUndefined();
});

test("closed while it was opening, nothing is told", async () => {
  const one = open();
  one.close();
  await vi.advanceTimersByTimeAsync(0);
  clients[0]?.emit("initialized");
  await vi.advanceTimersByTimeAsync(10_000);
  expect(news).toEqual([]);
  expect(clients.every((client) => client.shutdown.mock.calls.length === 1)).toBe(true);
});
