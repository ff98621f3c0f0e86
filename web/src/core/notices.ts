import { shortTime } from './format';
import { currentLang, say } from './i18n';
import type { Content } from './types';

/** What is said of an entry that is no message, or none any more. */
export interface Notice {
  content: string;
  memo: string;
  amount: number;
}

export function noticeOf(entry: Content & { recalled?: number }): Notice {
  return { content: entry.recalled ? 'recalled' : (entry.content ?? ''), memo: entry.memo ?? '', amount: entry.amount ?? 0 };
}

/** Who made a group is the first whom its log has, before anybody else can join; owners may change afterwards. */
export function isFounding({ content, seq, userid }: { content?: string; seq: number; userid: number }, ownerid = 0): boolean {
  return content === 'joined' && seq === 1 && userid === ownerid;
}

/** So many of those who were brought along are named, the others counted. */
const NAMED = 4;
const PLAIN = [
  'created', 'left', 'renamed', 'pictured', 'described', 'recalled', 'removed', 'promoted', 'demoted', 'transferred', 'dissolved',
];

/** The same in words; `called` names people as they are called where this stands, and `me` is the reader. */
export function noticeText(notice: Notice, userid: number, called: (id: number) => string, me = 0): string {
  const { content, memo, amount } = notice;
  const nameOf = (id: number) => (id === me ? say('notice.you') : say('notice.name', { name: called(id) }));
  const name = userid === me ? say('notice.me') : nameOf(userid);
  const other = amount ? nameOf(amount) : '';
  if (PLAIN.includes(content)) return say(`notice.${content}`, { name, other, text: memo });
  switch (content) {
    case 'joined':
      return say(other ? 'notice.joinedBy' : 'notice.joined', { name, other });
    case 'invited':
      return invited(memo.split(' ').map(Number), name, nameOf);
    case 'mode':
      return say('notice.mode', { name, text: say(`mode.${memo}`) });
    case 'muted':
      return say(other ? 'notice.muted' : 'notice.allMuted', { name, other, time: shortTime(Number(memo)) });
    case 'unmuted':
      return say(other ? 'notice.unmuted' : 'notice.allUnmuted', { name, other });
    case 'notice':
      return say(memo ? 'notice.notice' : 'notice.noNotice', { name, text: memo });
    case 'aliased':
      return say(memo ? 'notice.aliased' : 'notice.unaliased', { name, text: memo });
    default:
      return say('notice.other', { name, text: content });
  }
}

/** So many of a run are always named; one more is named too, as "1 other" is no shorter. */
const NAMED_OF_RUN = 2;

export const isLongRun = (ids: readonly number[]) => ids.length > NAMED_OF_RUN + 1;

/** Who joined one after the other, all of them or the first and how many more. */
export function joinedText(ids: readonly number[], all: boolean, called: (id: number) => string, me = 0): string {
  const most = all || !isLongRun(ids) ? ids.length : NAMED_OF_RUN;
  const names = ids.slice(0, most).map((id, at) => (id === me ? say(at ? 'notice.you' : 'notice.me') : say('notice.name', { name: called(id) })));
  if (most < ids.length) names.push(say('notice.others', { count: ids.length - most }));
  return say('notice.joined', { name: new Intl.ListFormat(currentLang(), { type: 'conjunction' }).format(names) });
}

function invited(ids: number[], name: string, nameOf: (id: number) => string): string {
  const other = ids.slice(0, NAMED).map(nameOf).join(say('notice.and'));
  return ids.length > NAMED
    ? say('notice.invitedMany', { name, other, count: ids.length })
    : say('notice.invited', { name, other });
}
