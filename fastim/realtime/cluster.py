"""This process among others: what it hears, and what it does when news may be missing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence

import structlog
from gevent import Greenlet, sleep, spawn

from fastim.backends.bus.redis import RedisBus
from fastim.backends.bus.wire import group_channel, user_channel
from fastim.backends.presence import Presence
from fastim.protocol import bus_limits as limits
from fastim.protocol import frames
from fastim.protocol.close import Close
from fastim.protocol.events import CommunityJoined
from fastim.realtime.catching_up import CatchingUp
from fastim.realtime.client_map import ClientMap
from fastim.realtime.idle_channels import IdleChannels
from fastim.realtime.neighbours import Memory
from fastim.realtime.node import Node
from fastim.realtime.sign_outs import close_ended
from fastim.realtime.telling_again import TellingAgain
from fastim.services.missed import Missed, Moved

log = structlog.get_logger(__name__)

_STEP_SECONDS = 0.1
_CHUNK = 500
"""Users, groups or connections looked at before the loop may do something else."""
_PRESENCE_AGAIN_SECONDS = 3600.0
_REFRESH_SECONDS = 5.0
_CROSSING_SECONDS = 1.0
"""What news takes that is slow, but not in doubt."""


class Cluster:
    """Others are heard through the bus.

    Args:
        memory: what this process remembers of the database, and must not while news may be missing.
    """

    def __init__(
        self, bus: RedisBus, client_map: ClientMap, presence: Presence, missed: Missed, memory: Memory
    ) -> None:
        self._bus = bus
        self._followed = bus.followed
        self._map = client_map
        self._presence = presence
        self._announce: Callable[[int], None] = lambda user_id: None
        self._missed = missed
        self._catching_up = CatchingUp(bus, missed)
        self._idle = IdleChannels(bus, client_map)
        self._memory = memory
        self._care: list[Greenlet] = []
        self._refreshed_at = 0.0
        self._buried: dict[int, None] = {}
        """Users of dead processes whose friends are not told yet; nobody buries these again."""
        self._again = TellingAgain(bus, self._tell_user)
        presence.lessened = self._went_elsewhere
        bus.subscribe(self._joined, CommunityJoined)

    def start(self, announce: Callable[[int], None]) -> None:
        if not self._care:
            self._announce = announce
            self._bus.start()
            work = (self._beat, self._begin_talks, self._fill_gaps, self._look_after, self._keep_presence)
            self._care = [spawn(each) for each in work]

    def elsewhere(self, user_id: int) -> Sequence[str]:
        return self._presence.elsewhere(user_id)

    def tell_devices(self, user_id: int) -> None:
        self._presence.tell(user_id, self._map.devices_of(user_id))
        self._again.note(user_id)

    def _tell_user(self, user_id: int) -> None:
        self._presence.tell(user_id, self._map.devices_of(user_id))
        self._announce(user_id)

    def _went_elsewhere(self, user_id: int) -> None:
        """Who came or went here in the same moment was not told of, where others were thought to be there:
        two processes' news may cross each other."""
        if self._again.has(user_id):
            spawn(self._announce_crossed, user_id)

    def _announce_crossed(self, user_id: int) -> None:
        if not self._map.is_online(user_id):
            sleep(_CROSSING_SECONDS)  # that they are elsewhere may be on its way as well
        try:
            self._announce(user_id)
        except Exception as error:  # noqa: BLE001 the database is away; lists loaded later are right
            log.warning("presence_not_told", error=str(error))

    def claims(self, what: str, seconds: int) -> bool:
        return self._presence.claim(what, seconds)

    def _keep_presence(self) -> None:
        """Write it again where Redis lost it, and every hour; take those away whose process has died."""
        written_at = time.monotonic()
        while True:
            sleep(limits.PRESENCE_LOOK_SECONDS)
            try:
                is_due = time.monotonic() - written_at > _PRESENCE_AGAIN_SECONDS
                if self._map.users() and (is_due or not self._presence.is_kept()):
                    written_at = time.monotonic()
                    for place, user_id in enumerate({node.user_id for node in self._map.nodes()}, 1):
                        self._presence.tell(user_id, self._map.devices_of(user_id))
                        if place % _CHUNK == 0:
                            sleep(0)
                self._presence.write_again()
                for process in self._bus.silent(limits.PRESENCE_DEAD_SECONDS):
                    self._bury(process)
                self._announce_buried()
            except Exception as error:  # noqa: BLE001 Redis is away, and asked again
                log.warning("presence_not_kept", error=str(error))

    def _bury(self, process: str) -> None:
        user_ids = self._presence.bury(process)
        if user_ids is not None:
            self._bus.note_buried(process)
            self._buried |= dict.fromkeys(user_ids)

    def _announce_buried(self) -> None:
        """Whose friends cannot be told, as the database is away, stands last in the next round."""
        while self._buried:
            user_id = next(iter(self._buried))
            del self._buried[user_id]
            try:
                self._announce(user_id)
            except Exception:
                self._buried[user_id] = None
                raise

    def stop(self) -> None:
        self._presence.flush()
        for greenlet in self._care:
            greenlet.kill(block=False)
        self._bus.stop()

    # What is listened to

    def arrive(self, user_id: int) -> Sequence[int]:
        self._followed.follow_user(user_id)
        found = self._missed.ends(user_id)
        with self._idle.entering(group.low_id for group in found):
            return self._arrive(user_id, found)

    def _arrive(self, user_id: int, found: Sequence[Moved]) -> Sequence[int]:
        groups = {group.low_id: group for group in found}
        new = [group_id for group_id in groups if not self._followed.follows_group(group_id)]
        channels = [user_channel(user_id), *map(group_channel, new)]
        if not self._bus.hear(channels, limits.BUS_WAIT_SECONDS):
            self._bus.doubt()
        self._catching_up.let_in(user_id)
        if new:  # asked when they are heard: what is above is told
            found = [group for group in self._missed.ends(user_id) if group.low_id in groups]
            groups.update((group.low_id, group) for group in found)
            for group_id in new:  # also those that were left meanwhile: heard, they are left when idle
                self._followed.follow_group(group_id, groups[group_id].last_seq)
        self._catching_up.tell_groups(found)
        return [group.low_id for group in found]  # nobody here may have heard that one was left

    def _joined(self, event: CommunityJoined) -> None:
        """The unit goes on with the entry that says so: what is above that is read, once the group is
        heard."""
        if self._map.is_online(event.user_id) and not self._followed.follows_group(event.community_id):
            self._followed.follow_group(event.community_id, 0)
            spawn(self._follow, event.community_id)

    def _follow(self, group_id: int) -> None:
        try:
            if not self._bus.hear([group_channel(group_id)], limits.BUS_WAIT_SECONDS):
                self._bus.doubt()
            conversation_id, last_seq = self._missed.end(group_id)
            self._catching_up.read(Moved(conversation_id, frames.GROUP, group_id, 0, last_seq))
        except Exception:
            log.exception("group_not_followed", community=group_id)
            self._bus.doubt()

    # What is read

    def _beat(self) -> None:
        beats = 0
        while True:
            self._bus.pulse()
            self._again.look()
            beats += 1
            if beats % 10 == 0:
                self._idle.leave()
                self._bus.settle()
            sleep(limits.BUS_PULSE_SECONDS)

    def _begin_talks(self) -> None:
        """As soon as something is said where nobody knows what was before it."""
        while True:
            self._bus.has_unknown.wait()
            self._bus.has_unknown.clear()
            try:
                self._catching_up.begin_talks()
            except Exception as error:  # noqa: BLE001 the database is away: all goes on waiting
                log.warning("talks_not_begun", error=str(error))
                sleep(_STEP_SECONDS * 5)
                self._bus.has_unknown.set()

    def _fill_gaps(self) -> None:
        while True:
            sleep(_STEP_SECONDS)
            try:
                self._catching_up.fill_gaps()
            except Exception as error:  # noqa: BLE001 the same
                log.warning("gap_not_read", error=str(error))
                sleep(_STEP_SECONDS * 5)

    def _look_after(self) -> None:
        """Look whether the log has what was not told: often in doubt, seldom else."""
        looked_at = 0.0
        while True:
            sleep(_STEP_SECONDS)
            pause = limits.BUS_LOOK_SECONDS if self._bus.is_doubtful else limits.BUS_CALM_LOOK_SECONDS
            if time.monotonic() - looked_at < pause:
                continue
            looked_at = time.monotonic()
            try:
                self._look(looked_at)
            except Exception as error:  # noqa: BLE001 the database is away: nothing is new
                log.warning("log_not_looked_at", error=str(error))

    def _look(self, began: float) -> None:
        was_doubtful = self._bus.is_doubtful
        is_sound = self._bus.is_sound() and self._bus.doubted_at < began
        self._catching_up.look(began)
        if was_doubtful:
            self._memory.forget()
            self._presence.forget()
            self._check_sessions()
            if is_sound or began - self._refreshed_at > _REFRESH_SECONDS:
                self._refreshed_at = began
                self._check_groups()
            if is_sound and self._bus.doubted_at < began:
                self._bus.trust()

    def _check_sessions(self) -> None:
        nodes = self._map.nodes()
        with self._memory.scope():
            living = self._memory.sessions.living([node.session_id for node in nodes])
        close_ended(nodes, living)

    def _check_groups(self) -> None:
        """Who is in other groups than this process thinks comes back to what the database says."""
        nodes = self._map.nodes()
        self._memory.privacy.forget_others({node.user_id for node in nodes})
        wrong = self._in_wrong_groups(nodes)
        if wrong:
            sleep(1.0)  # the news may just be on the way
            for node in self._in_wrong_groups(wrong):
                node.close(Close.DOUBT, "come back")

    def _in_wrong_groups(self, nodes: Iterable[Node]) -> list[Node]:
        found = []
        for place, node in enumerate(nodes, 1):
            if node.left_groups is None and not node.close_code:
                self._memory.privacy.ask_again(node.user_id)
                if set(self._memory.access.communities_of(node.user_id)) != node.groups:
                    found.append(node)
            if place % _CHUNK == 0:
                sleep(0)
        return found
