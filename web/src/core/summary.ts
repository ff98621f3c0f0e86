import { say } from './i18n';
import { MEDIA, type Content } from './types';

/** Stickers are pictures of our own set, not of somebody's upload. */
export function isSticker(message: Content): boolean {
  return message.media === MEDIA.picture && (message.url ?? '').startsWith('/asset/');
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
    case MEDIA.file:
      return say('line.file', { name: message.memo ?? '' });
    default:
      return say('line.unknown');
  }
}

/** What the server itself wrote into a conversation. */
export function noticeText(content: string, name: string): string {
  return content === 'joined' || content === 'left' || content === 'created'
    ? say(`notice.${content}`, { name })
    : say('notice.other', { name, text: content });
}
