/** The sound of a new message: two soft notes that this page makes itself. */
const NOTES = [659.26, 880] as const;
const NOTE_SECONDS = 0.09;
const FADE_SECONDS = 0.35;
const LOUDNESS = 0.12;
/** A burst of messages rings once. */
const REST_MS = 1_500;

let context: AudioContext | undefined;
let rungAt = 0;

/** Browsers let a page be heard only after somebody touched it. */
export function wakeChimeOnTouch(): void {
  const wake = () => {
    context ??= typeof AudioContext === 'function' ? new AudioContext() : undefined;
    void context?.resume().catch(() => {});
  };
  for (const event of ['pointerdown', 'keydown'] as const) addEventListener(event, wake, { once: true, passive: true });
}

export function chime(now = Date.now()): void {
  if (!context || context.state !== 'running' || now - rungAt < REST_MS) return;
  rungAt = now;
  NOTES.forEach((pitch, place) => ring(context!, pitch, context!.currentTime + place * NOTE_SECONDS));
}

function ring(audio: AudioContext, pitch: number, at: number): void {
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.type = 'sine';
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(LOUDNESS, at + 0.012);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + FADE_SECONDS);
  tone.connect(volume).connect(audio.destination);
  tone.start(at);
  tone.stop(at + FADE_SECONDS);
}
