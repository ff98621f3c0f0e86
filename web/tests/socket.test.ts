import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Told } from '../src/core/clock';
import { backoff, ChatSocket, staysAway, type LinkState } from '../src/core/socket';

const LIMITS = {
  text_chars: 5000, frame_bytes: 65536, file_bytes: 1, picture_bytes: 1, heartbeat_seconds: 25, dead_seconds: 75,
  history_page: 50,
};

/** A line that the test plays the server of. */
class Line {
  readyState = 0;
  sent: { cmd: number }[] = [];
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  closed = false;
  constructor(readonly address: string, readonly protocol: string) {}
  send(text: string) { this.sent.push(JSON.parse(text)); }
  close() { this.closed = true; this.readyState = 3; }
  say(frame: unknown) { this.onmessage?.({ data: typeof frame === 'string' ? frame : JSON.stringify(frame) }); }
  greet() {
    this.readyState = 1;
    this.say({ cmd: 18, connection: 'c', userid: 7, time: 1, limits: LIMITS });
  }
  end(code: number) { this.readyState = 3; this.onclose?.({ code }); }
}

let lines: Line[];
let states: LinkState[];
let frames: number[];
let hellos: number;
let ended: number[];
let refused: number;
let times: Told[];
let socket: ChatSocket;

const line = () => lines.at(-1)!;
const comeBack = () => { while (line().readyState === 3) vi.advanceTimersByTime(50); };
const SECOND = 1_000;

beforeEach(() => {
  vi.useFakeTimers();
  [lines, states, frames, hellos, ended, refused, times] = [[], [], [], 0, [], 0, []];
  socket = new ChatSocket({
    onFrame: (frame) => frames.push(frame.cmd),
    onState: (state) => states.push(state),
    onHello: () => (hellos += 1),
    onTime: (told) => times.push(told),
    onEnded: (code) => ended.push(code),
    onRefused: () => (refused += 1),
    address: () => 'ws://here/chat',
    random: () => 0,
    make(address, protocol) {
      lines.push(new Line(address, protocol));
      return line() as unknown as WebSocket;
    },
  });
  socket.open();
});
afterEach(() => {
  socket.close();
  vi.useRealTimers();
});

describe('a connection', () => {
  test('is online only after the hello, and nothing goes out before it', () => {
    expect([line().address, line().protocol]).toEqual(['ws://here/chat', 'fastim.v2']);
    line().readyState = 1;
    expect(socket.send({ cmd: 0 })).toBe(false);
    expect(states).toEqual(['connecting']);
    line().greet();
    expect(states).toEqual(['connecting', 'online']);
    expect(hellos).toBe(1);
    expect(socket.send({ cmd: 15, kind: 10, dstid: 8 })).toBe(true);
    expect(line().sent).toEqual([{ cmd: 15, kind: 10, dstid: 8 }]);
  });

  test('outlives whatever is no frame', () => {
    line().greet();
    for (const nonsense of ['welcome!', '{', 'null', '[]', '"text"', '{"cmd":"10"}']) line().say(nonsense);
    line().say({ cmd: 16, userid: 8, online: 1, time: 1 });
    expect(frames).toEqual([18, 16]);
    expect(states.at(-1)).toBe('online');
  });

  test('sends a heartbeat as often as the server wishes and stays while it is answered', () => {
    line().greet();
    for (let beat = 0; beat < 8; beat++) {
      vi.advanceTimersByTime(25 * SECOND);
      line().say({ cmd: 0, time: 1 });
    }
    expect(line().sent).toHaveLength(8);
    expect(lines).toHaveLength(1);
  });

  test('tells how the clocks stand with its hello and with each answer to a heartbeat', () => {
    const began = Date.now();
    vi.advanceTimersByTime(300);
    line().greet();
    expect(times).toEqual([{ time: 1, asked: began, heard: began + 300 }]);
    vi.advanceTimersByTime(25 * SECOND);
    socket.retryNow(); // a second question, before the first is answered
    vi.advanceTimersByTime(100);
    line().say({ cmd: 0, time: 5 });
    line().say({ cmd: 0, time: 6 });
    expect(times.slice(1)).toEqual([{ time: 5, asked: began + 25_300, heard: began + 25_400 }]);
  });

  test('that is silent for too long is dead and made again', () => {
    line().greet();
    vi.advanceTimersByTime(101 * SECOND);
    expect(lines).toHaveLength(2);
    expect(lines[0]!.closed).toBe(true);
    line().greet();
    expect(states).toEqual(['connecting', 'online', 'waiting', 'connecting', 'online']);
  });

  test('whose handshake hangs is given up', () => {
    vi.advanceTimersByTime(16 * SECOND);
    expect(lines).toHaveLength(2);
    expect(lines[0]!.closed).toBe(true);
  });
});

describe('after a loss', () => {
  test('the next tries wait longer and longer, up to a limit, and never stop', () => {
    const waits: number[] = [];
    for (let tries = 0; tries < 12; tries++) {
      const count = lines.length;
      line().end(1006);
      expect(states.at(-1)).toBe('waiting');
      let waited = 0;
      while (lines.length === count) { vi.advanceTimersByTime(50); waited += 50; }
      waits.push(waited);
    }
    expect(waits.slice(0, 4)).toEqual([250, 500, 1000, 2000]);
    expect(Math.max(...waits)).toBe(15 * SECOND);
    expect(refused).toBe(12);
  });

  test('a connection that held for a while is made again soon', () => {
    for (let tries = 0; tries < 6; tries++) { line().end(1006); comeBack(); }
    line().greet();
    vi.advanceTimersByTime(11 * SECOND);
    line().end(4008);
    const count = lines.length;
    vi.advanceTimersByTime(300);
    expect(lines).toHaveLength(count + 1);
  });

  test('a server that greets and hangs up at once is not hammered', () => {
    for (let seconds = 0; seconds < 60; seconds++) {
      if (line().readyState === 0) { line().greet(); line().end(1008); }
      vi.advanceTimersByTime(SECOND);
    }
    expect(lines.length).toBeLessThan(6);
  });

  test('the page coming back tries at once', () => {
    for (let tries = 0; tries < 8; tries++) { line().end(1006); comeBack(); }
    line().end(1006);
    const count = lines.length;
    socket.retryNow();
    expect(lines).toHaveLength(count + 1);
  });

  test('an ended session is final', () => {
    line().greet();
    line().end(4501);
    vi.advanceTimersByTime(600 * SECOND);
    expect(ended).toEqual([4501]);
    expect([lines.length, states.at(-1)]).toEqual([1, 'ended']);
    socket.retryNow();
    expect(lines).toHaveLength(1);
  });

  test('a late word of the old line changes nothing', () => {
    const old = line();
    const { onmessage, onclose } = old;
    old.end(1006);
    vi.advanceTimersByTime(SECOND);
    line().greet();
    onmessage?.({ data: '{"cmd":17,"what":"me"}' });
    onclose?.({ code: 4501 });
    expect([frames, states.at(-1)]).toEqual([[18], 'online']);
  });
});

describe('a doubted connection', () => {
  test('that answers stays', () => {
    line().greet();
    socket.retryNow();
    expect(line().sent).toEqual([{ cmd: 0 }]);
    line().say({ cmd: 0, time: 1 });
    vi.advanceTimersByTime(10 * SECOND);
    expect(lines).toHaveLength(1);
  });

  test('that does not answer is made again within seconds', () => {
    line().greet();
    socket.retryNow();
    vi.advanceTimersByTime(6 * SECOND);
    expect(lines).toHaveLength(2);
  });
});

test('closing leaves no timer behind', () => {
  line().greet();
  socket.close();
  expect(vi.getTimerCount()).toBe(0);
  expect(states.at(-1)).toBe('closed');
});

test('after a restart clients spread over seconds, and codes from 4500 keep them away', () => {
  expect([backoff(0, 1012, () => 0), backoff(0, 1012, () => 1)]).toEqual([500, 5_000]);
  expect([4499, 4500, 4999, 5000, 1012].map(staysAway)).toEqual([false, true, true, false, false]);
});
