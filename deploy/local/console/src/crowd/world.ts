import { type Environment, joinRoom } from "@eventuall/realtime";
import { say } from "../chat/say";
import { passSource } from "../entry/passes";
import type { World } from "./crowd";

/** Simulated people of one room of a local stack; `origin` is needed outside the stack's own page. */
export function worldOf(event: string, room: string, origin = "", environment: Partial<Environment> = {}): World {
  return {
    join: (userId, name) =>
      joinRoom({
        eventId: event,
        roomId: room,
        pass: passSource({ userId, name, eventId: event, role: "participant" }, origin),
        environment,
        ...(origin && { baseUrl: origin }),
      }),
    say: (one, conversationSid, body) => say(one, conversationSid, body, origin),
    random: Math.random,
  };
}
