import { serverToday } from './clock';
import { currentLang, say } from './i18n';

const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function format(time: number, options: Intl.DateTimeFormatOptions): string {
  const name = currentLang() + JSON.stringify(options);
  let known = formats.get(name);
  if (!known) formats.set(name, (known = new Intl.DateTimeFormat(currentLang(), options)));
  return known.format(time);
}

/** Whole days between a time and now, by the calendar of this machine; 0 is today. */
export function daysAgo(time: number, now = serverToday()): number {
  const start = (at: number) => new Date(at).setHours(0, 0, 0, 0);
  return Math.round((start(now) - start(time)) / DAY_MS);
}

export function clockTime(time: number): string {
  return format(time, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

/** For the list: the time today, the weekday this week, else the date. */
export function listTime(time: number, now = serverToday()): string {
  const days = daysAgo(time, now);
  if (days <= 0) return clockTime(time);
  if (days === 1) return say('talk.yesterday');
  if (days < 7) return format(time, { weekday: 'short' });
  const sameYear = new Date(time).getFullYear() === new Date(now).getFullYear();
  return format(time, sameYear ? { month: 'numeric', day: 'numeric' } : { year: 'numeric', month: 'numeric', day: 'numeric' });
}

/** For the line between two days. */
export function dayName(time: number, now = serverToday()): string {
  const days = daysAgo(time, now);
  if (days === 0) return say('talk.today');
  if (days === 1) return say('talk.yesterday');
  const sameYear = new Date(time).getFullYear() === new Date(now).getFullYear();
  return format(time, sameYear
    ? { month: 'long', day: 'numeric', weekday: 'long' }
    : { year: 'numeric', month: 'long', day: 'numeric' });
}

/** A moment of these days in a few letters: 16:18, yesterday 16:18, Nov 25, 16:18; with the year where it is another. */
export function shortTime(time: number, now = serverToday()): string {
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const day = { 0: 'today', 1: 'yesterday', [-1]: 'tomorrow' }[daysAgo(time, now)];
  if (day) return say(`moment.${day}`, { time: clockTime(time) });
  const sameYear = new Date(time).getFullYear() === new Date(now).getFullYear();
  return format(time, { ...(sameYear ? {} : { year: 'numeric' }), month: 'short', day: 'numeric', ...clock });
}

export function fullTime(time: number): string {
  return format(time, { dateStyle: 'long', timeStyle: 'short', hourCycle: 'h23' });
}

export function fileSize(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB'];
  let size = bytes;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${unit && size < 10 ? size.toFixed(1) : Math.round(size)} ${units[unit]}`;
}

/** The ending of a file's name, where it is short enough to be a sign: PDF. */
export function fileEnding(name = ''): string {
  return /\.([a-z0-9]{1,4})$/i.exec(name)?.[1]?.toUpperCase() ?? '';
}

export interface Box {
  width: number;
  height: number;
}

/** So much room what is done with an upload needs, and the time of a message. */
const SHORTEST = 112;

/**
 * How large a picture of `WIDTHxHEIGHT` is shown in a box of `longest` px; a square where that is not known. Of one that
 * is much longer than wide, or much wider, a part is seen.
 */
export function shownSize(memo: string | undefined, longest: number): Box {
  const [, width, height] = /^(\d{1,5})x(\d{1,5})$/.exec(memo ?? '') ?? [];
  const [w, h] = [Number(width), Number(height)];
  if (!w || !h) return { width: 200, height: 200 };
  const scale = Math.min(1, longest / Math.max(w, h));
  return { width: Math.max(SHORTEST, Math.round(w * scale)), height: Math.max(SHORTEST, Math.round(h * scale)) };
}

/** Seconds as 1:05 or 1:02:05. */
export function lasting(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const [first, ...rest] = parts[0] ? parts : parts.slice(1);
  return [String(first), ...rest.map((part) => String(part).padStart(2, '0'))].join(':');
}
