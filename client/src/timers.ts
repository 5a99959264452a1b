/** Beyond this the platform's timers fire at once. */
const LONGEST = 2 ** 31 - 1;

/** Timers by name: setting one again replaces it, so there is never a second one of its kind. */
export class Timers<Name extends string> {
  readonly #handles = new Map<Name, ReturnType<typeof setTimeout>>();

  set(name: Name, delayMs: number, action: () => void): void {
    this.clear(name);
    const run = () => {
      this.#handles.delete(name);
      action();
    };
    this.#handles.set(name, setTimeout(run, Math.min(delayMs, LONGEST)));
  }

  has(name: Name): boolean {
    return this.#handles.has(name);
  }

  clear(...names: Name[]): void {
    for (const name of names) {
      clearTimeout(this.#handles.get(name));
      this.#handles.delete(name);
    }
  }

  clearAll(): void {
    this.clear(...this.#handles.keys());
  }
}
