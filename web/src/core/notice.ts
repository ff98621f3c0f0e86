/**
 * Whether a message is worth disturbing somebody, as a pure function: no clock, no permission, no page in here.
 * fastim/services/notices.py keeps the same rules for Web Push; tests/unit/notice_cases.json holds both to them.
 */
import type { Notices } from './protocol';

const DAY_MINUTES = 24 * 60;
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

export interface Situation {
  rules: Notices;
  now: number;
  /** My own, from another device. */
  own: boolean;
  /** The conversation is muted, and the message does not mention me. */
  muted: boolean;
  mentioned: boolean;
  /** Its conversation is before somebody's eyes, in this tab or another of this browser. */
  inView: boolean;
  /** Some tab of this browser is looked at, whatever it shows. */
  looking: boolean;
}

export interface Decision {
  /** Through the system. */
  show: boolean;
  sound: boolean;
}

const NOTHING: Decision = { show: false, sound: false };

export function decide({ rules, now, own, muted, mentioned, inView, looking }: Situation): Decision {
  if (own || inView || (muted && !mentioned) || isSilent(rules, now)) return NOTHING;
  // Who looks at the page sees the list move: a sound is enough.
  return { show: !looking, sound: rules.sound };
}

/** Switched off, paused, or quiet hours. A quiet time belongs to the day on which it begins. */
export function isSilent(rules: Notices, now: number): boolean {
  if (!rules.enabled || now < rules.pauseduntil) return true;
  if (!rules.quiet) return false;
  const { minute, weekday } = wallClock(now, rules.zone);
  const beginsOn = (day: number) => ((rules.quietdays >> day) & 1) === 1;
  if (rules.quietfrom < rules.quietto) return beginsOn(weekday) && minute >= rules.quietfrom && minute < rules.quietto;
  return (beginsOn(weekday) && minute >= rules.quietfrom) || (beginsOn((weekday + 6) % 7) && minute < rules.quietto);
}

/** Minutes after midnight and the weekday, 0 on Monday, by the clocks of a zone; UTC where it is not known. */
export function wallClock(now: number, zone: string): { minute: number; weekday: number } {
  const parts = new Map(clockOf(zone).formatToParts(now).map(({ type, value }) => [type, value]));
  const minute = Number(parts.get('hour')) * 60 + Number(parts.get('minute'));
  return { minute: minute % DAY_MINUTES, weekday: WEEKDAYS.indexOf(parts.get('weekday') ?? 'Mon') };
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  let known = clocks.get(zone);
  if (!known) clocks.set(zone, (known = makeClock(zone)));
  return known;
}

function makeClock(zone: string): Intl.DateTimeFormat {
  const options = { weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  try {
    return new Intl.DateTimeFormat('en-US', { ...options, timeZone: zone || 'UTC' });
  } catch {
    return new Intl.DateTimeFormat('en-US', { ...options, timeZone: 'UTC' });
  }
}

/** The zone of this machine, for quiet hours that are set here. */
export function zoneHere(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || '';
}

/** Minutes after midnight as an input of type time has them, and back. */
export const clockText = (minute: number) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
export function clockMinute(text: string): number | null {
  const [, hours, minutes] = /^(\d\d):(\d\d)/.exec(text) ?? [];
  return hours === undefined ? null : Number(hours) * 60 + Number(minutes);
}
