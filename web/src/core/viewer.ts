import { ref } from 'vue';

/** The picture that is shown in full; "" for none. */
export const shownPicture = ref('');

export function showPicture(address: string): void {
  shownPicture.value = address;
}
