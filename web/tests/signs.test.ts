import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

test('an emoji of several is one sign, and the pages live where a browser cannot tell', async () => {
  const family = '👩‍👩‍👧‍👦';
  expect((await import('../src/core/signs')).signsOf(`${family}a`)).toEqual([family, 'a']);
  vi.resetModules();
  vi.stubGlobal('Intl', Object.create(Intl, { Segmenter: { value: undefined } }));
  expect((await import('../src/core/signs')).signsOf(`${family}a`)).toEqual(Array.from(`${family}a`));
});
