/**
 * What the server knows and this page shows, kept from being undone by an older answer.
 *
 *   const friends = new Latest(() => list<Friend>('/contact/loadfriend'), (rows) => (shown.value = rows));
 *   await friends.load()            asks; all who want it before it is asked wait for the same answer
 *   await friends.anew()            the question is another now: asks at once, what is on its way no longer counts
 *   await friends.change(act, put)  does what changes it, and puts what that answered
 *   friends.heard(apply)            news by another way: done now, and again over an answer that is on its way
 *   latestOf(ask, put)(key)         one for each key
 *
 * Loads and changes go one after another, so that each answer knows all before it. What takes too long is overtaken:
 * its answer no longer counts, and who waits for it waits for a newer one. They reject as what they ask does.
 */

import { perKey } from './perKey';
import { Turns } from './turns';

/** The first pause before asking again what is known but for a guess; it doubles while news keep coming. */
export const SETTLE_MS = 1_000;
const LONGEST_SETTLE_MS = 60_000;

type Act = () => void;
/** What becomes of who waits for an answer, or a failure, that no longer counts. */
type Overtaken = (failed: unknown, mine: number) => Promise<void>;

/** News that answers on their way may not know; for questions that do not replace each other. */
export class News {
  private readonly onWay = new Set<Act[]>();

  heard(apply: Act): void {
    apply();
    for (const meanwhile of this.onWay) meanwhile.push(apply);
  }

  /** Asks; `replay` does again what was heard meanwhile, once the answer is in its place. */
  async during<A>(ask: () => Promise<A>): Promise<{ answer: A; replay: Act }> {
    const meanwhile: Act[] = [];
    this.onWay.add(meanwhile);
    try {
      return { answer: await ask(), replay: () => meanwhile.forEach((apply) => apply()) };
    } finally {
      this.onWay.delete(meanwhile);
    }
  }
}

export class Latest<T> {
  private readonly news = new News();
  private readonly turns = new Turns();
  /** A load that has not begun: its answer will know all that happened before now. */
  private waiting: Promise<void> | null = null;
  private newest = { turn: 0, done: Promise.resolve() };
  private turn = 0;
  private onWay = false;
  private guessed = false;
  private pause = SETTLE_MS;
  private settling?: ReturnType<typeof setTimeout>;

  constructor(private readonly ask: () => Promise<T>, private readonly put: (answer: T) => void) {}

  load(): Promise<void> {
    return (this.waiting ??= this.queueLoad());
  }

  anew(): Promise<void> {
    this.turns.pass();
    return this.load();
  }

  /** `put` is not called where a newer one came first; then all is loaded again. */
  change<A>(act: () => Promise<A>, put: (answer: A) => void): Promise<void> {
    const overtaken = (fault: unknown) => (fault ? Promise.reject(fault) : this.load());
    return this.queue(act, put, overtaken);
  }

  /** `exact` is false where `apply` done twice is wrong, as with counting: then it is asked for again when it is quiet. */
  heard(apply: Act, exact = true): void {
    this.news.heard(apply);
    this.guessed ||= this.onWay && !exact;
  }

  private queueLoad(): Promise<void> {
    const begin = () => {
      this.waiting = null;
      this.newest = { turn: this.turn, done };
      return this.ask();
    };
    const overtaken = (_: unknown, mine: number) => (this.newest.turn > mine ? this.newest.done : this.load());
    const done = this.queue(begin, this.put, overtaken);
    return done;
  }

  private queue<A>(act: () => Promise<A>, put: (answer: A) => void, overtaken: Overtaken): Promise<void> {
    return this.turns.take(() => this.run(act, put, overtaken));
  }

  private async run<A>(act: () => Promise<A>, put: (answer: A) => void, overtaken: Overtaken): Promise<void> {
    const mine = (this.turn += 1);
    this.onWay = true;
    this.guessed = false;
    let failed: unknown;
    const said = await this.news.during(act).catch((fault: unknown) => void (failed = fault));
    if (mine !== this.turn) return overtaken(failed, mine);
    this.onWay = false;
    if (!said) throw failed;
    put(said.answer);
    said.replay();
    this.settle();
  }

  private settle(): void {
    clearTimeout(this.settling);
    if (!this.guessed) return void (this.pause = SETTLE_MS);
    // At chance: ten thousand pages hear the same news at the same time.
    this.settling = setTimeout(() => void this.load().catch(() => {}), this.pause * (1 + Math.random()));
    this.pause = Math.min(this.pause * 2, LONGEST_SETTLE_MS);
  }
}

export function latestOf<K, T>(ask: (key: K) => Promise<T>, put: (key: K, answer: T) => void): (key: K) => Latest<T> {
  return perKey((key: K) => new Latest(() => ask(key), (answer) => put(key, answer)));
}
