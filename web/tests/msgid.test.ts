import { expect, test } from 'vitest';
import { newMsgid } from '../src/core/msgid';

test('an id is a UUID of version 7', () => {
  expect(newMsgid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('ids sort by the time that they were made at', () => {
  const times = [0, 1, 255, 256, 65_536, 2 ** 32 - 1, 2 ** 32, 1_795_435_691_723, 2 ** 48 - 1];
  const ids = times.map((time) => newMsgid(time));
  expect([...ids].sort()).toEqual(ids);
  expect(parseInt(ids[7]!.replaceAll('-', '').slice(0, 12), 16)).toBe(times[7]);
});

test('ids of one moment differ', () => {
  expect(new Set(Array.from({ length: 1000 }, () => newMsgid(7))).size).toBe(1000);
});
