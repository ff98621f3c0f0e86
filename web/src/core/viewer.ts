import { ref } from 'vue';
import type { Entry } from './types';

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

/** A film that was recalled or deleted is not played on. */
export function hideGone(entries: readonly Entry[]): void {
  if (entries.some((entry) => entry.url && entry.url === shownVideo.value.url)) showVideo('');
}
