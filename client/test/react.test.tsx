// @vitest-environment happy-dom
import { act, cleanup, render } from "@testing-library/react";
import { StrictMode } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { useRoom, useRoomView } from "../src/react.js";
import type { JoinOptions, Room } from "../src/room.js";
import { type FakeWorld, fakeWorld, json, patch, problem, snapshot } from "./fakes.js";

let world: FakeWorld;
let options: JoinOptions;
const renders = vi.fn();

function Online({ room }: { room: Room }) {
  const online = useRoomView(room, (view) => Object.keys(view.replica.state.participants ?? {}), sameList);
  renders();
  return <p>{online.join(",")}</p>;
}
const sameList = (a: string[], b: string[]) => a.join() === b.join();

function Page({ join }: { join: JoinOptions | undefined }) {
  const { joining, room, error } = useRoom(join);
  if (joining) return <p>joining</p>;
  if (error) return <p>refused: {(error as Error).message}</p>;
  return room ? <Online room={room} /> : <p>outside</p>;
}

beforeEach(() => {
  world = fakeWorld();
  const token = { token: "T", expiresAt: Date.now() + 3_600_000 };
  world.answers["POST /join"] = json({
    livekit: token,
    chat: token,
    presence: { url: "/presence" },
    queue: { url: "/queue" },
    role: "participant",
    user: { userId: "u1", name: "Ann" },
  });
  options = { eventId: "e", roomId: "r", pass: "p", baseUrl: "http://gateway.test", environment: world };
});
afterEach(cleanup);

test("a mounted component is in the room, sees its part, and leaves when it goes", async () => {
  const page = render(
    <StrictMode>
      <Page join={options} />
    </StrictMode>,
  );
  expect(page.container.textContent).toBe("joining");
  await vi.waitFor(() => expect(world.sockets).toHaveLength(1));
  act(() => void world.socket.greet().receive(snapshot(1, { participants: { u1: {}, u2: {} } })));
  // The socket may be there before the page knows of the room.
  await vi.waitFor(() => expect(page.container.textContent).toBe("u1,u2"));
  renders.mockClear();
  act(() => void world.socket.receive(patch(1, 2, { counts: { online: 2 } })));
  expect(renders).not.toHaveBeenCalled();
  page.unmount();
  expect(world.socket.closedWith).toBe(1000);
});

test("a refused join is shown", async () => {
  world.answers["POST /join"] = problem(403, "wrong-event");
  const page = render(<Page join={options} />);
  await vi.waitFor(() => expect(page.container.textContent).toBe("refused: wrong-event"));
});

test("without options nothing is joined; with others the first room is left", async () => {
  const page = render(<Page join={undefined} />);
  expect(page.container.textContent).toBe("outside");
  expect(world.requests).toEqual([]);
  page.rerender(<Page join={options} />);
  await vi.waitFor(() => expect(world.sockets).toHaveLength(1));
  act(() => void world.socket.greet());
  page.rerender(<Page join={{ ...options }} />);
  expect(world.socket.closedWith).toBe(1000);
  await vi.waitFor(() => expect(world.sockets).toHaveLength(2));
});
