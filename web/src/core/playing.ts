/**
 * One voice message at a time: which one, how far, how fast. When it has ended, the caller's `next` may name another.
 */
import { ref } from 'vue';
import { keep, readKept } from './storage';

export interface Sound {
  name: string;
  address: string;
  /** Seconds; recordings of browsers do not say how long they are. */
  length: number;
  /** It begins to be heard. */
  onBegin?: () => void;
  /** What to go on with after it. */
  next?: () => Sound | undefined;
}

export const RATES = [1, 1.5, 2] as const;
const RATE_KEY = 'fastim.voice.rate';

const name = ref('');
const paused = ref(false);
/** 0…1. */
const share = ref(0);
const rate = ref(readRate());
let audio: HTMLAudioElement | null = null;
let sound: Sound | null = null;

/** Plays, pauses or goes on; false when it cannot be played, which is not said of what was left for another. */
async function toggle(wanted: Sound): Promise<boolean> {
  if (name.value !== wanted.name) return begin(wanted);
  if (!audio) return false;
  if (audio.paused) return play(audio);
  audio.pause();
  paused.value = true;
  return true;
}

async function begin(wanted: Sound): Promise<boolean> {
  stop();
  if (!wanted.address) return false;
  const player = new Audio(wanted.address);
  player.playbackRate = rate.value;
  player.onended = () => ended(wanted);
  player.ontimeupdate = () => (share.value = Math.min(1, player.currentTime / Math.max(0.1, lengthOf(player, wanted))));
  audio = player;
  sound = wanted;
  name.value = wanted.name;
  const plays = await play(player);
  if (audio !== player) return true;
  if (!plays) {
    stop();
    return false;
  }
  wanted.onBegin?.();
  return true;
}

async function play(player: HTMLAudioElement): Promise<boolean> {
  try {
    await player.play();
    paused.value = false;
    return true;
  } catch {
    return false;
  }
}

function ended(done: Sound): void {
  if (sound !== done) return;
  const following = done.next?.();
  stop();
  if (following) void begin(following);
}

function stop(): void {
  audio?.pause();
  audio = null;
  sound = null;
  name.value = '';
  share.value = 0;
  paused.value = false;
}

function seek(to: number): void {
  if (!audio || !sound) return;
  audio.currentTime = to * lengthOf(audio, sound);
  share.value = to;
}

function lengthOf(player: HTMLAudioElement, { length }: Sound): number {
  return Number.isFinite(player.duration) && player.duration > 0 ? player.duration : length;
}

/** 1, 1.5, 2 and again. */
function faster(): void {
  rate.value = RATES[(RATES.indexOf(rate.value) + 1) % RATES.length]!;
  if (audio) audio.playbackRate = rate.value;
  keep(RATE_KEY, String(rate.value));
}

function readRate(): (typeof RATES)[number] {
  return RATES.find((one) => String(one) === readKept(RATE_KEY)) ?? 1;
}

export const playing = { name, paused, share, rate, toggle, stop, seek, faster };
