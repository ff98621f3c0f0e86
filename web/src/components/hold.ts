import { ref, type Ref } from 'vue';

interface Recorder {
  send: () => void;
  drop: () => void;
  isRecording: () => boolean;
}

/** A shorter press is a tap: the recording goes on without the finger. */
const TAP_MS = 350;
const AWAY_PX = 64;

/** The button of voice messages: held it records until it is let go, tapped until one says what to do. */
export function useHold(recorder: Readonly<Ref<Recorder | null>>) {
  const recording = ref(false);
  const held = ref(false);
  const away = ref(false);
  let from = { y: 0, at: 0 };

  /** A key on the keyboard is a tap. */
  function press(event: PointerEvent | MouseEvent) {
    if (recording.value || event.button) return;
    recording.value = true;
    away.value = false;
    held.value = event.type === 'pointerdown';
    from = { y: event.clientY, at: event.timeStamp };
    if (event instanceof PointerEvent && held.value) (event.currentTarget as Element).setPointerCapture(event.pointerId);
  }

  function move(event: PointerEvent) {
    if (held.value) away.value = from.y - event.clientY > AWAY_PX;
  }

  function letGo(event: PointerEvent) {
    if (!held.value) return;
    held.value = false;
    if (event.type === 'pointercancel' || away.value) {
      if (recorder.value?.isRecording()) recorder.value.drop();
      else recording.value = false;
      return;
    }
    // While the browser asks for the microphone the finger is needed elsewhere.
    if (event.timeStamp - from.at >= TAP_MS && recorder.value?.isRecording()) recorder.value.send();
  }

  return { recording, held, away, press, move, letGo };
}
