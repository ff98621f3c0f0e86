import { Failure, openEnvelope, post } from './api';
import type { StoredFile } from './types';

export interface UploadOptions {
  kind?: 'picture' | 'voice' | 'file';
  /** Called with 0…1 while the body goes out. */
  onProgress?: (share: number) => void;
  signal?: AbortSignal;
  /** Ask by hash first; only for signed-in people. */
  instant?: boolean;
}

/** Hashing reads the whole file into memory, so above this the body is simply sent. */
const INSTANT_MAX_BYTES = 64 * 1024 * 1024;
const INSTANT_MIN_BYTES = 64 * 1024;

/** Stores a file on the server; throws Failure. The body is skipped when the server has the content. */
export async function upload(file: File, options: UploadOptions = {}): Promise<StoredFile> {
  if (options.instant && file.size >= INSTANT_MIN_BYTES && file.size <= INSTANT_MAX_BYTES) {
    const known = await claimKnown(file).catch(() => null);
    if (known) {
      options.onProgress?.(1);
      return { ...known, name: file.name };
    }
    if (options.signal?.aborted) throw new Failure('aborted', '');
  }
  return send(file, options);
}

/** Proves to hold content that the server may have; null when it does not. Not there without HTTPS. */
async function claimKnown(file: File): Promise<StoredFile | null> {
  if (!globalThis.crypto?.subtle) return null;
  const content = new Uint8Array(await file.arrayBuffer());
  const sha256 = toHex(await crypto.subtle.digest('SHA-256', content));
  const { nonce } = await post<{ nonce: string }>('/attach/probe', { sha256, bytes: content.length });
  if (!nonce) return null;
  const proven = new Uint8Array(content.length + nonce.length / 2);
  proven.set(content);
  proven.set(fromHex(nonce), content.length);
  const proof = toHex(await crypto.subtle.digest('SHA-256', proven));
  return claim({ sha256, bytes: content.length, nonce, proof });
}

async function claim(body: Record<string, unknown>): Promise<StoredFile> {
  const response = await fetch('/attach/claim', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = openEnvelope<string>(response.status, await response.text());
  if (!answer.file) throw new Failure('upload_needed', '');
  return answer.file;
}

/** XMLHttpRequest, as fetch tells nothing of the way out. */
function send(file: File, options: UploadOptions): Promise<StoredFile> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.append('file', file, file.name);
    form.append('filetype', extension(file.name));
    if (options.kind) form.append('kind', options.kind);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) options.onProgress?.(event.loaded / event.total);
    };
    request.onload = () => {
      try {
        const answer = openEnvelope<string>(request.status, request.responseText);
        resolve(answer.file ?? bareFile(answer.data, file));
      } catch (fault) {
        reject(fault instanceof Error ? fault : new Failure('internal', ''));
      }
    };
    request.onerror = () => reject(new Failure('network', ''));
    request.onabort = () => reject(new Failure('aborted', ''));
    if (options.signal?.aborted) return reject(new Failure('aborted', ''));
    options.signal?.addEventListener('abort', () => request.abort());
    request.open('POST', '/attach/upload');
    request.setRequestHeader('Accept', 'application/json');
    request.send(form);
  });
}

function bareFile(url: string, file: File): StoredFile {
  return { url, thumb: url, width: 0, height: 0, bytes: file.size, type: file.type, kind: 'file', name: file.name };
}

/** The ending with its dot, as the pages of the Go version sent it; "" without one. */
export function extension(name: string): string {
  const at = name.lastIndexOf('.');
  return at > 0 ? name.slice(at) : '';
}

export function toHex(bytes: ArrayBuffer | Uint8Array): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function fromHex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}
