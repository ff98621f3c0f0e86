import { onScopeDispose, ref, watch } from 'vue';
import { envelope, Failure, post } from '../core/api';
import { faultText } from '../core/i18n';
import { keepFavourites, matching, readFavourites } from '../core/keptFavourites';
import { Latest } from '../core/latest';
import type { Favourite } from '../core/types';
import { useChat } from './chat';

const SOON_MS = 200;

const ask = (q: string, media: number, before: number) => envelope<Favourite[]>('/message/favourites', { q, media, before });
type Page = Awaited<ReturnType<typeof ask>>;

/**
 * The messages that I keep, narrowed by text and kind, a page at a time; asked for again when another device changes them.
 * Until the server answers, and without a network, those are there that it listed last (`old`): to be read, not changed.
 */
export function favouriteList() {
  const chat = useChat();
  const { me } = chat.state;
  const rows = ref<Favourite[]>([]);
  const more = ref(false);
  const words = ref('');
  const media = ref(0);
  const fault = ref('');
  const loaded = ref(false);
  const old = ref(false);
  let answers = 0;

  const page = (before: number) => ask(words.value.trim(), media.value, before);
  const put = (above: Favourite[], answer: Page) => {
    answers += 1;
    rows.value = [...above, ...answer.rows];
    more.value = answer.gap ?? false;
    loaded.value = true;
    old.value = false;
    if (!words.value.trim() && !media.value) void keepFavourites(me, () => rows.value);
  };
  const latest = new Latest(() => page(0), (answer) => put([], answer));

  async function run(act: () => Promise<void>, asks = true) {
    last = () => run(act, asks);
    fault.value = '';
    await act().catch(async (failure: unknown) => {
      const isAway = failure instanceof Failure && failure.error === 'network';
      if (!asks || !isAway || !(await showKept())) fault.value = faultText(failure);
    });
  }

  /** Of those that are kept the ones that are sought; whether there is anything to show. */
  async function showKept(): Promise<boolean> {
    const before = answers;
    const kept = await readFavourites(me);
    if (!kept.length || before !== answers) return before !== answers;
    rows.value = matching(kept, words.value, media.value);
    more.value = false;
    loaded.value = old.value = true;
    return true;
  }
  const load = () => run(() => latest.load());
  const loadMore = () => run(() => latest.change(() => page(rows.value.at(-1)?.id ?? 0), (answer) => put(rows.value, answer)));
  const drop = (id: number) =>
    run(() => latest.change(() => post('/message/unfavourite', { id }), () => {
      rows.value = rows.value.filter((row) => row.id !== id);
      void keepFavourites(me, (kept) => kept.filter((row) => row.id !== id));
    }), false);

  /** What was done last. */
  let last = load;
  const again = () => last();

  let soon: ReturnType<typeof setTimeout> | undefined;
  watch([words, media], () => {
    clearTimeout(soon);
    soon = setTimeout(() => void run(() => latest.anew()), SOON_MS);
  });
  watch(() => chat.favouritesChanged, load);
  watch(() => chat.link, (link) => link === 'online' && old.value && void load());
  onScopeDispose(() => clearTimeout(soon));
  void load();
  if (chat.link !== 'online') void showKept();

  return { rows, more, words, media, fault, again, loaded, old, loadMore, drop };
}

/** Where some are kept, those follow what other devices do, though nobody looks at them here. */
export function followFavourites() {
  const chat = useChat();
  const { me } = chat.state;
  const latest = new Latest(() => ask('', 0, 0), ({ rows }) => void keepFavourites(me, () => rows));
  watch([() => chat.synced, () => chat.favouritesChanged], async () => {
    if (chat.synced && (await readFavourites(me)).length) await latest.load().catch(() => {});
  }, { immediate: true });
}
