import type { Outgoing } from './conversation';
import type { Log } from './reduce';

/** What of a message goes into its frame. */
export function frameOf(message: Outgoing): Record<string, unknown> {
  const { cmd, dstid, media, content, pic, url, memo, amount, msgid } = message;
  const frame: Record<string, unknown> = { cmd, dstid, media, msgid };
  for (const [name, value] of Object.entries({ content, pic, url, memo, amount })) if (value) frame[name] = value;
  return frame;
}

/** All that waits for an ack, in the order in which it was written. */
export function waiting(log: Log): Outgoing[] {
  return [...log.conversations.values()]
    .flatMap((talk) => talk.outbox)
    .filter((message) => message.state === 'sending')
    .sort((a, b) => a.time - b.time);
}

/** A new name for a message of ours. `randomUUID` exists only where the page came by HTTPS or from this machine. */
export function newMsgid(): string {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
