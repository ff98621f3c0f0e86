/** What can be told of a film before it is sent: its size, how long it is, and a picture that stands for it. */
export interface Film {
  width: number;
  height: number;
  seconds: number;
  poster?: File;
}

const WAIT_MS = 6_000;
const POSTER_SIDE = 960;

/** Null where this browser cannot play it; then it goes out as a file. */
export async function readFilm(file: File): Promise<Film | null> {
  const address = URL.createObjectURL(file);
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.preload = 'auto';
  try {
    await when(video, 'loadeddata', () => (video.src = address));
    const { videoWidth: width, videoHeight: height } = video;
    if (!width || !height) return null;
    const length = Number.isFinite(video.duration) ? video.duration : 0;
    // The very first picture of many films is black.
    if (length > 1) await when(video, 'seeked', () => (video.currentTime = Math.min(1, length / 4))).catch(() => {});
    return { width, height, seconds: Math.max(1, Math.round(length)), poster: await still(video) };
  } catch {
    return null;
  } finally {
    video.removeAttribute('src');
    video.load();
    URL.revokeObjectURL(address);
  }
}

function when(video: HTMLVideoElement, event: string, begin: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('too slow')), WAIT_MS);
    video.addEventListener(event, () => (clearTimeout(timer), resolve()), { once: true });
    video.addEventListener('error', () => (clearTimeout(timer), reject(new Error('cannot be played'))), { once: true });
    begin();
  });
}

async function still(video: HTMLVideoElement): Promise<File | undefined> {
  const scale = Math.min(1, POSTER_SIDE / Math.max(video.videoWidth, video.videoHeight));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(video.videoWidth * scale));
  canvas.height = Math.max(1, Math.round(video.videoHeight * scale));
  canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.82));
  return blob ? new File([blob], 'still.jpg', { type: blob.type }) : undefined;
}
