import { useChat } from '../store/chat';
import { Failure } from './api';
import { fileSize } from './format';
import { faultText, say } from './i18n';
import { MEDIA, type Content, type Kind, type StoredFile } from './types';
import { upload } from './upload';

/** Files of messages that are not up yet, so that a failed one can be sent again. */
const files = new Map<string, File>();
const cancels = new Map<string, AbortController>();

const PICTURES = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif']);
export const isPicture = (file: File) => PICTURES.has(file.type);

/** Shows the file at once as a message of its own, uploads it, then sends it. */
export async function sendFile(kind: Kind, dstid: number, file: File): Promise<void> {
  const { outbox } = useChat();
  if (!outbox) return;
  const picture = isPicture(file);
  const preview = picture ? URL.createObjectURL(file) : undefined;
  const content: Content = picture
    ? { media: MEDIA.picture, memo: await sizeOf(preview ?? '') }
    : { media: MEDIA.file, memo: file.name, amount: file.size };
  const { msgid } = outbox.begin(kind, dstid, content, preview);
  files.set(msgid, file);
  await uploadAndSend(msgid, file);
}

/** Again: the upload as well, if it is that which failed. */
export function resend(msgid: string): void {
  const { outbox } = useChat();
  if (!outbox || outbox.retry(msgid)) return;
  const file = files.get(msgid);
  if (file) void uploadAndSend(msgid, file);
  else outbox.discard(msgid);
}

export function cancelUpload(msgid: string): void {
  cancels.get(msgid)?.abort();
}

async function uploadAndSend(msgid: string, file: File): Promise<void> {
  const { outbox } = useChat();
  const refusal = objection(file);
  if (refusal) return void outbox?.fail(msgid, 'too_large', refusal);
  const cancel = new AbortController();
  cancels.set(msgid, cancel);
  try {
    const stored = await upload(file, {
      kind: isPicture(file) ? 'picture' : 'file', instant: true, signal: cancel.signal,
      onProgress: (share) => outbox?.progress(msgid, share),
    });
    outbox?.finish(msgid, contentOf(stored, file));
    files.delete(msgid);
  } catch (failure) {
    if (failure instanceof Failure && failure.error === 'aborted') {
      files.delete(msgid);
      outbox?.discard(msgid);
    } else outbox?.fail(msgid, 'upload', faultText(failure) || say('fault.upload'));
  } finally {
    cancels.delete(msgid);
  }
}

function objection(file: File): string {
  const { limits } = useChat();
  const most = isPicture(file) ? limits.picture_bytes : limits.file_bytes;
  if (file.size === 0) return say('fault.empty');
  return most && file.size > most ? say('fault.tooBig', { limit: fileSize(most) }) : '';
}

function contentOf(stored: StoredFile, file: File): Content {
  if (stored.kind !== 'picture') return { media: MEDIA.file, url: stored.url, memo: file.name.slice(-200), amount: stored.bytes || file.size };
  const memo = stored.width && stored.height ? `${stored.width}x${stored.height}` : undefined;
  return { media: MEDIA.picture, url: stored.url, pic: stored.thumb, memo };
}

/** "WIDTHxHEIGHT" of a picture in memory; "" when it cannot be read. */
function sizeOf(address: string): Promise<string> {
  return new Promise((resolve) => {
    const picture = new Image();
    picture.onload = () => resolve(`${picture.naturalWidth}x${picture.naturalHeight}`);
    picture.onerror = () => resolve('');
    picture.src = address;
  });
}
