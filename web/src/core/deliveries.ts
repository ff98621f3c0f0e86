/**
 * Tells the server what this device has received in single chats, so that who wrote it sees that it has arrived.
 *
 *   received(dstid, seq)    a message of `dstid` came
 *   synced(state, me)       the same for a sync's conversation, and what the server knows already
 *   again()                 there is a connection again
 *   known(dstid, seq)       nothing up to here has to be told: it was read, which says more
 *
 * At most one frame a second for each conversation. The first waits a moment, too: in an open conversation the read
 * mark comes meanwhile. What could not be sent waits for `again`, when there is a connection.
 */
import type { SyncedConversation } from './types';

const FIRST_MS = 150;
const LEAST_MS = 1_000;

export class Deliveries {
  private readonly told = new Map<number, number>();
  private readonly came = new Map<number, number>();
  private readonly waiting = new Set<number>();

  /** `send` says whether the frame went out. */
  constructor(private readonly send: (dstid: number, seq: number) => boolean) {}

  received(dstid: number, seq: number): void {
    this.came.set(dstid, Math.max(seq, this.came.get(dstid) ?? 0));
    if (!this.isNews(dstid) || this.waiting.has(dstid)) return;
    this.waiting.add(dstid);
    setTimeout(() => this.tell(dstid), FIRST_MS);
  }

  synced({ dstid, entries, delivered_seq: known }: SyncedConversation, me: number): void {
    this.known(dstid, known);
    const last = entries.findLast((entry) => entry.userid !== me);
    if (last) this.received(dstid, last.seq);
  }

  known(dstid: number, seq: number): void {
    this.told.set(dstid, Math.max(seq, this.told.get(dstid) ?? 0));
  }

  again(): void {
    for (const dstid of this.came.keys()) this.tell(dstid);
  }

  private tell(dstid: number): void {
    this.waiting.delete(dstid);
    const seq = this.came.get(dstid) ?? 0;
    if (!this.isNews(dstid) || !this.send(dstid, seq)) return;
    this.known(dstid, seq);
    this.waiting.add(dstid);
    setTimeout(() => this.tell(dstid), LEAST_MS);
  }

  private isNews(dstid: number): boolean {
    return (this.came.get(dstid) ?? 0) > (this.told.get(dstid) ?? 0);
  }
}
