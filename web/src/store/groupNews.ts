import type { Entry, Group } from '../core/types';

/**
 * A group after an entry of its log that tells what became of it; null where only the server knows how it is now.
 * Ten thousand pages that hear of a new name need not all ask for it.
 */
export function afterNews(group: Group, entry: Entry, me: number): Group | null {
  const { content = '', memo = '', amount = 0, userid } = entry;
  switch (content) {
    case 'joined':
      return userid === me ? null : { ...group, members: group.members + 1 };
    case 'invited': {
      const ids = memo.split(' ').map(Number);
      return ids.includes(me) ? null : { ...group, members: group.members + ids.length };
    }
    case 'left':
    case 'removed':
      return (content === 'left' ? userid : amount) === me ? null : { ...group, members: group.members - 1 };
    case 'renamed':
      return { ...group, name: memo };
    case 'described':
      return { ...group, memo };
    case 'pictured':
      return { ...group, icon: memo };
    case 'mode':
      // Who waited may have been forgotten with it.
      return group.waiting ? null : { ...group, mode: memo as Group['mode'] };
    case 'promoted':
    case 'demoted':
      return amount === me ? null : group;
    case 'transferred':
      return [amount, userid].includes(me) ? null : { ...group, ownerid: amount };
    case 'muted':
    case 'unmuted':
      return muted(group, amount, Number(memo), me);
    case 'notice':
      return { ...group, noticeseq: memo ? entry.seq : 0, noticeread: userid === me ? entry.seq : group.noticeread };
    case 'aliased':
      return userid === me ? { ...group, alias: memo } : group;
    case 'dissolved':
      return { ...group, dissolved: new Date(entry.time).toISOString(), waiting: 0 };
    default:
      return null;
  }
}

function muted(group: Group, who: number, until: number, me: number): Group {
  const when = until ? new Date(until).toISOString() : '';
  if (!who) return { ...group, allmuted: when };
  return who === me ? { ...group, muted: when } : group;
}

/** Until when somebody may not speak in a group, in ms by the server's clock; 0 where they may, Infinity where nobody may any more. */
export function mutedUntil(group: Group): number {
  if (group.dissolved) return Infinity;
  if (group.role !== 'member') return 0;
  return Math.max(Date.parse(group.allmuted) || 0, Date.parse(group.muted) || 0);
}
