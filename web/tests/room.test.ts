import fc from 'fast-check';
import { expect, test } from 'vitest';
import { surplus } from '../src/sw/room';

test('pictures make room oldest first, no more of them than must', () => {
  fc.assert(fc.property(fc.array(fc.nat(50), { maxLength: 30 }), fc.nat(10), fc.nat(300), (sizes, most, mostBytes) => {
    const shelf = new Map(sizes.map((size, at) => [`p${at}`, size]));
    const gone = surplus(shelf, most, mostBytes);
    expect(gone).toEqual([...shelf.keys()].slice(0, gone.length));
    const fits = (from: number) => sizes.length - from <= most && sizes.slice(from).reduce((sum, one) => sum + one, 0) <= mostBytes;
    expect(fits(gone.length)).toBe(true);
    if (gone.length) expect(fits(gone.length - 1)).toBe(false);
  }));
});
