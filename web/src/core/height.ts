import { onScopeDispose } from 'vue';

/**
 * The height that is left above a phone's keyboard. Most browsers resize the page (`interactive-widget`); Safari
 * lays the keyboard over it and tells so only here.
 */
export function useVisibleHeight(): void {
  const view = window.visualViewport;
  if (!view) return;
  const root = document.documentElement;
  const follow = () => {
    const covered = view.scale === 1 && window.innerHeight - view.height > 80;
    if (covered) root.style.setProperty('--height', `${view.height}px`);
    else root.style.removeProperty('--height');
    if (covered) window.scrollTo(0, 0);
  };
  view.addEventListener('resize', follow);
  onScopeDispose(() => view.removeEventListener('resize', follow));
}
