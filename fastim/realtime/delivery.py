"""From an event on the bus to the nodes of this process: each frame is made once for all of them."""

from __future__ import annotations

from fastim.backends.bus import Bus
from fastim.protocol import codec, events, frames, limits
from fastim.protocol.close import Close
from fastim.realtime import framing
from fastim.realtime.client_map import ClientMap, Nodes
from fastim.services.privacy import Privacy


class Delivery:
    """Listens to the bus from its making on; does what each event means for the connections here."""

    def __init__(self, client_map: ClientMap, bus: Bus, privacy: Privacy) -> None:
        self._map = client_map
        self._privacy = privacy
        bus.subscribe(self._entry, events.EntryAdded)
        bus.subscribe(self._mark_moved, events.MarkMoved)
        bus.subscribe(self._mark_delivered, events.MarkDelivered)
        bus.subscribe(self._signal, events.Signal)
        bus.subscribe(self._community_signal, events.CommunitySignal)
        bus.subscribe(self._joined, events.CommunityJoined)
        bus.subscribe(self._left, events.CommunityLeft)
        bus.subscribe(self._arriving, events.CommunityArriving)
        bus.subscribe(self._door_closed, events.DoorClosed)
        bus.subscribe(self._door_doubted, events.DoorDoubted)
        bus.subscribe(self._view_doubted, events.ViewDoubted)
        bus.subscribe(self._community_changed, events.CommunityChanged)
        bus.subscribe(self._sessions_ended, events.SessionsEnded)
        bus.subscribe(self._friends_changed, events.FriendsChanged)
        bus.subscribe(self._requests_changed, events.RequestsChanged)
        bus.subscribe(self._profile_changed, events.ProfileChanged)
        bus.subscribe(self._stickers_changed, events.StickersChanged)

    def _entry(self, event: events.EntryAdded) -> None:
        frame = framing.text(event.frame)
        if event.kind == frames.GROUP:
            nodes = self._map.of_group(event.dst_id)
            if event.dst_id in self._map.arriving:
                nodes += self._map.arrivals(event.dst_id, event.seq)
        else:
            nodes = self._map.of_user(event.dst_id)
            if event.sender_id != event.dst_id:
                nodes += self._map.of_user(event.sender_id)
        if event.media >= frames.NOTICE:
            # The old page would show an empty bubble.
            nodes = tuple(node for node in nodes if node.is_v2)
        origin = event.origin
        if event.media not in frames.OLD_MEDIA:
            nodes = self._tell_old(event, nodes)
        for node in nodes:
            if node.id != origin:
                node.offer(frame)

    def _tell_old(self, event: events.EntryAdded, nodes: Nodes) -> Nodes:
        """Say what old pages cannot show as a text; the others of the nodes."""
        old = [node for node in nodes if not node.is_v2]
        if not old:
            return nodes
        entry = codec.decode_entry(event.frame)
        entry.media, entry.content = frames.TEXT, f"{entry.content or entry.memo} {entry.url}".strip()
        frame = framing.text(codec.encode(entry))
        for node in old:
            if node.id != event.origin:
                node.offer(frame)
        return tuple(node for node in nodes if node.is_v2)

    def _mark_moved(self, event: events.MarkMoved) -> None:
        """Tell the reader's other devices, and those who wait for it to be read."""
        topic = f"read {event.conversation_id} {event.user_id}"
        mine = codec.encode(frames.WasRead(event.kind, event.user_id, event.dst_id, event.seq))
        if event.kind == frames.GROUP:
            nodes = self._map.of_group(event.dst_id)
            if event.is_shared and len(nodes) <= limits.SHOWN_TO:
                nodes = tuple(node for node in nodes if self._sees_receipts(node.user_id))
            else:  # of a large group the others ask /message/readers
                nodes = self._map.of_user(event.user_id)
            self._tell(nodes, mine, topic, event.origin)
            return
        self._tell(self._map.of_user(event.user_id), mine, topic, event.origin)
        if event.is_shared:
            theirs = codec.encode(frames.WasRead(event.kind, event.user_id, event.user_id, event.seq))
            self._tell(self._map.of_user(event.dst_id), theirs, topic)

    def _mark_delivered(self, event: events.MarkDelivered) -> None:
        """Tell those who wait for it to arrive; one's own devices have no use for it."""
        if event.is_shared:
            topic = f"delivered {event.conversation_id} {event.user_id}"
            told = codec.encode(frames.WasDelivered(event.user_id, event.seq))
            self._tell(self._map.of_user(event.dst_id), told, topic)

    def _signal(self, event: events.Signal) -> None:
        for user_id in event.user_ids:
            self._pass_on(self._map.of_user(user_id), event)

    def _community_signal(self, event: events.CommunitySignal) -> None:
        nodes = self._map.of_group(event.community_id)
        if event.receipt:
            nodes = tuple(node for node in nodes if self._sees_receipts(node.user_id))
        self._pass_on(nodes, event)

    def _sees_receipts(self, user_id: int) -> bool:
        """What a connected user shows was read when it connected; forgotten meanwhile, it sees none."""
        shown = self._privacy.known(user_id)
        return shown is not None and shown.receipts

    def _pass_on(self, nodes: Nodes, event: events.Signal | events.CommunitySignal) -> None:
        """Old pages would take it for a message."""
        if not nodes:
            return
        frame, topic = framing.text(event.frame), event.topic
        for node in nodes:
            if node.is_v2 and node.id != event.origin:
                if topic:
                    node.offer_ephemeral(frame, topic)
                else:
                    node.offer(frame)

    def _tell(self, nodes: Nodes, payload: bytes, topic: str, origin: str = "") -> None:
        """Send the last news of a topic, which must not get lost; old pages would take it for a message."""
        if not nodes:
            return
        frame = framing.text(payload)
        for node in nodes:
            if node.is_v2 and node.id != origin:
                node.offer_last(frame, topic)

    def _changed(self, user_id: int, what: str) -> None:
        self._tell_changed(self._map.of_user(user_id), what)

    def _tell_changed(self, nodes: Nodes, what: str) -> None:
        self._tell(nodes, codec.encode(frames.Changed(what)), f"changed {what}")

    def _joined(self, event: events.CommunityJoined) -> None:
        self._map.join(event.user_id, event.community_id)
        self._changed(event.user_id, "communities")

    def _left(self, event: events.CommunityLeft) -> None:
        self._map.leave(event.user_id, event.community_id)
        self._changed(event.user_id, "communities")

    def _arriving(self, event: events.CommunityArriving) -> None:
        self._map.begin_arriving(event.user_id, event.community_id, event.seq)

    def _door_closed(self, event: events.DoorClosed) -> None:
        if event.kind == frames.GROUP and event.user_id:
            self._map.begin_leaving(event.user_id, event.dst_id)

    def _door_doubted(self, event: events.DoorDoubted) -> None:
        """Who comes back is in the groups that the database says."""
        if event.kind == frames.GROUP:
            for node in self._map.doubt(event.user_id, event.dst_id):
                node.close(Close.DOUBT, "come back")

    def _view_doubted(self, event: events.ViewDoubted) -> None:
        for user_id in event.user_ids:
            for node in self._map.of_user(user_id):
                node.close(Close.DOUBT, "come back")

    def _community_changed(self, event: events.CommunityChanged) -> None:
        self._tell_changed(self._map.of_group(event.community_id), "communities")

    def _sessions_ended(self, event: events.SessionsEnded) -> None:
        for node in self._map.of_user(event.user_id):
            if node.session_id in event.session_ids:
                node.close(Close.SESSION_ENDED, "session ended")

    def _friends_changed(self, event: events.FriendsChanged) -> None:
        for user_id in event.user_ids:
            self._changed(user_id, "friends")

    def _requests_changed(self, event: events.RequestsChanged) -> None:
        self._changed(event.user_id, "requests")

    def _profile_changed(self, event: events.ProfileChanged) -> None:
        self._changed(event.user_id, "me")

    def _stickers_changed(self, event: events.StickersChanged) -> None:
        self._changed(event.user_id, "stickers")
