/** New messages, told: by sound, through the system, in the tab's title and on its icon. */
import { watch } from 'vue';
import { useChat } from '../store/chat';
import { keyFor, keyOf } from '../store/conversations';
import { usePeople } from '../store/people';
import { onlyOneRings, shareViews, type View } from './attention';
import { chime, wakeChimeOnTouch } from './chime';
import { serverNow } from './clock';
import { showBadge } from './favicon';
import { say } from './i18n';
import { decide } from './notice';
import { readyWorker } from './offline';
import { openTalk, route } from './route';
import { summary } from './summary';
import { MEDIA, type Entry } from './types';

/** How long a notice stays for those whose system keeps it until it is touched. */
const SHOWN_MS = 8_000;
/** Who has not touched the page for so long may have gone. */
const IDLE_MS = 180_000;
let started = false;

export function startNotifier(): void {
  if (started) return;
  started = true;
  const chat = useChat();
  const people = usePeople();
  const mine = (): View => ({ talk: route.value.talk, looking: isLooking() });
  const { others, tell } = shareViews(mine);
  const rings = onlyOneRings();
  const shown = new Map<string, Notification>();
  wakeChimeOnTouch();

  function arrived(entry: Entry): void {
    const me = people.me;
    if (!me || !rings() || entry.media >= MEDIA.notice) return;
    const key = keyOf(entry, me.id);
    const now = Date.now();
    const at = entry.at ?? [];
    const { show, sound } = decide({
      rules: me.notices,
      now: serverNow(),
      own: entry.userid === me.id,
      muted: isMuted(key),
      mentioned: at.includes(me.id) || at.includes(0),
      inView: (isLooking() && route.value.talk === key) || others.isInView(key, now),
      looking: isLooking() || others.isLooking(now),
    });
    if (sound) chime();
    if (show && canNotify()) void notify(key, entry, me.notices.preview);
  }

  function isMuted(key: string): boolean {
    const line = chat.lines.find((one) => one.key === key);
    return line?.muted ?? false;
  }

  async function notify(key: string, entry: Entry, preview: boolean): Promise<void> {
    const who = people.nameOf(entry.userid);
    const group = entry.cmd === 11 ? people.groupById.get(entry.dstid)?.name : undefined;
    const text = preview ? summary(entry) : say('notices.hidden');
    const body = preview && group ? `${who}: ${text}` : text;
    const options: NotificationOptions = {
      body,
      tag: key, // a conversation has one notice, its newest
      icon: '/asset/images/icon-192.png',
      silent: true, // the sound is ours
      data: { key },
    };
    const title = preview ? (group ?? who) : 'FastIM';
    try {
      const notice = new Notification(title, options);
      notice.onclick = () => {
        window.focus();
        openTalk(key, 'chats');
        notice.close();
      };
      shown.set(key, notice);
      setTimeout(() => notice.close(), SHOWN_MS);
    } catch {
      // Android's browsers let only the service worker show notices.
      const worker = (await navigator.serviceWorker?.getRegistration()) ?? (await readyWorker());
      await worker?.showNotification(title, options).catch(() => {});
    }
  }

  tellAttention();
  watch(() => chat.arrival, (entry) => entry && arrived(entry), { flush: 'sync' });
  watch(() => route.value.talk, (talk) => {
    tell();
    if (talk) shown.get(talk)?.close();
  });
  watch(() => chat.unreadCount, (count) => void showBadge(count), { immediate: true });
  navigator.serviceWorker?.addEventListener('message', ({ data }: MessageEvent<{ open?: string }>) => {
    const [, kind, id] = /^(10|11):([1-9]\d*)$/.exec(data?.open ?? '') ?? [];
    if (kind && id) openTalk(keyFor(kind === '10' ? 10 : 11, Number(id)), 'chats');
  });
}

/** Tells the server whether somebody looks, and is awake: a page left open on a desk must not keep a phone silent. */
function tellAttention(): void {
  const chat = useChat();
  let touchedAt = Date.now();
  let said: boolean | undefined;
  const tell = () => {
    const on = isLooking() && Date.now() - touchedAt < IDLE_MS;
    if (on === said || chat.link !== 'online') return;
    said = on;
    chat.attend(on);
  };
  const touched = () => {
    touchedAt = Date.now();
    if (!said) tell();
  };
  for (const event of ['focus', 'blur', 'pageshow', 'pagehide'] as const) addEventListener(event, tell);
  for (const event of ['pointermove', 'pointerdown', 'keydown'] as const) addEventListener(event, touched, { passive: true });
  document.addEventListener('visibilitychange', tell);
  setInterval(tell, IDLE_MS / 6);
  watch(() => chat.link, () => {
    said = undefined; // a new connection knows nothing yet
    tell();
  }, { immediate: true });
}

export function isLooking(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus();
}

export function canNotify(): boolean {
  return typeof Notification === 'function' && Notification.permission === 'granted';
}
