import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, test, vi } from 'vitest';
import { usePins } from '../src/store/pins';
import { asked, overtake, question, quiet } from './asked';

vi.mock('../src/core/api', async (actual) => ({ ...(await actual<object>()), ...(await import('./asked')).api }));

const pin = (seq: number) => ({ id: seq, seq, time: 1, userid: 8, cmd: 10, dstid: 7, media: 1, content: 'a', pinned: true });
const KEY = '10:8';

beforeEach(() => {
  asked.length = 0;
  setActivePinia(createPinia());
});

test('of two answers the one that was asked for last stands', async () => {
  const pins = usePins();
  await overtake(() => pins.load(KEY), [pin(5), pin(4)], (older) => older.answer([pin(4)]));
  expect(pins.of(KEY)).toEqual([pin(5), pin(4)]);
});

test('without a line what is known stays', async () => {
  const pins = usePins();
  const first = pins.load(KEY);
  (await question('/message/pins')).answer([pin(4)]);
  await first;
  const second = pins.load(KEY);
  (await question('/message/pins')).fail(new Error('no line'));
  await second;
  await quiet();
  expect(pins.of(KEY)).toEqual([pin(4)]);
});
