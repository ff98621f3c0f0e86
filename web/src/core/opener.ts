import { nextTick, onUnmounted } from 'vue';

/**
 * What had the focus when this opened gets it back when this is gone. A closed dialog gives it back by itself, but not
 * to what was hidden meanwhile; and what is no dialog gives nothing back.
 */
export function useOpener(): void {
  const opener = document.activeElement;
  onUnmounted(() => void nextTick(() => {
    const isLost = document.activeElement === document.body;
    if (isLost && opener instanceof HTMLElement) opener.focus({ preventScroll: true });
  }));
}
