/** The shapes of the server's answers and frames, as docs/protocol.md describes them. */

export interface User {
  id: number;
  mobile: string;
  avatar: string;
  sex: 'M' | 'W' | 'U';
  nickname: string;
  online: number;
  /** phone, desktop, program. */
  devices: string[];
  memo: string;
  createat: string;
  lastseen: string;
}

export interface Friend extends User {
  remark: string;
  blocked: boolean;
}

export interface Me extends User {
  askfirst: boolean;
  lang: '' | 'zh-CN' | 'en';
}

export interface Group {
  id: number;
  name: string;
  ownerid: number;
  icon: string;
  cate: number;
  memo: string;
  createat: string;
  members: number;
}

export interface Member extends User {
  role: 'owner' | 'member';
}

export interface FriendRequest {
  id: number;
  user: User;
  note: string;
  createat: string;
}

export interface Device {
  id: number;
  device: string;
  address: string;
  createat: string;
  lastseen: string;
  current: boolean;
}

export interface StoredFile {
  url: string;
  thumb: string;
  width: number;
  height: number;
  bytes: number;
  type: string;
  kind: 'picture' | 'voice' | 'file' | 'video';
  name: string;
}

export const CMD = {
  pulse: 0,
  single: 10,
  group: 11,
  ack: 12,
  refusal: 13,
  read: 14,
  typing: 15,
  presence: 16,
  changed: 17,
  hello: 18,
} as const;

export const MEDIA = {
  text: 1, voice: 3, picture: 4, file: 5, notice: 20, recalled: 21, edited: 22, reacted: 23,
} as const;

export type Kind = 10 | 11;

/** What a message carries; the same fields in what we send and in what was stored. */
export interface Content {
  media: number;
  content?: string;
  pic?: string;
  url?: string;
  memo?: string;
  amount?: number;
}

export interface Entry extends Content {
  id: number;
  seq: number;
  time: number;
  userid: number;
  cmd: Kind;
  dstid: number;
  msgid?: string;
  /** The message that a recall, an edit or a reaction changes, by its seq. */
  target?: number;
  /** The seq of the last of those that this message shows already. */
  rev?: number;
  /** When it was edited last, in ms. */
  edited?: number;
  /** Who took it back. */
  recalled?: number;
  reactions?: readonly Reaction[];
}

export interface Reaction {
  emoji: string;
  count: number;
  mine: boolean;
}

export interface SyncedConversation {
  cmd: Kind;
  dstid: number;
  last_seq: number;
  join_seq: number;
  read_seq: number;
  peer_read_seq?: number;
  unread: number;
  entries: Entry[];
  gap: boolean;
}

export interface SyncAnswer {
  conversations: SyncedConversation[];
  cursor: string;
  more: boolean;
}

export interface Limits {
  text_chars: number;
  frame_bytes: number;
  file_bytes: number;
  picture_bytes: number;
  recall_seconds: number;
  edit_seconds: number;
  heartbeat_seconds: number;
  dead_seconds: number;
  history_page: number;
}

export type ServerFrame =
  | { cmd: 0; time: number }
  | (Entry & { cmd: 10 | 11 })
  | { cmd: 12; msgid: string; id: number; seq: number; dstid: number; time: number }
  | { cmd: 13; msgid?: string; error: string; msg: string; retry_after?: number }
  | { cmd: 14; kind: Kind; userid: number; dstid: number; seq: number }
  | { cmd: 15; kind: Kind; userid: number; dstid: number }
  | { cmd: 16; userid: number; online: number; time: number; devices: string[] }
  | { cmd: 17; what: 'friends' | 'requests' | 'communities' | 'me' }
  | { cmd: 18; connection: string; userid: number; time: number; limits: Limits };
