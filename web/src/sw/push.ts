/// <reference lib="webworker" />
/** Told of a message while no page is open: show it, and open its conversation when it is pressed. */
import { textOf } from '../core/base64';

declare const self: ServiceWorkerGlobalScope;

/** As fastim/services/pushes.py writes it; `key` is the conversation, "10:8". */
interface Payload {
  key: string;
  title: string;
  body: string;
  time: number;
}

/** Browsers want a notice for every push, but where somebody looks at a page of ours already. */
export async function told(data: PushMessageData | null): Promise<void> {
  const payload = read(data);
  if (!payload || (await windows()).some((one) => one.visibilityState === 'visible' && one.focused)) return;
  await self.registration.showNotification(payload.title, {
    body: payload.body,
    tag: payload.key, // in place of the one before, also of one that an open page showed
    icon: '/asset/images/icon-192.png',
    badge: '/asset/images/badge-96.png',
    data: { key: payload.key },
  });
}

export async function pressed(notice: Notification): Promise<void> {
  notice.close();
  const key = String((notice.data as { key?: unknown } | null)?.key ?? '');
  const address = /^1[01]:[1-9]\d*$/.test(key) ? `/index.shtml#/chats/${key.replace(':', '/')}` : '/index.shtml';
  const [open] = await windows();
  if (!open) return void (await self.clients.openWindow(address));
  await open.focus();
  open.postMessage({ open: key });
}

/** The browser changed the address by itself: the server has to know the new one. */
export async function renewed(old: PushSubscription | null, fresh: PushSubscription | null): Promise<void> {
  const options = old?.options;
  const now = fresh ?? (options && (await self.registration.pushManager.subscribe(options)));
  if (!now) return;
  await post('/push/subscribe', {
    endpoint: now.endpoint, p256dh: textOf(now.getKey('p256dh')), auth: textOf(now.getKey('auth')),
  });
  if (old && old.endpoint !== now.endpoint) await post('/push/unsubscribe', { endpoint: old.endpoint });
}

function post(path: string, body: Record<string, string>): Promise<Response> {
  return fetch(path, {
    method: 'POST', credentials: 'same-origin', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
  });
}

async function windows(): Promise<readonly WindowClient[]> {
  return self.clients.matchAll({ type: 'window', includeUncontrolled: true });
}

function read(data: PushMessageData | null): Payload | null {
  try {
    const payload = data?.json() as Partial<Payload> | undefined;
    return typeof payload?.key === 'string' && typeof payload.title === 'string'
      ? { body: '', time: 0, ...payload } as Payload
      : null;
  } catch {
    return null;
  }
}
