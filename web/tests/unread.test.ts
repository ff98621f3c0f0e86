import { describe, expect, test } from 'vitest';
import { unread } from '../src/store/unread';
import { live, ME, message, only, run, synced, syncOf } from './facts';

describe('unread', () => {
  test('is the last number less the mark', () => {
    const log = [1, 2, 3, 4].map((seq) => message(seq));
    expect(unread(only(run([synced(syncOf(log, 1))])), ME)).toBe(3);
  });

  test('leaves out the notices that are not here, which the server counted', () => {
    const log = Array.from({ length: 60 }, (_, at) => ({ ...message(at + 1), ...(at < 35 && { media: 20 }) }));
    const state = run([synced({ ...syncOf(log), unread: 25 })]);
    expect(unread(only(state), ME)).toBe(25);
    const later = run([live(message(61)), live({ ...message(62), media: 20 })], state);
    expect(unread(only(later), ME)).toBe(26);
    const read = run([{ type: 'read', kind: 10, dstid: 8, userid: ME, seq: 50 }], later);
    expect(unread(only(read), ME)).toBe(11);
    const again = run([synced({ ...syncOf(log, 50), unread: 10 })], read);
    expect([unread(only(again), ME), unread(only(run([synced({ ...syncOf(log), unread: 25 })], again)), ME)]).toEqual([11, 11]);
  });

  test('what I wrote, and what stood above it, is read', () => {
    const log = [message(1), message(2), message(3, ME), message(4)];
    expect(unread(only(run([synced(syncOf(log))])), ME)).toBe(1);
  });
});
