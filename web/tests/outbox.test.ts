import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Outbox, type Pending } from '../src/core/outbox';
import { MemoryStorage } from './browser';

const ME = 7;
const text = (content: string) => ({ media: 1, content });

interface Sent {
  cmd: number;
  dstid: number;
  msgid: string;
  content?: string;
}

let sent: Sent[];
let online: boolean;
let shown: readonly Pending[];
let keep: Storage;

function open(me = ME): Outbox {
  const send = (frame: object) => {
    if (online) sent.push(frame as Sent);
    return online;
  };
  return new Outbox({ me, send, onChange: (pending) => (shown = pending), keep });
}

const ack = (msgid: string, seq = 42) => ({ cmd: 12, msgid, id: 900 + seq, seq, dstid: 8, time: 5_000 }) as const;
const refusal = (msgid: string, error: string, retry_after?: number) =>
  ({ cmd: 13, msgid, error, msg: `words of ${error}`, retry_after }) as const;

beforeEach(() => {
  vi.useFakeTimers();
  [sent, online, shown, keep] = [[], true, [], new MemoryStorage()];
});
afterEach(() => vi.useRealTimers());

describe('a message', () => {
  test('goes out at once and leaves with its ack as the stored entry', () => {
    const outbox = open();
    const { msgid } = outbox.put(10, 8, text('hi'));
    expect(sent).toEqual([{ cmd: 10, dstid: 8, media: 1, content: 'hi', msgid }]);
    expect(shown).toMatchObject([{ msgid, state: 'sending' }]);
    expect(outbox.acked(ack(msgid))).toEqual({
      id: 942, seq: 42, time: 5_000, userid: ME, cmd: 10, dstid: 8, media: 1, content: 'hi', msgid,
    });
    expect(shown).toEqual([]);
    expect(keep.length).toBe(0);
  });

  test('written while offline goes out after reconnecting, in order, under the same msgid', () => {
    online = false;
    const outbox = open();
    const written = ['one', 'two', 'three'].map((words) => outbox.put(10, 8, text(words)).msgid);
    online = true;
    outbox.flush();
    written.forEach((msgid, at) => outbox.acked(ack(msgid, at + 1)));
    expect(sent.map((frame) => frame.msgid)).toEqual(written);
    expect(new Set(written).size).toBe(3);
  });

  test('without an answer goes out again over the next connection', () => {
    const outbox = open();
    const { msgid } = outbox.put(10, 8, text('hi'));
    outbox.flush();
    expect(sent.map((frame) => frame.msgid)).toEqual([msgid, msgid]);
  });

  test('waits for the one before it in its conversation, and for no other', () => {
    const outbox = open();
    const { msgid } = outbox.put(10, 8, text('1'));
    outbox.put(10, 8, text('2'));
    outbox.put(11, 8, text('to a group'));
    expect(sent.map((frame) => frame.content)).toEqual(['1', 'to a group']);
    outbox.refused(refusal(msgid, 'not_friends'));
    expect(sent.map((frame) => frame.content)).toEqual(['1', 'to a group', '2']);
  });

  test('that another tab or a sync shows as stored is no longer pending', () => {
    const outbox = open();
    const { msgid } = outbox.put(10, 8, text('hi'));
    const entry = { id: 1, seq: 1, time: 1, cmd: 10, dstid: 8, media: 1, msgid } as const;
    expect(outbox.delivered({ ...entry, userid: 8 })).toBe(false);
    expect(outbox.delivered({ ...entry, userid: ME })).toBe(true);
    expect(outbox.acked(ack(msgid))).toBeNull();
    expect(shown).toEqual([]);
  });

  test('outlives a reload, for its writer alone', () => {
    online = false;
    const { msgid } = open().put(11, 3, text('kept'));
    expect(open(9).pending).toEqual([]);
    online = true;
    const again = open();
    expect(again.pending).toMatchObject([{ msgid, kind: 11, dstid: 3, content: 'kept', state: 'sending' }]);
    again.flush();
    expect(sent).toMatchObject([{ msgid }]);
  });

  test('of a tab that was closed goes out with those of another one, in the order of writing', () => {
    online = false;
    const [closed, other] = [open(), open()];
    vi.setSystemTime(1_000);
    const first = closed.put(10, 8, text('first')).msgid;
    vi.setSystemTime(2_000);
    const second = other.put(10, 8, text('second')).msgid;
    vi.setSystemTime(3_000);
    const third = closed.put(10, 8, text('third')).msgid;
    closed.close();
    online = true;
    other.flush();
    for (const msgid of [first, second, third]) other.acked(ack(msgid));
    expect(sent.map((frame) => frame.content)).toEqual(['first', 'second', 'third']);
    expect([other.pending, keep.length]).toEqual([[], 0]);
  });

  test('that another tab gave up is not taken up again', () => {
    const [one, other] = [open(), open()];
    const { msgid } = one.put(10, 8, text('hi'));
    one.refused(refusal(msgid, 'not_friends'));
    other.flush();
    expect(other.pending).toEqual([]);
  });

  test('is shown and sent even when the browser refuses to keep it', () => {
    keep.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };
    const { msgid } = open().put(10, 8, text('hi'));
    expect(sent).toMatchObject([{ msgid }]);
    expect(shown).toHaveLength(1);
  });

  test('damaged items of an older page are left out', () => {
    keep.setItem(`fastim.outbox.${ME}.x`, '{"half":');
    keep.setItem(`fastim.outbox.${ME}.y`, '{"msgid":"y"}');
    expect(open().pending).toEqual([]);
  });
});

describe('a refused message', () => {
  test('shows why, is not sent again by itself, and goes out when asked to', () => {
    const outbox = open();
    const { msgid } = outbox.put(10, 8, text('hi'));
    expect(outbox.refused(refusal(msgid, 'not_friends'))).toBe(true);
    expect(shown).toMatchObject([{ state: 'failed', error: 'not_friends', reason: 'words of not_friends' }]);
    outbox.flush();
    vi.runAllTimers();
    expect(sent).toHaveLength(1);
    expect(outbox.retry(msgid)).toBe(true);
    expect(sent.map((frame) => frame.msgid)).toEqual([msgid, msgid]);
    expect(shown).toMatchObject([{ state: 'sending', error: undefined }]);
  });

  test('that only came too fast is sent again when the server said, and not before', () => {
    const outbox = open();
    const { msgid } = outbox.put(10, 8, text('hi'));
    outbox.refused(refusal(msgid, 'rate_limited', 3));
    outbox.flush();
    vi.advanceTimersByTime(2_999);
    expect(sent).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(sent).toHaveLength(2);
    expect(shown).toMatchObject([{ state: 'sending' }]);
  });

  test('is not overtaken by what was written after it', () => {
    const outbox = open();
    const [one, two, three] = ['1', '2', '3'].map((words) => outbox.put(10, 8, text(words)).msgid) as [string, string, string];
    outbox.acked(ack(one));
    outbox.refused(refusal(two, 'rate_limited', 0.2));
    outbox.put(11, 3, text('4'));
    expect(sent.map((frame) => frame.content)).toEqual(['1', '2']);
    vi.advanceTimersByTime(200);
    outbox.acked(ack(two));
    outbox.acked(ack(three));
    expect(sent.map((frame) => frame.content)).toEqual(['1', '2', '2', '4', '3']);
    expect(shown.map((pending) => pending.content)).toEqual(['4']);
  });

  test('is never given up for being too fast', () => {
    const outbox = open();
    const { msgid } = outbox.put(10, 8, text('hi'));
    for (let round = 0; round < 12; round++) {
      outbox.refused(refusal(msgid, 'rate_limited', 0.2));
      vi.advanceTimersByTime(200);
    }
    expect(sent).toHaveLength(13);
    expect(shown).toMatchObject([{ state: 'sending' }]);
  });

  test('is given up after five refusals', () => {
    const outbox = open();
    const { msgid } = outbox.put(10, 8, text('hi'));
    for (let tries = 0; tries < 5; tries++) {
      outbox.refused(refusal(msgid, 'server_busy'));
      vi.runAllTimers();
    }
    expect(sent).toHaveLength(5);
    expect(shown).toMatchObject([{ state: 'failed', error: 'server_busy' }]);
  });

  test('of another page is none of ours', () => {
    expect(open().refused(refusal('other', 'not_friends'))).toBe(false);
  });

  test('can be thrown away', () => {
    const outbox = open();
    const { msgid } = outbox.put(10, 8, text('hi'));
    outbox.refused(refusal(msgid, 'rate_limited', 3));
    outbox.discard(msgid);
    vi.runAllTimers();
    expect(sent).toHaveLength(1);
    expect([shown, keep.length, outbox.pending]).toEqual([[], 0, []]);
  });
});

describe('a picture', () => {
  test('is shown while it is uploaded, and sent when it has its address', () => {
    const outbox = open();
    const { msgid } = outbox.begin(10, 8, { media: 4 }, 'blob:preview');
    outbox.progress(msgid, 0.5);
    outbox.flush();
    expect(sent).toEqual([]);
    expect(shown).toMatchObject([{ state: 'uploading', progress: 0.5, preview: 'blob:preview' }]);
    outbox.finish(msgid, { media: 4, url: '/resource/a.webp', pic: '/resource/a.webp?thumb=1', memo: '800x600' });
    expect(sent).toEqual([
      { cmd: 10, dstid: 8, media: 4, url: '/resource/a.webp', pic: '/resource/a.webp?thumb=1', memo: '800x600', msgid },
    ]);
    expect(JSON.parse(keep.getItem(keep.key(0)!)!)).not.toHaveProperty('preview');
  });

  test('that was chosen with others goes out after those before it, whichever is up first', () => {
    const outbox = open();
    const { msgid: one } = outbox.begin(10, 8, { media: 4 });
    const { msgid: two } = outbox.begin(10, 8, { media: 4 }, undefined, one);
    const { msgid: three } = outbox.begin(10, 8, { media: 4 }, undefined, two);
    const up = (msgid: string) => outbox.finish(msgid, { media: 4, url: `/resource/${msgid}.webp` });
    const order = () => sent.map((frame) => frame.msgid);
    up(three);
    up(two);
    expect(order()).toEqual([]);
    const { msgid: meanwhile } = outbox.put(10, 8, text('a text waits for no upload'));
    outbox.acked(ack(meanwhile));
    up(one);
    outbox.acked(ack(one));
    outbox.acked(ack(two));
    expect(order()).toEqual([meanwhile, one, two, three]);
  });

  test('does not wait for one before it that stands still, failed or was given up', () => {
    const outbox = open();
    const stops = [
      (msgid: string) => outbox.progress(msgid, undefined, { paused: true }),
      (msgid: string) => outbox.fail(msgid, 'upload'),
      (msgid: string) => outbox.discard(msgid),
    ];
    for (const stop of stops) {
      sent = [];
      const { msgid: before } = outbox.begin(10, 8, { media: 4 });
      const { msgid } = outbox.begin(10, 8, { media: 4 }, undefined, before);
      outbox.finish(msgid, { media: 4, url: '/resource/a.webp' });
      expect(sent).toEqual([]);
      stop(before);
      expect(sent.map((frame) => frame.msgid)).toEqual([msgid]);
      outbox.acked(ack(msgid));
    }
  });

  test('whose upload failed has to be uploaded again', () => {
    const outbox = open();
    const { msgid } = outbox.begin(10, 8, { media: 4 });
    outbox.fail(msgid, 'network');
    expect(outbox.retry(msgid)).toBe(false);
    expect(shown).toMatchObject([{ state: 'uploading', progress: 0 }]);
    expect(sent).toEqual([]);
  });

  test('that is not up yet is known to the next page from the first moment on, which does not send it', () => {
    const { msgid } = open().begin(10, 8, { media: 4 }, 'blob:preview');
    const next = open();
    next.flush();
    expect([next.pending, sent]).toEqual([[], []]);
    expect(next.begun()).toMatchObject([{ msgid, dstid: 8, media: 4 }]);
    expect(next.begun()[0]).not.toHaveProperty('preview');
    next.adopt({ ...next.begun()[0]!, state: 'uploading' });
    next.finish(msgid, { media: 4, url: '/resource/a.webp' });
    expect(next.begun()).toEqual([]);
  });
});

test('who signs out leaves nothing that another tab wrote either', () => {
  online = false;
  const here = open();
  open().put(10, 8, text('from another tab'));
  open().begin(10, 8, { media: 4 });
  here.clear();
  expect(keep.length).toBe(0);
});
