/// <reference lib="webworker" />
/**
 * The pages without a network: what Vite built is kept when the worker is installed, and each page as it was last
 * served; one that is open already when the worker comes is asked for once more, to be kept too. Pages are asked from
 * the server first, so that a new version and an ended session are seen at once.
 */
import { forgetPictures } from './pictures';
import { within } from './wait';

declare const self: ServiceWorkerGlobalScope;
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

/** Takes the open pages over, which were loaded before there was a worker or with an older one, and keeps them. */
export async function takeOver(): Promise<void> {
  await self.clients.claim();
  const open = await self.clients.matchAll({ type: 'window' });
  const paths = new Set(open.map(({ url }) => new URL(url).pathname).filter(isPage));
  await Promise.all([...paths].map((path) => served(path, path).catch(() => {}))); // without a network nothing is new
}

/** The answer for a request of ours; null where it is none of our business. */
export function answer(request: Request): Promise<Response> | null {
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return null;
  if (request.mode === 'navigate' && isPage(pathname)) return page(request, pathname);
  return pathname.startsWith('/asset/dist/assets/') ? file(request) : null;
}

/** Forgets the pages of whoever was signed in. */
export function forget(): Promise<boolean> {
  return caches.delete(PAGES);
}

const isPage = (path: string) => path === '/' || path.endsWith('.shtml');

async function page(request: Request, path: string): Promise<Response> {
  try {
    return await served(request, path);
  } catch (fault) {
    const pages = await caches.open(PAGES);
    const kept = (await pages.match(path)) ?? (await pages.match('/index.shtml'));
    if (kept) return kept;
    throw fault;
  }
}

/** A page from the server, kept. */
async function served(request: Request | string, path: string): Promise<Response> {
  const pages = await caches.open(PAGES); // forgotten meanwhile, it is nobody's
  const fresh = await within(PAGE_MS, fetch(request));
  // One that leads elsewhere says who is signed in, and a fault says nothing of the page.
  if (fresh.ok && !fresh.redirected && fresh.type === 'basic') await pages.put(path, fresh.clone());
  // The login is shown to nobody who is signed in: a session that ended without a log-out left its pictures.
  if (new URL(fresh.url).pathname === '/login.shtml' && fresh.ok) await forgetPictures();
  return fresh;
}

async function file(request: Request): Promise<Response> {
  const built = await caches.open(BUILT);
  const kept = await built.match(request);
  if (kept) return kept;
  const fresh = await fetch(request);
  if (fresh.ok) await built.put(request, fresh.clone());
  return fresh;
}
