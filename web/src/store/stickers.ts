import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { list, post } from '../core/api';
import { Latest } from '../core/latest';
import type { Sticker } from '../core/types';

/** Pictures that I keep as stickers; asked for when they are first shown, and again when another device changes them. */
export const useStickers = defineStore('stickers', () => {
  const kept = shallowRef<readonly Sticker[]>([]);
  let wanted = false;
  let known = false;
  const latest = new Latest(() => list<Sticker>('/attach/stickers'), (rows) => {
    kept.value = rows;
    known = true;
  });

  async function show() {
    wanted = true;
    if (!known) await latest.load();
  }

  /** Another device keeps others now: not of interest before somebody looks. */
  async function changed() {
    if (wanted) await latest.load();
  }

  const others = (url: string) => kept.value.filter((one) => one.url !== url);
  const keep = (url: string) =>
    latest.change(() => post<Sticker>('/attach/keepsticker', { url }), (sticker) => (kept.value = [sticker, ...others(sticker.url)]));
  const drop = (url: string) => latest.change(() => post('/attach/dropsticker', { url }), () => (kept.value = others(url)));

  return { kept, show, changed, keep, drop };
});
