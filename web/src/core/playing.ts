import { ref } from 'vue';

/** One voice message at a time. */
const name = ref('');
let audio: HTMLAudioElement | null = null;

async function toggle(wanted: string, address: string): Promise<boolean> {
  const same = name.value === wanted;
  stop();
  if (same) return true;
  if (!address) return false;
  audio = new Audio(address);
  audio.onended = stop;
  name.value = wanted;
  try {
    await audio.play();
    return true;
  } catch {
    stop();
    return false;
  }
}

function stop(): void {
  audio?.pause();
  audio = null;
  name.value = '';
}

export const playing = { name, toggle, stop };
