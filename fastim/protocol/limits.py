"""Every bound, each with its reason. Clients are told theirs in the first frame."""

from __future__ import annotations

# Frames
FRAME_BYTES = 65536
"""The largest frame taken: OWASP's advice for WebSocket messages; files go over HTTP."""
TEXT_CHARS = 5000
"""The longest text: Rocket.Chat's limit, ten times Turms'. In UTF-8 it stays far below FRAME_BYTES."""
MEMO_CHARS = 200
"""A file's name (255 bytes on most disks) or a picture's size."""
URL_CHARS = 200
MSGID_CHARS = 64
"""A UUID is 36; the column and its index are made for 64."""
EMOJI_CHARS = 16
"""The longest emoji of Unicode, a family or a flag of three letters, has ten code points."""
REACTIONS = 20
"""Different emoji on one message: Discord's number."""
MENTIONS = 50
"""People whom one message mentions: more than a screen of names, and then @all is meant."""
PINS = 100
"""Pinned messages of one conversation; Telegram has no number, its bar becomes useless long before."""
FORWARDED_AT_ONCE = 100
"""Messages of one record: Telegram's and WeChat's number."""
RECORD_BYTES = 49152
"""What a record may weigh as JSON, so that its entry stays below FRAME_BYTES."""
FAVOURITES = 5000
"""Of one person; the list is searched without an index of its own."""
FAVOURITES_PAGE = 50
SOUGHT_CHARS = 100
"""The longest text to look for."""
EDIT_SECONDS = 86400
"""How long one's own message may be edited: a day; Telegram allows two."""
TYPING_SECONDS = 1
"""A sign of typing that comes again within so long tells nothing new; clients say it every 5 s."""
SHOWN_TO = 200
"""Connections of a group up to which read marks and typing are told to all: every member's mark to every
member is the square of its size, and larger groups ask."""

# A connection
NODE_QUEUE_FRAMES = 4096
"""Frames that may wait for one connection; a reader this far behind had better come back and sync."""
NODE_QUEUE_BYTES = 1 << 20
"""As the above in bytes: 1 MiB for each of 10,000 stuck readers would be 10 GiB, but stuck readers are
closed after WRITE_SECONDS, so few exist at a time."""
NODE_UNCOMMITTED = 64
"""Messages of one connection that may wait for the commit; then its reader pauses."""
NODE_LATE_MARKS = 1000
"""Conversations of one connection whose marks came too fast and wait for their turn: a person's whole
list may be marked at once; 150 KB."""
WRITE_SECONDS = 10
"""A peer that takes nothing for so long is gone (simple-websocket's and Tinode's write wait)."""
PING_SECONDS = 25
"""Between pings: routers were seen to cut idle connections after 45 s (Zulip)."""
DEAD_SECONDS = 75
"""Silence after which a peer is gone: three pings."""
CLOSE_SECONDS = 2
"""How long the closing handshake may take."""
READ_BYTES = 16384
"""One read of a socket."""
MALFORMED_FRAMES = 20
"""Frames that cannot be read before a connection is closed with 1008."""
DEFLATE_LEAST_BYTES = 256
"""A shorter frame gains less than a packet's header by compression; most texts are shorter."""
DEFLATE_TURN_BYTES = 24576
"""Compressed in one turn of the loop, so also the largest frame that is: 0.8 ms for the worst
of texts (Chinese in random order, a window of 512 bytes). What comes beyond it leaves as it is."""
CONNECTIONS_PER_USER = 32
"""Open connections of one user in one process; the oldest is closed for the newest."""

# The log
LOG_WAITING = 20000
"""Messages that may wait for a commit in one process; beyond, senders get server_busy."""
LOG_BATCH = 1000
"""Messages of one transaction: batches of 20 cost three times a batch of 1000, larger ones gain nothing."""
LOG_CLOSE_SECONDS = 0.5
"""What a stop waits for the last commits. Of its five seconds connections may take three; a commit takes
milliseconds where the database is there."""
SETTLED_SECONDS = 60
"""How long a transaction may last, from an id that it was given to the end of its commit: a statement of
the log is given up after 30 s, a wait for a lock (InnoDB's default) after 50."""
HISTORY_PAGE = 50
HISTORY_MOST = 200
SYNC_CONVERSATIONS = 200
"""Conversations of one sync answer; the cursor gives the rest."""
SYNC_ENTRIES = 20
"""Newest entries that come with each conversation of a sync."""
SYNC_SETTINGS = 500
"""Changed settings and erasures of one sync answer; the revision gives the rest."""
ERASED_AT_ONCE = 100
"""Messages that one request deletes for its sender, or asks for: what somebody chooses on a screen."""
CLOCK_LEEWAY_MS = 60_000
"""A draft's time may be so far ahead of this process's clock, as another's, which gave it, may be."""
TALKS_PINNED = 100
"""Conversations that one person may pin on top: a list that is all pinned has no top."""

# Search
SEARCH_CHARS = 100
"""Of what is typed into the search field."""
SEARCH_PARTS = 8
"""Words of a search that are looked at; nobody narrows down by more."""
SEARCH_WORD_CHARS = 24
"""Letters of a word that the index keeps: what is longer is an address or a key, and found by its
beginning."""
SEARCH_PAGE = 20
SEARCH_MOST = 50
"""Hits of one answer."""
SEARCH_ROUNDS = 10
"""How often one answer asks the index again because what it found did not stand the look at the message."""
SEARCH_TOGETHER = 250
"""Conversations that one query names; further ones are asked while they may have something newer."""
SEARCH_SPANS = 64
"""Pieces of logs that one statement reads: one of 256 takes 54 ms to build, once, and is no faster."""
SEARCH_SECONDS = 3
"""How long one query may take, and how long it may wait for its turn."""
INDEX_BATCH = 1000
"""Messages indexed in one transaction of the index: 60 ms of its thread on SQLite. Each transaction is an
fsync, and a piece that FTS5 merges later: batches of 100 took a quarter more CPU and twice the time."""
INDEX_BATCH_ON_LOOP = 200
"""The same where it runs on the loop (MySQL): by 20 it took a third more CPU, by 1000 no less."""
INDEX_PIECE_ON_LOOP = 15
"""Messages of one statement there, 58 µs each: less than a millisecond of the loop at a time."""
INDEX_HOLE_SECONDS = SETTLED_SECONDS
"""How long an id that was skipped may still turn up."""

BUS_HELD_SECONDS = 1.0
"""How long news of an entry waits for news of the one before: commits take milliseconds. It takes this long
only where that one was written by another program, or its commit's answer was lost."""
BUS_CONVERSATIONS = 100_000
"""Conversations of which a process remembers what it told last, about 150 bytes each."""

# Databases and work off the loop
DATABASE_CONNECTIONS = 16
"""Of one process; MariaDB allows 151 over all by default."""
QUESTION_CONNECTIONS = 4
"""More of them, for questions of a fraction of a millisecond each."""
DATABASE_WAIT_SECONDS = 5
DATABASE_GONE_SECONDS = 20
"""Silence of the database's host after which its connections are given up. A statement may take longer, on
a host that is there."""
READY_SECONDS = 3
"""What a probe waits for the database: whoever sends it waits for four."""
SQLITE_LOCK_SECONDS = 5
SQLITE_TURN_SECONDS = 10
"""How long one waits for others of this process that write: at 20 ms a commit these are five hundred. While
another program has the file locked, each of them would wait for SQLITE_LOCK_SECONDS, one by one."""
WORKER_THREADS = 4
WORKER_WAITING = 64
"""Jobs (password hashes, pictures) that may wait for a thread; beyond, the caller gets server_busy."""
PASSWORDS_AT_ONCE = 2
"""Password hashes at a time: each takes 19 MiB and one core for 48 ms."""
PASSWORDS_WAITING = 64
"""Password hashes that may wait for their turn: 1.5 s of two cores; beyond, server_busy."""

# People and groups
MOBILE_CHARS = 20
"""E.164 has 15 digits and a plus; the rest is for what the Go version took."""
NICKNAME_CHARS = 40
PROFILE_MEMO_CHARS = 140
AVATAR_CHARS = 200
PASSWORD_CHARS = 256
"""Long enough for any passphrase, short enough that hashing it costs nothing extra."""
FRIENDS = 5000
REQUESTS_WAITING = 200
"""Unanswered requests that one user may have sent."""
COMMUNITY_NAME_CHARS = 60
COMMUNITY_MEMO_CHARS = 120
COMMUNITY_ADMINS = 50
"""Of one group: Telegram's number. They are kept in memory of groups where somebody is muted."""
COMMUNITY_LINKS = 20
"""One member's invitation links to one group that work at a time."""
LINKS_SHOWN = 200
"""Of those of all members, to who leads the group."""
COMMUNITY_REQUESTS = 500
"""People who may wait to be let into one group; who comes after them is told to try later."""
INVITED_AT_ONCE = 100
"""Friends whom one request invites; WeChat takes 40."""
INVITE_CODE_CHARS = 32
LINK_SECONDS = 365 * 86400
LINK_USES = 100_000
MUTE_SECONDS = 10 * 365 * 86400
"""The longest mute: for good, as people see it, and still a number that every client can add to now."""
NOTICE_CHARS = 1000
MEMBERS_PAGE = 100
MEMBERS_MOST = 500
"""Members of one answer: 500 are about 150 KB."""
MEMBERS_NAMED = 200
"""Members whom one request may ask for by their ids: the senders of a page of history."""
REMARK_CHARS = 40
NOTE_CHARS = 140
TAG_CHARS = 20
TAGS_OF_FRIEND = 10
TAGS = 100
"""Different labels of one person: more than a list to choose from can show."""
FOUND_BY_NICKNAME = 20
"""People of one nickname that a search answers; who shares it with more is found by number or code."""
LIST_ROWS = 10000
"""Rows of any list answered at once."""

# Push
PUSHES_PER_USER = 20
"""Browsers that one person has told to wake; the oldest makes room."""
PUSH_ENDPOINT_CHARS = 1000
"""The longest seen is some 500, of Windows."""
PUSH_TEXT_CHARS = 160
"""Of a message in a notice: systems show four lines. All of a push must fit into 4096 bytes (RFC 8291)."""
PUSH_WAITING = 5000
"""Conversations of which somebody waits to be told, each with its newest message. Beyond, what comes is
dropped: a notice is a courtesy, the message itself is in the log."""
PUSHES_AT_ONCE = 8
PUSH_SECONDS = 10
"""How long one push may take, from the look-up of its host to the answer."""
PUSH_TTL_SECONDS = 86400
"""How long a push service keeps one for a browser that is switched off."""

# HTTP
BODY_BYTES = 1 << 20
"""A request that is not an upload."""
FORM_PARTS = 20
BODY_WAIT_SECONDS = 15
"""How long the server waits for a request's body beside what its bytes are worth: a phone in a tunnel."""
BODY_LEAST_RATE = 8192
"""Bytes a second that a body must come at: the weakest lines that pages are used over do 64 kbit/s."""

# Uploads
PICTURE_PIXELS = 40_000_000
"""Checked before decoding: 160 MB in memory. Phones make 12 to 48 megapixels and save 12."""
ANIMATION_PIXELS = 60_000_000
"""Width times height times frames: 240 MB when scaled frames wait for the encoder."""
ANIMATION_FRAMES = 1000
PICTURE_BLOCKS = 200_000
"""Blocks of a GIF, chunks of a PNG, markers of a JPEG. 20 MB of a GIF are 80,000 full blocks; of crumbs
Pillow makes 900 MB."""
JPEG_SCANS = 100
"""A progressive JPEG has about ten; each more costs few bytes and 10 ms of a thread."""
PICTURE_SIDE = 2048
THUMB_SIDE = 400
PICTURES_AT_ONCE = 2
"""Pictures in work at a time, and at most one for every two processors: passwords, files and the loop go on
beside them."""
GUEST_PICTURE_BYTES = 2 << 20
FILE_NAME_CHARS = 200
FILE_CHUNK_BYTES = 65536
"""One read of a file that is served."""
MULTIPART_BYTES = 65536
"""What a multipart body may hold beside the file."""
PART_BYTES = 4 << 20
"""The largest part of a file that comes in parts: what a broken line costs at most is sent again."""
PART_LEAST_BYTES = 65536
"""The least part but the last one: a row is written for each."""
PARTIALS_PER_USER = 20
"""Files of one user that may be on their way at once; the pages send two and queue the others."""
PARTIAL_IDLE_SECONDS = 86400
"""How long a file that comes in parts may stand still: a night with a closed laptop."""
PARTS_AT_ONCE = 64
"""Parts that one process takes in at once; beyond, the sender comes again."""
PARTS_PER_USER = 4
"""Of these one user's: slow senders must not keep the others out. The pages send two at a time."""
DIRECT_FORM_BYTES = 8 << 20
"""Larger files go to an object store in pieces: no more than one is sent again after a break."""
STORAGE_PIECE_BYTES = 8 << 20
"""One piece of a large object; S3 takes 5 MiB to 5 GiB, and 10,000 of them."""
STORAGE_READ_BYTES = 1 << 20
"""What one request reads of an object that is served by us: a screen of film, or most pictures whole."""
SENDING_ADDRESS_SECONDS = 900
"""How long an address to send a piece to holds: 8 MiB over 80 kbit/s."""
READING_ADDRESS_SECONDS = 600
"""How long an address to read from holds; it is given out for half of that."""
ADDRESSES_KNOWN = 10_000
"""Addresses to read from that a process gives out again, for browsers that have them already; 1 KB each."""
DIRECT_STRAY_SECONDS = 3600
"""When something was sent to an address of a file that is given up: past every address's end."""
DIRECT_TAKEN_AT_ONCE = 8
"""Files that a process fetches from the store to look at, each on its disk meanwhile; others wait."""
STORAGE_THREADS = 16
"""Calls to an object store at a time, beside the workers: a slow store must keep nobody from signing in."""
STORAGE_WAITING = 256
STORAGE_CONNECT_SECONDS = 3
STORAGE_READ_SECONDS = 20
STORAGE_TRIES = 3
KEPT_STICKERS = 300
"""Stickers of one's own: WeChat's number."""
WAVE_CHARS = 64
"""Loudness of a voice message over its time, a hexadecimal digit each; a bubble has room for some forty."""
PLAYED_AT_ONCE = 100
"""Voice messages that one request marks as heard."""
PLAYED_SYNCED = 2000
"""Heard voice messages that one sync tells of, the newest; of older ones a device may think otherwise."""
PROOFS = 16
"""Questions made ready for each original; a full upload of the same content makes up what was used."""
UPLOAD_IDLE_SECONDS = 86400
"""How long an upload may be used by nothing before it is collected."""
COLLECTION_ROWS = 200
"""Rows of one transaction of the collection, so that it never holds a lock for long."""
STORAGE_PAGE_NAMES = 1000
"""Names that an object store lists in one answer; it gives no more."""
SWEEP_PAGES = 64
"""Pages of the storage (S3: 1000 names; a folder: one of 256) that the hourly collection looks through."""
UPLOADS_KNOWN = 100_000
"""Names that a process remembers, about 200 bytes each."""
