/**
 * The pages without a network: what Vite built is kept when the worker is installed, and each page as it was last
 * served. Pages are asked from the server first, so that a new version and an ended session are seen at once.
 */
import { forgetPictures } from './pictures';
import { within } from './wait';

declare const __FILES__: readonly string[];

const BUILT = 'fastim-built';
const PAGES = 'fastim-pages';
/** A server that is there answers a page much faster; then the kept one is shown. */
const PAGE_MS = 4_000;

/** Keeps all files of this build; those that are here already are not fetched again. */
export async function install(): Promise<void> {
  const built = await caches.open(BUILT);
  const here = new Set((await built.keys()).map((request) => new URL(request.url).pathname));
  await built.addAll(__FILES__.filter((file) => !here.has(file)));
}

/** Drops the files of builds before this one. */
export async function tidy(): Promise<void> {
  const built = await caches.open(BUILT);
  const wanted = new Set(__FILES__);
  for (const request of await built.keys()) {
    if (!wanted.has(new URL(request.url).pathname)) await built.delete(request);
  }
}

/** The answer for a request of ours; null where it is none of our business. */
export function answer(request: Request): Promise<Response> | null {
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return null;
  if (request.mode === 'navigate' && (pathname === '/' || pathname.endsWith('.shtml'))) return page(request);
  return pathname.startsWith('/asset/dist/assets/') ? file(request) : null;
}

/** Forgets the pages of whoever was signed in. */
export function forget(): Promise<boolean> {
  return caches.delete(PAGES);
}

async function page(request: Request): Promise<Response> {
  const pages = await caches.open(PAGES);
  const { pathname } = new URL(request.url);
  try {
    const fresh = await within(PAGE_MS, fetch(request));
    // One that leads elsewhere says who is signed in, and a fault says nothing of the page.
    if (fresh.ok && !fresh.redirected && fresh.type === 'basic') await pages.put(pathname, fresh.clone());
    // The login is shown to nobody who is signed in: a session that ended without a log-out left its pictures.
    if (new URL(fresh.url).pathname === '/login.shtml' && fresh.ok) await forgetPictures();
    return fresh;
  } catch (fault) {
    const kept = (await pages.match(pathname)) ?? (await pages.match('/index.shtml'));
    if (kept) return kept;
    throw fault;
  }
}

async function file(request: Request): Promise<Response> {
  const built = await caches.open(BUILT);
  const kept = await built.match(request);
  if (kept) return kept;
  const fresh = await fetch(request);
  if (fresh.ok) await built.put(request, fresh.clone());
  return fresh;
}
