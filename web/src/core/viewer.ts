import { ref } from 'vue';
import { sheet, type OpenSheet } from './sheets';
import type { Entry, RecordItem } from './types';

/** The picture that is shown in full; "" for none. */
export const shownPicture = ref('');

export function showPicture(address: string): void {
  shownPicture.value = address;
}

/** The film that is played over the page, and the picture before it begins. */
export const shownVideo = ref({ url: '', poster: '' });

export function showVideo(url: string, poster = ''): void {
  shownVideo.value = { url, poster };
}

/** A film that was recalled or deleted is not played on, and no sheet stays over such a message. */
export function hideGone(entries: readonly Entry[]): void {
  const { value: open } = sheet;
  if (open && entries.some((entry) => isOver(open, entry))) sheet.value = null;
  if (entries.some((entry) => entry.url && entry.url === shownVideo.value.url)) showVideo('');
}

function isOver(open: OpenSheet, entry: Entry): boolean {
  return open.type === 'record' ? isWithin(entry, open.record) : 'message' in open && open.message.id === entry.id;
}

function isWithin({ record }: Pick<RecordItem, 'record'>, sought: readonly RecordItem[]): boolean {
  return record === sought || Boolean(record?.some((item) => isWithin(item, sought)));
}
