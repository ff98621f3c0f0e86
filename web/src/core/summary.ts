import { lasting } from './format';
import { currentLang, say } from './i18n';
import { placeName } from './place';
import { MEDIA, type Content } from './types';

/** Stickers are pictures of our own packs, and those that were kept to be sent as such. */
export function isSticker(message: Content): boolean {
  return message.media === MEDIA.picture && ((message.url ?? '').startsWith('/asset/') || message.amount === 1);
}

/** Whose messages a record holds; the server writes their names with the Chinese comma. */
const namesIn = (title = '') => title.split('、');

export function recordTitle(title: string): string {
  const names = new Intl.ListFormat(currentLang(), { type: 'conjunction' });
  return say('record.title', { name: names.format(namesIn(title)) });
}

/** A message beside its own little picture: only what that does not show. */
export function caption(message: Content): string {
  const { media, content = '', memo = '', amount = 0 } = message;
  if (media === MEDIA.location) return placeName(message);
  if (media === MEDIA.card) return content;
  if (media === MEDIA.file) return memo;
  if (media === MEDIA.record) return recordTitle(memo);
  if (media === MEDIA.text) return content;
  const kind = summary(message).replace(/^\[(.*)\]$/, '$1');
  return media === MEDIA.voice ? `${kind} ${lasting(amount)}` : kind;
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
      return say('line.location', { name: placeName(message) });
    case MEDIA.record:
      return say('line.record', { name: namesIn(message.memo).join(say('notice.and')) });
    case MEDIA.file:
      return say('line.file', { name: message.memo ?? '' });
    default:
      return say('line.unknown');
  }
}
