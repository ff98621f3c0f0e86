/**
 * In which messages the kept pictures are, kept beside them in their cache: what recalls a message says its name only.
 *
 *   new Messages(cache)              of one account's cache
 *   await note(message, paths)       `message` ("10:8/41") shows the pictures at `paths`
 *   await take(message)              those paths, once: it is forgotten then
 *   await shown(paths)               those of them that a noted message shows
 */
const PLACE = '/shown/';
/** Far more than have a picture that is kept (room.ts): the ones that were not looked at for the longest go. */
export const MOST_MESSAGES = 2_000;

export const isNote = (path: string) => path.startsWith(PLACE);

export class Messages {
  /** Those that are noted, the one that was not looked at for the longest first; null until they are read. */
  private noted: Set<string> | null = null;

  constructor(private readonly cache: Cache) {}

  async note(message: string, paths: readonly string[]): Promise<void> {
    const noted = await this.all();
    const isKnown = noted.delete(message);
    noted.add(message); // the last one now
    if (isKnown) return;
    await this.cache.put(PLACE + message, new Response(JSON.stringify(paths)));
    for (const old of noted) {
      if (noted.size <= MOST_MESSAGES) break;
      await this.forget(old);
    }
  }

  async take(message: string): Promise<string[]> {
    if (!(await this.all()).has(message)) return [];
    const paths = await this.pathsOf(message);
    await this.forget(message);
    return paths;
  }

  async shown(paths: readonly string[]): Promise<Set<string>> {
    const [found, sought] = [new Set<string>(), new Set(paths)];
    for (const message of await this.all()) {
      if (found.size === sought.size) break;
      for (const path of await this.pathsOf(message)) if (sought.has(path)) found.add(path);
    }
    return found;
  }

  private async pathsOf(message: string): Promise<string[]> {
    const kept = await this.cache.match(PLACE + message);
    return kept ? ((await kept.json()) as string[]) : [];
  }

  private async forget(message: string): Promise<void> {
    (await this.all()).delete(message);
    await this.cache.delete(PLACE + message);
  }

  private async all(): Promise<Set<string>> {
    if (this.noted) return this.noted;
    const paths = (await this.cache.keys()).map(({ url }) => new URL(url).pathname);
    return (this.noted = new Set(paths.filter(isNote).map((path) => path.slice(PLACE.length))));
  }
}
