import { MEDIA, type Entry } from '../core/types';
import { keyFor, keyOf, type Change, type State } from './conversations';

/** Messages of one conversation. */
export interface Gone {
  key: string;
  seqs: ReadonlySet<number>;
}

/** The messages that `change` recalls or deletes, whether they are here or not. */
export function goneWith(change: Change, me: number): Gone[] {
  return named(change, me).filter(({ seqs }) => seqs.size);
}

/** Those of them that are here, as they were: asked before the change is applied. */
export function goneFrom(state: State, gone: readonly Gone[]): Entry[] {
  return gone.flatMap(({ key, seqs }) => (state.conversations.get(key)?.entries ?? []).filter((entry) => seqs.has(entry.seq)));
}

function named(change: Change, me: number): Gone[] {
  switch (change.type) {
    case 'entry':
      return [{ key: keyOf(change.entry, me), seqs: recalled([change.entry]) }];
    case 'synced':
      return change.conversations.map(({ cmd, dstid, entries }) => ({ key: keyFor(cmd, dstid), seqs: recalled(entries) }));
    case 'history':
      return [{ key: keyFor(change.kind, change.dstid), seqs: recalled(change.entries) }];
    case 'erased':
      return change.erased.map(({ kind, dstid, seqs }) => ({ key: keyFor(kind, dstid), seqs: new Set(seqs) }));
    default:
      return [];
  }
}

function recalled(news: readonly Entry[]): Set<number> {
  const seqs = new Set<number>();
  for (const { media, target, recalled: by, seq } of news) {
    if (media === MEDIA.recalled && target) seqs.add(target);
    if (by) seqs.add(seq); // the server's answer shows it as recalled already
  }
  return seqs;
}
