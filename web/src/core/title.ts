import { watch } from 'vue';
import { useChat } from '../store/chat';
import { isLeaving } from './leave';

/** How many messages wait, in the title of the tab and, where the system has one, on the app's icon. */
export function useTitle(): void {
  const chat = useChat();
  watch(() => chat.unreadCount, (count) => {
    if (isLeaving()) return;
    document.title = count ? `(${count > 99 ? '99+' : count}) FastIM` : 'FastIM';
    const badge = navigator as Navigator & { setAppBadge?: (count: number) => Promise<void> };
    void badge.setAppBadge?.(count).catch(() => {});
  }, { immediate: true });
}
