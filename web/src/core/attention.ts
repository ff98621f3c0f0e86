/**
 * What somebody looks at, over all tabs of this browser. Each tab tells the others; what one has not said again
 * for a while is forgotten, as a tab that crashed says no goodbye.
 */
import { newMsgid } from './msgid';

export interface View {
  /** The open conversation, "10:8", or none. */
  talk: string | null;
  /** The tab is on top and has the focus. */
  looking: boolean;
}

interface Told extends View {
  tab: string;
  at: number;
}

const CHANNEL = 'fastim.view';
export const SAID_AGAIN_MS = 10_000;
const FORGOTTEN_MS = 25_000;

/** The views of the other tabs, kept by their names. */
export class OtherTabs {
  private readonly views = new Map<string, Told>();

  hear(told: Told): void {
    this.views.set(told.tab, told);
  }

  isLooking(now: number): boolean {
    return this.some(now, () => true);
  }

  isInView(talk: string, now: number): boolean {
    return this.some(now, (view) => view.talk === talk);
  }

  private some(now: number, wanted: (view: View) => boolean): boolean {
    return [...this.views.values()].some((view) => view.looking && now - view.at < FORGOTTEN_MS && wanted(view));
  }
}

/** Tells the other tabs what this one shows, and keeps what they show. */
export function shareViews(mine: () => View): { others: OtherTabs; tell: () => void } {
  const others = new OtherTabs();
  if (typeof BroadcastChannel !== 'function') return { others, tell: () => {} };
  const tab = newMsgid(); // `randomUUID` is for pages that came over HTTPS
  const channel = new BroadcastChannel(CHANNEL);
  const tell = () => channel.postMessage({ ...mine(), tab });
  channel.onmessage = ({ data }: MessageEvent<View & { tab: string }>) => others.hear({ ...data, at: Date.now() });
  for (const event of ['focus', 'blur', 'pageshow'] as const) addEventListener(event, tell);
  addEventListener('pagehide', () => channel.postMessage({ talk: null, looking: false, tab }));
  document.addEventListener('visibilitychange', tell);
  setInterval(tell, SAID_AGAIN_MS);
  tell();
  return { others, tell };
}

/** Whether this tab is the one of its browser that rings; another takes over when it goes. */
export function onlyOneRings(): () => boolean {
  if (!navigator.locks) return () => true;
  let mine = false;
  void navigator.locks.request('fastim.ring', () => {
    mine = true;
    return new Promise(() => {}); // held for as long as the tab lives
  });
  return () => mine;
}
