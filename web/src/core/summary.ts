import { say } from './i18n';
import { MEDIA, type Content } from './types';

/** Stickers are pictures of our own packs, and those that were kept to be sent as such. */
export function isSticker(message: Content): boolean {
  return message.media === MEDIA.picture && ((message.url ?? '').startsWith('/asset/') || message.amount === 1);
}

/** A message in one line, for the list and for screen readers. */
export function summary(message: Content): string {
  switch (message.media) {
    case MEDIA.text:
      return message.content ?? '';
    case MEDIA.voice:
      return say('line.voice');
    case MEDIA.picture:
      return isSticker(message) ? say('line.sticker') : say('line.picture');
    case MEDIA.video:
      return say('line.video');
    case MEDIA.card:
      return say('line.card', { name: message.content ?? '' });
    case MEDIA.location:
      return say('line.location', { name: message.content ?? '' });
    case MEDIA.record:
      return say('line.record', { name: message.memo ?? '' });
    case MEDIA.file:
      return say('line.file', { name: message.memo ?? '' });
    default:
      return say('line.unknown');
  }
}
