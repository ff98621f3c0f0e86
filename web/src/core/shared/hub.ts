/**
 * One connection for all tabs of a browser: it lives in a SharedWorker, and each tab has a port to it.
 *
 * Tabs are told what one connection of their own would tell them. What the server spares the connection that
 * did something (its own message, its own read mark), the tab that did it shares with the others.
 */
import type { Told } from '../clock';
import type { ClientFrame, Hello, ServerFrame } from '../types';
import type { ChatSocket, LinkState, SocketOptions } from '../socket';

/** From a tab to the hub. */
export type Word =
  | { do: 'hi' }
  | { do: 'send'; frame: ClientFrame }
  | { do: 'share'; frame: ServerFrame }
  | { do: 'retry' }
  | { do: 'bye' };

/** From the hub to a tab. */
export type News =
  | { is: 'state'; state: LinkState }
  | { is: 'hello'; hello: Hello }
  | { is: 'time'; told: Told }
  | { is: 'frame'; frame: ServerFrame }
  | { is: 'ended'; code: number }
  | { is: 'refused' };

export interface Port {
  postMessage(news: News): void;
}

export class Hub {
  private readonly ports = new Set<Port>();
  private readonly socket: Pick<ChatSocket, 'open' | 'close' | 'send' | 'retryNow'>;
  private state: LinkState = 'closed';
  private hello: Hello | null = null;
  private told: Told | null = null;
  private endCode = 0;

  constructor(make: (options: SocketOptions) => Pick<ChatSocket, 'open' | 'close' | 'send' | 'retryNow'>) {
    this.socket = make({
      onFrame: (frame) => frame.cmd !== 18 && this.tell({ is: 'frame', frame }),
      onState: (state) => {
        this.state = state;
        if (state !== 'online') this.hello = null;
        this.tell({ is: 'state', state });
      },
      onHello: (hello) => {
        this.hello = hello;
        this.tell({ is: 'hello', hello });
      },
      onTime: (told) => {
        this.told = told;
        this.tell({ is: 'time', told });
      },
      onEnded: (code) => {
        this.endCode = code;
        this.tell({ is: 'ended', code });
      },
      onRefused: () => this.tell({ is: 'refused' }),
    });
  }

  hear(port: Port, word: Word): void {
    switch (word.do) {
      case 'hi':
        return this.attach(port);
      case 'send':
        return void this.socket.send(word.frame);
      case 'share':
        return this.tell({ is: 'frame', frame: word.frame }, port);
      case 'retry':
        return this.socket.retryNow();
      case 'bye':
        this.ports.delete(port);
        if (!this.ports.size) this.socket.close();
    }
  }

  /** A tab that comes later is told how things stand as if it had been there. */
  private attach(port: Port): void {
    this.ports.add(port);
    if (this.state === 'closed') return this.socket.open();
    port.postMessage({ is: 'state', state: this.state });
    if (this.told) port.postMessage({ is: 'time', told: this.told });
    if (this.hello) port.postMessage({ is: 'hello', hello: this.hello });
    if (this.state === 'ended') port.postMessage({ is: 'ended', code: this.endCode });
  }

  private tell(news: News, except?: Port): void {
    for (const port of this.ports) if (port !== except) port.postMessage(news);
  }
}
