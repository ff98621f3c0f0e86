/**
 * Files that are on their way, kept by the browser so that a reload does not lose them. Where there is no
 * IndexedDB (private windows of some browsers) nothing is kept, and nothing else changes.
 */
import type { Content, Kind, StoredFile } from './types';

export interface KeptUpload {
  msgid: string;
  me: number;
  kind: Kind;
  dstid: number;
  time: number;
  content: Content;
  file: File;
  as: StoredFile['kind'];
  /** A film's still. */
  poster?: File;
  /** The server's name of what has arrived so far; "" before. */
  partialId: string;
  paused: boolean;
}

export const UPLOADS = 'fastim.uploads';
const STORE = 'uploads';
/** Its owner signed out: what a page that is on its way out still does with a file is not kept. */
let isForgotten = false;
let opened: Promise<IDBDatabase> | null = null;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(UPLOADS, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'msgid' });
    request.onsuccess = () => {
      const base = request.result;
      // Whoever signs out deletes it, and need not wait for this page.
      base.onversionchange = () => {
        base.close();
        opened = null;
      };
      resolve(base);
    };
    request.onerror = () => reject(request.error ?? new Error('no database'));
  });
  return opened;
}

async function run<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
  try {
    const request = act((await open()).transaction(STORE, mode).objectStore(STORE));
    return await new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('not kept'));
    });
  } catch {
    return undefined;
  }
}

const allKept = async () => (await run<KeptUpload[]>('readonly', (store) => store.getAll())) ?? [];

export const keptUploads = {
  put: async (upload: KeptUpload) => void (isForgotten || (await run('readwrite', (store) => store.put(upload)))),
  has: async (msgid: string) => Boolean(await run('readonly', (store) => store.getKey(msgid))),
  drop: (msgid: string) => run('readwrite', (store) => store.delete(msgid)),
  async dropOthers(me: number): Promise<void> {
    const others = (await allKept()).filter((one) => one.me !== me);
    await Promise.all(others.map((one) => keptUploads.drop(one.msgid)));
  },
  async forget(): Promise<void> {
    isForgotten = true;
    await new Promise<void>((resolve) => {
      const request = indexedDB.deleteDatabase(UPLOADS);
      request.onsuccess = request.onerror = () => resolve();
    }).catch(() => {}); // Where storage is forbidden nothing was kept.
  },
  async of(me: number): Promise<KeptUpload[]> {
    const all = await allKept();
    return all.filter((one) => one.me === me).sort((a, b) => a.time - b.time);
  },
};

/** Runs `act` when no other tab of this browser has the same upload in hand. */
export async function alone(msgid: string, act: () => Promise<void>): Promise<void> {
  if (!navigator.locks) return act();
  await navigator.locks.request(lockOf(msgid), act);
}

/** Whether no tab has it in hand now. */
export async function isFree(msgid: string): Promise<boolean> {
  if (!navigator.locks) return true;
  return navigator.locks.request(lockOf(msgid), { ifAvailable: true }, (lock) => lock !== null);
}

const lockOf = (msgid: string) => `fastim.upload.${msgid}`;
