import { type Environment, joinRoom, type Room, type Socket } from "@eventuall/realtime";
import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import axe from "axe-core";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { JoinForm } from "../src/entry/JoinForm";
import { RoomPage } from "../src/room/RoomPage";

// Its document would be fetched over a real socket.
vi.mock("../src/queue/QueuePanel", () => ({ QueuePanel: () => null }));

const part = (value: object) => btoa(JSON.stringify(value)).replace(/=+$/, "");
const LIVEKIT = `${part({ alg: "HS256" })}.${part({ sub: "u1", video: { room: "demo:main" } })}.c2lnbmF0dXJl`;
const ANSWER = {
  livekit: { url: "ws://lk.test", token: LIVEKIT, room: "demo:main", expiresAt: Date.now() + 3_600_000 },
  chat: { token: "twilio.token.of-some-length-here", conversationSid: null, expiresAt: Date.now() + 3_600_000 },
  presence: { url: "ws://gateway.test/presence" },
  queue: { url: "ws://gateway.test/queue" },
  role: "moderator",
  user: { userId: "u1", name: "Ann" },
};
let socket: Socket;
let room: Room;
const server = (message: object) => act(() => socket.onmessage?.({ data: JSON.stringify(message) }));

beforeEach(async () => {
  const environment: Partial<Environment> = {
    fetch: async (input) =>
      String(input).endsWith("/join") ? Response.json(ANSWER) : Response.json({ title: "Not here" }, { status: 404 }),
    WebSocket: class implements Socket {
      readyState = 1;
      bufferedAmount = 0;
      onmessage: Socket["onmessage"] = null;
      onclose: Socket["onclose"] = null;
      onerror: Socket["onerror"] = null;
      send = vi.fn();
      close = vi.fn();
      constructor() {
        socket = this;
      }
    },
  };
  room = await joinRoom({ eventId: "demo", roomId: "main", pass: "p", baseUrl: "http://gateway.test", environment });
  await vi.waitFor(() => expect(socket.onmessage).toBeTruthy());
  socket.onmessage?.({ data: JSON.stringify({ type: "hello", connectionId: "c1", heartbeatMs: 30_000 }) });
});
afterEach(() => {
  room.leave();
  cleanup();
});

const people = (...names: string[]) =>
  Object.fromEntries(
    names.map((name, n) => [`u${n + 1}`, { name, role: "participant", status: "online", since: Date.now() }]),
  );

/** What axe can judge without a layout: names, roles, relations; not colours. */
const violations = async () => (await axe.run(document.body)).violations.map((violation) => violation.id);

test("the list follows the room, and says what changed", () => {
  render(<RoomPage room={room} onLeave={() => {}} />);
  server({ type: "snapshot", epoch: "E", version: 1, state: { participants: people("Ann", "Ben") } });
  expect(screen.getAllByTestId("participant").map((row) => row.dataset.name)).toEqual(["Ann", "Ben"]);
  expect(within(screen.getAllByTestId("participant")[0] as HTMLElement).getByText("you")).toBeTruthy();
  server({ type: "patch", from: 1, version: 2, state: { participants: { u2: { status: "offline" } } } });
  expect(screen.getAllByTestId("participant")[1]?.dataset.status).toBe("offline");
  expect(screen.getByTestId("news").textContent).toBe("Ben left");
  expect(screen.getByTestId("network-version").textContent).toBe("2");
});

test("a token is short until it is asked for, with what it says", () => {
  render(<RoomPage room={room} onLeave={() => {}} />);
  expect(screen.getByTestId("token-livekit-short").textContent).toMatch(/^.{10}….{6}$/);
  expect(screen.queryByTestId("token-livekit-full")).toBeNull();
  fireEvent.click(screen.getByTestId("token-livekit-toggle"));
  expect(screen.getByTestId("token-livekit-full").textContent).toBe(LIVEKIT);
  expect(JSON.parse(screen.getByTestId("token-livekit-claims").textContent ?? "")).toMatchObject({ sub: "u1" });
});

test("trouble is shown with its reason and a way out", () => {
  render(<RoomPage room={room} onLeave={() => {}} />);
  expect(screen.getByTestId("connection").dataset.state).toBe("online");
  expect(screen.queryByTestId("connection-trouble")).toBeNull();
  act(() => socket.onclose?.({ code: 4409, reason: "connected elsewhere" }));
  expect(screen.getByTestId("connection").dataset.state).toBe("closed");
  expect(screen.getByTestId("connection-trouble").textContent).toContain("connected elsewhere");
  expect(screen.getByTestId("reconnect").textContent).toBe("Use here");
});

test("a part whose service is not there says so, and the others go on", async () => {
  render(<RoomPage room={room} onLeave={() => {}} />);
  expect((await screen.findByTestId("recording-error")).textContent).toContain("not running in this stack");
  expect(screen.getByTestId("people")).toBeTruthy();
});

test("the room's page has no findings of axe", async () => {
  render(<RoomPage room={room} onLeave={() => {}} />);
  server({ type: "snapshot", epoch: "E", version: 1, state: { participants: people("Ann", "Ben") } });
  fireEvent.click(screen.getByTestId("token-livekit-toggle"));
  expect(await violations()).toEqual([]);
});

test("the form joins with what was typed, and has no findings of axe", async () => {
  const join = vi.fn();
  const initial = { event: "demo", room: "main", name: "", role: "participant" } as const;
  render(<JoinForm initial={initial} joining={false} error={new Error("no")} onJoin={join} />);
  expect(document.activeElement).toBe(screen.getByTestId("join-error"));
  fireEvent.change(screen.getByLabelText("Your name"), { target: { value: " Ann " } });
  fireEvent.click(screen.getByLabelText(/^Moderator/));
  fireEvent.submit(screen.getByTestId("join"));
  expect(join).toHaveBeenCalledWith({ event: "demo", room: "main", name: "Ann", role: "moderator" });
  expect(await violations()).toEqual([]);
});

test("a device without a network is told so, whatever the socket still thinks", () => {
  render(<RoomPage room={room} onLeave={() => {}} />);
  const online = vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  act(() => void window.dispatchEvent(new Event("offline")));
  expect(screen.getByTestId("connection").dataset.state).toBe("offline");
  expect(screen.getByTestId("connection-trouble").textContent).toContain("This device is offline");
  online.mockReturnValue(true);
  act(() => void window.dispatchEvent(new Event("online")));
  expect(screen.getByTestId("connection").dataset.state).toBe("online");
  expect(screen.queryByTestId("connection-trouble")).toBeNull();
});
