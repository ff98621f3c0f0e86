import { beforeEach, expect, test, vi } from 'vitest';
import { playing } from '../src/core/playing';

/** A player whose line is slow: it begins when the test says so, and not at all once it was paused. */
class Slow {
  static all: Slow[] = [];
  paused = true;
  begin = () => {};
  private refuse = (_: Error) => {};
  constructor() { Slow.all.push(this); }
  play() {
    return new Promise<void>((resolve, reject) => {
      this.refuse = reject;
      this.begin = () => { this.paused = false; resolve(); };
    });
  }
  pause() { this.refuse(new Error('AbortError')); }
}

const sound = (name: string) => ({ name, address: `/resource/${name}`, length: 3, onBegin: vi.fn() });

beforeEach(() => {
  Slow.all = [];
  vi.stubGlobal('Audio', Slow);
  playing.stop();
});

test('what is left for another before it began is not broken, and was not heard', async () => {
  const [one, two] = [sound('one'), sound('two')];
  const first = playing.toggle(one);
  const second = playing.toggle(two);
  Slow.all[1]!.begin();
  expect(await first).toBe(true);
  expect(await second).toBe(true);
  expect(one.onBegin).not.toHaveBeenCalled();
  expect(two.onBegin).toHaveBeenCalled();
  expect(playing.name.value).toBe('two');
});
