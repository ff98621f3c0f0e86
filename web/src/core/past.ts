import { Failure } from './api';
import type { Target } from './protocol';
import { transmit } from './transmit';

/** Sends a piece past the server, to the storage's own address, once; how many bytes are there now. */
export async function sendPast(
  { method, url, fields, bytes }: Target, piece: Blob, onSent: (bytes: number) => void, signal?: AbortSignal,
): Promise<number> {
  let body: FormData | Blob = piece;
  if (method === 'POST') {
    body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    body.append('file', piece); // the storage reads no field after it
  }
  const { status } = await transmit(method, url, body, { onSent, signal });
  if (status < 200 || status > 299) throw new Failure('storage_away', '', status);
  return bytes;
}
