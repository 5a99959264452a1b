import { type Environment, joinRoom } from "@eventuall/realtime";
import { say } from "../chat/say";
import { passSource } from "../entry/passes";
import type { World } from "./crowd";

interface Surroundings {
  /** Needed outside the stack's own page. */
  readonly origin?: string;
  readonly environment?: Partial<Environment>;
  /** Whether chat goes to Twilio itself. */
  readonly realChat: boolean;
}

/** Simulated people of one room of a local stack. */
export function worldOf(event: string, room: string, { origin = "", environment = {}, realChat }: Surroundings): World {
  return {
    join: (userId, name) =>
      joinRoom({
        eventId: event,
        roomId: room,
        pass: passSource({ userId, name, eventId: event, role: "participant" }, origin),
        environment,
        ...(origin && { baseUrl: origin }),
      }),
    ...(!realChat && { say: (one, conversationSid, body) => say(one, conversationSid, body, origin) }),
    random: Math.random,
  };
}
