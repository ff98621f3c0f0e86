import { MEDIA, type Entry } from '../core/types';
import { keyFor, keyOf, type Change, type State } from './conversations';

/** The messages of `state` that `change` recalls or deletes, as they were: a pure function, asked before it is applied. */
export function goneWith(state: State, change: Change): Entry[] {
  switch (change.type) {
    case 'entry':
      return recalled(state, keyOf(change.entry, state.me), [change.entry]);
    case 'synced':
      return change.conversations.flatMap(({ cmd, dstid, entries }) => recalled(state, keyFor(cmd, dstid), entries));
    case 'history':
      return recalled(state, keyFor(change.kind, change.dstid), change.entries);
    case 'erased':
      return change.erased.flatMap(({ kind, dstid, seqs }) => at(state, keyFor(kind, dstid), new Set(seqs)));
    default:
      return [];
  }
}

function recalled(state: State, key: string, news: readonly Entry[]): Entry[] {
  const seqs = new Set<number>();
  for (const { media, target, recalled: by, seq } of news) {
    if (media === MEDIA.recalled && target) seqs.add(target);
    if (by) seqs.add(seq); // the server's answer shows it as recalled already
  }
  return at(state, key, seqs);
}

function at(state: State, key: string, seqs: ReadonlySet<number>): Entry[] {
  return seqs.size ? (state.conversations.get(key)?.entries ?? []).filter((entry) => seqs.has(entry.seq)) : [];
}
