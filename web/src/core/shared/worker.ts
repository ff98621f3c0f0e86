/** The SharedWorker of one user's tabs. */
import { ChatSocket } from '../socket';
import { Hub, type Word } from './hub';

const hub = new Hub((options) => new ChatSocket(options));

addEventListener('connect', (event) => {
  const [port] = (event as MessageEvent).ports;
  if (!port) return;
  port.onmessage = ({ data }: MessageEvent<Word>) => hub.hear(port, data);
});
