import { beforeEach, describe, expect, test } from 'vitest';
import { Hub, type News } from '../src/core/shared/hub';
import type { SocketOptions } from '../src/core/socket';
import type { ClientFrame, Hello } from '../src/core/types';

const HELLO = { cmd: 18, connection: 'c', userid: 7, time: 1, limits: {} } as unknown as Hello;
const MESSAGE = { cmd: 10, id: 5, seq: 2, time: 1, userid: 7, dstid: 8, media: 1, content: 'hi', msgid: 'm' } as const;

/** A tab: what it was told. */
class Tab {
  news: News[] = [];
  postMessage(news: News) { this.news.push(news); }
  get states() { return this.news.flatMap((one) => (one.is === 'state' ? [one.state] : [])); }
  get frames() { return this.news.flatMap((one) => (one.is === 'frame' ? [one.frame] : [])); }
}

let line: SocketOptions;
let sent: ClientFrame[];
let opened: number;
let closed: number;
let hub: Hub;
let first: Tab;
let second: Tab;

beforeEach(() => {
  [sent, opened, closed] = [[], 0, 0];
  hub = new Hub((options) => {
    line = options;
    return {
      open: () => { opened += 1; options.onState('connecting'); },
      close: () => { closed += 1; options.onState('closed'); },
      send: (frame) => { sent.push(frame); return true; },
      retryNow: () => options.onState('connecting'),
    };
  });
  [first, second] = [new Tab(), new Tab()];
  hub.hear(first, { do: 'hi' });
});

function online() {
  line.onState('online');
  line.onHello(HELLO);
}

describe('tabs that share a connection', () => {
  test('open it once, and one that comes later learns that it is there', () => {
    online();
    hub.hear(second, { do: 'hi' });
    expect(opened).toBe(1);
    expect(first.states).toEqual(['connecting', 'online']);
    expect(second.news).toEqual([{ is: 'state', state: 'online' }, { is: 'hello', hello: HELLO }]);
  });

  test('all hear what the server says, and one of them what another did', () => {
    online();
    hub.hear(second, { do: 'hi' });
    line.onFrame({ cmd: 17, what: 'me' });
    hub.hear(first, { do: 'send', frame: { cmd: 14, kind: 10, dstid: 8, seq: 2 } });
    hub.hear(first, { do: 'share', frame: MESSAGE });
    expect(sent).toEqual([{ cmd: 14, kind: 10, dstid: 8, seq: 2 }]);
    expect(first.frames).toEqual([{ cmd: 17, what: 'me' }]);
    expect(second.frames).toEqual([{ cmd: 17, what: 'me' }, MESSAGE]);
  });

  test('all know how the clocks stand, whenever they come', () => {
    const told = { time: 5, asked: 1, heard: 2 };
    line.onTime?.(told);
    online();
    hub.hear(second, { do: 'hi' });
    for (const tab of [first, second]) expect(tab.news).toContainEqual({ is: 'time', told });
  });

  test('are not greeted by a connection that was lost meanwhile', () => {
    online();
    line.onState('waiting');
    hub.hear(second, { do: 'hi' });
    expect(second.news).toEqual([{ is: 'state', state: 'waiting' }]);
    online();
    expect(second.news.at(-1)).toEqual({ is: 'hello', hello: HELLO });
  });

  test('end together, also one that comes when all is over', () => {
    online();
    line.onState('ended');
    line.onEnded?.(4501);
    hub.hear(second, { do: 'hi' });
    for (const tab of [first, second]) expect(tab.news.at(-1)).toEqual({ is: 'ended', code: 4501 });
  });

  test('close it with the last of them, and open it anew', () => {
    hub.hear(second, { do: 'hi' });
    hub.hear(first, { do: 'bye' });
    expect(closed).toBe(0);
    hub.hear(second, { do: 'bye' });
    expect(closed).toBe(1);
    hub.hear(first, { do: 'hi' });
    expect(opened).toBe(2);
  });
});
