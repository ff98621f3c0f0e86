import { defineAsyncComponent, type Component } from 'vue';
import { fetched } from '../core/fetched';
import WaitingRows from './WaitingRows.vue';

/** Nobody sees what is here at once. */
const SOON_MS = 300;

/**
 * A pane or a page in it, which is fetched when somebody opens it. Without a network its place is not left empty: it says
 * that something is to come, and it comes when there is one.
 */
export function opened(load: () => Promise<{ default: Component }>): Component {
  return defineAsyncComponent({ loader: () => fetched(load), loadingComponent: WaitingRows, delay: SOON_MS });
}
