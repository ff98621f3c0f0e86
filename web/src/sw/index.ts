/// <reference lib="webworker" />
/** The service worker. Each concern is a module beside this one; here they are tied to the worker's events. */
import { belong, drop, forgetPictures, note, picture } from './pictures';
import { pressed, renewed, told } from './push';
import { answer, forget, install, takeOver, tidy } from './shell';

declare const self: ServiceWorkerGlobalScope;

self.addEventListener('install', (event) => event.waitUntil(install()));

self.addEventListener('activate', (event) => event.waitUntil(tidy().then(takeOver)));

self.addEventListener('fetch', (event) => {
  const response = picture(event) ?? answer(event.request);
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

type Word =
  | 'renew'
  | 'forget'
  | { user: number; seen: string[] }
  | { shown: [message: string, paths: string[]][] }
  | { gone: string[]; recalled: string[] };

/** Words of the pages, as core/pictures.ts and core/offline.ts say them; `forget` is said at log-out. */
self.addEventListener('message', (event) => {
  const word = event.data as Word;
  if (word === 'renew') event.waitUntil(self.skipWaiting());
  else if (word === 'forget') event.waitUntil(Promise.all([forget(), forgetPictures()]));
  else if ('user' in word) event.waitUntil(belong(word.user, word.seen));
  else if ('shown' in word) event.waitUntil(note(word.shown));
  else if ('gone' in word) event.waitUntil(drop(word.gone, word.recalled));
});
