/**
 * What this browser keeps of a user, to show at once at the next start and without a network: IndexedDB, one
 * database for each user, bounded, gone at log-out.
 *
 *   lastUser()                      whose things are here; 0 for nobody's
 *   readKept(me)                    conversations and people as they were shown last, or null
 *   new Keeper(me, read)            keep() writes what changed, some seconds later; keepNow() at once
 *   forgetKept(me)                  everything of everybody else; without `me` of everybody, but what is not sent
 *   onOtherUser(me, act)            somebody else signed in at another tab, or `me` signed out there
 */
import type { Conversation, State } from '../store/conversations';
import { ACTS } from './acts';
import { keptUploads, UPLOADS } from './kept-uploads';
import { OUTBOX } from './outbox';
import { keep, keptKeys, onKeptElsewhere, readKept as readStored, unkeep } from './storage';
import type { Friend, Group, Me, TalkSettings } from './types';

export interface KeptPeople {
  me: Me;
  friends: readonly Friend[];
  groups: readonly Group[];
  /** How conversations stand in the list. */
  settings: readonly TalkSettings[];
}

export interface Kept {
  conversations: readonly Conversation[];
  people: KeptPeople;
}

/** Newest entries of each conversation: two screens of a phone. */
export const KEPT_ENTRIES = 60;
/** Conversations that are kept, those with the newest entries. */
export const KEPT_CONVERSATIONS = 200;
const WAIT_MS = 1_500;
/** Another shape of what is kept gets another number: the old one is then not read. */
const SHAPE = 3;
const PREFIX = 'fastim.';
const USER_KEY = 'fastim.user';
const DRAFTS = 'fastim.draft.';
const RECENT = 'fastim.recent.';
const TALKS = 'conversations';
export const PEOPLE = 'people';

export function lastUser(): number {
  return Number(readStored(USER_KEY)) || 0;
}

const UNCOUNTED = { counted: 0, countedSeq: 0 };

/** The newest unbroken run, cut to its end: what can be shown without asking anybody. */
export function trimmed(talk: Conversation): Conversation {
  const [from, to] = talk.spans.at(-1) ?? [talk.lastSeq + 1, talk.lastSeq];
  const entries = talk.entries.filter((entry) => entry.seq >= from && entry.seq <= to).slice(-KEPT_ENTRIES);
  const first = entries.length === KEPT_ENTRIES ? entries[0]!.seq : from;
  return { ...talk, entries, spans: first <= to ? [[first, to]] : [], behind: [] };
}

/** The conversations that are kept, of a state. */
export function worthKeeping(state: State): Conversation[] {
  const age = (talk: Conversation) => talk.entries.at(-1)?.id ?? 0;
  // Where a guessed one begins is not known yet.
  const known = [...state.conversations.values()].filter((talk) => !talk.guessed);
  return known.sort((a, b) => age(b) - age(a)).slice(0, KEPT_CONVERSATIONS);
}

export async function readKept(me: number): Promise<Kept | null> {
  try {
    const base = await openKept(me);
    const store = base.transaction([TALKS, PEOPLE]);
    const [conversations, people] = await Promise.all([
      done<Conversation[]>(store.objectStore(TALKS).getAll()),
      done<KeptPeople | undefined>(store.objectStore(PEOPLE).get('all')),
    ]);
    base.close();
    // An earlier version of the pages kept no count.
    return people?.me.id === me ? { conversations: conversations.map((talk) => ({ ...UNCOUNTED, ...talk })), people } : null;
  } catch {
    return null;
  }
}

/** What waits to be sent, files too, or as a draft to be saved, stays for whoever wrote it, until somebody else is here. */
export async function forgetKept(me = 0): Promise<void> {
  try {
    const isTheirs = (kind: string) => (name: string) => name.startsWith(kind) && !(me && name.startsWith(`${kind}${me}.`));
    if (lastUser() !== me || !me) for (const key of [USER_KEY, ...keptKeys(RECENT)]) unkeep(key);
    for (const kind of me ? [DRAFTS, OUTBOX, ACTS] : []) keptKeys(kind).filter(isTheirs(kind)).forEach(unkeep);
    const all = (await indexedDB.databases()).map((base) => base.name ?? '');
    const names = all.filter((name) => isTheirs(PREFIX)(name) && name !== UPLOADS);
    if (me) await keptUploads.dropOthers(me);
    await Promise.all(names.map((name) => done(indexedDB.deleteDatabase(name))));
  } catch {
    // Where storage is forbidden nothing was kept.
  }
}

export function onOtherUser(me: number, act: () => void): void {
  onKeptElsewhere(USER_KEY, (_, now) => Number(now) !== me && act());
}

export class Keeper {
  private written = new Map<string, Conversation>();
  private timer?: ReturnType<typeof setTimeout>;
  private turn = Promise.resolve();

  /** `read` is asked when it is time to write; without people those stay that are kept. */
  constructor(private readonly me: number, private readonly read: () => { state: State; people: KeptPeople | null }) {
    keep(USER_KEY, String(me));
  }

  /** Soon, and once for many changes. */
  keep(): void {
    this.timer ??= setTimeout(() => this.keepNow(), WAIT_MS);
  }

  /** What must not be there any more does not wait: the page may be closed before. */
  keepNow(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.turn = this.turn.then(() => this.write());
  }

  private async write(): Promise<void> {
    // Logged out meanwhile, perhaps in another tab.
    if (lastUser() !== this.me) return;
    const { state, people } = this.read();
    try {
      const base = await openKept(this.me);
      const store = base.transaction([TALKS, PEOPLE], 'readwrite');
      const talks = store.objectStore(TALKS);
      if (!this.written.size) talks.clear();
      const now = new Map(worthKeeping(state).map((talk) => [talk.key, talk]));
      for (const [key, talk] of now) if (this.written.get(key) !== talk) talks.put(trimmed(talk), key);
      for (const key of this.written.keys()) if (!now.has(key)) talks.delete(key);
      if (people) store.objectStore(PEOPLE).put(plain(people), 'all');
      await new Promise((resolve, reject) => {
        store.oncomplete = resolve;
        store.onerror = store.onabort = reject;
      });
      this.written = now;
      base.close();
    } catch {
      // The disk is full or storage is forbidden: the next start asks the server.
    }
  }
}

/** People are wrapped for watching, which cannot be kept as it is. */
function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

export function openKept(me: number): Promise<IDBDatabase> {
  const asking = indexedDB.open(`${PREFIX}${me}.${SHAPE}`, 1);
  asking.onupgradeneeded = () => {
    asking.result.createObjectStore(TALKS);
    asking.result.createObjectStore(PEOPLE);
  };
  return done(asking);
}

export function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('storage'));
  });
}
