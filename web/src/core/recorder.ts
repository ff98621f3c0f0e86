/**
 * A voice message from the microphone.
 *
 *   const recording = await record(onLevel)     throws MicrophoneFault
 *   await recording.stop() -> { file, seconds, wave }
 *   recording.drop()
 */
import { writeWave } from './wave';

export type MicrophoneFault = 'refused' | 'none' | 'unsupported';

export interface Recorded {
  file: File;
  seconds: number;
  wave: string;
}

export interface Recording {
  stop: () => Promise<Recorded>;
  drop: () => void;
}

/** Opus where there is; Safari writes AAC into MP4. */
const TYPES = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/mp4'];
const BITS = 24_000;
const LEVEL_MS = 80;

export async function record(onLevel: (level: number, seconds: number) => void): Promise<Recording> {
  if (!globalThis.MediaRecorder || !navigator.mediaDevices) throw fault('unsupported');
  const type = TYPES.find((one) => MediaRecorder.isTypeSupported(one));
  if (!type) throw fault('unsupported');
  const stream = await microphone();
  const levels: number[] = [];
  const chunks: Blob[] = [];
  const recorder = new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: BITS });
  recorder.ondataavailable = (event) => chunks.push(event.data);
  // A microphone that is pulled out ends it by itself, and then nothing ends it again.
  const ended = new Promise<number>((resolve) => (recorder.onstop = () => resolve(seconds())));
  const begun = performance.now();
  const seconds = () => (performance.now() - begun) / 1000;
  const meter = measure(stream, (level) => {
    levels.push(level);
    onLevel(level, seconds());
  });
  recorder.start();

  function end() {
    meter();
    for (const track of stream.getTracks()) track.stop();
  }
  return {
    drop() {
      recorder.ondataavailable = null;
      if (recorder.state !== 'inactive') recorder.stop();
      end();
    },
    async stop() {
      const length = seconds();
      if (recorder.state !== 'inactive') recorder.stop();
      const recorded = Math.min(length, await ended);
      end();
      const main = type.split(';')[0]!;
      const name = `voice.${main === 'audio/mp4' ? 'm4a' : main.slice('audio/'.length)}`;
      return { file: new File(chunks, name, { type: main }), seconds: recorded, wave: writeWave(levels) };
    },
  };
}

async function microphone(): Promise<MediaStream> {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true } });
  } catch (error) {
    const name = error instanceof DOMException ? error.name : '';
    throw fault(name === 'NotAllowedError' || name === 'SecurityError' ? 'refused' : 'none');
  }
}

function fault(why: MicrophoneFault): Error {
  return new Error(why);
}

export function faultOf(error: unknown): MicrophoneFault {
  const why = error instanceof Error ? error.message : '';
  return why === 'refused' || why === 'unsupported' ? why : 'none';
}

/** Tells the loudness, 0…1, again and again; the answer ends it. */
function measure(stream: MediaStream, tell: (level: number) => void): () => void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, one) => sum + one * one, 0) / samples.length;
    tell(Math.min(1, Math.sqrt(power) * 3));
  }, LEVEL_MS);
  return () => {
    clearInterval(timer);
    void context.close();
  };
}
