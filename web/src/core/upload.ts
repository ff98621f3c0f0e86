/**
 * Files to the server: not at all where it has the content, straight to its storage where it offers that, at once
 * where they are small, else in parts.
 */
import { again } from './again';
import { envelope, Failure, openEnvelope, post } from './api';
import { uploadInParts } from './parts';
import type { Nonce } from './protocol';
import { sumOf, type Sha256 } from './sha256';
import { transmit } from './transmit';
import type { StoredFile } from './types';

export interface UploadOptions {
  kind?: StoredFile['kind'];
  /** Called with 0…1 while the body goes out. */
  onProgress?: (share: number) => void;
  /** The line broke, and it will be tried again; or it goes on. */
  onWait?: (waits: boolean) => void;
  signal?: AbortSignal;
  /** For signed-in people: ask by hash first, send in parts, and go on after a break. */
  instant?: boolean;
  /** Of an earlier try, and told of a new one. */
  partialId?: string;
  onBegun?: (partialId: string) => void;
}

const INSTANT_MIN_BYTES = 64 * 1024;
/** Below this one request is less work than three. */
const IN_PARTS_BYTES = 2 * 1024 * 1024;

/** Stores a file on the server; throws Failure, `aborted` when the signal said so. */
export async function upload(file: File, options: UploadOptions = {}): Promise<StoredFile> {
  const { signal, onWait, onProgress } = options;
  if (!options.instant) return send(file, options);
  if (file.size < INSTANT_MIN_BYTES) return again(() => send(file, options), signal, onWait);
  const sum = await sumOf(file, signal).catch((fault: unknown) => {
    if (signal?.aborted) throw new Failure('aborted', '');
    throw new Failure('unreadable', fault instanceof Error ? fault.message : '');
  });
  const { known, direct } = await again(() => claimKnown(file, sum, options.kind), signal, onWait);
  if (known) {
    onProgress?.(1);
    return { ...known, name: file.name };
  }
  if (!direct && file.size < IN_PARTS_BYTES) return again(() => send(file, options), signal, onWait);
  return uploadInParts(file, {
    kind: options.kind ?? '', name: file.name, sha256: toHex(sum.digest()), id: options.partialId ?? '', direct,
    onBegun: options.onBegun, onSent: (bytes) => onProgress?.(bytes / file.size), onWait, signal,
  });
}

/** Proves to hold content that the server may have; `known` is null when it does not. */
async function claimKnown(file: File, sum: Sha256, kind = ''): Promise<{ known: StoredFile | null; direct: boolean }> {
  const sha256 = toHex(sum.digest());
  const { nonce, direct } = await post<Nonce>('/attach/probe', { sha256, bytes: file.size });
  if (!nonce) return { known: null, direct };
  const proof = toHex(sum.clone().update(fromHex(nonce)).digest());
  try {
    const body = { sha256, bytes: file.size, nonce, proof, kind, name: file.name };
    return { known: (await envelope<string>('/attach/claim', body)).file ?? null, direct };
  } catch (fault) {
    if (fault instanceof Failure && fault.error === 'upload_needed') return { known: null, direct };
    throw fault;
  }
}

async function send(file: File, { kind, onProgress, signal }: UploadOptions): Promise<StoredFile> {
  const form = new FormData();
  form.append('file', file, file.name);
  form.append('filetype', extension(file.name));
  if (kind) form.append('kind', kind);
  const { status, text } = await transmit('POST', '/attach/upload', form, {
    onSent: (bytes, all) => onProgress?.(bytes / all), signal,
  });
  const answer = openEnvelope<string>(status, text);
  return answer.file ?? bareFile(answer.data, file);
}

function bareFile(url: string, file: File): StoredFile {
  return { url, thumb: url, width: 0, height: 0, bytes: file.size, type: file.type, kind: 'file', name: file.name };
}

/** The ending with its dot, as the pages of the Go version sent it; "" without one. */
export function extension(name: string): string {
  const at = name.lastIndexOf('.');
  return at > 0 ? name.slice(at) : '';
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function fromHex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}
