/**
 * What client and server say to each other, written by `make types` from fastim/protocol and the answers of
 * fastim/routes. Do not edit: change the structs there. docs/protocol.md says what it means.
 */

export const CMD = {
  heartbeat: 0,
  single: 10,
  group: 11,
  ack: 12,
  refusal: 13,
  read: 14,
  typing: 15,
  presence: 16,
  changed: 17,
  recall: 19,
  edit: 20,
  react: 21,
  talkSet: 22,
  erased: 23,
  played: 28,
  delivered: 26,
  pin: 24,
  forward: 25,
  attend: 40,
  hello: 18,
} as const;

export const MEDIA = {
  text: 1,
  voice: 3,
  picture: 4,
  file: 5,
  video: 8,
  card: 9,
  location: 10,
  record: 11,
  notice: 20,
  recalled: 21,
  edited: 22,
  reacted: 23,
  pinned: 24,
} as const;

export const CLOSE = {
  normal: 1000,
  protocol: 1002,
  unsupported: 1003,
  badText: 1007,
  policy: 1008,
  tooBig: 1009,
  restart: 1012,
  slow: 4008,
  dead: 4009,
  doubt: 4010,
  sessionEnded: 4501,
  replaced: 4502,
} as const;

/** The largest frame taken: OWASP's advice for WebSocket messages; files go over HTTP. */
export const FRAME_BYTES = 65536;
/** The longest text: Rocket.Chat's limit, ten times Turms'. In UTF-8 it stays far below FRAME_BYTES. */
export const TEXT_CHARS = 5000;
/** A file's name (255 bytes on most disks) or a picture's size. */
export const MEMO_CHARS = 200;
export const URL_CHARS = 200;
/** A UUID is 36; the column and its index are made for 64. */
export const MSGID_CHARS = 64;
/** The longest emoji of Unicode, a family or a flag of three letters, has ten code points. */
export const EMOJI_CHARS = 16;
/** Different emoji on one message: Discord's number. */
export const REACTIONS = 20;
/** People whom one message mentions: more than a screen of names, and then @all is meant. */
export const MENTIONS = 50;
/** Pinned messages of one conversation; Telegram has no number, its bar becomes useless long before. */
export const PINS = 100;
/** Messages of one record: Telegram's and WeChat's number. */
export const FORWARDED_AT_ONCE = 100;
/** What a record may weigh as JSON, so that its entry stays below FRAME_BYTES. */
export const RECORD_BYTES = 49152;
/** Of one person; the list is searched without an index of its own. */
export const FAVOURITES = 5000;
export const FAVOURITES_PAGE = 50;
/** The longest text to look for. */
export const SOUGHT_CHARS = 100;
/** How long one's own message may be edited: a day; Telegram allows two. */
export const EDIT_SECONDS = 86400;
/** A sign of typing that comes again within so long tells nothing new; clients say it every 5 s. */
export const TYPING_SECONDS = 1;
/**
 * Connections of a group up to which read marks and typing are told to all: every member's mark to every
 * member is the square of its size, and larger groups ask.
 */
export const SHOWN_TO = 200;
/** Frames that may wait for one connection; a reader this far behind had better come back and sync. */
export const NODE_QUEUE_FRAMES = 4096;
/**
 * As the above in bytes: 1 MiB for each of 10,000 stuck readers would be 10 GiB, but stuck readers are
 * closed after WRITE_SECONDS, so few exist at a time.
 */
export const NODE_QUEUE_BYTES = 1048576;
/** Messages of one connection that may wait for the commit; then its reader pauses. */
export const NODE_UNCOMMITTED = 64;
/**
 * Conversations of one connection whose marks came too fast and wait for their turn: a person's whole
 * list may be marked at once; 150 KB.
 */
export const NODE_LATE_MARKS = 1000;
/** A peer that takes nothing for so long is gone (simple-websocket's and Tinode's write wait). */
export const WRITE_SECONDS = 10;
/** Between pings: routers were seen to cut idle connections after 45 s (Zulip). */
export const PING_SECONDS = 25;
/** Silence after which a peer is gone: three pings. */
export const DEAD_SECONDS = 75;
/** How long the closing handshake may take. */
export const CLOSE_SECONDS = 2;
/** One read of a socket. */
export const READ_BYTES = 16384;
/** Frames that cannot be read before a connection is closed with 1008. */
export const MALFORMED_FRAMES = 20;
/** A shorter frame gains less than a packet's header by compression; most texts are shorter. */
export const DEFLATE_LEAST_BYTES = 256;
/**
 * Compressed in one turn of the loop, so also the largest frame that is: 0.8 ms for the worst
 * of texts (Chinese in random order, a window of 512 bytes). What comes beyond it leaves as it is.
 */
export const DEFLATE_TURN_BYTES = 24576;
/** Open connections of one user in one process; the oldest is closed for the newest. */
export const CONNECTIONS_PER_USER = 32;
/** Messages that may wait for a commit in one process; beyond, senders get server_busy. */
export const LOG_WAITING = 20000;
/** Messages of one transaction: batches of 20 cost three times a batch of 1000, larger ones gain nothing. */
export const LOG_BATCH = 1000;
/**
 * What a stop waits for the last commits. Of its five seconds connections may take three; a commit takes
 * milliseconds where the database is there.
 */
export const LOG_CLOSE_SECONDS = 0.5;
/**
 * How long a transaction may last, from an id that it was given to the end of its commit: a statement of
 * the log is given up after 30 s, a wait for a lock (InnoDB's default) after 50.
 */
export const SETTLED_SECONDS = 60;
export const HISTORY_PAGE = 50;
export const HISTORY_MOST = 200;
/** Conversations of one sync answer; the cursor gives the rest. */
export const SYNC_CONVERSATIONS = 200;
/** Newest entries that come with each conversation of a sync. */
export const SYNC_ENTRIES = 20;
/** Changed settings and erasures of one sync answer; the revision gives the rest. */
export const SYNC_SETTINGS = 500;
/** Messages that one request deletes for its sender, or asks for: what somebody chooses on a screen. */
export const ERASED_AT_ONCE = 100;
/** A draft's time may be so far ahead of this process's clock, as another's, which gave it, may be. */
export const CLOCK_LEEWAY_MS = 60000;
/** Conversations that one person may pin on top: a list that is all pinned has no top. */
export const TALKS_PINNED = 100;
/** Of what is typed into the search field. */
export const SEARCH_CHARS = 100;
/** Words of a search that are looked at; nobody narrows down by more. */
export const SEARCH_PARTS = 8;
/**
 * Letters of a word that the index keeps: what is longer is an address or a key, and found by its
 * beginning.
 */
export const SEARCH_WORD_CHARS = 24;
export const SEARCH_PAGE = 20;
/** Hits of one answer. */
export const SEARCH_MOST = 50;
/** How often one answer asks the index again because what it found did not stand the look at the message. */
export const SEARCH_ROUNDS = 10;
/** Conversations that one query names; further ones are asked while they may have something newer. */
export const SEARCH_TOGETHER = 250;
/** Pieces of logs that one statement reads: one of 256 takes 54 ms to build, once, and is no faster. */
export const SEARCH_SPANS = 64;
/** How long one query may take, and how long it may wait for its turn. */
export const SEARCH_SECONDS = 3;
/**
 * Messages indexed in one transaction of the index: 60 ms of its thread on SQLite. Each transaction is an
 * fsync, and a piece that FTS5 merges later: batches of 100 took a quarter more CPU and twice the time.
 */
export const INDEX_BATCH = 1000;
/** The same where it runs on the loop (MySQL): by 20 it took a third more CPU, by 1000 no less. */
export const INDEX_BATCH_ON_LOOP = 200;
/** Messages of one statement there, 58 µs each: less than a millisecond of the loop at a time. */
export const INDEX_PIECE_ON_LOOP = 15;
/** How long an id that was skipped may still turn up. */
export const INDEX_HOLE_SECONDS = 60;
/**
 * How long news of an entry waits for news of the one before: commits take milliseconds. It takes this long
 * only where that one was written by another program, or its commit's answer was lost.
 */
export const BUS_HELD_SECONDS = 1.0;
/** Conversations of which a process remembers what it told last, about 150 bytes each. */
export const BUS_CONVERSATIONS = 100000;
/** Of one process; MariaDB allows 151 over all by default. */
export const DATABASE_CONNECTIONS = 16;
/** More of them, for questions of a fraction of a millisecond each. */
export const QUESTION_CONNECTIONS = 4;
export const DATABASE_WAIT_SECONDS = 5;
/**
 * Silence of the database's host after which its connections are given up. A statement may take longer, on
 * a host that is there.
 */
export const DATABASE_GONE_SECONDS = 20;
/** What a probe waits for the database: whoever sends it waits for four. */
export const READY_SECONDS = 3;
export const SQLITE_LOCK_SECONDS = 5;
/**
 * How long one waits for others of this process that write: at 20 ms a commit these are five hundred. While
 * another program has the file locked, each of them would wait for SQLITE_LOCK_SECONDS, one by one.
 */
export const SQLITE_TURN_SECONDS = 10;
export const WORKER_THREADS = 4;
/** Jobs (password hashes, pictures) that may wait for a thread; beyond, the caller gets server_busy. */
export const WORKER_WAITING = 64;
/** Password hashes at a time: each takes 19 MiB and one core for 48 ms. */
export const PASSWORDS_AT_ONCE = 2;
/** Password hashes that may wait for their turn: 1.5 s of two cores; beyond, server_busy. */
export const PASSWORDS_WAITING = 64;
/** E.164 has 15 digits and a plus; the rest is for what the Go version took. */
export const MOBILE_CHARS = 20;
export const NICKNAME_CHARS = 40;
export const PROFILE_MEMO_CHARS = 140;
export const AVATAR_CHARS = 200;
/** Long enough for any passphrase, short enough that hashing it costs nothing extra. */
export const PASSWORD_CHARS = 256;
export const FRIENDS = 5000;
/** Unanswered requests that one user may have sent. */
export const REQUESTS_WAITING = 200;
export const COMMUNITY_NAME_CHARS = 60;
export const COMMUNITY_MEMO_CHARS = 120;
/** Of one group: Telegram's number. They are kept in memory of groups where somebody is muted. */
export const COMMUNITY_ADMINS = 50;
/** One member's invitation links to one group that work at a time. */
export const COMMUNITY_LINKS = 20;
/** Of those of all members, to who leads the group. */
export const LINKS_SHOWN = 200;
/** People who may wait to be let into one group; who comes after them is told to try later. */
export const COMMUNITY_REQUESTS = 500;
/** Friends whom one request invites; WeChat takes 40. */
export const INVITED_AT_ONCE = 100;
export const INVITE_CODE_CHARS = 32;
export const LINK_SECONDS = 31536000;
export const LINK_USES = 100000;
/** The longest mute: for good, as people see it, and still a number that every client can add to now. */
export const MUTE_SECONDS = 315360000;
export const NOTICE_CHARS = 1000;
export const MEMBERS_PAGE = 100;
/** Members of one answer: 500 are about 150 KB. */
export const MEMBERS_MOST = 500;
/** Members whom one request may ask for by their ids: the senders of a page of history. */
export const MEMBERS_NAMED = 200;
export const REMARK_CHARS = 40;
export const NOTE_CHARS = 140;
export const TAG_CHARS = 20;
export const TAGS_OF_FRIEND = 10;
/** Different labels of one person: more than a list to choose from can show. */
export const TAGS = 100;
/** People of one nickname that a search answers; who shares it with more is found by number or code. */
export const FOUND_BY_NICKNAME = 20;
/** Rows of any list answered at once. */
export const LIST_ROWS = 10000;
/** Browsers that one person has told to wake; the oldest makes room. */
export const PUSHES_PER_USER = 20;
/** The longest seen is some 500, of Windows. */
export const PUSH_ENDPOINT_CHARS = 1000;
/** Of a message in a notice: systems show four lines. All of a push must fit into 4096 bytes (RFC 8291). */
export const PUSH_TEXT_CHARS = 160;
/**
 * Conversations of which somebody waits to be told, each with its newest message. Beyond, what comes is
 * dropped: a notice is a courtesy, the message itself is in the log.
 */
export const PUSH_WAITING = 5000;
export const PUSHES_AT_ONCE = 8;
/** How long one push may take, from the look-up of its host to the answer. */
export const PUSH_SECONDS = 10;
/** How long a push service keeps one for a browser that is switched off. */
export const PUSH_TTL_SECONDS = 86400;
/** A request that is not an upload. */
export const BODY_BYTES = 1048576;
export const FORM_PARTS = 20;
/** How long the server waits for a request's body beside what its bytes are worth: a phone in a tunnel. */
export const BODY_WAIT_SECONDS = 15;
/** Bytes a second that a body must come at: the weakest lines that pages are used over do 64 kbit/s. */
export const BODY_LEAST_RATE = 8192;
/** Checked before decoding: 160 MB in memory. Phones make 12 to 48 megapixels and save 12. */
export const PICTURE_PIXELS = 40000000;
/** Width times height times frames: 240 MB when scaled frames wait for the encoder. */
export const ANIMATION_PIXELS = 60000000;
export const ANIMATION_FRAMES = 1000;
/**
 * Blocks of a GIF, chunks of a PNG, markers of a JPEG. 20 MB of a GIF are 80,000 full blocks; of crumbs
 * Pillow makes 900 MB.
 */
export const PICTURE_BLOCKS = 200000;
/** A progressive JPEG has about ten; each more costs few bytes and 10 ms of a thread. */
export const JPEG_SCANS = 100;
export const PICTURE_SIDE = 2048;
export const THUMB_SIDE = 400;
/**
 * Pictures in work at a time, and at most one for every two processors: passwords, files and the loop go on
 * beside them.
 */
export const PICTURES_AT_ONCE = 2;
export const GUEST_PICTURE_BYTES = 2097152;
export const FILE_NAME_CHARS = 200;
/** One read of a file that is served. */
export const FILE_CHUNK_BYTES = 65536;
/** What a multipart body may hold beside the file. */
export const MULTIPART_BYTES = 65536;
/** The largest part of a file that comes in parts: what a broken line costs at most is sent again. */
export const PART_BYTES = 4194304;
/** The least part but the last one: a row is written for each. */
export const PART_LEAST_BYTES = 65536;
/** Files of one user that may be on their way at once; the pages send two and queue the others. */
export const PARTIALS_PER_USER = 20;
/** How long a file that comes in parts may stand still: a night with a closed laptop. */
export const PARTIAL_IDLE_SECONDS = 86400;
/** Parts that one process takes in at once; beyond, the sender comes again. */
export const PARTS_AT_ONCE = 64;
/** Of these one user's: slow senders must not keep the others out. The pages send two at a time. */
export const PARTS_PER_USER = 4;
/** Larger files go to an object store in pieces: no more than one is sent again after a break. */
export const DIRECT_FORM_BYTES = 8388608;
/** One piece of a large object; S3 takes 5 MiB to 5 GiB, and 10,000 of them. */
export const STORAGE_PIECE_BYTES = 8388608;
/** What one request reads of an object that is served by us: a screen of film, or most pictures whole. */
export const STORAGE_READ_BYTES = 1048576;
/** How long an address to send a piece to holds: 8 MiB over 80 kbit/s. */
export const SENDING_ADDRESS_SECONDS = 900;
/** How long an address to read from holds; it is given out for half of that. */
export const READING_ADDRESS_SECONDS = 600;
/** Addresses to read from that a process gives out again, for browsers that have them already; 1 KB each. */
export const ADDRESSES_KNOWN = 10000;
/** When something was sent to an address of a file that is given up: past every address's end. */
export const DIRECT_STRAY_SECONDS = 3600;
/** Files that a process fetches from the store to look at, each on its disk meanwhile; others wait. */
export const DIRECT_TAKEN_AT_ONCE = 8;
/** Calls to an object store at a time, beside the workers: a slow store must keep nobody from signing in. */
export const STORAGE_THREADS = 16;
export const STORAGE_WAITING = 256;
export const STORAGE_CONNECT_SECONDS = 3;
export const STORAGE_READ_SECONDS = 20;
export const STORAGE_TRIES = 3;
/** Stickers of one's own: WeChat's number. */
export const KEPT_STICKERS = 300;
/** Loudness of a voice message over its time, a hexadecimal digit each; a bubble has room for some forty. */
export const WAVE_CHARS = 64;
/** Voice messages that one request marks as heard. */
export const PLAYED_AT_ONCE = 100;
/** Heard voice messages that one sync tells of, the newest; of older ones a device may think otherwise. */
export const PLAYED_SYNCED = 2000;
/** Questions made ready for each original; a full upload of the same content makes up what was used. */
export const PROOFS = 16;
/** How long an upload may be used by nothing before it is collected. */
export const UPLOAD_IDLE_SECONDS = 86400;
/** Rows of one transaction of the collection, so that it never holds a lock for long. */
export const COLLECTION_ROWS = 200;
/** Names that an object store lists in one answer; it gives no more. */
export const STORAGE_PAGE_NAMES = 1000;
/** Pages of the storage (S3: 1000 names; a folder: one of 256) that the hourly collection looks through. */
export const SWEEP_PAGES = 64;
/** Names that a process remembers, about 200 bytes each. */
export const UPLOADS_KNOWN = 100000;

/** To the person `dstid`. */
export interface SendSingle {
  cmd: 10;
  dstid: number;
  userid?: number;
  media?: number;
  content?: string;
  pic?: string;
  url?: string;
  memo?: string;
  amount?: number;
  msgid?: string;
  reply?: number;
  at?: readonly number[];
}

/** To the group `dstid`. */
export interface SendGroup {
  cmd: 11;
  dstid: number;
  userid?: number;
  media?: number;
  content?: string;
  pic?: string;
  url?: string;
  memo?: string;
  amount?: number;
  msgid?: string;
  reply?: number;
  at?: readonly number[];
}

/** Take the message back. */
export interface Recall {
  cmd: 19;
  kind: 10 | 11;
  dstid: number;
  seq: number;
  msgid?: string;
}

/** Let it say something else. */
export interface Edit {
  cmd: 20;
  kind: 10 | 11;
  dstid: number;
  seq: number;
  msgid?: string;
  content?: string;
}

/** Put an emoji on it, or (`on` false) take one's own away. */
export interface React {
  cmd: 21;
  kind: 10 | 11;
  dstid: number;
  seq: number;
  msgid?: string;
  emoji?: string;
  on?: boolean;
}

/** Keep the message at hand for everybody, or (`on` false) no longer. */
export interface Pin {
  cmd: 24;
  kind: 10 | 11;
  dstid: number;
  seq: number;
  msgid?: string;
  on?: boolean;
}

/** Say in (`kind`, `dstid`) what was said in (`from_kind`, `from_id`): one, or a record of many. */
export interface Forward {
  cmd: 25;
  kind: 10 | 11;
  dstid: number;
  from_kind: 10 | 11;
  from_id: number;
  seqs: readonly number[];
  /** As a record, even where it is one message. */
  merged?: boolean;
  msgid?: string;
}

/** I have read the conversation up to `seq`. */
export interface MarkRead {
  cmd: 14;
  kind: 10 | 11;
  dstid: number;
  seq: number;
}

/** A device of mine has the conversation with the person `dstid` up to `seq`. */
export interface MarkDelivered {
  cmd: 26;
  dstid: number;
  seq: number;
}

/** I am still here. */
export interface Heartbeat {
  cmd: 0;
}

/** I am writing; said again every 5 s while it lasts, forgotten after 8 s. */
export interface Typing {
  cmd: 15;
  kind: 10 | 11;
  dstid: number;
}

/** Somebody looks at this connection's page (`on`), or no more; meanwhile push wakes no device. */
export interface Attend {
  cmd: 40;
  on: boolean;
}

/** The message `msgid` is stored; sent after the commit, to the connection that sent it. */
export interface Ack {
  cmd: 12;
  msgid: string;
  id: number;
  seq: number;
  dstid: number;
  time: number;
}

/** A frame was not accepted; `error` is stable, `msg` is for people. */
export interface Refusal {
  cmd: 13;
  error: string;
  msg: string;
  msgid?: string;
  retry_after?: number;
}

/** The answer to a heartbeat. */
export interface Pulse {
  cmd: 0;
  time: number;
}

/** `userid` has read up to `seq`; `dstid` is as this receiver addresses the conversation. */
export interface WasRead {
  cmd: 14;
  kind: 10 | 11;
  userid: number;
  dstid: number;
  seq: number;
}

/** A device of the person `dstid` has received the conversation up to `seq`. */
export interface WasDelivered {
  cmd: 26;
  dstid: number;
  seq: number;
}

export interface IsTyping {
  cmd: 15;
  kind: 10 | 11;
  userid: number;
  dstid: number;
}

/** A friend came (online 1), went (0; `time` is when), or is now at other devices. */
export interface Presence {
  cmd: 16;
  userid: number;
  online: number;
  time: number;
  /** phone, desktop, program: what the friend is connected with. */
  devices: readonly string[];
}

/** Load `what` again: friends, requests, communities, me, stickers or favourites. */
export interface Changed {
  cmd: 17;
  what: 'friends' | 'requests' | 'communities' | 'me' | 'stickers' | 'favourites';
}

/** How the reader wants a conversation in the list. */
export interface TalkSettings {
  cmd: 10 | 11;
  dstid: number;
  /** Grows by one with whatever the reader changes of such things, in any conversation. */
  revision: number;
  /** When it was pinned on top, in ms. */
  pinned?: number;
  muted?: boolean;
  archived?: boolean;
  /** Marked as unread by hand. */
  unread?: boolean;
  /** Not in the list until a message comes whose seq is higher. */
  hidden?: number;
  draft?: string;
  /** The seq of the message that the draft answers. */
  reply?: number;
  /** When the draft was written, in ms; one that was written before does not take its place. */
  written?: number;
}

/** The settings of a conversation changed, at this device or another of the same person. */
export interface TalkSet {
  cmd: 22;
  settings: TalkSettings;
}

/** The reader deleted messages for themself, at this device or another. */
export interface Erased {
  cmd: 23;
  kind: 10 | 11;
  dstid: number;
  seqs: readonly number[];
  revision: number;
}

/** The reader has listened to these voice messages, at this device or another. */
export interface Heard {
  cmd: 28;
  kind: 10 | 11;
  dstid: number;
  seqs: readonly number[];
  revision: number;
}

/** What the server allows, so that clients need not guess. */
export interface Limits {
  file_bytes: number;
  picture_bytes: number;
  recall_seconds: number;
  edit_seconds: number;
  text_chars: number;
  frame_bytes: number;
  msgid_chars: number;
  heartbeat_seconds: number;
  dead_seconds: number;
  history_page: number;
  history_max: number;
}

/** The first frame of a fastim.v2 connection. */
export interface Hello {
  cmd: 18;
  connection: string;
  userid: number;
  time: number;
  limits: Limits;
}

/** How many people put one emoji on a message, and whether the reader is among them. */
export interface Reaction {
  emoji: string;
  count: number;
  mine: boolean;
}

/** A message as it was when somebody forwarded it in a record. */
export interface RecordItem {
  userid: number;
  name: string;
  time: number;
  media: number;
  content?: string;
  pic?: string;
  url?: string;
  memo?: string;
  amount?: number;
  record?: readonly RecordItem[];
}

/** A committed entry of a conversation's log, live and in history alike. */
export interface Entry {
  id: number;
  seq: number;
  /** The server's clock in ms, for people to read; order is `seq`. */
  time: number;
  userid: number;
  cmd: 10 | 11;
  dstid: number;
  media: number;
  content?: string;
  pic?: string;
  url?: string;
  memo?: string;
  amount?: number;
  msgid?: string;
  /** The seq of the message that a recall, an edit or a reaction changes. */
  target?: number;
  /** The seq of the last of those that this message shows already. */
  rev?: number;
  /** When it was edited last, in ms. */
  edited?: number;
  /** Who took it back; it says nothing any more. */
  recalled?: number;
  reactions?: readonly Reaction[];
  /** The seq of the message that it answers. */
  reply?: number;
  /** Who is mentioned; 0 is everybody. */
  at?: readonly number[];
  pinned?: boolean;
  /** What a message of media 11 consists of, in the order of its time. */
  record?: readonly RecordItem[];
}

/** A conversation as its reader stands in it; addressed as frames are. */
export interface ConversationState {
  cmd: 10 | 11;
  dstid: number;
  last_seq: number;
  /** Entries up to here were before the reader's time. */
  join_seq: number;
  read_seq: number;
  /** What the other person has read; 0 for groups. */
  peer_read_seq: number;
  /** What the reader's own devices have received, as far as they said so in single chats. */
  delivered_seq: number;
  /** What a device of the other person has received; 0 for groups. */
  peer_delivered_seq: number;
  unread: number;
  /** The newest unread entry that mentions the reader; 0 for none. */
  mentioned: number;
  /** The newest ones, in the order of seq. */
  entries: Entry[];
  /** Older ones exist; history has them. */
  gap: boolean;
}

export interface SyncAnswer {
  conversations: ConversationState[];
  cursor: string;
  /** Call again with the cursor and the revision at once. */
  more: boolean;
  /** What the reader's settings and erasures were counted up to. */
  revision: number;
  /** Those that changed since the revision of the request. */
  settings: readonly TalkSettings[];
  /** Those since the revision of the request; without one none, as history leaves them out. */
  erased: readonly Erased[];
  /** Voice messages that the reader listened to since the revision; without one the newest of all. */
  heard: readonly Heard[];
}

export interface HistoryPage {
  entries: Entry[];
  gap: boolean;
}

/** User ids of those who have read a message and of those who have not, without who asks. */
export interface Readers {
  read: number[];
  unread: number[];
  /** How many do not show whether they have. */
  hidden: number;
}

/** How far a member has read, of what came after it joined. */
export interface MemberMark {
  userid: number;
  join_seq: number;
  read_seq: number;
}

/** Who put an emoji on a message, in the order of their ids. */
export interface Reacted {
  emoji: string;
  users: number[];
}

/** What a message said from `time` on, in ms. */
export interface Version {
  time: number;
  content: string;
}

/** A message that the reader keeps. */
export interface Favourite {
  id: number;
  /** When, in ms. */
  saved: number;
  /** The conversation that it is of, as the reader addresses it. */
  dstid: number;
  entry: Entry;
}

/** A person as somebody else sees them. */
export interface User {
  id: number;
  /** Empty except for oneself and for friends. */
  mobile: string;
  avatar: string;
  sex: 'M' | 'W' | 'U';
  nickname: string;
  online: number;
  /** phone, desktop, program: what the person is connected with. */
  devices: readonly string[];
  /** Only in the answer to one's own registration or log-in. */
  token: string;
  memo: string;
  /** RFC 3339, UTC. */
  createat: string;
  /** When a friend's last connection ended; RFC 3339, UTC. Empty for others, and before the first time. */
  lastseen: string;
}

export interface Friend extends User {
  remark: string;
  blocked: boolean;
  /** The owner's own labels. */
  tags: string[];
}

/** What a person shows to whom. */
export interface Privacy {
  /** To friends; without it they do not see `lastseen` either. */
  online: boolean;
  lastseen: boolean;
  /** What one has read, and that one is typing. Off, one is not shown those of others either. */
  receipts: boolean;
  /** Who may become a friend: everybody at once (open), whom I accept (ask), or nobody. */
  adding: 'open' | 'ask' | 'nobody';
  bynumber: boolean;
  /** Off as it is made: a nickname is no secret and not one's own, a list of them is a directory. */
  bynickname: boolean;
}

/** When and how a person wants to hear of new messages; the same on all devices. */
export interface Notices {
  enabled: boolean;
  /** Off, a notice says that something came and not what. */
  preview: boolean;
  sound: boolean;
  /** Do not disturb until then, in ms. */
  pauseduntil: number;
  quiet: boolean;
  /** Minutes after midnight in `zone`; a time that ends before it begins goes over midnight. */
  quietfrom: number;
  quietto: number;
  /** Bit 0 is Monday: the days on which a quiet time begins. */
  quietdays: number;
  /** The IANA name of the time zone; empty is UTC. */
  zone: string;
}

export interface Me extends User {
  /** Whoever adds me waits for my answer; the same as `privacy.adding` not being open. */
  askfirst: boolean;
  lang: '' | 'zh-CN' | 'en';
  privacy: Privacy;
  notices: Notices;
}

/** What one's link and QR code hold; empty without one. The link is `/add/CODE` of this site. */
export interface AddCode {
  code: string;
}

export interface Member extends User {
  role: 'owner' | 'admin' | 'member';
  /** The person's name in this group; empty where it is the nickname. */
  alias: string;
  /** Until when the member may not speak; RFC 3339, UTC. */
  muted: string;
}

export interface FriendRequest {
  id: number;
  user: User;
  note: string;
  createat: string;
}

/** What became of adding somebody. */
export interface Added {
  state: 'added' | 'requested';
  friend: User;
}

export interface Device {
  id: number;
  device: string;
  address: string;
  createat: string;
  lastseen: string;
  current: boolean;
}

/** Whom or what a name card shows, to somebody who was sent it. */
export interface Card {
  of: 'person' | 'group';
  id: number;
  name: string;
  picture: string;
  memo: string;
  /** Of a group; 0 for a person. */
  members: number;
  /** A friend of the reader's, a group that they are in, or themself. */
  known: boolean;
}

/** A picture that somebody keeps among their stickers; sizes in pixels. */
export interface Sticker {
  url: string;
  width: number;
  height: number;
}

/** How many sessions were ended. */
export interface Ended {
  ended: number;
}

/** A group as one of its members sees it. */
export interface Community {
  id: number;
  name: string;
  ownerid: number;
  icon: string;
  cate: number;
  memo: string;
  createat: string;
  members: number;
  /** What one is oneself. */
  role: 'owner' | 'admin' | 'member';
  /** One's own name in this group. */
  alias: string;
  mode: 'open' | 'approve' | 'invite' | 'closed';
  /** Until when only owner and admins may speak; RFC 3339, UTC. */
  allmuted: string;
  /** Until when one may not speak oneself. */
  muted: string;
  /** Since when it may only be read. */
  dissolved: string;
  /** The entry that told the group's notice; 0 where there is none. */
  noticeseq: number;
  /** The last notice that one has read. */
  noticeread: number;
  /** How many want to be let in; told to owner and admins. */
  waiting: number;
}

/** `state` is joined, with the group, or requested: its admins have been asked. */
export interface Joined {
  state: 'joined' | 'requested';
  community: Community | null;
}

/** User ids of those who came in, and of those for whom admins have been asked. */
export interface Invited {
  joined: number[];
  requested: number[];
}

export interface InviteLink {
  id: number;
  /** What stands behind # in the address of /join.shtml. */
  code: string;
  maker: number;
  createat: string;
  /** RFC 3339, UTC; empty for never. */
  expires: string;
  /** How many may come in by it; 0 is any number. */
  most: number;
  used: number;
}

/** What a link shows of its group to who is not in it. */
export interface Invitation {
  id: number;
  name: string;
  icon: string;
  memo: string;
  members: number;
  /** The nickname of who made the link. */
  by: string;
  /** Whether admins must agree first. */
  asks: boolean;
  /** One is in the group already. */
  member: boolean;
}

export interface JoinRequest {
  id: number;
  user: User;
  /** The member who asked for the person; 0 where it was the person. */
  inviter: number;
  note: string;
  createat: string;
}

export interface CommunityNotice {
  seq: number;
  author: number;
  text: string;
  createat: string;
  /** How many members have read it, of those who show that; 0 for who does not show it either. */
  readers: number;
}

export interface Count {
  count: number;
}

/** An uploaded file, beside `data` in the envelope; sizes are 0 for what is no picture. */
export interface Uploaded {
  url: string;
  thumb: string;
  width: number;
  height: number;
  bytes: number;
  type: string;
  kind: 'picture' | 'voice' | 'video' | 'file';
  name: string;
}

/** What to prove the content with, "" where the bytes are needed; `direct`: to the storage too. */
export interface Nonce {
  nonce: string;
  direct: boolean;
}

/** How far it is: the next part begins at `offset`. It may have at most `part_bytes`. */
export interface Standing {
  id: string;
  offset: number;
  bytes: number;
  name: string;
  part_bytes: number;
  /** "" with `/attach/part`; otherwise each part goes to an address of `/attach/address`. */
  way: '' | 'form' | 'pieces';
}

/** Send exactly `bytes` there within minutes: POST a form of `fields`, then `file`; or PUT the bytes. */
export interface Target {
  method: 'POST' | 'PUT';
  url: string;
  fields: Record<string, string>;
  bytes: number;
}

/** A message that was found, as history gives it, though without reactions. */
export interface Hit {
  entry: Entry;
  /** What of it was searched: its content, a file's name, the texts of a record in lines. */
  text: string;
  /** Where the words stand in `text`: from and to, exclusive, in UTF-16 code units. */
  ranges: (readonly [number, number])[];
}

export type ClientFrame =
  | SendSingle
  | SendGroup
  | Recall
  | Edit
  | React
  | Pin
  | Forward
  | MarkRead
  | MarkDelivered
  | Heartbeat
  | Typing
  | Attend;

export type ServerFrame =
  | Entry
  | Ack
  | Refusal
  | Pulse
  | WasRead
  | WasDelivered
  | IsTyping
  | Presence
  | Changed
  | TalkSet
  | Erased
  | Heard
  | Hello;
