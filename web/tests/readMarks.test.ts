import { beforeEach, expect, test } from 'vitest';
import { ReadMarks } from '../src/core/readMarks';

const TALK = { key: '10:8', kind: 10, dstid: 8, joinSeq: 0 } as const;

let sent: number[];
let isOnline: boolean;
let marks: ReadMarks;

beforeEach(() => {
  [sent, isOnline] = [[], true];
  marks = new ReadMarks((_kind, _dstid, seq) => isOnline && sent.push(seq) > 0);
});

test('a mark that is no higher than what is known is told to nobody', () => {
  marks.synced(TALK.key, 5);
  expect([5, 6, 6].map((seq) => marks.tell(TALK, seq))).toEqual([false, true, false]);
  expect(sent).toEqual([6]);
});

test('what did not go out is told the next time', () => {
  isOnline = false;
  expect(marks.tell(TALK, 3)).toBe(false);
  isOnline = true;
  expect(marks.tell(TALK, 3)).toBe(true);
});

test('what went into a dead line is told again until a sync shows it', () => {
  marks.tell(TALK, 3);
  marks.synced(TALK.key, 2);
  marks.again(() => TALK);
  marks.synced(TALK.key, 3);
  marks.again(() => TALK);
  expect(sent).toEqual([3, 3]);
});

test('of a conversation that one left, or came back to since, nothing is told again', () => {
  marks.tell(TALK, 3);
  marks.again(() => undefined);
  marks.again(() => ({ ...TALK, joinSeq: 3 }));
  expect(sent).toEqual([3]);
});
