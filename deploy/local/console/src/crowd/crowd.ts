import type { Room } from "@eventuall/realtime";

/** How the simulated people reach the room. */
export interface World {
  readonly join: (userId: string, name: string) => Promise<Room>;
  /** Absent where chat is real: simulated people write to its stand-in only. */
  readonly say?: (room: Room, conversationSid: string, body: string) => Promise<void>;
  readonly random: () => number;
}

const FIRST = ["Ada", "Bruno", "Carla", "Dmitri", "Elif", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Kira", "Luca"];
const LAST = ["Adler", "Berg", "Costa", "Dahl", "Egger", "Frank", "Gross", "Haas", "Ivanov", "Jansen", "Kaya", "Lind"];
const LINES = [
  "Hello everybody!",
  "Great show.",
  "Can you hear me?",
  "I have a question.",
  "So good.",
  "Where are you from?",
];
const JOIN_GAP_MS = 50;
/** Each person does something after 3 to 12 seconds, again and again. */
const PAUSE_MS = { least: 3_000, most: 12_000 };

/** People who are not there: they join, chat, raise and lower hands, step away, leave and come back. */
export class Crowd {
  readonly #people = new Set<SimulatedPerson>();
  readonly #pending = new Set<ReturnType<typeof setTimeout>>();
  #made = 0;

  constructor(
    private readonly world: World,
    /** Called after people came or went, and with what went wrong. */
    private readonly changed: (size: number, failure?: unknown) => void,
  ) {}

  get size(): number {
    return this.#people.size;
  }

  /** Those who are there and those who are on their way. */
  get expected(): number {
    return this.#people.size + this.#pending.size;
  }

  /** Adds people one after the other, twenty a second. */
  add(count: number): void {
    for (let n = 0; n < count; n++) {
      const timer = setTimeout(() => {
        this.#pending.delete(timer);
        void this.#addOne();
      }, n * JOIN_GAP_MS);
      this.#pending.add(timer);
    }
  }

  /** Sends everybody away. */
  clear(): void {
    for (const timer of this.#pending) clearTimeout(timer);
    this.#pending.clear();
    for (const person of this.#people) person.stop();
    this.#people.clear();
    this.changed(0);
  }

  async #addOne(): Promise<void> {
    const { random } = this.world;
    const number = ++this.#made;
    const name = `${pick(FIRST, random())} ${pick(LAST, random())}`;
    const userId = `crowd-${number}-${Math.floor(random() * 36 ** 5).toString(36)}`;
    const person = new SimulatedPerson(this.world, userId, name);
    this.#people.add(person);
    try {
      await person.start();
      this.changed(this.size);
    } catch (failure) {
      person.stop();
      this.#people.delete(person);
      this.changed(this.size, failure);
    }
  }
}

class SimulatedPerson {
  #room: Room | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;
  #hand = false;
  #away = false;
  #conversation: string | undefined;

  constructor(
    private readonly world: World,
    private readonly userId: string,
    private readonly name: string,
  ) {}

  async start(): Promise<void> {
    await this.#enter();
    if (!this.#stopped) this.#goOn();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#room?.leave();
  }

  #goOn(): void {
    const { least, most } = PAUSE_MS;
    this.#timer = setTimeout(() => this.#act(), least + this.world.random() * (most - least));
  }

  async #act(): Promise<void> {
    if (this.#stopped) return;
    try {
      if (this.#room) await this.#something(this.#room, this.world.random());
      else await this.#enter();
    } catch {
      // A person does not mind that a service is away: they try something else later.
    }
    if (!this.#stopped) this.#goOn();
  }

  async #something(room: Room, choice: number): Promise<void> {
    if (choice < 0.25) {
      this.#hand = !this.#hand;
      await (this.#hand ? room.request("POST", "/queue/requests") : room.request("DELETE", "/queue/requests/me"));
    } else if (choice < 0.5) {
      if (!this.world.say) return;
      this.#conversation ??= (await room.request<{ conversationSid: string }>("POST", "/chat")).conversationSid;
      await this.world.say(room, this.#conversation, pick(LINES, this.world.random()));
    } else if (choice < 0.6) {
      this.#away = !this.#away;
      room.setStatus(this.#away ? "away" : "online");
    } else if (choice < 0.68) {
      this.#room = undefined;
      room.leave();
      await this.#enter();
    }
  }

  async #enter(): Promise<void> {
    this.#room = await this.world.join(this.userId, this.name);
    if (this.#stopped) this.#room.leave();
  }
}

function pick(values: readonly string[], random: number): string {
  return values[Math.floor(random * values.length)] ?? "";
}
