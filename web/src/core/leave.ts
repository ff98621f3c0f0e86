import { forgetKept, lastUser } from './kept';
import { keptUploads } from './kept-uploads';

let leaving = false;
/** Nobody waits longer for a browser that takes its time, or for a database that another tab still reads. */
const PATIENCE_MS = 500;

/**
 * To the login, and nothing of whoever was here stays in this browser but what they wrote and did not send, with its
 * files, for their next visit. That is gone too where they wished to go.
 */
export async function leave(isWished: boolean): Promise<void> {
  noteEnd(!isWished);
  const files = isWished ? keptUploads.forget() : undefined;
  if (leaving) return;
  leaving = true;
  await forgotten(0, files);
  location.replace('/login.shtml');
}

/** Whoever was here before `me` went without signing out: nothing of theirs stays. */
export function takeOver(me: number): void {
  void beQuiet();
  void forgetKept(me);
}

/** Somebody else, `me`, is signed in now: the page begins anew, for them. */
export async function startOver(me: number): Promise<void> {
  if (leaving) return;
  leaving = true;
  await forgotten(me);
  location.reload();
}

/** Another tab left, or somebody else signed in there; that tab forgets what there is. The login leads on whoever is here now. */
export function follow(): void {
  if (leaving) return;
  leaving = true;
  location.replace('/login.shtml');
}

/** At an entrance that nobody passed: what another tab wrote while this one left, or what there was no time for. */
export function forgetRest(): void {
  if (!lastUser()) void forgetKept();
}

const ENDED = 'fastim.ended';

/** Whoever did not wish to go is told at the login why they are there; this tab alone knows it. */
function noteEnd(isToldOf: boolean): void {
  try {
    if (isToldOf) sessionStorage.setItem(ENDED, '1');
    else sessionStorage.removeItem(ENDED);
  } catch {
    // Without storage the login says nothing of it.
  }
}

/** Whether a session ended here that nobody ended here; asked once. */
export function takeEnd(): boolean {
  try {
    const isEnded = sessionStorage.getItem(ENDED) !== null;
    sessionStorage.removeItem(ENDED);
    return isEnded;
  } catch {
    return false;
  }
}

/** Whether the page is on its way out, and tells of nothing any more. */
export const isLeaving = () => leaving;

function forgotten(me: number, more?: Promise<void>): Promise<unknown> {
  void registered().then((registration) => registration?.active?.postMessage('forget'));
  const done = Promise.all([forgetKept(me), beQuiet(), more]);
  return Promise.race([done, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
}

/**
 * Nothing tells of the messages of whoever was here any more: no notice, no number, no push. The server forgot the
 * subscription with the session; the browser need not keep its half. One that fails at one thing does the others.
 */
async function beQuiet(): Promise<void> {
  const badge = navigator as Navigator & { clearAppBadge?: () => Promise<void> };
  await Promise.allSettled([badge.clearAppBadge?.(), closeNotices(), unsubscribe()]);
}

async function closeNotices(): Promise<void> {
  for (const notice of (await (await registered())?.getNotifications()) ?? []) notice.close();
}

async function unsubscribe(): Promise<void> {
  const subscription = await (await registered())?.pushManager?.getSubscription();
  await subscription?.unsubscribe();
}

/** Also where a page that was loaded past it (with Shift) has no `controller`. */
async function registered(): Promise<ServiceWorkerRegistration | undefined> {
  return navigator.serviceWorker?.getRegistration().catch(() => undefined);
}
