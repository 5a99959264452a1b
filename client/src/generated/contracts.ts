// Generated from contracts/ by scripts/generate-contracts.mjs. Do not edit.

/**
 * Server to client, the first message of every connection.
 */
export interface PresenceHello {
  /**
   * Says which message this is.
   */
  type: "hello";
  /**
   * The protocol spoken on this connection.
   */
  protocol: "presence.v1";
  /**
   * Names this connection in the server's logs.
   */
  connectionId: string;
  /**
   * How often to send a heartbeat, in milliseconds.
   */
  heartbeatMs: number;
}

/**
 * The room's current or latest recording.
 */
export type Recording = {
  /**
   * The recording's id.
   */
  id: string;
  /**
   * Where the recording stands, for example recording, ready or failed.
   */
  status: string;
  /**
   * When it began to record. Epoch milliseconds.
   */
  startedAt?: number | null;
  /**
   * Where it can be watched.
   */
  playbackUrl?: string | null;
  /**
   * Why it failed or ended early.
   */
  reason?: string | null;
} | null;

/**
 * Server to client: the whole state. It replaces whatever the client had.
 */
export interface PresenceSnapshot {
  /**
   * Says which message this is.
   */
  type: "snapshot";
  /**
   * Names one unbroken row of versions. A new epoch starts after the store lost its data.
   */
  epoch: string;
  /**
   * Grows by one with every change within the epoch.
   */
  version: number;
  /**
   * True if this is less than the whole: of a large room only a first page of people. Nobody resumes from it.
   */
  lite?: boolean;
  state: RoomState;
}
/**
 * The whole shared state of a room: objects keyed by id, so that a JSON Merge Patch can change any of it.
 */
export interface RoomState {
  /**
   * Who is known in the room, by userId.
   */
  participants?: {
    [k: string]: Participant;
  };
  /**
   * Who is on stage, by userId.
   */
  stage?: {
    [k: string]: Stay;
  };
  /**
   * Pinned tracks, by LiveKit track sid.
   */
  pins?: {
    [k: string]: Pin;
  };
  recording?: Recording;
  queue?: QueueLists;
  chat?: ChatRoom;
  counts?: Counts;
}
/**
 * One person in the room.
 */
export interface Participant {
  /**
   * Display name.
   */
  name: string;
  role: "participant" | "moderator" | "service";
  status: "online" | "away" | "offline";
  /**
   * When the status last changed. Epoch milliseconds.
   */
  since: number;
}
/**
 * One continuous time on stage.
 */
export interface Stay {
  /**
   * Names this stay; the same in every event about it.
   */
  stayId: string;
  /**
   * When the stay began. Epoch milliseconds.
   */
  enteredAt: number;
}
/**
 * A track that a moderator put into the foreground for everybody.
 */
export interface Pin {
  /**
   * Whose track it is.
   */
  userId: string;
  /**
   * The moderator who pinned it.
   */
  by: string;
  /**
   * When it was pinned. Epoch milliseconds.
   */
  at: number;
}
/**
 * The stage queue, both lists in order.
 */
export interface QueueLists {
  /**
   * Grows with every change of the lists.
   */
  revision: number;
  /**
   * Who asks to come on stage, by userId.
   */
  pending: string[];
  /**
   * Who is on stage, by userId.
   */
  live: string[];
}
/**
 * The room's chat.
 */
export interface ChatRoom {
  /**
   * The Twilio conversation of the room.
   */
  conversationSid: string;
}
/**
 * How many people of each status the room has, also where participants lists only some of them.
 */
export interface Counts {
  /**
   * People online.
   */
  online: number;
  /**
   * People away.
   */
  away: number;
  /**
   * People who left but are remembered.
   */
  offline: number;
}

/**
 * Server to client: what changed between two versions of one epoch.
 */
export interface PresencePatch {
  /**
   * Says which message this is.
   */
  type: "patch";
  /**
   * The epoch of both versions; left out where it is the one of the snapshot before.
   */
  epoch?: string;
  /**
   * The version the patch builds on: what this client was last told. More than one below 'version' where changes were put together.
   */
  from: number;
  /**
   * The version the client has after applying the patch.
   */
  version: number;
  /**
   * A JSON Merge Patch (RFC 7396) of the snapshot's state: null removes, lists are replaced as a whole.
   */
  state: Record<string, unknown>;
}

/**
 * Server to client: this replica is about to stop. Move to another one at a random moment within the time given.
 */
export interface PresenceDrain {
  /**
   * Says which message this is.
   */
  type: "drain";
  /**
   * Within how many milliseconds to move.
   */
  afterMs: number;
}

/**
 * Server to client: a message of this client could not be served. The connection stays open.
 */
export interface PresenceError {
  /**
   * Says which message this is.
   */
  type: "error";
  /**
   * A stable code of the table of errors.
   */
  code: string;
  /**
   * For the developer, not for display.
   */
  message?: string;
  /**
   * Whether sending the same again may help.
   */
  retryable?: boolean;
}

/**
 * Client to server: the person is here. Sent every heartbeatMs; without one for a while the person is shown as away.
 */
export interface PresenceHeartbeat {
  /**
   * Says which message this is.
   */
  type: "heartbeat";
  /**
   * What to show the others.
   */
  status: "online" | "away";
}

/**
 * Client to server: the person leaves the room; the others see it at once.
 */
export interface PresenceLeave {
  /**
   * Says which message this is.
   */
  type: "leave";
}

/**
 * Client to server: send the state again, because a version is missing or was not understood.
 */
export interface PresenceResync {
  /**
   * Says which message this is.
   */
  type: "resync";
}

/** Everything the presence service sends. */
export type ServerMessage =
  | PresenceHello
  | PresenceSnapshot
  | PresencePatch
  | PresenceDrain
  | PresenceError;

/** Everything the presence service understands. */
export type ClientMessage =
  | PresenceHeartbeat
  | PresenceLeave
  | PresenceResync;

/** What a client does after its socket was closed. */
export type ClosePolicy =
  | "stop"
  | "back-off"
  | "reconnect-spread"
  | "long-back-off"
  | "renew-pass";

/** What to do for each close code. A code that is not here means: back off and try again. */
export const CLOSE_POLICIES: Readonly<Record<number, ClosePolicy>> = {
  /** bye */
  1000: "stop",
  /** page left */
  1001: "stop",
  /** message too large */
  1009: "stop",
  /** server error */
  1011: "back-off",
  /** service restart */
  1012: "reconnect-spread",
  /** try again later */
  1013: "long-back-off",
  /** message not understood */
  4400: "stop",
  /** pass missing or expired */
  4401: "renew-pass",
  /** not allowed here */
  4403: "stop",
  /** client reads too slowly */
  4008: "back-off",
  /** no sign of life in time */
  4408: "back-off",
  /** connected elsewhere */
  4409: "stop",
  /** document replaced, load it anew */
  4410: "stop",
  /** too many messages */
  4429: "long-back-off",
  /** replica lost its lease */
  4503: "reconnect-spread",
};

/** The stable codes of the problem details that the services answer with. */
export type ErrorCode =
  | "invalid-id"
  | "invalid-request"
  | "token-in-query"
  | "pass-missing"
  | "pass-invalid"
  | "pass-expired"
  | "pass-revoked"
  | "signature-invalid"
  | "wrong-event"
  | "wrong-room"
  | "not-a-moderator"
  | "origin-not-allowed"
  | "not-found"
  | "method-not-allowed"
  | "not-acceptable"
  | "conflict"
  | "too-large"
  | "unsupported-media-type"
  | "upgrade-required"
  | "rate-limited"
  | "internal"
  | "vendor-unavailable"
  | "overloaded"
  | "draining"
  | "unavailable";
