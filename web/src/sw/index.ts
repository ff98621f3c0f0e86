/// <reference lib="webworker" />
/** The service worker. Each concern is a module beside this one; here they are tied to the worker's events. */
import { pressed, renewed, told } from './push';
import { answer, forget, install, tidy } from './shell';

declare const self: ServiceWorkerGlobalScope;

self.addEventListener('install', (event) => event.waitUntil(install()));

self.addEventListener('activate', (event) => event.waitUntil(tidy().then(() => self.clients.claim())));

self.addEventListener('fetch', (event) => {
  const response = answer(event.request);
  if (response) event.respondWith(response);
});

self.addEventListener('push', (event) => event.waitUntil(told(event.data)));
self.addEventListener('notificationclick', (event) => event.waitUntil(pressed(event.notification)));
self.addEventListener('pushsubscriptionchange', (event) => {
  const { oldSubscription, newSubscription } = event as Event & {
    oldSubscription?: PushSubscription | null; newSubscription?: PushSubscription | null;
  };
  (event as ExtendableEvent).waitUntil(renewed(oldSubscription ?? null, newSubscription ?? null));
});

/** Words of the pages: `renew` lets this version take over, `forget` is said at log-out. */
self.addEventListener('message', (event) => {
  if (event.data === 'renew') event.waitUntil(self.skipWaiting());
  if (event.data === 'forget') event.waitUntil(forget());
});
