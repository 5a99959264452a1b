/**
 * Browser client of Eventuall Realtime.
 *
 * @packageDocumentation
 */
export { type Json, type PassSource, RealtimeError } from "./api.js";
export type { Environment, Page, PageEvent, Socket, SocketConstructor } from "./environment.js";
export type * from "./generated/contracts.js";
export { CLOSE_POLICIES } from "./generated/contracts.js";
export type { Connection, PresenceView, Traffic } from "./presence.js";
export type { Replica } from "./replica.js";
export { type JoinOptions, joinRoom, Room, type RoomView } from "./room.js";
export type { ChatToken, LivekitToken, Token, Tokens } from "./tokens.js";
