/** Voice messages of conversations: which were not heard yet, and which comes after one. */
import { shownOf } from '../store/amendments';
import { useChat } from '../store/chat';
import { keyOf } from '../store/conversations';
import { useHeard } from '../store/heard';
import { ownAddress } from './address';
import type { Pending } from './outbox';
import type { Sound } from './playing';
import { MEDIA, type Entry, type Kind } from './types';

/** Not my own, and neither this nor another device of mine has played it. */
export function isUnheard(entry: Entry): boolean {
  const { me } = useChat().state;
  return entry.media === MEDIA.voice && entry.userid !== me && !entry.recalled && !useHeard().has(keyOf(entry, me), entry.seq);
}

export function soundOf(message: Entry | Pending): Sound {
  const length = Math.max(1, message.amount ?? 1);
  if (!('seq' in message)) return { name: `voice-${message.msgid}`, address: message.preview ?? '', length };
  const name = `voice-${message.cmd}-${message.dstid}-${message.userid}-${message.seq}`;
  // What I play myself was heard by me already; and after it nothing goes on by itself.
  if (!isUnheard(message)) return { name, address: ownAddress(message.url), length };
  return { name, address: ownAddress(message.url), length, onBegin: () => note(message), next: () => after(message) };
}

function note(entry: Entry): void {
  const [kind, dstid] = keyOf(entry, useChat().state.me).split(':').map(Number) as [Kind, number];
  useHeard().note(kind, dstid, entry.seq);
}

function after(entry: Entry): Sound | undefined {
  const { state, talkOf } = useChat();
  const entries = shownOf(talkOf(keyOf(entry, state.me))?.entries ?? [], state.me);
  const following = entries.find((one) => one.seq > entry.seq && isUnheard(one));
  return following && soundOf(following);
}
