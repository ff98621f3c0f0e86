/**
 * The server's clock. What the server tells of time is compared by it: a device's own may be an hour off, or a day.
 *
 *   serverNow()            now, in ms; who asks in a computed value is told when it is corrected
 *   serverToday()          the same for what is said of days: who asks is told at midnight too
 *   onServerClock(rows)    what this device gave a time, by the server's clock
 *   useComing(moment)      whether a moment is still to come, for as long as a component lives
 *   hearTime(told)         the connection says how the clocks stand, with its hello and with every heartbeat
 */
import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue';

/** The server's `time`, and when it was asked for and heard by this device's clock. */
export interface Told {
  time: number;
  asked: number;
  heard: number;
}

/** A timer stands still while the machine sleeps, and cannot be set for 25 days: it looks at the clock at least this often. */
const LOOK_MS = 60_000;

/** How far the server's clock is ahead of this device's, in ms. */
const ahead = shallowRef(0);

/**
 * The server read its clock at some time between question and answer. What is known stays as long as that can be true,
 * so a late answer changes nothing; a device whose clock was set again shows itself with the next one.
 */
export function hearTime({ time, asked, heard }: Told): void {
  const [least, most] = [time - heard, time - asked];
  if (least > most || (least <= ahead.value && ahead.value <= most)) return;
  ahead.value = Math.round((least + most) / 2);
}

export function serverNow(): number {
  return Date.now() + ahead.value;
}

/** When the day ends in which `now` is, by this machine's calendar. */
const midnightAfter = (now: number) => new Date(now).setHours(24, 0, 0, 0);

const dayEnds = shallowRef(midnightAfter(Date.now()));
let lookingAtDay: ReturnType<typeof setTimeout> | undefined;

function lookAtDay(): void {
  clearTimeout(lookingAtDay);
  const now = serverNow();
  dayEnds.value = midnightAfter(now);
  lookingAtDay = setTimeout(lookAtDay, Math.min(dayEnds.value - now, LOOK_MS));
}

/** What says "yesterday" turns over in a page that nobody touches; no timer runs before somebody asks. */
export function serverToday(): number {
  lookingAtDay ??= setTimeout(lookAtDay);
  void dayEnds.value;
  return serverNow();
}

export function onServerClock<T extends { readonly time: number }>(rows: readonly T[]): readonly T[] {
  return ahead.value ? rows.map((row) => ({ ...row, time: row.time + ahead.value })) : rows;
}

/** `moment` in ms by the server's clock; 0 is over, Infinity never comes. */
export function useComing(moment: () => number): Readonly<Ref<boolean>> {
  const coming = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  function look() {
    clearTimeout(timer);
    const left = moment() - serverNow();
    coming.value = left > 0;
    if (left > 0 && left < Infinity) timer = setTimeout(look, Math.min(left, LOOK_MS));
  }
  watch([moment, ahead], look, { immediate: true });
  onScopeDispose(() => clearTimeout(timer));
  return coming;
}
