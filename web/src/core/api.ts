import type { StoredFile } from './types';

/** A failure that the server named, or `network` when it could not be asked. */
export class Failure extends Error {
  constructor(
    readonly error: string,
    message: string,
    readonly status = 0,
    readonly field = '',
    readonly retryAfter = 0,
  ) {
    super(message);
    this.name = 'Failure';
  }
}

export interface Answer<T> {
  data: T;
  rows: T extends readonly unknown[] ? T : never;
  total: number;
  gap?: boolean;
  /** Of searches: what continues them. */
  before?: number;
  /** Of searches: the index has not read all that was sent, so asking again may find more. */
  behind?: boolean;
  file?: StoredFile;
}

interface Envelope {
  code?: number;
  msg?: string;
  error?: string;
  field?: string;
  retry_after?: number;
}

let signedOut: () => void = () => {};

/** Called once the server says that nobody is signed in any more. */
export function onSignedOut(act: () => void): void {
  signedOut = act;
}

/** Reads the envelope of an answer; throws Failure for everything but success. */
export function openEnvelope<T>(status: number, text: string): Answer<T> {
  let envelope: Envelope = {};
  try {
    envelope = JSON.parse(text) as Envelope;
  } catch {
    throw new Failure(status === 413 ? 'too_large' : 'internal', '', status);
  }
  if (status === 401) signedOut();
  if (envelope.code !== 0) {
    throw new Failure(envelope.error ?? 'internal', envelope.msg ?? '', status, envelope.field, envelope.retry_after);
  }
  return envelope as unknown as Answer<T>;
}

async function ask<T>(path: string, body: unknown, signal?: AbortSignal): Promise<Answer<T>> {
  let response: Response;
  try {
    response = await fetch(path, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify(body),
      signal,
    });
    return openEnvelope<T>(response.status, await response.text());
  } catch (fault) {
    if (fault instanceof Failure) throw fault;
    throw new Failure('network', '');
  }
}

/** Posts to a route that answers one thing. */
export async function post<T>(path: string, body: Record<string, unknown> = {}, signal?: AbortSignal): Promise<T> {
  return (await ask<T>(path, body, signal)).data;
}

/** Posts to a route that answers a list. */
export async function list<T>(path: string, body: Record<string, unknown> = {}): Promise<T[]> {
  return (await ask<T[]>(path, body)).rows ?? [];
}

/** Posts and gives the whole envelope, for the routes that put more beside their rows. */
export function envelope<T>(path: string, body: Record<string, unknown> = {}): Promise<Answer<T>> {
  return ask<T>(path, body);
}
