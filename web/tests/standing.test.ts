import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Standing } from '../src/log/standing';

const VIEWPORT = 600;
const at = (offset: number, size: number) => ({ offset, size, viewport: VIEWPORT });

describe('Standing', () => {
  it('stays at the end whatever comes under it, in however many steps the list gets there', () => {
    const steps = fc.array(fc.record({ grown: fc.integer({ min: 0, max: 3000 }), moved: fc.integer({ min: 0, max: 3000 }) }));
    fc.assert(fc.property(steps, (news) => {
      const standing = new Standing();
      let [offset, size] = [0, 400];
      standing.moved(at(offset, size), false);
      for (const { grown, moved } of news) {
        size += grown;
        offset = Math.min(offset + moved, Math.max(0, size - VIEWPORT));
        standing.moved(at(offset, size), false);
        expect(standing.following).toBe(true);
      }
    }));
  });

  it('is left by going up, and found again at the end', () => {
    const standing = new Standing();
    standing.moved(at(1400, 2000), false);
    standing.moved(at(1200, 2000), false);
    expect(standing.following).toBe(false);
    standing.moved(at(1300, 2000), false);
    expect(standing.following).toBe(false);
    standing.moved(at(1390, 2000), false);
    expect(standing.following).toBe(true);
  });

  it('is not left by a window that becomes higher, whose rows come to their heights later', () => {
    const standing = new Standing();
    standing.moved({ offset: 1400, size: 2000, viewport: 600 }, false);
    standing.moved({ offset: 1300, size: 2100, viewport: 700 }, false);
    expect(standing.following).toBe(true);
    standing.moved({ offset: 1200, size: 2100, viewport: 700 }, false);
    expect(standing.following).toBe(false);
  });

  it('is not at the end of what is loaded where more follows', () => {
    const standing = new Standing();
    standing.moved(at(1400, 2000), true);
    expect(standing.following).toBe(false);
    standing.moved(at(1400, 2000), false);
    expect(standing.following).toBe(true);
  });

  it('finds a list that has become lower than the view at its end', () => {
    const standing = new Standing();
    standing.moved(at(0, 1400), false);
    standing.leave();
    standing.moved(at(0, 1400), false);
    expect(standing.following).toBe(false);
    standing.moved(at(0, 500), false);
    expect(standing.following).toBe(true);
  });
});
