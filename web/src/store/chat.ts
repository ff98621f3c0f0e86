import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import { Acts, type Unsent } from '../core/acts';
import { hearTime, onServerClock } from '../core/clock';
import { editing } from '../core/composing';
import { Deliveries } from '../core/deliveries';
import { say } from '../core/i18n';
import { Keeper, onOtherUser, type KeptPeople } from '../core/kept';
import { dropFavourites } from '../core/keptFavourites';
import { follow, startOver } from '../core/leave';
import { lookForNews } from '../core/offline';
import { Outbox, type Pending } from '../core/outbox';
import { dropPictures } from '../core/pictures';
import { ReadMarks } from '../core/readMarks';
import { Session } from '../core/session';
import { openLine, type Line } from '../core/shared/socket';
import type { LinkState, SocketOptions } from '../core/socket';
import { localStore } from '../core/storage';
import { tell } from '../core/toast';
import { hideGone } from '../core/viewer';
import { CLOSE, MEDIA, type Entry, type Kind, type Limits, type ServerFrame, type SyncAnswer } from '../core/types';
import { isAmendment, shownOf } from './amendments';
import { catchingUp } from './catchingUp';
import { apply, empty, keyFor, keyOf, type Change, type Conversation } from './conversations';
import { useDrafts } from './drafts';
import { goneFrom, goneWith } from './gone';
import { linesOf, unreadIn } from './lines';
import { useHeard } from './heard';
import { useGroupNames } from './groupNames';
import { usePeople } from './people';
import { useReceipts } from './receipts';
import { reloading } from './reloading';
import { useTalkSettings } from './talkSettings';
import { useTyping } from './typing';

/** What the page shows of the connection. */
export type Link = 'connecting' | 'syncing' | 'online' | 'offline' | 'ended';

/** What has no ack for so long is sent once more; its msgid keeps it from being stored twice. */
const ACK_MS = 15_000;

/**
 * The chat as this page has it: the one connection, what is known of all conversations, and what I do in them. What the
 * connection says is given to whoever knows what it means.
 */
export const useChat = defineStore('chat', () => {
  const people = usePeople();
  const names = useGroupNames();
  const typing = useTyping();
  const receipts = useReceipts();
  const settings = useTalkSettings();
  const drafts = useDrafts();
  const heard = useHeard();
  const state = shallowRef(empty(0));
  const waiting = shallowRef<readonly Pending[]>([]);
  const pending = computed(() => onServerClock(waiting.value));
  const outbox = shallowRef<Outbox | null>(null);
  const socketState = ref<LinkState>('connecting');
  const limits = shallowRef<Partial<Limits>>({});
  const arrival = shallowRef<Entry | null>(null);

  let socket: Line | null = null;
  let keeper: Keeper | null = null;
  const hearing: SocketOptions = {
    onFrame: take,
    onState(now) {
      if (now !== 'online' && socketState.value === 'online') people.loseSight();
      socketState.value = now;
      if (now !== 'online') drafts.setLine(false);
    },
    onTime: hearTime,
    onHello(hello) {
      // The browser is somebody else's now: what waits here is not theirs to send.
      if (hello.userid !== state.value.me) return void startOver(hello.userid);
      limits.value = hello.limits;
      if (synced.value) void lookForNews();
      void sync.begin();
    },
    onEnded: (code) => code === CLOSE.sessionEnded && session.over(),
    // A browser does not say why a handshake failed: a session that ended shows itself as 401 here.
    onRefused: () => void people.loadMe().catch(() => {}),
  };

  const marks = new ReadMarks((kind, dstid, seq) => socket?.send({ cmd: 14, kind, dstid, seq }) ?? false);
  const deliveries = new Deliveries((dstid, seq) => socket?.send({ cmd: 26, dstid, seq }) ?? false);
  const acts = new Acts({ send: (frame) => socket?.send(frame) ?? false, onRefused: refuse });
  const session = new Session({
    close: () => socket?.close(),
    clear: () => [outbox.value, acts, drafts].forEach((written) => written?.clear()),
  });

  const isOnline = () => socketState.value === 'online';
  const { reload, favouritesChanged } = reloading(state, dispatch, isOnline);
  const sync = catchingUp({ isOnline, resume, put: takeSynced });
  const { synced } = sync;

  const link = computed<Link>(() => {
    if (socketState.value === 'online') return sync.isBehind.value ? 'syncing' : 'online';
    if (socketState.value === 'ended') return 'ended';
    return socketState.value === 'connecting' ? 'connecting' : 'offline';
  });

  const lines = computed(() => linesOf(state.value, pending.value, settings.now));
  const unreadCount = computed(() => unreadIn(lines.value));

  function talkOf(key: string): Conversation | undefined {
    return state.value.conversations.get(key);
  }

  function dispatch(change: Change) {
    const gone = goneWith(change, state.value.me);
    const here = goneFrom(state.value, gone);
    state.value = apply(state.value, change);
    if (gone.length) {
      dropPictures(gone, here);
      dropFavourites(gone);
    }
    if (!here.length) return;
    hideGone(here);
    keeper?.keepNow();
  }

  /** `kept` are the conversations of the last visit, until the server says what became of them. */
  function start(me: number, kept: readonly Conversation[] = []) {
    state.value = { ...empty(me), conversations: new Map(kept.map((talk) => [talk.key, talk])) };
    keeper = new Keeper(me, () => ({ state: state.value, people: keptPeople() }));
    onOtherUser(me, () => session.over(follow));
    drafts.restore(me);
    acts.restore(me, localStore());
    watch([state, () => settings.now, () => people.friends, () => people.groups, () => people.me], () => keptPeople() && keeper?.keep());
    const line = (socket = openLine(me, hearing));
    outbox.value = new Outbox({
      me, send: (frame) => line.send(frame), onChange: (now) => (waiting.value = now), keep: localStore(),
    });
    waiting.value = outbox.value.pending;
    line.open();
    setInterval(flushOverdue, ACK_MS);
  }

  /** Null until all are here. */
  function keptPeople(): KeptPeople | null {
    const { me, friends, groups, friendsLoaded, groupsLoaded } = people;
    return me && friendsLoaded && groupsLoaded ? { me, friends, groups, settings: settings.kept() } : null;
  }

  function take(frame: ServerFrame) {
    switch (frame.cmd) {
      case 10:
      case 11:
        outbox.value?.delivered(frame);
        dispatch({ type: 'entry', entry: frame });
        // A conversation that the sync did not know: where it begins for us is the server's to say.
        if (synced.value && talkOf(keyOf(frame, state.value.me))?.guessed) sync.soon();
        typing.stopped(keyOf(frame, state.value.me), frame.userid);
        if (frame.userid !== state.value.me && !isAmendment(frame)) {
          arrival.value = frame;
          if (frame.cmd === 10) deliveries.received(frame.userid, frame.seq);
        }
        if (frame.media === MEDIA.notice) hearOfGroup(frame);
        return;
      case 12: {
        if (acts.answered(frame.msgid)) return;
        const entry = outbox.value?.acked(frame);
        if (!entry) return;
        dispatch({ type: 'entry', entry });
        return socket?.share(entry);
      }
      case 13:
        return void (acts.refused(frame) || outbox.value?.refused(frame));
      case 14:
        if (frame.kind === 11) receipts.heard(frame.dstid, frame.userid, frame.seq);
        else if (frame.userid === state.value.me) deliveries.known(frame.dstid, frame.seq);
        return dispatch({ type: 'read', kind: frame.kind, dstid: frame.dstid, userid: frame.userid, seq: frame.seq });
      case 26:
        return dispatch({ type: 'delivered', dstid: frame.dstid, seq: frame.seq });
      case 15:
        return typing.heard(keyFor(frame.kind, frame.dstid), frame.userid);
      case 16:
        return people.setPresence(frame);
      case 22:
        return void (settings.heard(frame.settings.revision, frame.settings) || sync.soon());
      case 23:
        dispatch({ type: 'erased', erased: [frame] });
        return void (settings.heard(frame.revision) || sync.soon());
      case 17:
        return void reload(frame.what);
      case 28:
        heard.learn(frame);
        return void (settings.heard(frame.revision) || sync.soon());
    }
  }

  /** Does something with a message: at once, or as soon as there is a line; whether there is one. */
  function act(wanted: Unsent): boolean {
    acts.put(wanted);
    const isThere = isOnline();
    if (!isThere) tell(say('message.later'));
    return isThere;
  }

  /** It will not happen. What an edit was to say is not lost. */
  function refuse(reason: string, refused: Unsent) {
    tell(reason);
    if (refused.cmd !== 20 || editing.value) return;
    const [key, { seq, content }] = [keyFor(refused.kind, refused.dstid), refused];
    const before = shownOf(talkOf(key)?.entries ?? [], state.value.me).find((entry) => entry.seq === seq)?.content ?? '';
    editing.value = { key, seq, before, text: content ?? '' };
  }

  function hearOfGroup(entry: Entry) {
    names.told(entry);
    if (!people.hearOfGroup(entry)) void reload('communities');
  }

  /** The line is there (again). */
  function resume() {
    outbox.value?.flush();
    acts.flush();
    marks.again(talkOf);
    deliveries.again();
    drafts.setLine(true);
    for (const what of ['friends', 'requests', 'communities'] as const) void reload(what);
  }

  function takeSynced(answer: SyncAnswer) {
    for (const { entries } of answer.conversations) for (const entry of entries) outbox.value?.delivered(entry);
    dispatch({ type: 'synced', conversations: answer.conversations });
    dispatch({ type: 'erased', erased: answer.erased });
    settings.synced(answer);
    for (const one of answer.conversations) {
      marks.synced(keyFor(one.cmd, one.dstid), one.read_seq);
      if (one.cmd === 10) deliveries.synced(one, state.value.me);
    }
    answer.heard.forEach(heard.learn);
  }

  function flushOverdue() {
    const overdue = waiting.value.some((one) => one.state === 'sending' && Date.now() - one.time > ACK_MS);
    if (overdue && link.value === 'online') outbox.value?.flush();
  }

  /** Tells the server that this conversation was read up to `seq`, or to its end. */
  function markRead(key: string, seq = talkOf(key)?.lastSeq ?? 0) {
    const talk = talkOf(key);
    if (!talk || !marks.tell(talk, seq)) return;
    const { kind, dstid } = talk;
    socket?.share({ cmd: 14, kind, dstid, userid: state.value.me, seq });
    if (kind === 10) deliveries.known(dstid, seq);
    dispatch({ type: 'read', kind, dstid, userid: state.value.me, seq });
  }

  /** Whether somebody looks at this page: meanwhile the server wakes no other device of mine. */
  function attend(on: boolean) {
    socket?.send({ cmd: 40, on });
  }

  function sayTyping(kind: Kind, dstid: number) {
    socket?.send({ cmd: 15, kind, dstid });
  }

  return {
    state, pending, outbox, link, synced, limits, lines, unreadCount, arrival, favouritesChanged,
    start, showEarly: sync.showEarly, signOut: session.signOut.bind(session), retryNow: () => socket?.retryNow(), talkOf, dispatch,
    act, markRead, attend, sayTyping,
  };
});
