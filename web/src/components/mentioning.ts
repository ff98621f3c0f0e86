import { nextTick, ref, type Ref } from 'vue';
import { mention, mentionWord } from '../core/composing';
import type { Kind } from '../core/types';

/** The word after an @ in a group's composer, and the name that takes its place. */
export function useMentioning(
  talk: Readonly<{ kind: Kind; talkKey: string }>, input: Readonly<Ref<HTMLTextAreaElement | null>>, text: Ref<string>,
) {
  /** null: the cursor is in no such word. */
  const word = ref<string | null>(null);

  function lookForMention() {
    word.value = talk.kind === 11 && input.value ? mentionWord(text.value, input.value.selectionStart) : null;
  }

  function pickMention(name: string, id: number) {
    const end = input.value?.selectionStart ?? text.value.length;
    const from = end - (word.value?.length ?? 0);
    text.value = `${text.value.slice(0, from)}${name} ${text.value.slice(end)}`;
    mention(talk.talkKey, name, id);
    word.value = null;
    void nextTick(() => input.value?.setSelectionRange(from + name.length + 1, from + name.length + 1));
  }

  return { word, lookForMention, pickMention };
}
