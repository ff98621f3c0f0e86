import { shortTime } from './format';
import { say } from './i18n';
import type { Friend } from './types';

/** Whether a friend is here, or when they were, as far as they show it. */
export function presence({ online, lastseen }: Pick<Friend, 'online' | 'lastseen'>): string {
  if (online) return say('talk.online');
  const time = Date.parse(lastseen);
  return Number.isNaN(time) ? say('talk.offline') : say('talk.lastseen', { time: shortTime(time) });
}
