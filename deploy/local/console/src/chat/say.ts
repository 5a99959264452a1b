import type { Room } from "@eventuall/realtime";

/** Where the local stand-in of Twilio lets a page read and write with its chat token, in place of Twilio's own package. */
export const CLIENT = "/sandbox/twilio/client/conversations";

/** Writes into a conversation that the person is in. */
export async function say(room: Room, conversationSid: string, body: string, origin = ""): Promise<void> {
  const response = await fetch(`${origin}${CLIENT}/${conversationSid}/messages`, {
    method: "POST",
    headers: { Authorization: `Bearer ${room.get().tokens.chat.token}`, "Content-Type": "application/json" },
    body: JSON.stringify({ body }),
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) throw new Error(`The message was not taken (${response.status}).`);
}
