/** Parts of a browser that several tests need: what it keeps, and what its tabs agree on. */

/** Its items are properties of their own, as a browser's are. */
export class MemoryStorage implements Storage {
  [name: string]: unknown;
  get length() { return Object.keys(this).length; }
  clear() { for (const key of Object.keys(this)) delete this[key]; }
  getItem(key: string) { return Object.hasOwn(this, key) ? String(this[key]) : null; }
  key(at: number) { return Object.keys(this)[at] ?? null; }
  removeItem(key: string) { delete this[key]; }
  setItem(key: string, value: string) { this[key] = String(value); }
}

/** Web Locks, exclusive ones: as `navigator.locks` of all tabs. */
export class MemoryLocks {
  private held = new Map<string, Promise<unknown>>();

  async request<T>(name: string, ...more: unknown[]): Promise<T> {
    const act = more.at(-1) as (lock: object | null) => T | Promise<T>;
    const { ifAvailable = false } = more.length > 1 ? (more[0] as { ifAvailable?: boolean }) : {};
    const before = this.held.get(name);
    if (ifAvailable && before) return act(null);
    const mine = (async () => {
      await before?.catch(() => {});
      return act({});
    })();
    this.held.set(name, mine);
    const free = () => this.held.get(name) === mine && this.held.delete(name);
    mine.then(free, free);
    return mine;
  }
}
