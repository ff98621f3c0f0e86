/**
 * The chat socket: one connection at a time, made again whenever it goes.
 *
 *   const socket = new ChatSocket({ onFrame, onState, onHello, onRefused });
 *   socket.open();  socket.send(frame) -> whether it went out;  socket.close();
 *
 * It says what it is doing and never more: `online` only after the server's hello. No Vue here.
 */
import type { Told } from './clock';
import type { ClientFrame, Hello, ServerFrame } from './types';

/** `waiting`: down until the next try. `ended`: the server wants no further try; `onEnded` has its code. */
export type LinkState = 'connecting' | 'online' | 'waiting' | 'ended' | 'closed';

export interface SocketOptions {
  onFrame: (frame: ServerFrame) => void;
  onState: (state: LinkState) => void;
  /** The connection is attached: sync now, then send what waits. */
  onHello: (hello: Hello) => void;
  /** What the server says its clock shows. */
  onTime?: (told: Told) => void;
  onEnded?: (code: number) => void;
  /** An attempt failed before hello; browsers do not say why. Ask over HTTP whether we are signed in. */
  onRefused?: () => void;
  address?: () => string;
  make?: (address: string, protocol: string) => WebSocket;
  random?: () => number;
}

const PROTOCOL = 'fastim.v2';
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
/** A handshake that takes longer will not come. */
const HELLO_MS = 15_000;
/** How long an answer to a heartbeat may take when we have a reason to doubt the connection. */
const PROBE_MS = 5_000;
/** One that lived this long was sound: the next wait is short again. */
const SOUND_MS = 10_000;
/** After a restart all clients come at once unless they spread over this much. */
const RESTART_SPREAD_MS = 4_500;
const RESTARTING = 1012;
/** A timer that comes this much too late means that the machine slept: the line is in doubt. */
const TICK_MS = 5_000;
const SLEPT_MS = 10_000;
/** Our own fault as the server sees it; trying again at once would only repeat it. */
const OUR_FAULT = new Set([1002, 1003, 1007, 1008, 1009]);
const OUR_FAULT_TRIES = 6;

type Timer = ReturnType<typeof setTimeout>;

/** Milliseconds to wait: doubling, capped, and between half and whole of that by chance. */
export function backoff(tries: number, code: number, random: () => number): number {
  if (code === RESTARTING && !tries) return FIRST_WAIT_MS + random() * RESTART_SPREAD_MS;
  const whole = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(tries, 10));
  return whole / 2 + (random() * whole) / 2;
}

/** Whether a server that closed with this code does not want us back. */
export function staysAway(code: number): boolean {
  return code >= 4500 && code <= 4999;
}

export class ChatSocket {
  private socket: WebSocket | null = null;
  private state: LinkState = 'closed';
  private tries = 0;
  private heardAt = 0;
  private helloAt = 0;
  /** When the server was asked for something that it answers with its time; 0 where it was not. */
  private askedAt = 0;
  private limits = { heartbeat_seconds: 25, dead_seconds: 75 };
  private retry?: Timer;
  private patience?: Timer;
  private pulse?: Timer;
  private stopWatching = () => {};

  constructor(private readonly options: SocketOptions) {}

  open(): void {
    if (this.state !== 'closed') return;
    this.watchPage();
    this.connect();
  }

  /** For good, until `open`. */
  close(): void {
    this.stopWatching();
    this.drop();
    this.become('closed');
  }

  /** Whether the frame went out; it may be lost all the same, only an ack tells. */
  send(frame: ClientFrame): boolean {
    if (this.state !== 'online' || this.socket?.readyState !== 1) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  /** There is a reason to believe that it works now, or that it no longer does: find out at once. */
  retryNow(): void {
    if (this.state === 'waiting') {
      this.tries = 0;
      this.connect();
    } else if (this.state === 'online') {
      this.probe();
    }
  }

  private connect(): void {
    this.drop();
    this.become('connecting');
    const { make = (address, protocol) => new WebSocket(address, protocol), address = chatAddress } = this.options;
    const socket = make(address(), PROTOCOL);
    this.socket = socket;
    this.askedAt = Date.now();
    this.patience = setTimeout(() => this.lost(socket, 0), HELLO_MS);
    socket.onmessage = (event) => this.heard(socket, event.data);
    socket.onclose = (event) => this.lost(socket, event.code);
  }

  private heard(socket: WebSocket, data: unknown): void {
    if (socket !== this.socket) return;
    this.heardAt = Date.now();
    if (this.state === 'online') clearTimeout(this.patience);
    const frame = parse(data);
    if (!frame) return;
    if (frame.cmd === 0 || frame.cmd === 18) this.timed(frame.time);
    if (frame.cmd === 18) this.greeted(frame);
    this.options.onFrame(frame);
  }

  private greeted(hello: Hello): void {
    clearTimeout(this.patience);
    this.limits = hello.limits;
    this.helloAt = Date.now();
    this.become('online');
    this.beat();
    this.options.onHello(hello);
  }

  private timed(time: number): void {
    if (this.askedAt) this.options.onTime?.({ time, asked: this.askedAt, heard: this.heardAt });
    this.askedAt = 0;
  }

  private ask(): void {
    if (this.send({ cmd: 0 })) this.askedAt ||= Date.now();
  }

  /** Heartbeats are ours to send: a page cannot see the server's pings. */
  private beat(): void {
    clearTimeout(this.pulse);
    this.pulse = setTimeout(() => {
      const socket = this.socket;
      if (!socket || this.state !== 'online') return;
      if (Date.now() - this.heardAt > this.limits.dead_seconds * 1000) return this.lost(socket, 0);
      this.ask();
      this.beat();
    }, this.limits.heartbeat_seconds * 1000);
  }

  /** After sleep or a change of network a dead connection still looks open. */
  private probe(): void {
    const socket = this.socket;
    if (!socket) return;
    clearTimeout(this.patience);
    this.ask();
    this.patience = setTimeout(() => {
      this.tries = 0;
      this.lost(socket, 0);
    }, PROBE_MS);
  }

  private lost(socket: WebSocket, code: number): void {
    if (socket !== this.socket) return;
    const greeted = this.state === 'online';
    if (greeted && Date.now() - this.helloAt > SOUND_MS) this.tries = 0;
    this.drop();
    if (staysAway(code)) {
      this.stopWatching();
      this.stopWatching = () => {};
      this.become('ended');
      this.options.onEnded?.(code);
      return;
    }
    if (OUR_FAULT.has(code)) this.tries = Math.max(this.tries, OUR_FAULT_TRIES);
    const wait = backoff(this.tries, code, this.options.random ?? Math.random);
    this.tries += 1;
    this.become('waiting');
    this.retry = setTimeout(() => this.connect(), wait);
    if (!greeted) this.options.onRefused?.();
  }

  private drop(): void {
    for (const timer of [this.retry, this.patience, this.pulse]) clearTimeout(timer);
    const socket = this.socket;
    this.socket = null;
    if (!socket) return;
    socket.onmessage = socket.onclose = null;
    socket.close();
  }

  private become(state: LinkState): void {
    if (state === this.state) return;
    this.state = state;
    this.options.onState(state);
  }

  /** In a page and in a worker: the network, the page coming back, and clocks that jump since the machine slept. */
  private watchPage(): void {
    this.stopWatching();
    const again = () => this.retryNow();
    let last = Date.now();
    const clock = setInterval(() => {
      const now = Date.now();
      if (now - last > TICK_MS + SLEPT_MS) again();
      last = now;
    }, TICK_MS);
    const page = typeof document === 'undefined' ? null : document;
    const shown = () => page?.visibilityState === 'visible' && again();
    const events = typeof addEventListener === 'function' ? ['online', 'offline', 'pageshow'] : [];
    for (const event of events) addEventListener(event, again);
    page?.addEventListener('visibilitychange', shown);
    this.stopWatching = () => {
      clearInterval(clock);
      for (const event of events) removeEventListener(event, again);
      page?.removeEventListener('visibilitychange', shown);
    };
  }
}

function chatAddress(): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/chat`;
}

/** A frame, or null for what is none: the socket must outlive anything that it is sent. */
function parse(data: unknown): ServerFrame | null {
  if (typeof data !== 'string') return null;
  try {
    const frame = JSON.parse(data) as ServerFrame | null;
    return typeof frame?.cmd === 'number' ? frame : null;
  } catch {
    return null;
  }
}
