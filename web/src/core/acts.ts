/**
 * What I do with messages that are there: recalls, edits, reactions, pins, forwards. Each has a msgid, so it may be
 * sent again over the next connection and happens once. They go out one after the other, in their order.
 *
 *   const acts = new Acts({ send, onRefused });
 *   acts.put(frame)          sent when the socket allows
 *   acts.flush()             the socket is there (again)
 *   acts.answered(msgid)     whether the ack was of one of these
 *   acts.refused(refusal)    the same for a refusal
 */
import { newMsgid } from './msgid';
import type { Refusal } from './protocol';
import type { ClientFrame } from './types';

type Act = Extract<ClientFrame, { cmd: 19 | 20 | 21 | 24 | 25 }>;
type Unsent = Act extends infer One ? (One extends Act ? Omit<One, 'msgid'> : never) : never;

export interface ActsOptions {
  send: (frame: Act) => boolean;
  /** It will not happen; `reason` is in the page's language. */
  onRefused: (reason: string) => void;
}

/** A moment later the same may be taken. */
const PAUSE_MS: Record<string, number> = { rate_limited: 300, server_busy: 1_000, internal: 1_000 };
const MOST_TRIES = 5;

export class Acts {
  private queue: readonly (Act & { msgid: string })[] = [];
  private asked = false;
  private tries = 0;

  constructor(private readonly options: ActsOptions) {}

  get waiting(): number {
    return this.queue.length;
  }

  put(act: Unsent): void {
    this.queue = [...this.queue, { ...act, msgid: newMsgid() } as Act & { msgid: string }];
    this.next();
  }

  flush(): void {
    this.asked = false;
    this.next();
  }

  answered(msgid: string): boolean {
    if (this.queue[0]?.msgid !== msgid) return false;
    this.done();
    return true;
  }

  refused({ msgid, error, msg, retry_after: after }: Refusal): boolean {
    if (!msgid || this.queue[0]?.msgid !== msgid) return false;
    const pause = PAUSE_MS[error];
    this.tries += 1;
    if (pause !== undefined && this.tries < MOST_TRIES) {
      setTimeout(() => this.flush(), after ? after * 1000 : pause);
      return true;
    }
    this.done();
    if (error !== 'nothing_changed') this.options.onRefused(msg);
    return true;
  }

  private done(): void {
    this.queue = this.queue.slice(1);
    this.asked = false;
    this.tries = 0;
    this.next();
  }

  private next(): void {
    const head = this.queue[0];
    if (head && !this.asked) this.asked = this.options.send(head);
  }
}
