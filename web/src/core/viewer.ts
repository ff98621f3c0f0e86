import { ref } from 'vue';

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
