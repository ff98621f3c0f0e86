import { forgetKept } from './kept';

let leaving = false;

/** To the login, and nothing of whoever was here stays in this browser. */
export async function leave(): Promise<void> {
  if (leaving) return;
  leaving = true;
  navigator.serviceWorker?.controller?.postMessage('forget');
  void endPush();
  // A database that another tab still reads is deleted when that tab goes; nobody waits for it.
  await Promise.race([forgetKept(), new Promise((resolve) => setTimeout(resolve, 500))]);
  location.replace('/login.shtml');
}

/** The server forgot the session's subscription with it; the browser need not keep its half. */
async function endPush(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => undefined);
  const subscription = await registration?.pushManager?.getSubscription().catch(() => null);
  await subscription?.unsubscribe().catch(() => false);
}
