/** Web Push on this browser: told of messages while no page is open. */
import { post } from './api';
import { bytesOf, textOf } from './base64';
import { readBoot } from './boot';
import { readyWorker } from './offline';

const KEYS = ['p256dh', 'auth'] as const;

/** Whether the server has keys for it and the browser a worker to wake. */
export function canPush(): boolean {
  return !!readBoot().push && 'serviceWorker' in navigator && 'PushManager' in window;
}

export async function isPushed(): Promise<boolean> {
  return !!(await (await worker())?.pushManager.getSubscription());
}

/**
 * A server forgets a subscription with its session, and may have got other keys; the browser forgets neither. Told again at
 * each start, what the settings show of it is true.
 */
export async function renewPush(): Promise<void> {
  const subscription = await (await worker())?.pushManager.getSubscription();
  if (!subscription) return;
  if (textOf(subscription.options.applicationServerKey) !== textOf(bytesOf(readBoot().push).buffer)) await subscription.unsubscribe();
  await startPush();
}

/** Throws what the browser or the server refuses. */
export async function startPush(): Promise<void> {
  const registration = (await worker()) ?? (await readyWorker());
  if (!registration) throw new Error('no service worker');
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: bytesOf(readBoot().push),
  });
  const [p256dh, auth] = KEYS.map((name) => textOf(subscription.getKey(name)));
  await post('/push/subscribe', { endpoint: subscription.endpoint, p256dh, auth });
}

export async function stopPush(): Promise<void> {
  const subscription = await (await worker())?.pushManager.getSubscription();
  if (!subscription) return;
  await post('/push/unsubscribe', { endpoint: subscription.endpoint });
  await subscription.unsubscribe();
}

async function worker(): Promise<ServiceWorkerRegistration | undefined> {
  return canPush() ? navigator.serviceWorker.getRegistration() : undefined;
}
