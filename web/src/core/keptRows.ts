/**
 * What waits for the server and outlives the page: an item of the browser's storage each, so that two tabs do not
 * overwrite each other. Where storage is full or forbidden it waits in its page alone.
 */
export class KeptRows<T> {
  constructor(private readonly keep: Storage | null, private readonly prefix: string) {}

  put(name: string, row: T): void {
    try {
      this.keep?.setItem(this.prefix + name, JSON.stringify(row));
    } catch {
      // Full.
    }
  }

  drop(name: string): void {
    try {
      this.keep?.removeItem(this.prefix + name);
    } catch {
      // Forbidden: nothing is kept either.
    }
  }

  /** What all tabs kept, in no order; damaged ones are left out. */
  all(): T[] {
    return this.names().flatMap((name) => {
      try {
        return [JSON.parse(this.keep!.getItem(name) ?? '') as T].filter((row) => row && typeof row === 'object');
      } catch {
        return [];
      }
    });
  }

  clear(): void {
    for (const name of this.names()) this.drop(name.slice(this.prefix.length));
  }

  private names(): string[] {
    const { keep } = this;
    if (!keep) return [];
    const names = Array.from({ length: keep.length }, (_, at) => keep.key(at) ?? '');
    return names.filter((name) => name.startsWith(this.prefix));
  }
}
