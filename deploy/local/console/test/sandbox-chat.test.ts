import type { Room } from "@eventuall/realtime";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type RawMessage, SandboxChat } from "../src/chat/sandbox";
import type { News } from "../src/chat/source";

let sockets: FakeSocket[];
let told: News[];
let token: string;
const room = { get: () => ({ tokens: { chat: { token } } }) } as unknown as Room;
const message: RawMessage = {
  sid: "IM1",
  author: "ben",
  body: "hello",
  date_created: "2026-11-23T10:00:00Z",
  attributes: "{}",
};

class FakeSocket {
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  close = vi.fn();
  constructor(readonly url: URL) {
    sockets.push(this);
  }
  tell(type: string, data: unknown) {
    this.onmessage?.({ data: JSON.stringify({ type, data }) });
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeSocket);
  sockets = [];
  told = [];
  token = "a+b";
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("a conversation is followed from its history on", () => {
  new SandboxChat(room).open("CH1", (news) => told.push(news));
  expect(sockets[0]?.url.href).toMatch(/^ws.*\/client\/conversations\/CH1\/stream\?token=a%2Bb$/);
  sockets[0]?.tell("history", { messages: [message] });
  sockets[0]?.tell("onMessageUpdated", { ...message, body: "hello all" });
  sockets[0]?.tell("onParticipantAdded", { sid: "MB1" });
  sockets[0]?.tell("onMessageRemoved", message);
  expect(told.map((news) => news.type)).toEqual(["history", "written", "removed"]);
  expect(told[1]).toMatchObject({ message: { sid: "IM1", author: "ben", body: "hello all" } });
});

test("after a loss it is opened again, with the token of that time", async () => {
  const conversation = new SandboxChat(room).open("CH1", (news) => told.push(news));
  token = "fresh";
  sockets[0]?.onclose?.();
  expect(told).toEqual([{ type: "lost" }]);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(sockets).toHaveLength(2);
  expect(sockets[1]?.url.search).toBe("?token=fresh");
  conversation.close();
  expect(sockets[1]?.close).toHaveBeenCalledTimes(1);
  sockets[1]?.tell("history", { messages: [message] });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(told).toHaveLength(1);
  expect(sockets).toHaveLength(2);
});
