import { defineStore } from 'pinia';
import { computed, ref, shallowReactive, shallowRef } from 'vue';
import { envelope, Failure, post } from '../core/api';
import { faultText } from '../core/i18n';
import { Socket, type Link } from '../core/socket';
import type { Content, Entry, Kind, Limits, ServerFrame, SyncAnswer } from '../core/types';
import { hasOlder, holeOf, keyOf, keyOfEntry, unreadOf, type Key } from '../log/conversation';
import { frameOf, newMsgid, waiting } from '../log/outbox';
import { emptyLog, reduce, type Event } from '../log/reduce';
import { lastMessage } from '../log/rows';
import { usePeople } from './people';
import { useTyping } from './typing';

const HISTORY_PAGE = 50;
const HISTORY_MOST = 200;
const SYNC_AGAIN_MS = 3_000;
/** A message without an ack for so long is sent once more; its msgid keeps it from being stored twice. */
const ACK_MS = 15_000;

export const useChat = defineStore('chat', () => {
  const people = usePeople();
  const typing = useTyping();
  const log = shallowRef(emptyLog(0));
  const link = ref<Link>('connecting');
  const synced = ref(false);
  const endedWith = ref(0);
  const limits = shallowRef<Partial<Limits>>({});
  const loading = shallowReactive(new Set<Key>());
  const arrivals = shallowRef<Entry | null>(null);
  const marks = new Map<Key, number>();
  let cursor = '';
  let round = 0;

  const socket = new Socket({
    frame: take,
    link: (now) => (link.value = now),
    ended(code) {
      endedWith.value = code;
      if (code === 4501) location.replace('/login.shtml');
    },
  });

  const talks = computed(() =>
    [...log.value.conversations.values()].sort((a, b) => (lastMessage(b)?.time ?? 0) - (lastMessage(a)?.time ?? 0)));
  const unread = computed(() => talks.value.reduce((sum, talk) => sum + unreadOf(talk), 0));

  function dispatch(event: Event) {
    log.value = reduce(log.value, event);
  }

  function start(me: number) {
    log.value = emptyLog(me);
    socket.start();
    addEventListener('online', () => socket.wake());
    addEventListener('offline', () => socket.networkGone());
    document.addEventListener('visibilitychange', () => document.hidden || socket.wake());
    addEventListener('pageshow', (event) => event.persisted && socket.wake());
    setInterval(sendOverdue, ACK_MS / 3);
  }

  function take(frame: ServerFrame) {
    switch (frame.cmd) {
      case 10:
      case 11:
        dispatch({ type: 'live', entry: frame });
        typing.stopped(keyOfEntry(frame, log.value.me), frame.userid);
        if (frame.userid !== log.value.me) arrivals.value = frame;
        return;
      case 12:
        return dispatch({ type: 'ack', msgid: frame.msgid, id: frame.id, seq: frame.seq, time: frame.time });
      case 13:
        return refused(frame);
      case 14:
        return dispatch({ type: 'read', cmd: frame.kind, dstid: frame.dstid, userid: frame.userid, seq: frame.seq });
      case 15:
        return typing.heard(keyOf(frame.kind, frame.dstid), frame.userid);
      case 16:
        return people.setOnline(frame.userid, frame.online);
      case 17:
        return void reload(frame.what);
      case 18:
        limits.value = frame.limits;
        return void catchUp();
    }
  }

  function refused(frame: ServerFrame & { cmd: 13 }) {
    const { msgid } = frame;
    if (!msgid) return;
    if (frame.error === 'rate_limited') {
      // The person did nothing wrong that he could mend: it goes out when it may.
      setTimeout(() => flush(msgid), (frame.retry_after ?? 1) * 1000);
    } else {
      dispatch({ type: 'refused', msgid, error: frame.error, text: frame.msg });
    }
  }

  async function reload(what: 'friends' | 'requests' | 'communities' | 'me') {
    try {
      if (what === 'me') await people.loadMe();
      if (what === 'friends') await people.loadFriends();
      if (what === 'requests') await people.loadRequests();
      if (what === 'communities') {
        await people.loadGroups();
        dropLeftGroups();
      }
    } catch {
      // The next connection loads everything again.
    }
  }

  function dropLeftGroups() {
    for (const talk of log.value.conversations.values()) {
      if (talk.cmd === 11 && !people.groupById.has(talk.dstid)) dispatch({ type: 'removed', cmd: 11, dstid: talk.dstid });
    }
  }

  /** After each connecting: send what waits, load what changed, and only then say that all is here. */
  async function catchUp() {
    const mine = (round += 1);
    flush();
    sendMarksAgain();
    for (const what of ['friends', 'requests', 'communities'] as const) void reload(what);
    try {
      for (let more = true; more && mine === round;) {
        const answer = await post<SyncAnswer>('/message/sync', cursor ? { cursor } : {});
        if (mine !== round) return;
        dispatch({ type: 'synced', conversations: answer.conversations });
        for (const one of answer.conversations) noteMark(keyOf(one.cmd, one.dstid), one.read_seq);
        cursor = answer.cursor;
        more = answer.more;
      }
      synced.value = true;
      if (mine === round && link.value === 'syncing') link.value = 'online';
    } catch {
      setTimeout(() => mine === round && link.value === 'syncing' && void catchUp(), SYNC_AGAIN_MS);
    }
  }

  // Sending

  const sentAt = new Map<string, number>();

  function send(cmd: Kind, dstid: number, content: Content): string {
    const msgid = newMsgid();
    dispatch({ type: 'send', message: { ...content, msgid, cmd, dstid, time: Date.now(), state: 'sending' } });
    flush(msgid);
    return msgid;
  }

  function flush(only?: string) {
    for (const message of waiting(log.value)) {
      if (only && message.msgid !== only) continue;
      if (!socket.send(frameOf(message))) return;
      sentAt.set(message.msgid, Date.now());
    }
  }

  function sendOverdue() {
    if (link.value !== 'online') return;
    for (const { msgid } of waiting(log.value)) if (Date.now() - (sentAt.get(msgid) ?? 0) > ACK_MS) flush(msgid);
  }

  function retry(msgid: string) {
    dispatch({ type: 'again', msgid });
    flush(msgid);
  }

  // Reading

  function noteMark(key: Key, seq: number) {
    marks.set(key, Math.max(marks.get(key) ?? 0, seq));
  }

  /** Tells the server that this conversation was read to its end. */
  function markRead(key: Key) {
    const talk = log.value.conversations.get(key);
    if (!talk || talk.lastSeq <= (marks.get(key) ?? 0)) return;
    const { cmd: kind, dstid, lastSeq: seq } = talk;
    if (!socket.send({ cmd: 14, kind, dstid, seq })) return;
    noteMark(key, seq);
    dispatch({ type: 'read', cmd: kind, dstid, userid: log.value.me, seq });
  }

  function sendMarksAgain() {
    for (const [key, seq] of marks) {
      const talk = log.value.conversations.get(key);
      // A mark may have gone into a line that was already dead; the server ignores one that it has.
      if (talk && seq > talk.joinSeq) socket.send({ cmd: 14, kind: talk.cmd, dstid: talk.dstid, seq });
    }
  }

  function sayTyping(cmd: Kind, dstid: number) {
    socket.send({ cmd: 15, kind: cmd, dstid });
  }

  async function askHistory(key: Key, range: { before?: number; after?: number }, limit: number): Promise<string> {
    const talk = log.value.conversations.get(key);
    if (!talk || loading.has(key)) return '';
    const { cmd, dstid } = talk;
    loading.add(key);
    try {
      const answer = await envelope<Entry[]>('/message/history', { cmd, dstid, ...range, limit });
      dispatch({ type: 'history', cmd, dstid, entries: answer.rows ?? [], ...range, gap: answer.gap ?? false });
      return '';
    } catch (fault) {
      return fault instanceof Failure ? faultText(fault) : String(fault);
    } finally {
      loading.delete(key);
    }
  }

  /** Loads a page before the oldest message that is here; an empty text, or what went wrong. */
  async function loadOlder(key: Key): Promise<string> {
    const talk = log.value.conversations.get(key);
    if (!talk || !hasOlder(talk)) return '';
    return askHistory(key, { before: talk.spans[0]?.[0] ?? talk.lastSeq + 1 }, HISTORY_PAGE);
  }

  /** Fills the holes of a conversation that is looked at, the newest first. */
  async function fillHoles(key: Key): Promise<void> {
    for (;;) {
      const talk = log.value.conversations.get(key);
      const hole = talk && holeOf(talk);
      if (!hole) return;
      const limit = Math.min(HISTORY_MOST, hole.before - hole.after - 1);
      const range = hole.before > talk.lastSeq ? { after: hole.after } : { before: hole.before };
      if (await askHistory(key, range, limit)) return;
      if (log.value.conversations.get(key) === talk) return;
    }
  }

  return {
    log, link, synced, endedWith, limits, talks, unread, loading, arrivals,
    start, stop: () => socket.stop(), dispatch, send, retry, markRead, sayTyping, loadOlder, fillHoles,
  };
});
