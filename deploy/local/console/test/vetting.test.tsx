import { RealtimeError, type Room } from "@eventuall/realtime";
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { VettingPanel } from "../src/chat/VettingPanel";

vi.mock("../src/chat/ConversationView", () => ({
  ConversationView: ({ conversationSid }: { conversationSid: string }) => <p data-testid="talk">{conversationSid}</p>,
}));

const view = { replica: { version: 1, state: { queue: { revision: 1, pending: ["u1"], live: [] } } } };
const request = vi.fn<() => Promise<unknown>>();
const room = {
  moderates: false,
  user: { userId: "u1", name: "Ben" },
  get: () => view,
  subscribe: () => () => {},
  request,
} as unknown as Room;
const ask = () => act(() => vi.advanceTimersByTimeAsync(2_000));

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

test("a candidate's conversation opens when it is there, and stays while nothing answers", async () => {
  request.mockRejectedValue(new RealtimeError("not-found", "none yet", 404));
  render(<VettingPanel room={room} />);
  await ask();
  request.mockResolvedValue({ conversationSid: "CH1" });
  await ask();
  expect(screen.getByTestId("talk").textContent).toBe("CH1");
  request.mockRejectedValue(new RealtimeError("network", "lost"));
  await ask();
  expect(screen.getByTestId("talk").textContent).toBe("CH1");
  request.mockRejectedValue(new RealtimeError("not-found", "closed", 404));
  await ask();
  expect(screen.queryByTestId("talk")).toBeNull();
});

test("trouble from the beginning is shown", async () => {
  request.mockRejectedValue(new RealtimeError("network", "lost"));
  render(<VettingPanel room={room} />);
  await ask();
  expect(screen.getByTestId("vetting-error").textContent).toContain("do not answer");
});
