import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { passSource } from "../src/entry/passes";

const request = { userId: "u1", name: "Ann", eventId: "demo", role: "moderator" };
let issued = 0;

beforeEach(() => {
  issued = 0;
  vi.useFakeTimers();
  vi.stubGlobal(
    "fetch",
    vi.fn(async () => Response.json({ pass: `pass-${++issued}` })),
  );
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
const get = (source: ReturnType<typeof passSource>, renew = false) =>
  (source as (wish: { renew: boolean }) => Promise<string>)({ renew });

test("a pass is used again until it is about to expire, or was refused", async () => {
  const source = passSource(request);
  expect(await get(source)).toBe("pass-1");
  expect(await get(source)).toBe("pass-1");
  expect(await get(source, true)).toBe("pass-2");
  vi.setSystemTime(Date.now() + 3_590_000);
  expect(await get(source)).toBe("pass-3");
});

test("a failure is not kept", async () => {
  vi.mocked(fetch).mockResolvedValueOnce(new Response("", { status: 500 }));
  const source = passSource(request);
  await expect(get(source)).rejects.toMatchObject({ status: 500, retryable: true });
  expect(await get(source)).toBe("pass-1");
});

test("outside the local stack the page says what is missing", async () => {
  vi.mocked(fetch).mockResolvedValueOnce(new Response("", { status: 404 }));
  await expect(get(passSource(request))).rejects.toThrow("belongs to the local stack");
});
