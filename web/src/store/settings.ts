/**
 * How I want conversations in my list, as a pure function of what the server said in any order.
 *
 *   noSettings                         nothing known yet
 *   withSettings(now, rows)            rows that are newer than what is known take its place
 *   withRevision(now, revision)        a frame with this number came; null when one before it is missing
 */
import type { TalkSettings } from '../core/types';
import { keyFor } from './conversations';

export interface Settings {
  /** Everything up to here is known. */
  readonly revision: number;
  readonly byKey: ReadonlyMap<string, TalkSettings>;
}

export const noSettings: Settings = { revision: 0, byKey: new Map() };

export function withSettings(now: Settings, rows: readonly TalkSettings[]): Settings {
  const newer = rows.filter((row) => row.revision > (now.byKey.get(keyFor(row.cmd, row.dstid))?.revision ?? 0));
  if (!newer.length) return now;
  const byKey = new Map(now.byKey);
  for (const row of newer) byKey.set(keyFor(row.cmd, row.dstid), row);
  return { ...now, byKey };
}

export function withRevision(now: Settings, revision: number): Settings | null {
  if (revision <= now.revision) return now;
  return revision === now.revision + 1 ? { ...now, revision } : null;
}
