import { forgetKept } from './kept';

let leaving = false;

/** To the login, and nothing of whoever was here stays in this browser. */
export async function leave(): Promise<void> {
  if (leaving) return;
  leaving = true;
  navigator.serviceWorker?.controller?.postMessage('forget');
  void beQuiet();
  await forgotten(0);
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
  navigator.serviceWorker?.controller?.postMessage('forget');
  void beQuiet();
  await forgotten(me);
  location.reload();
}

/** A database that another tab still reads is deleted when that tab goes; nobody waits for it. */
function forgotten(me: number): Promise<unknown> {
  return Promise.race([forgetKept(me), new Promise((resolve) => setTimeout(resolve, 500))]);
}

/**
 * Nothing tells of the messages of whoever was here any more: no notice, no number, no push. The server forgot the
 * subscription with the session; the browser need not keep its half.
 */
async function beQuiet(): Promise<void> {
  const badge = navigator as Navigator & { clearAppBadge?: () => Promise<void> };
  void badge.clearAppBadge?.().catch(() => {});
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => undefined);
  for (const notice of (await registration?.getNotifications().catch(() => [])) ?? []) notice.close();
  const subscription = await registration?.pushManager?.getSubscription().catch(() => null);
  await subscription?.unsubscribe().catch(() => false);
}
