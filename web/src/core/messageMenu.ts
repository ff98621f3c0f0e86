import { useChat } from '../store/chat';
import { useDrafts } from '../store/drafts';
import { usePeople } from '../store/people';
import { editing } from './composing';
import { post } from './api';
import { serverNow } from './clock';
import { copyText } from './copy';
import { faultText, say } from './i18n';
import { leads } from './leading';
import { takeBack } from './rewriting';
import type { MenuItem } from './menu';
import { startChoosing } from './selection';
import { sheet } from './sheets';
import { tell } from './toast';
import { MEDIA, type Entry, type Kind } from './types';

export interface Place {
  kind: Kind;
  dstid: number;
  talkKey: string;
}

/** What can be done with a stored message, in the order in which it is wanted. */
export function messageMenu(message: Entry, place: Place): MenuItem[] {
  const chat = useChat();
  const { kind, dstid, talkKey } = place;
  const { seq } = message;
  const own = message.userid === usePeople().me?.id;
  const leading = leads(kind, dstid);
  const age = serverNow() - message.time;
  const younger = (seconds = 0) => own && age < seconds * 1000;
  const items: (MenuItem | false)[] = [
    { id: 'reply', icon: 'reply', label: say('message.reply'), run: () => answer(talkKey, seq) },
    message.media === MEDIA.text && { id: 'copy', icon: 'copy', label: say('message.copy'), run: () => void copy(message.content ?? '') },
    { id: 'forward', icon: 'forward', label: say('message.forward'), run: () => (sheet.value = { type: 'forward', ...place, seqs: [seq] }) },
    message.media === MEDIA.text && younger(chat.limits.edit_seconds) && {
      id: 'edit', icon: 'edit', label: say('message.edit'),
      run: () => edit(talkKey, message),
    },
    { id: 'keep', icon: 'star', label: say('message.keep'), run: () => void keep(place, [seq]) },
    (kind === 10 || leading) && {
      id: 'pin', icon: 'pin', label: say(message.pinned ? 'message.unpin' : 'message.pin'),
      run: () => chat.act({ cmd: 24, kind, dstid, seq, on: !message.pinned }),
    },
    { id: 'select', icon: 'select', label: say('message.select'), run: () => startChoosing(talkKey, seq) },
    kind === 11 && own && { id: 'readers', icon: 'people', label: say('message.readers'), run: () => (sheet.value = { type: 'readers', ...place, message }) },
    !!message.edited && (own || leading) && {
      id: 'versions', icon: 'history', label: say('message.versions'), run: () => (sheet.value = { type: 'versions', ...place, message }),
    },
    (leading || younger(chat.limits.recall_seconds)) && {
      id: 'recall', icon: 'undo', label: say('message.recall'), danger: true, run: () => recall(message, place, own),
    },
    { id: 'erase', icon: 'trash', label: say('message.erase'), danger: true, run: () => void erase(place, [seq]) },
  ];
  return items.filter((item) => item !== false);
}

function edit(key: string, { seq, content = '' }: Entry) {
  editing.value = { key, seq, before: content, text: content };
}

function recall({ seq, media, content }: Entry, { kind, dstid, talkKey }: Place, own: boolean) {
  if (own && media === MEDIA.text && content) takeBack(talkKey, seq, content);
  useChat().act({ cmd: 19, kind, dstid, seq });
}

function answer(key: string, reply: number) {
  const drafts = useDrafts();
  editing.value = null;
  drafts.write(key, { ...drafts.read(key), reply });
}

async function copy(text: string) {
  try {
    await copyText(text);
    tell(say('message.copied'));
  } catch {
    tell(say('message.notCopied'));
  }
}

export async function keep({ kind, dstid }: Place, seqs: readonly number[]): Promise<void> {
  try {
    for (const seq of seqs) await post('/message/favourite', { cmd: kind, dstid, seq });
    tell(say('message.kept'));
  } catch (fault) {
    tell(faultText(fault));
  }
}

export async function erase({ kind, dstid }: Place, seqs: readonly number[]): Promise<void> {
  try {
    await post('/message/erase', { cmd: kind, dstid, seqs });
    useChat().dispatch({ type: 'erased', erased: [{ kind, dstid, seqs }] });
  } catch (fault) {
    tell(faultText(fault));
  }
}
