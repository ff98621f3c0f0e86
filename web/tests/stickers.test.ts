import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, test, vi } from 'vitest';
import { useStickers } from '../src/store/stickers';
import { asked, question, quiet } from './asked';

vi.mock('../src/core/api', async (actual) => ({ ...(await actual<object>()), ...(await import('./asked')).api }));

const sticker = (name: string) => ({ url: `/resource/${name}` });

beforeEach(() => {
  asked.length = 0;
  setActivePinia(createPinia());
});

async function shown(...names: string[]) {
  const stickers = useStickers();
  const showing = stickers.show();
  (await question('/attach/stickers')).answer(names.map(sticker));
  await showing;
  return stickers;
}

test('a sticker that I keep while mine are asked for is not lost', async () => {
  const stickers = await shown('a');
  const changed = stickers.changed();
  const keeping = stickers.keep('/resource/b');
  (await question('/attach/stickers')).answer([sticker('a')]);
  (await question('/attach/keepsticker')).answer(sticker('b'));
  await Promise.all([changed, keeping]);
  expect(stickers.kept).toEqual([sticker('b'), sticker('a')]);
});

test('nor does one that I drop come back', async () => {
  const stickers = await shown('a', 'b');
  const dropping = stickers.drop('/resource/a');
  const drop = await question('/attach/dropsticker');
  const changed = stickers.changed();
  await quiet();
  expect(asked).toEqual([]);
  drop.answer(null);
  await dropping;
  (await question('/attach/stickers')).answer([sticker('b')]);
  await changed;
  expect(stickers.kept).toEqual([sticker('b')]);
});

test('they are asked for once, by whoever shows them first', async () => {
  const stickers = useStickers();
  const showing = [stickers.show(), stickers.show()];
  (await question('/attach/stickers')).answer([sticker('a')]);
  await Promise.all(showing);
  await stickers.show();
  expect(asked).toEqual([]);
});

test('one that I keep before anybody looks leaves the others to be asked for', async () => {
  const stickers = useStickers();
  const keeping = stickers.keep('/resource/b');
  (await question('/attach/keepsticker')).answer(sticker('b'));
  await keeping;
  const showing = stickers.show();
  (await question('/attach/stickers')).answer([sticker('b'), sticker('a')]);
  await showing;
  expect(stickers.kept).toEqual([sticker('b'), sticker('a')]);
});
