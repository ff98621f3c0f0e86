/**
 * Messages of mine that the server has not acknowledged, in the order in which they were written.
 *
 *   const outbox = new Outbox({ me, send, onChange, keep: localStorage });
 *   outbox.put(kind, dstid, content)          shown at once, sent when the socket allows
 *   outbox.begin(kind, dstid, content) ... progress(msgid, share) ... finish(msgid, content)   an upload first
 *   outbox.begin(kind, dstid, content, preview, after)                 of several chosen at once: after this one
 *   outbox.describe(msgid, content)           what is to be uploaded is known better now
 *   outbox.adopt(pending)                     the same of an earlier page
 *   outbox.begun()                            uploads that this or another page began, as they are kept
 *   outbox.flush()                            the socket is there (again): send all that wait
 *   outbox.acked(frame) -> Entry              the stored message, for the store
 *   outbox.refused(frame) -> boolean          whether it was one of these
 *   outbox.delivered(entry)                   it came back by sync or from another tab: no longer pending
 *   outbox.retry(msgid) / outbox.discard(msgid)
 *
 * One message of a conversation goes out after the other, each when the one before it was answered: whatever
 * the server refuses for a moment, the order stays that of writing.
 * A message keeps its msgid for all tries, so the server stores it once however often it is sent. What waits
 * outlives a reload in `keep`, one item per message: so two tabs do not overwrite each other, and one sends what the
 * other wrote before it was closed. No Vue here.
 */
import { keyFor } from '../store/conversations';
import { KeptRows } from './keptRows';
import { newMsgid } from './msgid';
import type { Ack, Refusal } from './protocol';
import { MEDIA, type ClientFrame, type Content, type Entry, type Kind } from './types';

export type PendingState = 'uploading' | 'sending' | 'failed';

export interface Pending extends Content {
  readonly msgid: string;
  readonly kind: Kind;
  readonly dstid: number;
  /** This device's clock in ms, until the server tells its own. */
  readonly time: number;
  readonly state: PendingState;
  /** 0…1 of the upload. */
  readonly progress?: number;
  /** The upload stands still until somebody says otherwise. */
  readonly paused?: boolean;
  /** The upload waits for the line or for the server. */
  readonly waiting?: boolean;
  /** The one before it of several that were chosen at once: however long that takes to upload, it goes first. */
  readonly after?: string;
  /** A picture of this page's memory to show until the server has it. */
  readonly preview?: string;
  /** Why it failed: the server's name of it and its words. */
  readonly error?: string;
  readonly reason?: string;
}

export interface OutboxOptions {
  me: number;
  /** Puts a frame on the socket; false when there is none. */
  send: (frame: ClientFrame) => boolean;
  onChange: (pending: readonly Pending[]) => void;
  keep?: Storage | null;
}

/** After these the same message may be taken a moment later; those of trouble only so often. */
const TOO_FAST = 'rate_limited';
const TROUBLE = new Set(['server_busy', 'internal']);
const MOST_TRIES = 5;
const FIRST_PAUSE_MS = 1_000;
const SHORTEST_PAUSE_MS = 100;

/** Where what waits is kept: after it the user's id and the message's. */
export const OUTBOX = 'fastim.outbox.';

export class Outbox {
  private list: readonly Pending[] = [];
  private tries = new Map<string, number>();
  /** Sent over this connection and not answered yet: by conversation, its msgid. */
  private asked = new Map<string, string>();
  /** While it runs nothing goes out. */
  private hold?: ReturnType<typeof setTimeout>;
  private readonly store: KeptRows<Pending>;

  constructor(private readonly options: OutboxOptions) {
    this.store = new KeptRows(options.keep ?? null, `${OUTBOX}${options.me}.`);
    this.list = this.restore();
  }

  get pending(): readonly Pending[] {
    return this.list;
  }

  put(kind: Kind, dstid: number, content: Content): Pending {
    const pending = this.add({ ...content, ...newPending(kind, dstid), state: 'sending' });
    this.sendWaiting();
    return pending;
  }

  /** Something that has to be uploaded before it can be sent. */
  begin(kind: Kind, dstid: number, content: Content, preview?: string, after?: string): Pending {
    return this.add({ ...content, ...newPending(kind, dstid), state: 'uploading', progress: 0, preview, after });
  }

  /** An upload that an earlier page began. */
  adopt(pending: Pending): void {
    if (!this.find(pending.msgid)) this.add(pending);
  }

  progress(msgid: string, share?: number, more: Pick<Pending, 'paused' | 'waiting'> = {}): void {
    this.change(msgid, share === undefined ? more : { progress: share, ...more });
    if (more.paused) this.sendWaiting();
  }

  describe(msgid: string, content: Content, preview?: string): void {
    this.change(msgid, { ...content, ...(preview && { preview }) });
  }

  /**
   * Uploads that were begun and neither sent nor given up. They are kept without their files, at once: whatever became of
   * a file, its message can be shown.
   */
  begun(): Pending[] {
    return this.kept().filter((one) => !sendable(one));
  }

  /** The upload is done: `content` says where it is. */
  finish(msgid: string, content: Content): void {
    const pending = this.change(msgid, { ...content, state: 'sending', progress: undefined, waiting: undefined });
    if (pending) this.sendWaiting();
  }

  fail(msgid: string, error: string, reason = ''): void {
    const failed = this.change(msgid, { state: 'failed', error, reason, progress: undefined });
    if (failed) this.answered(failed);
  }

  /** A failed message again; false when its upload has to be done again first, which is the caller's. */
  retry(msgid: string): boolean {
    const old = this.find(msgid);
    if (!old || old.state !== 'failed') return false;
    const uploaded = sendable(old);
    this.tries.delete(msgid);
    const again = this.change(msgid, {
      state: uploaded ? 'sending' : 'uploading', error: undefined, reason: undefined,
      progress: uploaded ? undefined : 0,
    });
    if (again && uploaded) this.sendWaiting();
    return uploaded;
  }

  discard(msgid: string): void {
    const gone = this.find(msgid);
    if (!gone) return;
    this.tries.delete(msgid);
    this.list = this.list.filter((pending) => pending !== gone);
    this.store.drop(msgid);
    this.options.onChange(this.list);
    this.answered(gone);
  }

  /** Send everything that waits, in the order in which it was written. */
  flush(): void {
    this.asked.clear();
    this.adoptKept();
    this.sendWaiting();
  }

  /** What other tabs wrote without a line: they may be closed by now. All tabs send it, in one order; it is stored once. */
  private adoptKept(): void {
    const others = this.restore().filter((one) => one.state === 'sending' && !this.find(one.msgid));
    if (!others.length) return;
    this.list = [...this.list, ...others].sort((a, b) => a.time - b.time);
    this.options.onChange(this.list);
  }

  acked(ack: Ack): Entry | null {
    const pending = this.find(ack.msgid);
    if (!pending) return null;
    this.discard(ack.msgid);
    return {
      id: ack.id, seq: ack.seq, time: ack.time, userid: this.options.me, cmd: pending.kind, dstid: pending.dstid,
      ...contentOf(pending), msgid: ack.msgid,
    };
  }

  refused(refusal: Refusal): boolean {
    const pending = refusal.msgid ? this.find(refusal.msgid) : undefined;
    if (!pending) return false;
    const tries = (this.tries.get(pending.msgid) ?? 0) + (TROUBLE.has(refusal.error) ? 1 : 0);
    if ((refusal.error !== TOO_FAST && !TROUBLE.has(refusal.error)) || tries >= MOST_TRIES) {
      this.fail(pending.msgid, refusal.error, refusal.msg);
      return true;
    }
    this.tries.set(pending.msgid, tries);
    this.asked.delete(keyFor(pending.kind, pending.dstid));
    const wait = refusal.error === TOO_FAST ? (refusal.retry_after ?? 1) * 1000 : FIRST_PAUSE_MS * 2 ** (tries - 1);
    clearTimeout(this.hold);
    this.hold = setTimeout(() => this.release(), Math.max(SHORTEST_PAUSE_MS, wait));
    return true;
  }

  /** Whether it was one of these. */
  delivered(entry: Entry): boolean {
    if (entry.userid !== this.options.me || !entry.msgid || !this.find(entry.msgid)) return false;
    this.discard(entry.msgid);
    return true;
  }

  /** Nothing that was written in this browser stays, sent or not. */
  clear(): void {
    this.store.clear();
    this.list = [];
    this.close();
    this.options.onChange(this.list);
  }

  /** No timer outlives the page's use of it. */
  close(): void {
    clearTimeout(this.hold);
    this.hold = undefined;
  }

  private release(): void {
    this.hold = undefined;
    this.sendWaiting();
  }

  /** The next one of its conversation may go, and what was to go after it. */
  private answered(pending: Pending): void {
    const key = keyFor(pending.kind, pending.dstid);
    if (this.asked.get(key) === pending.msgid) this.asked.delete(key);
    this.sendWaiting();
  }

  private sendWaiting(): void {
    for (const pending of this.list) this.transmit(pending);
  }

  /** Whether it goes out or not: without an ack it waits here for the next flush. */
  private transmit(pending: Pending): void {
    const { kind: cmd, dstid, msgid } = pending;
    const key = keyFor(cmd, dstid);
    if (pending.state !== 'sending' || this.hold !== undefined || this.asked.has(key) || this.isLed(pending)) return;
    if (this.options.send({ cmd, dstid, ...contentOf(pending), msgid })) this.asked.set(key, msgid);
  }

  /** Whether one of those that it is to go after is on its way yet; what stands still or failed keeps nobody waiting. */
  private isLed({ after }: Pending): boolean {
    const before = after ? this.find(after) : undefined;
    if (!before || before.state === 'failed' || before.paused) return false;
    return before.state === 'uploading' || this.isLed(before);
  }

  private find(msgid: string): Pending | undefined {
    return this.list.find((pending) => pending.msgid === msgid);
  }

  private add(pending: Pending): Pending {
    this.list = [...this.list, pending];
    this.write(pending);
    this.options.onChange(this.list);
    return pending;
  }

  private change(msgid: string, parts: Partial<Pending>): Pending | undefined {
    const old = this.find(msgid);
    if (!old) return undefined;
    const next = { ...old, ...parts };
    this.list = this.list.map((pending) => (pending === old ? next : pending));
    if (old.state !== next.state) this.write(next);
    this.options.onChange(this.list);
    return next;
  }

  private write(pending: Pending): void {
    this.store.put(pending.msgid, { ...pending, preview: undefined });
  }

  /** An upload is not for the outbox to go on with: the file is elsewhere, and perhaps another tab is at it. */
  private restore(): Pending[] {
    return this.kept().filter(sendable);
  }

  private kept(): Pending[] {
    return this.store.all().filter(isWhole).sort((a, b) => a.time - b.time);
  }
}

function newPending(kind: Kind, dstid: number): Pick<Pending, 'msgid' | 'kind' | 'dstid' | 'time'> {
  return { msgid: newMsgid(), kind, dstid, time: Date.now() };
}

const UPLOADED: ReadonlySet<number> = new Set([MEDIA.voice, MEDIA.picture, MEDIA.file, MEDIA.video]);

/** Whether its file, if it has one, is where the server has it. */
function sendable(pending: Pending): boolean {
  return !UPLOADED.has(pending.media) || Boolean(pending.url);
}

function contentOf(pending: Content): Content {
  const { media, content, pic, url, memo, amount, reply, at } = pending;
  const all: Content = { media, content, pic, url, memo, amount, reply, at };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value)) as unknown as Content;
}

function isWhole(pending: Partial<Pending>): pending is Pending {
  return Boolean(pending.msgid && pending.dstid && (pending.kind === 10 || pending.kind === 11) && pending.media);
}
