import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { list, post } from '../core/api';
import type { Sticker } from '../core/types';

/** Pictures that I keep as stickers; asked for when they are first shown, and again when another device changes them. */
export const useStickers = defineStore('stickers', () => {
  const kept = shallowRef<readonly Sticker[]>([]);
  let asked = false;

  async function load() {
    kept.value = await list<Sticker>('/attach/stickers');
    asked = true;
  }

  async function show() {
    if (!asked) await load();
  }

  /** Another device keeps others now: not of interest before somebody looks. */
  async function changed() {
    if (asked) await load();
  }

  async function keep(url: string) {
    const sticker = await post<Sticker>('/attach/keepsticker', { url });
    kept.value = [sticker, ...kept.value.filter((one) => one.url !== sticker.url)];
  }

  async function drop(url: string) {
    await post('/attach/dropsticker', { url });
    kept.value = kept.value.filter((one) => one.url !== url);
  }

  return { kept, show, changed, keep, drop };
});
