import { afterEach, expect, test, vi } from "vitest";
import { merged } from "../src/chat/conversation";
import { type Message, reactionsIn, sandboxAt } from "../src/chat/sandbox";

afterEach(() => vi.unstubAllGlobals());

const access = {
  baseUrl: "http://127.0.0.1:8080/sandbox/twilio",
  serviceSid: "IS1",
  apiKeySid: "SK1",
  apiKeySecret: "secret",
};

test("messages are asked for as Twilio offers them, and shown oldest first", async () => {
  const raw = (sid: string, at: string) => ({
    sid,
    author: "u1",
    body: sid,
    date_created: at,
    attributes: '{"reactions":{"👍":["u2"]}}',
  });
  const fetched = vi.fn(async () =>
    Response.json({ messages: [raw("IM2", "2026-11-23T10:00:01Z"), raw("IM1", "2026-11-23T10:00:00Z")] }),
  );
  vi.stubGlobal("fetch", fetched);
  const messages = await sandboxAt(access).messages("CH1");
  expect(fetched).toHaveBeenCalledWith(
    "/sandbox/twilio/v1/Services/IS1/Conversations/CH1/Messages?Order=desc&PageSize=50",
    expect.objectContaining({ headers: { Authorization: `Basic ${btoa("SK1:secret")}` } }),
  );
  expect(messages.map((message) => message.sid)).toEqual(["IM1", "IM2"]);
  expect(messages[0]).toMatchObject({ sentAt: Date.parse("2026-11-23T10:00:00Z"), reactions: { "👍": ["u2"] } });
});

test("a message is sent as a form, and a refusal is told", async () => {
  const fetched = vi.fn(async (_url: string, _init?: RequestInit) => Response.json({}, { status: 201 }));
  vi.stubGlobal("fetch", fetched);
  await sandboxAt(access).send("CH1", "u1", "a & b");
  expect(String(fetched.mock.calls[0]?.[1]?.body)).toBe("Author=u1&Body=a+%26+b");
  fetched.mockResolvedValueOnce(Response.json({}, { status: 404 }));
  await expect(sandboxAt(access).send("CH1", "u1", "x")).rejects.toThrow("404");
});

test.each([
  ["{}", {}],
  ["not json", {}],
  ['{"reactions":{"heart":["a","b"],"sad":[],"odd":7}}', { heart: ["a", "b"] }],
  ["null", {}],
])("reactions in attributes %s", (attributes, reactions) => {
  expect(reactionsIn(attributes)).toEqual(reactions);
});

test("only what changed is new", () => {
  const message = (sid: string, body: string): Message => ({ sid, body, author: "a", sentAt: 1, reactions: {} });
  const known = [message("1", "x"), message("2", "y")];
  expect(merged(known, [message("1", "x"), message("2", "y")])).toBe(known);
  const next = merged(known, [message("1", "x"), message("2", "edited"), message("3", "z")]);
  expect(next[0]).toBe(known[0]);
  expect(next.map((one) => one.body)).toEqual(["x", "edited", "z"]);
});
