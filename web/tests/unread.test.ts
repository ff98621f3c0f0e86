import { describe, expect, test } from 'vitest';
import { unread } from '../src/store/unread';
import { ME, message, only, run, synced, syncOf } from './facts';

describe('unread', () => {
  test('is the last number less the mark', () => {
    const log = [1, 2, 3, 4].map((seq) => message(seq));
    expect(unread(only(run([synced(syncOf(log, 1))])), ME)).toBe(3);
  });

  test('what I wrote, and what stood above it, is read', () => {
    const log = [message(1), message(2), message(3, ME), message(4)];
    expect(unread(only(run([synced(syncOf(log))])), ME)).toBe(1);
  });
});
