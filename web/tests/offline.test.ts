/** When the service worker is installed: it fetches all parts of the pages, so not while somebody begins. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const register = vi.fn();
let here: object | undefined;
const page = new EventTarget();
const offline = () => import('../src/core/offline');

beforeEach(() => {
  vi.resetModules();
  vi.useFakeTimers();
  here = undefined;
  register.mockReset().mockImplementation(async () => (here = { waiting: null }));
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('location', { href: 'https://chat.example/index.shtml', origin: 'https://chat.example' });
  vi.stubGlobal('navigator', { serviceWorker: { register, getRegistration: async () => here, ready: new Promise((give) => give({ active: {} })) } });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('for the first time when somebody has stayed for ten seconds', async () => {
  const { goOffline } = await offline();
  void goOffline();
  await vi.advanceTimersByTimeAsync(9_000);
  expect(register).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(register).toHaveBeenCalledOnce();
});

test('at once where the pages are installed as an app', async () => {
  const { goOffline } = await offline();
  void goOffline();
  await vi.advanceTimersByTimeAsync(1);
  page.dispatchEvent(new Event('appinstalled'));
  await vi.advanceTimersByTimeAsync(0);
  expect(register).toHaveBeenCalledOnce();
});

test('at once where it is there, which looks for a newer one', async () => {
  here = {};
  const { goOffline } = await offline();
  void goOffline();
  await vi.advanceTimersByTimeAsync(0);
  expect(register).toHaveBeenCalledOnce();
});

test('at once for a notice or for push, which need it', async () => {
  const { readyWorker } = await offline();
  expect(await readyWorker()).toEqual({ active: {} });
  expect(register).toHaveBeenCalledOnce();
});

test('a browser that installs none keeps nobody waiting', async () => {
  const { readyWorker } = await offline();
  vi.stubGlobal('navigator', { serviceWorker: { register, ready: new Promise(() => {}) } });
  const ready = readyWorker();
  await vi.advanceTimersByTimeAsync(30_000);
  expect(await ready).toBeUndefined();
  register.mockRejectedValue(new Error('private window'));
  expect(await readyWorker()).toBeUndefined();
});
