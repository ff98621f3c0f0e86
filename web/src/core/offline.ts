import { ref } from 'vue';
import { trustedScript } from './trusted';

/** A newer version of the pages waits; `renew` takes it. */
export const renewable = ref(false);

let waiting: ServiceWorker | null = null;

/** Installs the service worker, where there is one (not without HTTPS), and hears of newer versions. */
export async function goOffline(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  try {
    const registration = await navigator.serviceWorker.register(trustedScript('/sw.js'));
    // This page came from the server just now, so it is of the version that waits.
    registration.waiting?.postMessage('renew');
    registration.addEventListener('updatefound', () => watch(registration.installing));
  } catch {
    // A private window, or a server without a build: the pages work, only not without a network.
  }
}

/** Asks whether the server has a newer version; called when it came back. */
export async function lookForNews(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const registration = await navigator.serviceWorker.getRegistration().catch(() => undefined);
  await registration?.update().catch(() => {});
}

export function renew(): void {
  waiting?.postMessage('renew');
  location.reload();
}

function watch(worker: ServiceWorker | null): void {
  worker?.addEventListener('statechange', () => {
    // The first one ever is no news: there was nothing before it.
    if (worker.state !== 'installed' || !navigator.serviceWorker.controller) return;
    waiting = worker;
    renewable.value = true;
  });
}
