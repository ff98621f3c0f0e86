/**
 * Tells the server how far I have read in each conversation.
 *
 *   tell(talk, seq)     it was read up to there; whether that was news, and went out
 *   synced(key, seq)    what the server knows
 *   again(talkOf)       there is a connection again: a mark may have gone into a line that was already dead
 */
import type { Kind } from './types';

interface Talk {
  readonly key: string;
  readonly kind: Kind;
  readonly dstid: number;
  readonly joinSeq: number;
}

export class ReadMarks {
  private readonly marks = new Map<string, number>();
  /** Those that no sync has shown yet. */
  private readonly told = new Map<string, number>();

  /** `send` says whether the frame went out. */
  constructor(private readonly send: (kind: Kind, dstid: number, seq: number) => boolean) {}

  tell({ key, kind, dstid }: Talk, seq: number): boolean {
    if (seq <= (this.marks.get(key) ?? 0) || !this.send(kind, dstid, seq)) return false;
    this.marks.set(key, seq);
    this.told.set(key, seq);
    return true;
  }

  synced(key: string, seq: number): void {
    this.marks.set(key, Math.max(this.marks.get(key) ?? 0, seq));
    if (seq >= (this.told.get(key) ?? 0)) this.told.delete(key);
  }

  /** The server ignores a mark that it has. */
  again(talkOf: (key: string) => Talk | undefined): void {
    for (const [key, seq] of this.told) {
      const talk = talkOf(key);
      if (talk && seq > talk.joinSeq) this.send(talk.kind, talk.dstid, seq);
    }
  }
}
