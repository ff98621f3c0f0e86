import { onScopeDispose, ref, watch } from 'vue';
import { envelope, post } from '../core/api';
import { faultText } from '../core/i18n';
import { Latest } from '../core/latest';
import type { Favourite } from '../core/types';
import { useChat } from './chat';

const SOON_MS = 200;

/** The messages that I keep, narrowed by text and kind, a page at a time; asked for again when another device changes them. */
export function favouriteList() {
  const chat = useChat();
  const rows = ref<Favourite[]>([]);
  const more = ref(false);
  const words = ref('');
  const media = ref(0);
  const fault = ref('');
  const loaded = ref(false);

  const page = (before: number) => envelope<Favourite[]>('/message/favourites', { q: words.value.trim(), media: media.value, before });
  type Page = Awaited<ReturnType<typeof page>>;
  const put = (above: Favourite[], answer: Page) => {
    rows.value = [...above, ...answer.rows];
    more.value = answer.gap ?? false;
    loaded.value = true;
  };
  const latest = new Latest(() => page(0), (answer) => put([], answer));

  async function run(act: () => Promise<void>) {
    last = act;
    fault.value = '';
    await act().catch((failure: unknown) => (fault.value = faultText(failure)));
  }
  const load = () => run(() => latest.load());
  const loadMore = () => run(() => latest.change(() => page(rows.value.at(-1)?.id ?? 0), (answer) => put(rows.value, answer)));
  const drop = (id: number) =>
    run(() => latest.change(() => post('/message/unfavourite', { id }), () => (rows.value = rows.value.filter((row) => row.id !== id))));

  /** What was done last. */
  let last = () => latest.load();
  const again = () => run(last);

  let soon: ReturnType<typeof setTimeout> | undefined;
  watch([words, media], () => {
    clearTimeout(soon);
    soon = setTimeout(() => void run(() => latest.anew()), SOON_MS);
  });
  watch(() => chat.favouritesChanged, load);
  onScopeDispose(() => clearTimeout(soon));
  void load();

  return { rows, more, words, media, fault, again, loaded, loadMore, drop };
}
