/** What the settings show of push is true: the server is told again of what the browser has. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { bytesOf } from '../src/core/base64';
import { renewPush } from '../src/core/push';
import { asked, question, quiet } from './asked';

vi.mock('../src/core/api', async (actual) => ({ ...(await actual<object>()), ...(await import('./asked')).api }));

const KEY = 'BPubKeyOfTheServer';
const unsubscribe = vi.fn(async () => true);
const subscribe = vi.fn(async () => subscription(KEY));
const subscription = (key: string) => ({
  endpoint: 'https://push.example/1', options: { applicationServerKey: bytesOf(key).buffer }, unsubscribe, getKey: () => new ArrayBuffer(1),
});

/** A browser that has `now` subscribed, of a server whose key is KEY. */
function open(now: ReturnType<typeof subscription> | null) {
  const registration = { pushManager: { getSubscription: async () => now, subscribe } };
  vi.stubGlobal('document', { getElementById: () => ({ textContent: JSON.stringify({ push: KEY }) }) });
  vi.stubGlobal('window', { PushManager: class {} });
  vi.stubGlobal('navigator', { serviceWorker: { getRegistration: async () => registration } });
}

beforeEach(() => {
  asked.length = 0;
  vi.clearAllMocks();
});
afterEach(() => vi.unstubAllGlobals());

test('a subscription that the browser still has is told to the server again, whose session before may have ended', async () => {
  open(subscription(KEY));
  const renewing = renewPush();
  const { body, answer } = await question('/push/subscribe');
  expect(body).toMatchObject({ endpoint: 'https://push.example/1' });
  answer(null);
  await renewing;
  expect(unsubscribe).not.toHaveBeenCalled();
});

test('one for keys that the server has no more is made anew', async () => {
  open(subscription('BTheKeyOfBefore'));
  void renewPush();
  (await question('/push/subscribe')).answer(null);
  expect([unsubscribe, subscribe].map((one) => one.mock.calls.length)).toEqual([1, 1]);
});

test('who has none is not subscribed by it', async () => {
  open(null);
  await renewPush();
  await quiet();
  expect([subscribe.mock.calls, asked]).toEqual([[], []]);
});
