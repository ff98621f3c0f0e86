import { Failure } from './api';

interface Transmission {
  headers?: Record<string, string>;
  onSent?: (bytes: number, all: number) => void;
  signal?: AbortSignal;
}

/** XMLHttpRequest, as fetch tells nothing of the way out. */
export function transmit(
  method: string, path: string, body: XMLHttpRequestBodyInit, { headers = {}, onSent, signal }: Transmission = {},
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(new Failure('aborted', ''));
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    request.upload.onprogress = (event) => event.lengthComputable && onSent?.(event.loaded, event.total);
    request.onload = () => resolve({ status: request.status, text: request.responseText });
    request.onerror = () => reject(new Failure('network', ''));
    request.onabort = () => reject(new Failure('aborted', ''));
    request.onloadend = () => signal?.removeEventListener('abort', abort);
    signal?.addEventListener('abort', abort);
    request.open(method, path);
    request.setRequestHeader('Accept', 'application/json');
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.send(body);
  });
}
