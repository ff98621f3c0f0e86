/**
 * A file in parts: what broke off goes on where the server stands, after a reload too. docs/protocol.md, "Files".
 * Straight to the storage where that is offered; where it cannot be reached, through the server after all.
 */
import { again } from './again';
import { Failure, envelope, openEnvelope, post } from './api';
import { sendPast } from './past';
import type { Standing, Target } from './protocol';
import { Sha256 } from './sha256';
import { transmit } from './transmit';
import type { StoredFile } from './types';

export interface PartsOptions {
  kind: string;
  name: string;
  /** Of the whole, in hex. */
  sha256: string;
  /** Of an earlier try; "" for none. */
  id: string;
  /** The server's name of this upload, to be kept for a later try. */
  onBegun?: (id: string) => void;
  onSent?: (bytes: number) => void;
  onWait?: (waits: boolean) => void;
  signal?: AbortSignal;
  /** Straight to the storage, where the server offers that. */
  direct: boolean;
}

/** Parts that may come damaged before something else must be wrong. */
const MOST_DAMAGED = 3;

export async function uploadInParts(file: Blob, options: PartsOptions): Promise<StoredFile> {
  const { signal, onWait } = options;
  const ask = <T>(act: () => Promise<T>) => again(act, signal, onWait);
  let { id, offset, part_bytes: most, way } = await ask(() => begin(file, options));
  options.onBegun?.(id);
  for (let damaged = 0; offset < file.size;) {
    options.onSent?.(offset);
    const from = offset;
    const sent = (bytes: number) => options.onSent?.(from + Math.min(bytes, most));
    try {
      if (way) {
        const target = await ask(() => post<Target>('/attach/address', { id, offset: from }));
        offset += await sendPast(target, file.slice(from, from + target.bytes), sent, signal);
        damaged = 0;
      } else {
        const part = await file.slice(from, from + most).arrayBuffer();
        offset = (await ask(() => put(id, from, part, sent, signal))).offset;
      }
    } catch (fault) {
      if (!(fault instanceof Failure)) throw fault;
      if (way && fault.error !== 'aborted') {
        if ((damaged += 1) < MOST_DAMAGED) continue;
        abandon(id);
        return uploadInParts(file, { ...options, id: '', direct: false });
      }
      if (fault.error === 'bad_checksum' && (damaged += 1) < MOST_DAMAGED) continue;
      // A part arrived whose answer did not.
      if (fault.error === 'wrong_offset') offset = (await ask(() => post<Standing>('/attach/state', { id }))).offset;
      else throw fault;
    }
  }
  options.onSent?.(file.size);
  const done = await ask(() => envelope<string>('/attach/finish', { id }));
  if (!done.file) throw new Failure('internal', '');
  return done.file;
}

export function abandon(id: string): void {
  // What the server has forgotten already is given up all the same.
  void post('/attach/abandon', { id }).catch(() => {});
}

/** Where an earlier try stands, or a new one. */
async function begin(file: Blob, { id, kind, name, sha256, direct }: PartsOptions): Promise<Standing> {
  if (id) {
    try {
      const found = await post<Standing>('/attach/state', { id });
      if (found.bytes === file.size) return found;
    } catch (fault) {
      if (!(fault instanceof Failure) || fault.status !== 404) throw fault;
    }
  }
  return post<Standing>('/attach/begin', { bytes: file.size, sha256, kind, name, direct });
}

/** By the browser where it does that; it is faster, and beside the page's own work. */
async function sumOfPart(part: ArrayBuffer): Promise<string> {
  const subtle = globalThis.crypto?.subtle;
  const sum = subtle ? await subtle.digest('SHA-256', part) : new Sha256().update(new Uint8Array(part)).digest();
  return btoa(String.fromCharCode(...new Uint8Array(sum)));
}

async function put(
  id: string, offset: number, part: ArrayBuffer, onSent: (bytes: number) => void, signal?: AbortSignal,
): Promise<Standing> {
  const digest = await sumOfPart(part);
  const headers = {
    'Content-Type': 'application/octet-stream', 'Upload-Offset': String(offset), 'Content-Digest': `sha-256=:${digest}:`,
  };
  const { status, text } = await transmit('PUT', `/attach/part/${id}`, part, { headers, onSent, signal });
  return openEnvelope<Standing>(status, text).data;
}
