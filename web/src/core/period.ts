/**
 * Times to search in, as days of this machine's calendar: `2026-11-25`, both ends inclusive, '' for an open end. Pure.
 *
 *   daysOf('week', now)        from when to when a usual period lasts
 *   presetOf(days, now)        which usual period that is, if any
 *   periodName(days, lang)     in words: Nov 3 – 25, 2026
 */
export interface Days {
  since: string;
  until: string;
}

export const PRESETS = ['today', 'week', 'month', 'year'] as const;
export type Preset = (typeof PRESETS)[number];

const LASTS: Record<Preset, number> = { today: 1, week: 7, month: 30, year: 365 };

/** A date by this machine's calendar; Swedes write dates as ISO does. */
export const dayOf = (date: Date) => date.toLocaleDateString('sv');

export function daysOf(preset: Preset, now: Date): Days {
  return { since: dayOf(new Date(now.getFullYear(), now.getMonth(), now.getDate() - LASTS[preset] + 1)), until: '' };
}

export function presetOf(days: Days, now: Date): Preset | undefined {
  return days.until ? undefined : PRESETS.find((preset) => daysOf(preset, now).since === days.since);
}

/** In the language's own way; an open end is an arrow. */
export function periodName({ since, until }: Days, lang: string): string {
  const format = new Intl.DateTimeFormat(lang, { dateStyle: 'medium' });
  const [from, to] = [since, until].map((day) => new Date(`${day}T00:00`));
  if (since && until) return format.formatRange(from!, to!);
  return since ? `${format.format(from)} →` : `→ ${format.format(to)}`;
}
