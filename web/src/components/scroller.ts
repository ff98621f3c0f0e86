import type { VListHandle } from 'virtua/vue';
import type { Ref } from 'vue';

/**
 * Signs of scrolling that virtua needs and a browser does not give.
 *
 *   scroller()        the element that scrolls; null where there is no list
 *   stayScrolling()   rows come above now
 *   drawAll(count)    heights changed, of a list of so many rows
 */
export function useScroller(frame: Readonly<Ref<HTMLElement | null>>, list: Readonly<Ref<VListHandle | null>>) {
  const scroller = () => frame.value?.querySelector<HTMLElement>('.list') ?? null;
  const sign = (element: HTMLElement) => element.dispatchEvent(new Event('scroll'));

  /**
   * Whatever height rows above turn out to have, what is read stays where it is, until virtua takes the scrolling for
   * ended: 150 ms after its last sign. That may be between their coming and their heights, so a list that moves gives
   * another sign.
   */
  function stayScrolling() {
    const element = scroller();
    const inner = element?.firstElementChild as HTMLElement | null | undefined;
    if (inner?.style.pointerEvents === 'none') sign(element!);
  }

  /** After rows came above virtua draws no others until the list has scrolled, which one that is all to be seen never does. */
  function drawAll(count: number) {
    const element = scroller();
    if (!element || !list.value?.viewportSize || element.scrollHeight > element.clientHeight) return;
    if (element.firstElementChild!.childElementCount < count) sign(element);
  }

  return { scroller, stayScrolling, drawAll };
}
