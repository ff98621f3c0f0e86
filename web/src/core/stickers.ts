import { Failure } from './api';
import type { Lang } from './boot';

export interface StickerPack {
  id: string;
  name: Record<Lang, string>;
  items: { file: string; label: Record<Lang, string> }[];
}

let asked: Promise<StickerPack[]> | null = null;

/** The server's own sticker packs, fetched once. */
export function loadPacks(): Promise<StickerPack[]> {
  asked ??= fetch('/asset/stickers/packs.json')
    .then((answer) => (answer.ok ? (answer.json() as Promise<StickerPack[]>) : Promise.reject(new Error('no packs'))))
    .catch(() => {
      asked = null;
      throw new Failure('network', '');
    });
  return asked;
}
