/// <reference lib="webworker" />
/**
 * Pictures that were seen, for when there is no network: of one account, whose pages name it (`belong`), bounded, the
 * ones that were not seen for the longest go first.
 *
 * The server is asked first, always: it knows whether a picture was recalled and whether somebody is signed in. The
 * browser's own cache has what was seen online, so that costs nothing. Where files are in a storage of their own, the
 * server leads there (302); what comes from there is shown, but not kept: the browser hides it from us, its size too.
 */
import { isNote, Messages } from './messages';
import { surplus } from './room';
import { within } from './wait';

const PREFIX = 'fastim-pictures.';
/** One that is larger is a photograph in full; its small picture is kept. */
const MOST_BYTES_EACH = 4 << 20;
/** A server that is there answers much faster; then the kept one is shown. */
const WAIT_MS = 4_000;
/** Asked for at once after signing in, of those that the page had before this worker. */
const MOST_SEEN = 200;

/** The cache of the account that is signed in; "" for none, undefined where this worker just started. */
let current: string | undefined;
/** What it has, by path, the one that was not seen for the longest first; null until it is read. */
let shelf: Map<string, number> | null = null;
/** Seen since this worker started: to move it to the end again and again would write all the time. */
let touched = new Set<string>();
/** Recalled or deleted since this worker started: one that was on its way, or in the browser's own cache, stays away. */
let gone = new Set<string>();
/** Of the messages that show them. */
let messages: Messages | null = null;
let turn: Promise<unknown> = Promise.resolve();

/** The answer for a picture of this server; null where it is none. */
export function picture(event: FetchEvent): Promise<Response> | null {
  const { request } = event;
  if (request.method !== 'GET' || request.destination !== 'image' || !isPicture(request.url)) return null;
  return show(event);
}

/** The pages of `user` are open now: nobody else's pictures stay. `seen` are those that the page has already. */
export async function belong(user: number, seen: readonly string[]): Promise<void> {
  const name = PREFIX + user;
  await inTurn(async () => {
    for (const other of await ours()) if (other !== name) await caches.delete(other);
    await caches.open(name);
    if (current !== name) start(name);
  });
  for (const path of seen.filter((one) => isPicture(new URL(one, location.origin).href)).slice(-MOST_SEEN)) {
    const here = await inTurn(async () => (await shelved()).has(path));
    if (here) continue;
    const fresh = await fetch(path, { credentials: 'same-origin' }).catch(() => null);
    if (fresh) await keep(path, name, fresh);
  }
}

/** Whoever was signed in is not any more. */
export async function forgetPictures(): Promise<void> {
  await inTurn(async () => {
    for (const name of await ours()) await caches.delete(name);
    start('');
  });
}

/** These messages show pictures at these paths. */
export async function note(shown: readonly [message: string, paths: string[]][]): Promise<void> {
  await inTurn(async () => {
    const notes = await noted();
    for (const [message, paths] of shown) await notes?.note(message, paths);
  });
}

/**
 * Messages were recalled or deleted: their pictures go, those at `paths` and those that were noted, but for what another
 * message shows too, as a merged record and what it is of do.
 */
export async function drop(paths: readonly string[], recalled: readonly string[]): Promise<void> {
  await inTurn(async () => {
    const notes = await noted();
    if (!notes) return;
    const more = await Promise.all(recalled.map((message) => notes.take(message)));
    const theirs = [...new Set([...paths, ...more.flat()])];
    const others = await notes.shown(theirs);
    await take(theirs.filter((path) => !others.has(path)));
  });
}

/** Nothing has them any more: what is on its way stays away too. */
async function take(paths: readonly string[]): Promise<void> {
  const name = await owner();
  if (!name) return;
  const [cache, sizes] = [await caches.open(name), await shelved()];
  for (const path of paths) {
    gone.add(path);
    sizes.delete(path);
    await cache.delete(path);
  }
}

async function show(event: FetchEvent): Promise<Response> {
  const path = pathOf(event.request.url);
  const name = await owner();
  const asked = fetch(event.request);
  let fresh: Response;
  try {
    fresh = await within(WAIT_MS, asked);
  } catch {
    return (await kept(path)) ?? asked;
  }
  if (fresh.status >= 500) return (await kept(path)) ?? fresh;
  if (fresh.type === 'basic' && [403, 404, 410].includes(fresh.status)) event.waitUntil(inTurn(() => take([path])));
  else if (name && !touched.has(path)) event.waitUntil(keep(path, name, fresh.clone()));
  return fresh;
}

async function kept(path: string): Promise<Response | undefined> {
  const name = await owner();
  return name ? (await caches.open(name)).match(path) : undefined;
}

/** Kept for the account `name` that it was asked for, if that is still the one. */
async function keep(path: string, name: string, fresh: Response): Promise<void> {
  const bytes = Number(fresh.headers.get('Content-Length')) || MOST_BYTES_EACH + 1;
  if (fresh.type !== 'basic' || fresh.status !== 200 || fresh.redirected || bytes > MOST_BYTES_EACH) return;
  if (!fresh.headers.get('Content-Type')?.startsWith('image/')) return;
  await inTurn(async () => {
    if ((await owner()) !== name || gone.has(path)) return;
    const [cache, sizes] = [await caches.open(name), await shelved()];
    touched.add(path);
    // Put anew it is the last in the cache's own order too.
    await cache.delete(path);
    await cache.put(path, fresh);
    sizes.delete(path);
    sizes.set(path, bytes);
    for (const old of surplus(sizes)) {
      sizes.delete(old);
      touched.delete(old);
      await cache.delete(old);
    }
  });
}

function isPicture(address: string): boolean {
  const { origin, pathname } = new URL(address);
  return origin === location.origin && /^\/(resource|asset\/(images|stickers))\//.test(pathname);
}

function pathOf(address: string): string {
  const { pathname, search } = new URL(address);
  return pathname + search;
}

function start(name: string): void {
  current = name;
  shelf = messages = null;
  touched = new Set();
  gone = new Set();
}

async function ours(): Promise<string[]> {
  return (await caches.keys()).filter((name) => name.startsWith(PREFIX));
}

/** A worker that was stopped and started again finds whose pictures are here. */
async function owner(): Promise<string> {
  if (current === undefined) {
    const [found = ''] = await ours();
    current ??= found;
  }
  return current;
}

async function shelved(): Promise<Map<string, number>> {
  if (shelf) return shelf;
  const found = new Map<string, number>();
  const name = await owner();
  if (name) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      if (isNote(pathOf(request.url))) continue;
      const bytes = (await cache.match(request))?.headers.get('Content-Length');
      found.set(pathOf(request.url), Number(bytes));
    }
  }
  return (shelf = found);
}

/** Null where nobody is signed in. */
async function noted(): Promise<Messages | null> {
  const name = await owner();
  if (name) messages ??= new Messages(await caches.open(name));
  return messages;
}

/** One after the other: what is forgotten must not come back by a picture that was on its way. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const done = turn.then(work);
  turn = done.catch(() => {}); // the disk is full: the picture is shown, not kept
  return done;
}
