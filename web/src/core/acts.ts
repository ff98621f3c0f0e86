/**
 * What I do with messages that are there: recalls, edits, reactions, pins, forwards. Each has a msgid, so it may be
 * sent again over the next connection and happens once. They go out one after the other, in their order, and outlive
 * the page: another tab, or the next visit, goes on with them.
 *
 *   const acts = new Acts({ send, onRefused });
 *   acts.restore(me, keep)   what earlier pages of this user left undone, and where this one keeps its own
 *   acts.put(frame)          sent when the socket allows
 *   acts.flush()             the socket is there (again)
 *   acts.answered(msgid)     whether the ack was of one of these
 *   acts.refused(refusal)    the same for a refusal
 *   acts.clear()             nothing that was begun in this browser stays
 */
import { KeptRows } from './keptRows';
import { newMsgid } from './msgid';
import type { Refusal } from './protocol';
import type { ClientFrame } from './types';

type Act = Extract<ClientFrame, { cmd: 19 | 20 | 21 | 24 | 25 }>;
export type Unsent = Act extends infer One ? (One extends Act ? Omit<One, 'msgid'> : never) : never;

export interface ActsOptions {
  send: (frame: Act) => boolean;
  /** It will not happen; `reason` is in the page's language. */
  onRefused: (reason: string, act: Unsent) => void;
}

/** A moment later the same may be taken. */
const PAUSE_MS: Record<string, number> = { rate_limited: 300, server_busy: 1_000, internal: 1_000 };
const MOST_TRIES = 5;

/** Where what waits is kept: after it the user's id and the msgid. */
export const ACTS = 'fastim.acts.';

/** `wished` when, by this device's clock in ms. */
type Waiting = Act & { msgid: string; wished: number };

export class Acts {
  private queue: readonly Waiting[] = [];
  private asked = false;
  private tries = 0;
  private store: KeptRows<Waiting> | null = null;

  constructor(private readonly options: ActsOptions) {}

  get waiting(): number {
    return this.queue.length;
  }

  restore(me: number, keep: Storage | null): void {
    this.store = new KeptRows(keep, `${ACTS}${me}.`);
    this.queue = this.store.all().sort((a, b) => a.wished - b.wished);
  }

  put(act: Unsent): void {
    const waiting = { ...act, msgid: newMsgid(), wished: Date.now() } as Waiting;
    this.queue = [...this.queue, waiting];
    this.store?.put(waiting.msgid, waiting);
    this.next();
  }

  clear(): void {
    this.store?.clear();
    this.queue = [];
    this.asked = false;
  }

  flush(): void {
    this.asked = false;
    this.next();
  }

  /** Another tab may have been the one that asked. */
  answered(msgid: string): boolean {
    if (!this.queue.some((one) => one.msgid === msgid)) return false;
    this.done(msgid);
    return true;
  }

  refused({ msgid, error, msg, retry_after: after }: Refusal): boolean {
    const head = this.queue[0];
    if (!head || head.msgid !== msgid) return false;
    const pause = PAUSE_MS[error];
    this.tries += 1;
    if (pause !== undefined && this.tries < MOST_TRIES) {
      setTimeout(() => this.flush(), after ? after * 1000 : pause);
      return true;
    }
    this.done(msgid);
    const { msgid: _, wished: __, ...act } = head;
    if (error !== 'nothing_changed') this.options.onRefused(msg, act as Unsent);
    return true;
  }

  private done(msgid: string): void {
    const isHead = this.queue[0]?.msgid === msgid;
    this.queue = this.queue.filter((one) => one.msgid !== msgid);
    this.store?.drop(msgid);
    if (!isHead) return;
    this.asked = false;
    this.tries = 0;
    this.next();
  }

  private next(): void {
    const head = this.queue[0];
    if (!head || this.asked) return;
    const { wished: _, ...act } = head;
    this.asked = this.options.send(act as Act);
  }
}
