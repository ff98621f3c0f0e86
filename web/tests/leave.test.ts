/** Whoever leaves takes along what this browser would still tell of them. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { nextTick, shallowReactive } from 'vue';
import { MemoryStorage } from './browser';

const goTo = vi.fn();
const done: string[] = [];
const note = (what: string) => async () => void done.push(what);

const notice = { close: () => void done.push('notice') };
const subscription = { unsubscribe: note('push') };
const worker = { postMessage: (word: string) => void done.push(word) };
const registration = {
  active: worker,
  getNotifications: async () => [notice, notice],
  pushManager: { getSubscription: async () => subscription as typeof subscription | null },
};
const browser = {
  clearAppBadge: note('badge'),
  serviceWorker: { controller: null, getRegistration: async () => registration },
};

const leave = async (isWished = false) => (await import('../src/core/leave')).leave(isWished);
/** The browser's databases: how each stands in the list, and which are deleted. */
function keepDatabases(...names: string[]) {
  vi.stubGlobal('indexedDB', {
    databases: async () => names.map((name) => ({ name })),
    deleteDatabase(name: string) {
      done.push(name);
      const request = { onsuccess: () => {} };
      queueMicrotask(() => request.onsuccess());
      return request;
    },
  });
}

beforeEach(() => {
  done.length = 0;
  goTo.mockReset();
  vi.resetModules();
  vi.stubGlobal('location', { replace: (where: string) => (done.push('login'), goTo(where)) });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('the number on the icon, the notices and the push subscription are gone before the login is there', async () => {
  vi.stubGlobal('navigator', browser);
  await leave();
  expect(done.pop()).toBe('login');
  expect(done.sort()).toEqual(['badge', 'forget', 'notice', 'notice', 'push']);
  expect(goTo).toHaveBeenCalledWith('/login.shtml');
});

test('one that fails keeps no other from it', async () => {
  vi.stubGlobal('navigator', {
    clearAppBadge: async () => Promise.reject(new Error('no icon')),
    serviceWorker: { getRegistration: async () => ({ ...registration, getNotifications: async () => Promise.reject(new Error('none')) }) },
  });
  await leave();
  expect(done).toEqual(['forget', 'push', 'login']);
});

test('a push service that does not answer keeps nobody here', async () => {
  vi.useFakeTimers();
  const deaf = { ...registration, pushManager: { getSubscription: () => new Promise(() => {}) } };
  vi.stubGlobal('navigator', { ...browser, serviceWorker: { getRegistration: async () => deaf } });
  const left = leave();
  await vi.advanceTimersByTimeAsync(500);
  await left;
  expect(done).toContain('login');
});

test('a browser without any of that gets to the login, and only once', async () => {
  vi.stubGlobal('navigator', {});
  await Promise.all([leave(), leave()]);
  expect(done).toEqual(['login']);
});

test('a session that ends by itself leaves the files that are on their way, for who sent them; a log-out does not', async () => {
  vi.stubGlobal('navigator', {});
  keepDatabases('fastim.7.3', 'fastim.uploads', 'of another page');
  await leave();
  expect(done).toEqual(['fastim.7.3', 'login']);
  await leave(true); // its first sign was that the session was over
  expect(done).toEqual(['fastim.7.3', 'login', 'fastim.uploads']);
  vi.resetModules();
  done.length = 0;
  await leave(true);
  expect(done.sort()).toEqual(['fastim.7.3', 'fastim.uploads', 'login']);
});

test('the login says why one is there to who did not wish to go, once', async () => {
  vi.stubGlobal('navigator', {});
  vi.stubGlobal('sessionStorage', new MemoryStorage());
  const { leave: go, takeEnd } = await import('../src/core/leave');
  await go(false);
  expect([takeEnd(), takeEnd()]).toEqual([true, false]);
  await go(false);
  await go(true); // its first sign was that the session was over
  expect(takeEnd()).toBe(false);
});

test('a tab that hears both that another one left and that its session is over goes once, and forgets nothing of the next account', async () => {
  vi.stubGlobal('navigator', browser);
  const all = await import('../src/core/leave');
  all.follow();
  await all.leave(false);
  expect(done).toEqual(['login']);
});

test('the entrance forgets what was written behind who left, and nothing of who is here', async () => {
  keepDatabases('fastim.7.3', 'fastim.uploads', 'of another page');
  const { forgetRest } = await import('../src/core/leave');
  vi.stubGlobal('localStorage', { getItem: () => '7' });
  forgetRest();
  await new Promise((resolve) => setTimeout(resolve));
  expect(done).toEqual([]);
  vi.stubGlobal('localStorage', { getItem: () => null, removeItem: () => {} });
  forgetRest();
  await new Promise((resolve) => setTimeout(resolve));
  expect(done).toEqual(['fastim.7.3']);
});

test('what comes in while one leaves puts no number on the icon again', async () => {
  const badge = vi.fn(async () => {});
  vi.stubGlobal('navigator', { ...browser, setAppBadge: badge });
  vi.stubGlobal('document', {});
  const chat = shallowReactive({ unreadCount: 1 });
  vi.doMock('../src/store/chat', () => ({ useChat: () => chat }));
  (await import('../src/core/title')).useTitle();
  expect(badge).toHaveBeenLastCalledWith(1);
  await leave();
  chat.unreadCount = 2;
  await nextTick();
  expect(badge).toHaveBeenCalledOnce();
  vi.doUnmock('../src/store/chat');
});
