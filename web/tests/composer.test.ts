/** What was said or written in a conversation is not lost when one leaves it. */
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import TalkComposer from '../src/components/TalkComposer.vue';
import { editing } from '../src/core/composing';
import { record, type Recorded } from '../src/core/recorder';
import { MEDIA } from '../src/core/types';
import { useChat } from '../src/store/chat';
import { asked, quiet } from './asked';
import { MemoryStorage } from './browser';
import { mount } from './mount';

vi.mock('../src/core/api', async (actual) => ({ ...(await actual<object>()), ...(await import('./asked')).api }));
vi.mock('../src/core/shared/socket', () => ({
  openLine: () => ({ open() {}, close() {}, send: () => false, retryNow() {}, share() {} }),
}));
vi.mock('../src/core/upload', () => ({ upload: () => new Promise(() => {}) }));
vi.mock('../src/components/EmojiPanel.vue', () => ({ default: { render: () => null } }));
vi.mock('../src/components/StickerPanel.vue', () => ({ default: { render: () => null } }));

/** A microphone's recorder as browsers have it: what was recorded comes after `stop`, later. */
class Recorder extends EventTarget {
  static isTypeSupported = () => true;
  static made: Recorder;
  state = 'inactive';
  ondataavailable: ((event: { data: Blob }) => void) | null = null;
  onstop: (() => void) | null = null;
  constructor() {
    super();
    Recorder.made = this;
  }
  start() { this.state = 'recording'; }
  stop() {
    if (this.state === 'inactive') throw new DOMException('', 'InvalidStateError');
    this.state = 'inactive';
  }
  /** The browser has encoded it, or the microphone was pulled out. */
  encoded() {
    this.state = 'inactive';
    this.ondataavailable?.({ data: new Blob(['sound']) });
    this.onstop?.();
  }
}

beforeEach(() => {
  asked.length = 0;
  setActivePinia(createPinia());
  const stream = { getTracks: () => [{ stop() {} }] };
  vi.stubGlobal('localStorage', new MemoryStorage());
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia: async () => stream } });
  vi.stubGlobal('document', { addEventListener() {}, removeEventListener() {}, activeElement: null });
  vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener() {}, removeEventListener() {} }));
  vi.stubGlobal('PointerEvent', class {});
  vi.stubGlobal('MediaRecorder', Recorder);
  vi.stubGlobal('AudioContext', class {
    createAnalyser = () => ({ fftSize: 0, getFloatTimeDomainData() {} });
    createMediaStreamSource = () => ({ connect() {} });
    close = async () => {};
  });
  useChat().start(7);
});
afterEach(() => vi.unstubAllGlobals());

const open = (dstid = 8) => mount(TalkComposer, { kind: 10, dstid, talkKey: `10:${dstid}`, wide: true });
const isVoice = { kind: 10, dstid: 8, media: MEDIA.voice, state: 'uploading' };

test('who goes to another conversation while it is being encoded has sent it in the first one', async () => {
  const now = vi.spyOn(performance, 'now').mockReturnValue(0);
  const page = open();
  await page.act('voice-record', 'onClick', 0, { detail: 0, button: 0, clientY: 0, timeStamp: 0, type: 'click' });
  await vi.waitFor(() => expect(page.all('voice-send')[0]?.props.disabled).toBe(false));
  now.mockReturnValue(1_900);
  await vi.waitFor(() => expect(page.text('voice-recorder')).toContain('0:01'));
  now.mockReturnValue(4_000);
  await vi.waitFor(() => expect(page.text('voice-recorder')).toContain('0:04'));
  await page.press('voice-send');
  page.end();
  Recorder.made.encoded();
  await vi.waitFor(() => expect(useChat().pending).toMatchObject([{ ...isVoice, amount: 4 }]));
  now.mockRestore();
});

test('a microphone that was pulled out leaves what it heard', async () => {
  const now = vi.spyOn(performance, 'now').mockReturnValue(0);
  const recording = await record(() => {});
  now.mockReturnValue(2_000);
  Recorder.made.encoded();
  now.mockReturnValue(9_000);
  await quiet();
  const { file, seconds } = await Promise.race<Recorded>([recording.stop(), new Promise((_, fail) => setTimeout(fail, 500))]);
  expect([await file.text(), seconds]).toEqual(['sound', 2]);
  now.mockRestore();
});

test('who looks at another conversation while editing a message goes on where they were', async () => {
  editing.value = { key: '10:8', seq: 4, before: 'old', text: 'old' };
  const page = open();
  await page.type('composer-input', 'a new tex');
  page.end();
  const other = open(9);
  expect(other.all('composer-input')[0]!.value).toBe('');
  other.end();
  expect(open().all('composer-input')[0]!.value).toBe('a new tex');
  editing.value = null;
});
