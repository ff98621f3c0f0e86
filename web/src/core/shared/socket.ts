import { ChatSocket, type SocketOptions } from '../socket';
import { trustedScript } from '../trusted';
import type { ClientFrame, ServerFrame } from '../types';
import type { News, Word } from './hub';
import workerUrl from './worker?sharedworker&url';

/** What the store needs of a connection, be it this tab's own or all tabs'. */
export interface Line {
  open(): void;
  close(): void;
  send(frame: ClientFrame): boolean;
  retryNow(): void;
  /** Tells this browser's other tabs what the server spares the connection that did it. */
  share(frame: ServerFrame): void;
}

/** A worker that says nothing for so long did not start. */
const START_MS = 4_000;

/**
 * The connection of user `me`: in the worker of all tabs where there is one (not in Chrome on Android), else this
 * tab's own.
 */
export function openLine(me: number, options: SocketOptions): Line {
  if (typeof SharedWorker === 'undefined') return new OwnLine(options);
  try {
    return new SharedLine(me, options);
  } catch {
    return new OwnLine(options);
  }
}

class OwnLine extends ChatSocket implements Line {
  share(): void {
    // Other tabs have connections of their own, which the server tells.
  }
}

class SharedLine implements Line {
  private readonly port: MessagePort;
  private online = false;
  private own: OwnLine | null = null;
  private patience?: ReturnType<typeof setTimeout>;

  constructor(me: number, private readonly options: SocketOptions) {
    // One worker for each user: who signs in next does not meet the last one's connection.
    const worker = new SharedWorker(trustedScript(workerUrl), { name: `fastim-${me}` });
    worker.onerror = () => this.fallBack();
    this.port = worker.port;
    this.port.onmessage = ({ data }: MessageEvent<News>) => this.hear(data);
  }

  open(): void {
    this.patience = setTimeout(() => this.fallBack(), START_MS);
    this.say({ do: 'hi' });
    addEventListener('pagehide', () => this.say({ do: 'bye' }));
    addEventListener('pageshow', (event) => event.persisted && this.say({ do: 'hi' }));
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && this.retryNow());
  }

  close(): void {
    this.say({ do: 'bye' });
    this.own?.close();
  }

  send(frame: ClientFrame): boolean {
    if (this.own) return this.own.send(frame);
    if (this.online) this.say({ do: 'send', frame });
    return this.online;
  }

  share(frame: ServerFrame): void {
    if (!this.own) this.say({ do: 'share', frame });
  }

  retryNow(): void {
    if (this.own) this.own.retryNow();
    else this.say({ do: 'retry' });
  }

  private say(word: Word): void {
    // What a store holds may be wrapped for watching, which cannot be sent as it is.
    this.port.postMessage('frame' in word ? { ...word, frame: JSON.parse(JSON.stringify(word.frame)) } : word);
  }

  private fallBack(): void {
    clearTimeout(this.patience);
    if (this.own || this.online) return;
    this.port.onmessage = null;
    this.say({ do: 'bye' });
    this.own = new OwnLine(this.options);
    this.own.open();
  }

  private hear(news: News): void {
    clearTimeout(this.patience);
    switch (news.is) {
      case 'state':
        this.online = news.state === 'online';
        return this.options.onState(news.state);
      case 'hello':
        return this.options.onHello(news.hello);
      case 'time':
        return this.options.onTime?.(news.told);
      case 'frame':
        return this.options.onFrame(news.frame);
      case 'ended':
        return this.options.onEnded?.(news.code);
      case 'refused':
        return this.options.onRefused?.();
    }
  }
}
