/** A value that changes as a whole, and those who want to know. */
export class Store<T extends object> {
  #value: T;
  readonly #listeners = new Set<() => void>();

  constructor(initial: T) {
    this.#value = initial;
  }

  get(): T {
    return this.#value;
  }

  /**
   * Replaces the named parts. Listeners run before this returns; one that throws disturbs neither the others nor whoever
   * sets, and its error is reported as one that nobody caught.
   */
  set(change: Partial<T>): void {
    this.#value = { ...this.#value, ...change };
    for (const listener of [...this.#listeners]) {
      try {
        listener();
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  /** Runs `listener` after every change, until the returned function is called. */
  subscribe(listener: () => void): () => void {
    // Wrapped, so that one function subscribed twice is two subscriptions.
    const entry = () => listener();
    this.#listeners.add(entry);
    return () => this.#listeners.delete(entry);
  }

  /** Runs `listener` with the selected part, now and whenever it differs from the one before. */
  select<S>(selector: (value: T) => S, listener: (selected: S) => void, equal: (a: S, b: S) => boolean = Object.is) {
    let selected = selector(this.#value);
    listener(selected);
    return this.subscribe(() => {
      const next = selector(this.#value);
      if (equal(selected, next)) return;
      selected = next;
      listener(next);
    });
  }
}
