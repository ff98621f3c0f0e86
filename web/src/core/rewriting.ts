/** To say better what was said: the last message that can be edited, and what was taken back. */
import { ref, shallowReactive } from 'vue';
import { shownOf } from '../store/amendments';
import { useChat } from '../store/chat';
import { useDrafts } from '../store/drafts';
import { serverNow } from './clock';
import { editing } from './composing';
import { MEDIA } from './types';

/** Begins to edit my last message of a conversation; false where that is no text, or too old. */
export function editLast(key: string): boolean {
  const chat = useChat();
  const { me } = chat.state;
  const last = shownOf(chat.talkOf(key)?.entries ?? [], me).findLast((one) => one.userid === me && one.media < MEDIA.notice && !one.recalled);
  if (last?.media !== MEDIA.text || serverNow() - last.time >= (chat.limits.edit_seconds ?? 0) * 1000) return false;
  editing.value = { key, seq: last.seq, before: last.content ?? '', text: last.content ?? '' };
  return true;
}

/** By conversation and number what I took back in this page, which alone knows it, as long as it is open. */
const takenBack = shallowReactive(new Map<string, string>());
const MOST_TAKEN_BACK = 20;
const nameOf = (key: string, seq: number) => `${key}/${seq}`;
/** Rises when the text is wanted before the eyes of who writes. */
export const wanted = ref(0);

export function takeBack(key: string, seq: number, text: string): void {
  takenBack.set(nameOf(key, seq), text);
  for (const oldest of [...takenBack.keys()].slice(0, -MOST_TAKEN_BACK)) takenBack.delete(oldest);
}

export const isTakenBack = (key: string, seq: number) => takenBack.has(nameOf(key, seq));

/** What it said is written again, behind whatever is being written. */
export function writeAgain(key: string, seq: number): void {
  const drafts = useDrafts();
  const draft = drafts.read(key);
  editing.value = null;
  drafts.write(key, { ...draft, text: draft.text + (takenBack.get(nameOf(key, seq)) ?? '') });
  wanted.value += 1;
}
