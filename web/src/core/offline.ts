import { ref } from 'vue';
import { trustedScript } from './trusted';

/** A newer version of the pages waits; `renew` takes it. */
export const renewable = ref(false);

let waiting: ServiceWorker | null = null;

/** The first install fetches all parts of the pages: a second of work at a desk, several on a phone. */
const SETTLED_MS = 10_000;
const LATE_MS = 30_000;

/** Installs the service worker; for the first time when whoever came stays, and does not only begin. */
export async function goOffline(): Promise<void> {
  if (!(await navigator.serviceWorker?.getRegistration().catch(() => undefined))) await settled();
  await installWorker();
}

/** Stays for a while, or installs the pages as an app, which may be opened without a network at once. */
function settled(): Promise<unknown> {
  return new Promise<unknown>((resolve) => {
    setTimeout(resolve, SETTLED_MS);
    addEventListener('appinstalled', resolve, { once: true });
  });
}

/** The worker, ready to be told; installed now where it is not. `undefined` where there can be none, or it takes too long. */
export async function readyWorker(): Promise<ServiceWorkerRegistration | undefined> {
  if (!(await installWorker())) return undefined;
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, LATE_MS));
  return Promise.race([navigator.serviceWorker.ready, late]);
}

/** Nothing where there is none (not without HTTPS); else it tells of newer versions from now on. */
async function installWorker(): Promise<boolean> {
  if (!('serviceWorker' in navigator)) return false;
  try {
    const registration = await navigator.serviceWorker.register(trustedScript('/sw.js'));
    // This page came from the server just now, so it is of the version that waits.
    registration.waiting?.postMessage('renew');
    registration.onupdatefound = () => watch(registration.installing);
    return true;
  } catch {
    // A private window, or a server without a build: the pages work, only not without a network.
    return false;
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
