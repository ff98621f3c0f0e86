import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { computed, effectScope, nextTick, ref } from 'vue';
import { hearTime, onServerClock, serverNow, useComing } from '../src/core/clock';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = 1_795_435_691_000;
/** The server says that it is `time`; the question was `took` ms ago by this device's clock. */
const hear = (time: number, took = 80) => hearTime({ time, asked: Date.now() - took, heard: Date.now() });

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  hear(NOW, 0);
});
afterEach(() => vi.useRealTimers());

describe('the time by the server', () => {
  test('is that of a device whose clock is right', () => {
    hear(NOW - 40);
    expect(serverNow()).toBe(NOW);
  });

  test('is corrected where the device is off, either way', () => {
    for (const off of [HOUR, -HOUR, 400 * DAY]) {
      hear(NOW + off - 40);
      expect(serverNow()).toBe(NOW + off);
      vi.setSystemTime(NOW + 5_000);
      expect(serverNow()).toBe(NOW + off + 5_000);
      vi.setSystemTime(NOW);
    }
  });

  test('is not changed by an answer that comes late, as to a page that was frozen', () => {
    hear(NOW + HOUR - 40);
    hear(NOW + HOUR - 600_000, 601_000);
    expect(serverNow()).toBe(NOW + HOUR);
  });

  test('is corrected again when the device is set right', () => {
    hear(NOW + HOUR - 40);
    vi.setSystemTime(NOW + HOUR);
    hear(NOW + HOUR - 40);
    expect(serverNow()).toBe(NOW + HOUR);
  });

  test('is not learned from a question during which the device was set back', () => {
    hear(NOW + HOUR, -HOUR);
    expect(serverNow()).toBe(NOW);
  });

  test('is that of what this device wrote', () => {
    const rows = [{ time: NOW, text: 'a' }];
    expect(onServerClock(rows)).toBe(rows);
    hear(NOW + HOUR, 0);
    expect(onServerClock(rows)).toEqual([{ time: NOW + HOUR, text: 'a' }]);
  });
});

describe('a moment that is to come', () => {
  const scope = () => effectScope();
  const comes = (moment: () => number) => scope().run(() => useComing(moment))!;

  test('comes by itself', () => {
    const coming = comes(() => NOW + HOUR);
    vi.advanceTimersByTime(HOUR - 1);
    expect(coming.value).toBe(true);
    vi.advanceTimersByTime(1);
    expect(coming.value).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('comes also after longer than a timer can be set for', () => {
    const coming = comes(() => NOW + 40 * DAY);
    vi.advanceTimersByTime(40 * DAY - 1);
    expect(coming.value).toBe(true);
    vi.advanceTimersByTime(1);
    expect(coming.value).toBe(false);
  });

  test('comes soon after a sleep during which no timer ran', () => {
    const coming = comes(() => NOW + HOUR);
    vi.setSystemTime(NOW + HOUR);
    vi.advanceTimersByTime(60_000);
    expect(coming.value).toBe(false);
  });

  test('comes by the clock of the server', async () => {
    const coming = comes(() => NOW + HOUR);
    hear(NOW + 2 * HOUR, 0);
    await nextTick();
    expect(coming.value).toBe(false);
    hear(NOW, 0);
    await nextTick();
    expect(coming.value).toBe(true);
  });

  test('may be put off, or be none, or never come', async () => {
    const moment = ref(0);
    const coming = comes(() => moment.value);
    expect(coming.value).toBe(false);
    moment.value = Infinity;
    await nextTick();
    expect(coming.value).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
    moment.value = NOW + HOUR;
    await nextTick();
    vi.advanceTimersByTime(HOUR);
    expect(coming.value).toBe(false);
  });

  test('is not waited for when nobody looks any more', () => {
    const one = scope();
    one.run(() => useComing(() => NOW + HOUR));
    one.stop();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('what is said of days', () => {
  /** Late in the evening, by the calendar of this machine. */
  const EVENING = new Date(2026, 10, 29, 23, 30).getTime();
  const HALF = HOUR / 2;
  /** Nobody has asked for the day before. */
  async function fresh() {
    vi.resetModules();
    vi.setSystemTime(EVENING);
    const [clock, format] = [await import('../src/core/clock'), await import('../src/core/format')];
    const said = effectScope().run(() => computed(() => format.daysAgo(EVENING)))!;
    return { clock, said };
  }

  test('turns over at midnight though nobody touches the page, each midnight', async () => {
    const { said } = await fresh();
    expect(said.value).toBe(0);
    for (const [passes, days] of [[HALF - 1, 0], [1, 1], [DAY - 1, 1], [1, 2]] as const) {
      vi.advanceTimersByTime(passes);
      expect(said.value).toBe(days);
    }
  });

  test('at the midnight of the server where this device is slow', async () => {
    const { clock, said } = await fresh();
    clock.hearTime({ time: EVENING + HALF - 1_000, asked: EVENING, heard: EVENING });
    expect(said.value).toBe(0);
    vi.advanceTimersByTime(1_000);
    expect(said.value).toBe(1);
  });

  test('soon after a sleep during which no timer ran', async () => {
    const { said } = await fresh();
    expect(said.value).toBe(0);
    vi.advanceTimersByTime(1);
    vi.setSystemTime(EVENING + 3 * HOUR);
    vi.advanceTimersByTime(60_000);
    expect(said.value).toBe(1);
  });
});
