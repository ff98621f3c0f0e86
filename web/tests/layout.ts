/**
 * Elements with heights, and frames that come when a test says so: what a list asks of a browser that shows only the
 * rows that are to be seen.
 *
 *   lay({ viewport: 700, row: 50 });  const page = mount(MessageList, props);  await frames();
 */
import { quiet } from './asked';
import { nature, within, type Drawn } from './mount';

interface Observer {
  told: Map<Drawn, number | null>;
  tell: (entries: object[]) => void;
}

let heights = { viewport: 0, row: 0 };
let next: (() => void)[] = [];
let observers: Observer[] = [];
const scrolled = new Set<Drawn>();
const offsets = new WeakMap<Drawn, number>();
const hearing = new WeakMap<Drawn, Map<string, () => void>>();

export function lay(wanted: typeof heights): void {
  heights = wanted;
  next = [];
  observers = [];
  scrolled.clear();
}

const styleOf = (drawn: Drawn) => (drawn.props.style ?? {}) as Record<string, string>;
const isList = (drawn: Drawn | null) => styleOf(drawn!).overflowY === 'auto';

function heightOf(drawn: Drawn): number {
  if (isList(drawn)) return heights.viewport;
  return drawn.parent && isList(drawn.parent) ? parseFloat(styleOf(drawn).height!) : heights.row;
}

/** No further than there is something; a browser tells of it in the next frame, and only where it moved. */
function scroll(drawn: Drawn, to: number): void {
  const at = Math.max(0, Math.min(to, heightOf(drawn.children[0]!) - heights.viewport));
  if (at === (offsets.get(drawn) ?? 0)) return;
  offsets.set(drawn, at);
  scrolled.add(drawn);
}

Object.defineProperties(nature, {
  parentElement: { get(this: Drawn) { return this.parent; } },
  firstElementChild: { get(this: Drawn) { return this.children[0]; } },
  childElementCount: { get(this: Drawn) { return this.children.filter(({ tag }) => tag && tag !== '!').length; } },
  offsetParent: { get(this: Drawn) { return this.parent; } },
  scrollHeight: { get(this: Drawn) { return Math.max(heights.viewport, heightOf(this.children[0]!)); } },
  clientHeight: { get(this: Drawn) { return heightOf(this); } },
  scrollTop: { get(this: Drawn) { return offsets.get(this) ?? 0; } },
});
Object.assign(nature, {
  ownerDocument: { defaultView: globalThis },
  isConnected: true,
  querySelector(this: Drawn, what: string) {
    const list = within(this).find(isList);
    return (what === '.list' ? list : list?.children[0]) ?? null;
  },
  addEventListener(this: Drawn, name: string, hear: () => void) {
    hearing.set(this, (hearing.get(this) ?? new Map<string, () => void>()).set(name, hear));
  },
  dispatchEvent(this: Drawn, event: Event) { hearing.get(this)?.get(event.type)?.(); },
  scrollTo(this: Drawn, { top }: { top: number }) { scroll(this, top); },
  scrollBy(this: Drawn, { top }: { top: number }) { scroll(this, (offsets.get(this) ?? 0) + top); },
});

globalThis.navigator ??= { userAgent: '', platform: '' } as Navigator;
Object.assign(globalThis, {
  requestAnimationFrame: (act: () => void) => next.push(act),
  cancelAnimationFrame: (number: number) => (next[number - 1] = () => {}),
  ResizeObserver: class implements Observer {
    told = new Map<Drawn, number | null>();
    constructor(readonly tell: (entries: object[]) => void) { observers.push(this); }
    observe(drawn: Drawn) { this.told.set(drawn, null); }
    unobserve(drawn: Drawn) { this.told.delete(drawn); }
    disconnect() { this.told.clear(); }
  },
});

/** One frame after the other, until nothing is left to be done in one. */
export async function frames(): Promise<void> {
  do await frame(); while (next.length || scrolled.size);
}

async function frame(): Promise<void> {
  const moved = [...scrolled];
  scrolled.clear();
  for (const drawn of moved) hearing.get(drawn)?.get('scroll')?.();
  for (const act of next.splice(0)) act?.(); // one that was called off
  await quiet();
  while (await measured());
}

async function measured(): Promise<boolean> {
  let some = false;
  for (const one of observers) {
    const entries = [...one.told.keys()].filter((drawn) => one.told.get(drawn) !== heightOf(drawn)).map((target) => {
      one.told.set(target, heightOf(target));
      return { target, contentRect: { width: 390, height: heightOf(target) } };
    });
    if (!entries.length) continue;
    some = true;
    one.tell(entries);
    await quiet();
  }
  return some;
}
