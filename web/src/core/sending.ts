/**
 * Files as messages: shown at once, uploaded two at a time, then sent. Each can be paused, gone on with and given up,
 * and what was on its way when the page was closed goes on when it is opened again; where the browser had not kept the
 * file yet, its message says so.
 */
import { useChat } from '../store/chat';
import { Failure, post } from './api';
import { fetched } from './fetched';
import { fileSize } from './format';
import { faultText, say } from './i18n';
import { alone, isFree, keptUploads, type KeptUpload } from './kept-uploads';
import type { Recorded } from './recorder';
import { MEDIA, type Content, type Kind, type StoredFile } from './types';

interface Job extends KeptUpload {
  stop: AbortController;
  running: boolean;
  /** An earlier page began it, so that another tab may finish it too. */
  adopted: boolean;
  /** Its size, and a film's length and still, are known as well as they can be. */
  measured: Promise<void>;
}

/** Files of messages that are not up yet, in the order in which they were chosen. */
const jobs = new Map<string, Job>();
const AT_ONCE = 2;

const PICTURES = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif']);
const FILMS = new Set(['video/mp4', 'video/webm', 'video/quicktime']);
export const isPicture = (file: File) => PICTURES.has(file.type);

/**
 * Shows each file at once as a message of its own, uploads it, then sends it; they arrive in the order in which they were
 * chosen, whichever is up first. `plain`: as files, whatever they are.
 */
export function sendFiles(kind: Kind, dstid: number, files: Iterable<File>, plain = false): void {
  let after: string | undefined;
  for (const file of files) after = sendFile(kind, dstid, file, plain, after);
}

function sendFile(kind: Kind, dstid: number, file: File, plain: boolean, after?: string): string | undefined {
  if (!plain && isPicture(file)) return begin(kind, dstid, file, 'picture', { media: MEDIA.picture }, URL.createObjectURL(file), after);
  if (!plain && FILMS.has(file.type)) return begin(kind, dstid, file, 'video', { media: MEDIA.video }, undefined, after);
  return begin(kind, dstid, file, 'file', plainContent(file), undefined, after);
}

const plainContent = (file: File): Content => ({ media: MEDIA.file, memo: file.name.slice(-200), amount: file.size });

/** A recording that was ended: encoding it takes a moment, and whoever speaks may be in another conversation then. */
export async function sendVoice(kind: Kind, dstid: number, recorded: Promise<Recorded>): Promise<void> {
  const { file, seconds, wave } = await recorded;
  const content = { media: MEDIA.voice, amount: Math.max(1, Math.round(seconds)), memo: wave };
  begin(kind, dstid, file, 'voice', content, URL.createObjectURL(file));
}

function begin(
  kind: Kind, dstid: number, file: File, as: Job['as'], content: Content, preview?: string, after?: string,
): string | undefined {
  const { outbox, state } = useChat();
  if (!outbox) return undefined;
  const { msgid, time } = outbox.begin(kind, dstid, content, preview, after);
  const kept = { msgid, me: state.me, kind, dstid, time, content, file, as, partialId: '', paused: false };
  void alone(keepingOf(msgid), async () => void (await keptUploads.put(kept)));
  add(kept);
  return msgid;
}

/** While the browser is given the file, which takes long where it is large, other tabs must not take it for lost. */
const keepingOf = (msgid: string) => `keeping.${msgid}`;

function add(kept: KeptUpload, adopted = false): void {
  const job = { ...kept, stop: new AbortController(), running: false, adopted, measured: Promise.resolve() };
  jobs.set(kept.msgid, job);
  job.measured = measure(job);
  next();
}

async function measure(job: Job): Promise<void> {
  if (job.content.memo || !(job.as === 'picture' || job.as === 'video')) return;
  const preview = job.as === 'picture' ? await measurePicture(job) : await measureFilm(job);
  if (!jobs.has(job.msgid)) return; // given up meanwhile
  useChat().outbox?.describe(job.msgid, job.content, preview);
  keep(job);
}

async function measurePicture(job: Job): Promise<undefined> {
  const address = URL.createObjectURL(job.file);
  job.content = { ...job.content, memo: await sizeOf(address) };
  URL.revokeObjectURL(address);
}

/** Its still is what is shown of a film; one that this browser cannot play goes out as a file. */
async function measureFilm(job: Job): Promise<string | undefined> {
  // What the first sight of a conversation does not need is loaded with the first file.
  const { readFilm } = await fetched(() => import('./film'));
  const film = await readFilm(job.file);
  if (!film) {
    job.as = 'file';
    job.content = plainContent(job.file);
    return undefined;
  }
  job.content = { ...job.content, memo: `${film.width}x${film.height}`, amount: film.seconds };
  job.poster = film.poster;
  return film.poster && URL.createObjectURL(film.poster);
}

let looking: Promise<void> | null = null;

/** After the page was opened, and when another tab let go of one: what was not finished. */
export function resumeUploads(): Promise<void> {
  return (looking ??= adoptKept().finally(() => (looking = null)));
}

async function adoptKept(): Promise<void> {
  const { outbox, state } = useChat();
  for (const kept of await keptUploads.of(state.me)) {
    if (jobs.has(kept.msgid)) continue;
    if (!(await isFree(kept.msgid))) {
      // Another tab is at it, and its message comes to this one when it is sent; but that tab may be closed before.
      waitFor(kept.msgid);
      continue;
    }
    const { msgid, kind, dstid, time, content, paused } = kept;
    const shown = kept.poster ?? (kept.as === 'file' ? undefined : kept.file);
    const preview = shown && URL.createObjectURL(shown);
    outbox?.adopt({ ...content, msgid, kind, dstid, time, state: 'uploading', progress: 0, paused, preview });
    add(kept, true);
  }
  for (const begun of outbox?.begun() ?? []) {
    if (await isLost(begun.msgid)) outbox?.adopt({ ...begun, state: 'failed', error: 'lost', reason: say('fault.lost'), progress: undefined });
  }
}

/** The page was gone before the browser had the file, or the browser was told to clear what it keeps. */
async function isLost(msgid: string): Promise<boolean> {
  const isInHand = jobs.has(msgid) || !(await isFree(keepingOf(msgid))) || !(await isFree(msgid));
  if (isInHand || (await keptUploads.has(msgid))) return false;
  // Sent meanwhile by another tab, or given up there.
  return useChat().outbox?.begun().some((one) => one.msgid === msgid) ?? false;
}

const awaited = new Set<string>();

function waitFor(msgid: string): void {
  if (awaited.has(msgid)) return;
  awaited.add(msgid);
  void alone(msgid, async () => void awaited.delete(msgid)).then(resumeUploads);
}

function next(): void {
  const running = [...jobs.values()].filter((job) => job.running).length;
  const waiting = [...jobs.values()].filter((job) => !job.running && !job.paused);
  for (const job of waiting.slice(0, Math.max(0, AT_ONCE - running))) {
    job.running = true;
    job.stop = new AbortController();
    void alone(job.msgid, () => run(job)).finally(() => {
      job.running = false;
      next();
    });
  }
}

/** Again: the upload as well, if it is that which failed. */
export function resend(msgid: string): void {
  const { outbox } = useChat();
  if (!outbox || outbox.retry(msgid)) return;
  const job = jobs.get(msgid);
  if (!job) return outbox.fail(msgid, 'lost', say('fault.lost'));
  job.paused = false;
  next();
}

export function pauseUpload(msgid: string): void {
  setPaused(msgid, true);
  jobs.get(msgid)?.stop.abort();
}

export function resumeUpload(msgid: string): void {
  setPaused(msgid, false);
  next();
}

function setPaused(msgid: string, paused: boolean): void {
  const job = jobs.get(msgid);
  if (!job) return;
  job.paused = paused;
  useChat().outbox?.progress(msgid, undefined, { paused, waiting: false });
  keep(job);
}

export function cancelUpload(msgid: string): void {
  const job = jobs.get(msgid);
  jobs.delete(msgid);
  job?.stop.abort();
  if (job?.partialId) void import('./parts').then(({ abandon }) => abandon(job.partialId));
  void keptUploads.drop(msgid);
  useChat().outbox?.discard(msgid);
}

function keep({ stop: _, running: __, adopted: ___, measured: ____, ...kept }: Job): void {
  void keptUploads.put(kept);
}

async function run(job: Job): Promise<void> {
  const { msgid } = job;
  const { outbox } = useChat();
  if (job.adopted && !(await keptUploads.has(msgid))) return void jobs.delete(msgid);
  const refusal = objection(job);
  if (refusal) return fail(job, 'too_large', refusal);
  try {
    const onWait = (waiting: boolean) => outbox?.progress(msgid, undefined, { waiting });
    const { upload } = await fetched(() => import('./upload'), onWait);
    await job.measured;
    const stored = await upload(job.file, {
      kind: job.as, instant: true, signal: job.stop.signal, partialId: job.partialId,
      onProgress: (share) => outbox?.progress(msgid, share),
      onWait,
      onBegun(id) {
        job.partialId = id;
        keep(job);
      },
    });
    const pic = stored.kind === 'video' ? await posterOf(stored, job) : stored.thumb;
    if (!jobs.delete(msgid)) return;
    outbox?.finish(msgid, contentOf(stored, job, pic));
    await keptUploads.drop(msgid); // before another tab may have it
  } catch (fault) {
    if (fault instanceof Failure && fault.error === 'aborted') return; // paused, or given up
    fail(job, 'upload', faultText(fault) || say('fault.upload'));
  }
}

function fail(job: Job, error: string, reason: string): void {
  job.paused = true; // until somebody asks for it again
  useChat().outbox?.fail(job.msgid, error, reason);
}

/** A film is worth sending without its picture too. */
async function posterOf(stored: StoredFile, { poster, stop }: Job): Promise<string> {
  if (!poster) return '';
  try {
    const { upload } = await import('./upload');
    const picture = await upload(poster, { kind: 'picture', instant: true, signal: stop.signal });
    return await post<string>('/attach/poster', { url: stored.url, poster: picture.url });
  } catch (fault) {
    if (fault instanceof Failure && fault.error === 'aborted') throw fault;
    return '';
  }
}

function objection({ as, file }: Job): string {
  const { limits } = useChat();
  const most = as === 'picture' ? limits.picture_bytes : limits.file_bytes;
  if (file.size === 0) return say('fault.empty');
  return most && file.size > most ? say('fault.tooBig', { limit: fileSize(most) }) : '';
}

function contentOf(stored: StoredFile, { content, file }: Job, pic: string): Content {
  const { url } = stored;
  switch (content.media) {
    case MEDIA.picture:
      return { ...content, url, pic, memo: stored.width ? `${stored.width}x${stored.height}` : content.memo };
    case MEDIA.video:
      return { ...content, url, pic };
    case MEDIA.file:
      return { ...content, url, amount: stored.bytes || file.size };
    default:
      return { ...content, url };
  }
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
