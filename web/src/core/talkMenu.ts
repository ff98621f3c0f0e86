import type { TalkLine } from '../store/lines';
import { useTalkSettings } from '../store/talkSettings';
import { useChat } from '../store/chat';
import { faultText, say } from './i18n';
import type { MenuItem } from './menu';
import { closeTalk, route } from './route';
import { tell } from './toast';

/** What can be done with a conversation in the list. */
export function talkMenu(line: TalkLine): MenuItem[] {
  const put = (wanted: Parameters<ReturnType<typeof useTalkSettings>['put']>[1]) => () =>
    void useTalkSettings().put(line.key, wanted).catch((fault: unknown) => tell(faultText(fault)));
  const waiting = line.unread > 0 || line.marked;
  return [
    { id: 'pin', icon: 'pin', label: say(line.pinned ? 'list.unpin' : 'list.pin'), run: put({ pinned: !line.pinned }) },
    {
      id: 'mark', icon: 'dot', label: say(waiting ? 'list.markRead' : 'list.markUnread'),
      run: waiting ? () => readAll(line) : put({ unread: true }),
    },
    { id: 'mute', icon: line.muted ? 'bell' : 'mute', label: say(line.muted ? 'list.unmute' : 'list.mute'), run: put({ muted: !line.muted }) },
    { id: 'archive', icon: 'archive', label: say(line.archived ? 'list.unarchive' : 'list.archive'), run: put({ archived: !line.archived }) },
    {
      id: 'hide', icon: 'trash', danger: true, label: say('list.hide'),
      run: () => {
        if (route.value.talk === line.key) closeTalk();
        put({ hidden: true, pinned: false, draft: '', reply: 0 })();
      },
    },
  ];
}

function readAll(line: TalkLine) {
  useChat().markRead(line.key);
  if (line.marked) unmark(line.key);
}

/** Whoever looks has seen: the mark by hand goes. */
export function unmark(key: string): void {
  const settings = useTalkSettings();
  if (settings.of(key)?.unread) void settings.put(key, { unread: false }).catch(() => {});
}
