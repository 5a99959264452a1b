/** Reads what gzip wrote, as UTF-8. */
export type Gunzip = (data: ArrayBuffer) => Promise<string>;

/** The messages of one socket, in order. Large snapshots come compressed, and what follows one waits until it is read. */
export class Inbox {
  /** The end of the line of messages that wait. */
  #line: Promise<void> | undefined;

  /**
   * @param receive takes each message and its size on the wire
   * @param broken is told that a message could not be read
   */
  constructor(
    private readonly gunzip: Gunzip | undefined,
    private readonly receive: (text: string, size: number) => void,
    private readonly broken: () => void,
  ) {}

  take(data: unknown): void {
    if (typeof data === "string" && !this.#line) return this.receive(data, data.length);
    const line = (this.#line ?? Promise.resolve())
      .then(() => this.#read(data))
      .catch(() => this.broken())
      .finally(() => {
        if (this.#line === line) this.#line = undefined;
      });
    this.#line = line;
  }

  async #read(data: unknown): Promise<void> {
    if (typeof data === "string") this.receive(data, data.length);
    else if (data instanceof ArrayBuffer && this.gunzip) this.receive(await this.gunzip(data), data.byteLength);
  }
}
