import type { ServerFrame } from './types';

/** What the page shows: only what is known to be so. */
export type Link = 'offline' | 'connecting' | 'syncing' | 'online';

export interface SocketActs {
  /** A frame from the server; `hello` starts the catching up. */
  frame(frame: ServerFrame): void;
  link(link: Link): void;
  /** The server does not want us back: the session ended, or too many tabs are open. */
  ended(code: number): void;
}

/** The parts of a WebSocket that are used, so that tests can give their own. */
export interface Line {
  readyState: number;
  send(text: string): void;
  close(code?: number): void;
  onopen: ((event: unknown) => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
}

export interface SocketWorld {
  open(): Line;
  online(): boolean;
  random(): number;
}

const OPEN = 1;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
/** An opening that takes longer is given up and begun anew. */
const OPENING_MS = 15_000;
/** How long an answer to a heartbeat may take when the page comes back to life. */
const PROBE_MS = 5_000;
/** The server ended it for good: 4501 no session, 4502 too many tabs, and whatever joins them. */
const staysAway = (code: number) => code >= 4500 && code <= 4999;

/** How long to wait before try number `tries` (from 0), in ms: doubling, with full jitter above a floor. */
export function waitBefore(tries: number, random: number): number {
  const most = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** tries);
  return Math.round(most / 4 + random * (most * 0.75));
}

/** One connection that is kept: opened again after every loss, with a heartbeat that notices a dead one. */
export class Socket {
  private line: Line | null = null;
  private tries = 0;
  private heartbeatMs = 25_000;
  private deadMs = 75_000;
  private heardAt = 0;
  private timers = new Map<'again' | 'pulse' | 'opening' | 'probe', ReturnType<typeof setTimeout>>();
  private stopped = false;

  constructor(private readonly acts: SocketActs, private readonly world: SocketWorld = browserWorld()) {}

  start(): void {
    this.stopped = false;
    this.connect();
  }

  stop(): void {
    this.stopped = true;
    this.drop();
    this.acts.link('offline');
  }

  /** True when the frame went to an open line; whether it arrived, only an ack tells. */
  send(frame: object): boolean {
    if (this.line?.readyState !== OPEN) return false;
    this.line.send(JSON.stringify(frame));
    return true;
  }

  /** Called when the network or the page came back: try at once, or see whether the line still lives. */
  wake(): void {
    if (this.stopped) return;
    if (!this.line) {
      this.tries = 0;
      this.connect();
    } else if (this.line.readyState === OPEN) {
      const asked = Date.now();
      this.send({ cmd: 0 });
      this.after('probe', PROBE_MS, () => this.heardAt < asked && this.lost(4009));
    }
  }

  /** Called when the browser says that there is no network. */
  networkGone(): void {
    if (!this.stopped) this.lost(1006);
  }

  private connect(): void {
    this.drop();
    if (!this.world.online()) {
      this.acts.link('offline');
      this.tryAgain();
      return;
    }
    this.acts.link('connecting');
    const line = this.world.open();
    this.line = line;
    this.after('opening', OPENING_MS, () => this.lost(1006));
    line.onmessage = (event) => this.line === line && this.heard(event.data);
    line.onclose = (event) => this.line === line && this.lost(event.code);
  }

  private heard(data: unknown): void {
    this.heardAt = Date.now();
    if (typeof data !== 'string') return;
    let frame: ServerFrame;
    try {
      frame = JSON.parse(data) as ServerFrame;
    } catch {
      return; // The bare welcome of a server that knows no fastim.v2.
    }
    if (frame.cmd === 18) this.greeted(frame.limits.heartbeat_seconds, frame.limits.dead_seconds);
    if (frame.cmd !== 0) this.acts.frame(frame);
  }

  private greeted(heartbeatSeconds: number, deadSeconds: number): void {
    this.clear('opening');
    this.tries = 0;
    this.heartbeatMs = heartbeatSeconds * 1000;
    this.deadMs = deadSeconds * 1000;
    this.acts.link('syncing');
    this.pulse();
  }

  private pulse(): void {
    this.after('pulse', this.heartbeatMs, () => {
      if (Date.now() - this.heardAt > this.deadMs) return this.lost(4009);
      this.send({ cmd: 0 });
      this.pulse();
    });
  }

  private lost(code: number): void {
    this.drop();
    if (this.stopped) return;
    if (staysAway(code)) {
      this.stopped = true;
      this.acts.link('offline');
      this.acts.ended(code);
      return;
    }
    this.acts.link('offline');
    this.tryAgain();
  }

  private tryAgain(): void {
    this.after('again', waitBefore(this.tries, this.world.random()), () => this.connect());
    this.tries += 1;
  }

  private drop(): void {
    for (const name of this.timers.keys()) this.clear(name);
    const line = this.line;
    this.line = null;
    if (!line) return;
    line.onopen = line.onmessage = line.onclose = null;
    line.close(1000);
  }

  private after(name: 'again' | 'pulse' | 'opening' | 'probe', ms: number, act: () => void): void {
    this.clear(name);
    this.timers.set(name, setTimeout(act, ms));
  }

  private clear(name: 'again' | 'pulse' | 'opening' | 'probe'): void {
    clearTimeout(this.timers.get(name));
    this.timers.delete(name);
  }
}

function browserWorld(): SocketWorld {
  return {
    open() {
      const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
      return new WebSocket(`${scheme}//${location.host}/chat`, 'fastim.v2') as unknown as Line;
    },
    online: () => navigator.onLine !== false,
    random: () => Math.random(),
  };
}
