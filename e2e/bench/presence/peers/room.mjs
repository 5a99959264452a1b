// What presence was before: one object per event that sends its whole snapshot to everybody on every change.
export class SnapshotRoom {
  people = new Map();
  pins = new Set();
  version = 0;

  /** `broadcast` is given the snapshot and, if it is for one connection only, that connection. */
  constructor(eventId, broadcast) {
    Object.assign(this, { eventId, broadcast });
  }

  /** A further connection of somebody who is here changes nothing: only that connection is told. */
  join(userId, name, connection) {
    const now = Date.now();
    const known = this.people.get(userId);
    if (known?.status === "online") return this.broadcast(this.snapshot(), connection);
    this.people.set(userId, {
      userId,
      name,
      role: "participant",
      state: "in-room",
      status: "online",
      joinedAt: known?.joinedAt ?? now,
      lastSeen: now,
    });
    this.changed();
  }

  leave(userId) {
    const person = this.people.get(userId);
    if (person && person.status !== "offline") {
      person.status = "offline";
      this.changed();
    }
  }

  heard(userId) {
    const person = this.people.get(userId);
    if (person) person.lastSeen = Date.now();
  }

  pin(track, on) {
    if (on) this.pins.add(track);
    else this.pins.delete(track);
    this.changed();
  }

  changed() {
    this.version++;
    this.broadcast(this.snapshot());
  }

  snapshot() {
    const participants = [];
    const presence = {};
    for (const { status, lastSeen, ...person } of this.people.values()) {
      participants.push(person);
      presence[person.userId] = { status, lastSeen };
    }
    return {
      type: "snapshot",
      version: this.version,
      eventId: this.eventId,
      participants,
      presence,
      stage: [],
      pinned: [...this.pins],
      recording: { active: false, status: "idle", playbackUrl: null },
      queue: { pending: [], live: [] },
    };
  }
}
