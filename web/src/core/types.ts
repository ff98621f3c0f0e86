/**
 * The shapes of the server's answers and frames under the names that the pages use. `protocol.ts` has them all,
 * written from the server's own structs.
 */
import type { Community, ConversationState, Entry, Uploaded } from './protocol';

export { CLOSE, CMD, MEDIA } from './protocol';
export type {
  Card, Changed, ClientFrame, Device, Entry, Erased, Favourite, Friend, FriendRequest, Heard, Hello, Limits, Me, Member, MemberMark,
  Reacted, Readers,
  Reaction, RecordItem, ServerFrame, Sticker, SyncAnswer, TalkSettings, User, Version,
} from './protocol';

export type Group = Community;
export type StoredFile = Uploaded;
export type SyncedConversation = ConversationState;

export type Kind = Entry['cmd'];

/** What a message carries; the same fields in what we send and in what was stored. */
export type Content = Pick<Entry, 'media' | 'content' | 'pic' | 'url' | 'memo' | 'amount'> & Partial<Pick<Entry, 'reply' | 'at'>>;
