import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MEDIA, type Entry, type Reaction } from '../src/core/types';
import { isAmendment, shownOf } from '../src/store/amendments';
import { apply, empty, type Change } from '../src/store/conversations';
import { unread } from '../src/store/unread';

const ME = 7;
const PEER = 8;
const EMOJI = ['👍', '❤️', '©️'];

/** What the server keeps: each entry as it was sent, and each message as it is now. */
class Server {
  readonly sent: Entry[] = [];
  readonly rows: Entry[] = [];
  private readonly reacted = new Map<number, Set<string>>();

  private append(userid: number, fields: Partial<Entry> & { media: number }): Entry {
    const seq = this.sent.length + 1;
    const entry = { id: 100 + seq, seq, time: seq * 10, userid, cmd: 10 as const, dstid: userid === ME ? PEER : ME, ...fields };
    this.sent.push(entry);
    this.rows.push({ ...entry });
    return entry;
  }

  do(userid: number, what: number, choice: number): void {
    const messages = this.rows.filter((row) => !isAmendment(row) && !row.recalled);
    const target = messages[choice % (messages.length || 1)];
    if (what === MEDIA.text || !target) {
      this.append(userid, { media: MEDIA.text, content: `text ${this.sent.length}` });
    } else if (what === MEDIA.edited) {
      const { seq, time } = this.append(userid, { media: what, target: target.seq, content: `edit ${choice}` });
      Object.assign(target, { content: `edit ${choice}`, edited: time, rev: seq });
    } else if (what === MEDIA.recalled) {
      const { seq } = this.append(userid, { media: what, target: target.seq });
      delete target.content;
      delete target.edited;
      delete target.reactions;
      delete target.pinned;
      Object.assign(target, { recalled: userid, rev: seq });
    } else if (what === MEDIA.pinned) {
      const on = !target.pinned;
      target.rev = this.append(userid, { media: what, target: target.seq, ...(on && { amount: 1 }) }).seq;
      delete target.pinned;
      if (on) target.pinned = true;
    } else {
      this.react(userid, target, EMOJI[choice % EMOJI.length]!);
    }
  }

  private react(userid: number, target: Entry, emoji: string): void {
    const all = this.reacted.get(target.seq) ?? new Set();
    this.reacted.set(target.seq, all);
    const on = !all.delete(`${emoji} ${userid}`);
    if (on) all.add(`${emoji} ${userid}`);
    const entry = this.append(userid, {
      media: MEDIA.reacted, target: target.seq, content: emoji, ...(on && { amount: 1 }),
    });
    target.rev = entry.seq;
    const reactions: Reaction[] = EMOJI.map((one) => ({
      emoji: one,
      count: [ME, PEER].filter((who) => all.has(`${one} ${who}`)).length,
      mine: all.has(`${one} ${ME}`),
    })).filter((one) => one.count > 0);
    reactions.sort((a, b) => b.count - a.count || (a.emoji.codePointAt(0)! - b.emoji.codePointAt(0)!));
    if (reactions.length) target.reactions = reactions;
    else delete target.reactions;
  }
}

const live = (entry: Entry): Change => ({ type: 'entry', entry });
const synced = (entries: readonly Entry[], last: number): Change => ({
  type: 'synced',
  conversations: [{
    cmd: 10, dstid: PEER, last_seq: last, join_seq: 0, read_seq: 0, peer_read_seq: 0, delivered_seq: 0, peer_delivered_seq: 0, unread: 0, mentioned: 0, entries: [...entries], gap: false,
  }],
});

function shown(changes: readonly Change[]): readonly Entry[] {
  const talk = changes.reduce(apply, empty(ME)).conversations.get('10:8');
  return shownOf(talk?.entries ?? [], ME);
}

/** What is held of messages that were recalled, and of their edits. */
function saidOfRecalled(changes: readonly Change[]): (string | undefined)[] {
  const { entries } = changes.reduce(apply, empty(ME)).conversations.get('10:8')!;
  const recalled = new Set(entries.flatMap((entry) => (entry.media === MEDIA.recalled ? [entry.target] : [])));
  const theirs = entries.filter(({ seq, media, target }) => recalled.has(seq) || (media === MEDIA.edited && recalled.has(target)));
  return theirs.map((entry) => entry.content).filter((content) => content !== undefined);
}

const step = fc.tuple(
  fc.constantFrom(ME, PEER),
  fc.constantFrom(MEDIA.text, MEDIA.recalled, MEDIA.edited, MEDIA.reacted, MEDIA.reacted, MEDIA.pinned),
  fc.nat(50),
);

test('live entries in any order, before and after a sync, show what a fresh sync shows', () => {
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 1, maxLength: 20 }),
      fc.nat(20),
      fc.infiniteStream(fc.nat(1000)),
      (steps, cut, random) => {
        const server = new Server();
        let middle: Change | undefined;
        steps.forEach(([who, what, choice], at) => {
          server.do(who, what, choice);
          if (at === Math.min(cut, steps.length - 1)) {
            middle = synced(server.rows.map((row) => ({ ...row })), server.sent.length);
          }
        });
        const changes = [...server.sent.map(live), middle!];
        const mixed = changes
          .map((change) => ({ change, place: random.next().value as number }))
          .sort((a, b) => a.place - b.place)
          .map(({ change }) => change);
        const fresh = shown([synced(server.rows, server.sent.length)]);
        expect(shown(mixed)).toEqual(fresh);
        expect(saidOfRecalled(mixed)).toEqual([]);
        expect(fresh).toEqual(server.rows.filter((row) => !isAmendment(row)));
      },
    ),
    { numRuns: 300 },
  );
});

test('a page of history that is newer takes the place of what was known', () => {
  const old: Entry = { id: 1, seq: 1, time: 1, userid: PEER, cmd: 10, dstid: ME, media: 1, content: 'old' };
  const state = [live(old)].reduce(apply, empty(ME));
  const newer = { ...old, content: 'new', rev: 5, edited: 50 };
  const page: Change = { type: 'history', kind: 10, dstid: PEER, entries: [newer], gap: false };
  expect(apply(state, page).conversations.get('10:8')!.entries).toEqual([newer]);
  expect(apply(apply(state, page), live(old)).conversations.get('10:8')!.entries).toEqual([newer]);
});

test('notices, recalls, edits and reactions are not unread messages', () => {
  const server = new Server();
  for (const what of [MEDIA.text, MEDIA.edited, MEDIA.reacted, MEDIA.text]) server.do(PEER, what, 0);
  const talk = [synced(server.rows, 4)].reduce(apply, empty(ME)).conversations.get('10:8')!;
  expect(unread(talk, ME)).toBe(2);
});

test('an amendment of mine does not mark what stands above it as read', () => {
  const server = new Server();
  server.do(PEER, MEDIA.text, 0);
  server.do(ME, MEDIA.reacted, 0);
  const talk = [synced(server.rows, 2)].reduce(apply, empty(ME)).conversations.get('10:8')!;
  expect(unread(talk, ME)).toBe(1);
});
