import { expect, test, vi } from "vitest";
import { askVendors, STAND_INS } from "../src/vendors/vendors";

const answers = (answer: () => Promise<Response>) => vi.stubGlobal("fetch", vi.fn(answer));

test("a vendor is real where the stack says that it has no sandbox of it", async () => {
  answers(async () =>
    Response.json({
      livekit: { url: "wss://lk.test", sandbox: false },
      twilio: { baseUrl: "http://x", accountSid: "AC" },
    }),
  );
  expect(await askVendors()).toEqual({ livekit: true, twilio: false, mux: false });
});

test.each([
  ["no route", async () => Response.json({}, { status: 404 })],
  ["no answer", async () => Promise.reject(new TypeError("failed to fetch"))],
  ["no JSON", async () => new Response("<html>")],
])("%s: nothing is taken for real", async (_, answer) => {
  answers(answer);
  expect(await askVendors()).toEqual(STAND_INS);
});
