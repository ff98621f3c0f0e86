"""What runs beside the requests of a process: its connections, their care, and their end."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Sequence
from functools import partial

import structlog
from gevent import Greenlet, get_hub, sleep, spawn
from gevent.event import Event
from greenlet import greenlet

from fastim.errors import Unavailable
from fastim.protocol import codec, events, frames, hello, limits
from fastim.protocol.close import Close
from fastim.realtime import framing
from fastim.realtime.connection import serve
from fastim.realtime.delivery import Delivery
from fastim.realtime.indexing import Following
from fastim.realtime.neighbours import Neighbours
from fastim.realtime.node import CompressingNode, Node, Outbox
from fastim.realtime.room import Room
from fastim.realtime.services import Services
from fastim.realtime.sign_outs import SignOuts, close_ended
from fastim.realtime.watchdog import Watchdog
from fastim.realtime.websocket import WebSocket
from fastim.services.sessions import Actor

log = structlog.get_logger(__name__)

_CARE_SECONDS = 1.0
_MARKS_SECONDS = 0.1
_CARE_CHUNK = 500
"""Nodes looked after before the loop may do something else: under half a millisecond."""
_DRAIN_SECONDS = 3.0
_CHORES_SECONDS = 3600.0


def soon(flush: Callable[[], None]) -> None:
    """Run `flush` in the next turn of the loop, after everything that is ready now."""
    get_hub().loop.run_callback(flush)


class Runtime:
    """Starting, ready, draining: `attach` takes connections until `drain`."""

    def __init__(
        self,
        services: Services,
        neighbours: Neighbours,
        connections: int,
        chores: Sequence[Callable[[], object]] = (),
    ) -> None:
        """At most `connections` at once; `chores` are run once an hour, each in its own app context."""
        self.services = services
        self.client_map = services.client_map
        self.is_draining = False
        self._drained = Event()
        self._sign_outs = SignOuts(services.sessions)
        self.room = Room(connections, self.client_map.__len__)
        Delivery(services.client_map, services.bus, services.privacy)
        self._chores = chores
        self._following = Following(services.indexer)
        self._neighbours = neighbours
        self._watchdog = Watchdog(services.counters)
        self._care: Greenlet | None = None
        self._outbox = Outbox(soon, services.counters)

    def check_serving(self) -> None:
        """Raise `Unavailable` where the process is going down."""
        if self.is_draining:
            raise Unavailable

    def check_room(self) -> None:
        """Refuse a connection before its upgrade.

        Raises:
            Unavailable: the process is going down; or `server_full`.
        """
        self.check_serving()
        if self.room.is_full:
            raise Unavailable("server_full")

    def start(self) -> None:
        """Begin with what runs beside the requests, if it has not begun. A process alone can wait for its
        first connection; among others it has to hear them from the beginning."""
        if self._care is None:
            self._care = spawn(self._look_after)
            if not self.services.marks.is_alone:
                spawn(self._write_marks)
            spawn(self._do_chores)
            self._watchdog.start()
            self._following.start()
            self._neighbours.start(self._announce_again)

    def attach(self, socket: WebSocket, actor: Actor, language: str, device: str) -> None:
        """Serve one connection until it is over: in a greenlet of its own where the server lets go of
        the socket, else in the request's.

        Args:
            device: phone, desktop or program.
        """
        self.start()
        node_id = secrets.token_hex(8)
        kind = CompressingNode if socket.window_bits else Node
        node = kind(node_id, actor.user_id, actor.session_id, socket, self._outbox, language, device)
        node.hold()  # whoever reads the first frame may sync: by then it must be in its groups
        node.offer(self._first_frame(node))  # before anybody can find the node in the map
        self.services.counters.connections_opened += 1
        self.client_map.add(node)
        if not self.services.sessions.is_alive(actor):  # asked when its end would find the node
            node.close(Close.SESSION_ENDED, "session ended")
        is_taken = socket.take_over()
        # In the request's greenlet, whose stack goes with it: the connection's own keeps what it ever used.
        if not self._welcome(node):
            return
        if is_taken:
            # gevent's `spawn_raw` gives each a dict as well.
            soon(partial(greenlet(self._live, get_hub()).switch, node))
        else:
            self._live(node)

    def _first_frame(self, node: Node) -> bytes:
        if not node.is_v2:
            return framing.text(b"welcome!")
        first = hello.Hello(
            connection=node.id,
            userid=node.user_id,
            time=time.time_ns() // 1_000_000,
            limits=self.services.limits,
        )
        return framing.text(codec.encode(first))

    def _welcome(self, node: Node) -> bool:
        """Make room for a connection and let it in; False, and nothing is left of it, where that failed."""
        is_in = False
        try:
            self._close_oldest(node)
            if not node.close_code:
                self._let_in(node)
                self._announce(node)
            is_in = True
        except Exception:
            log.exception("connection_failed", connection=node.id, user=node.user_id)
        finally:
            if not is_in:
                self._part(node)
        return is_in

    def _live(self, node: Node) -> None:
        try:
            serve(self.services, node)
        except Exception:
            log.exception("connection_failed", connection=node.id, user=node.user_id)
        finally:
            self._part(node)

    def _part(self, node: Node) -> None:
        """Leave nothing of a connection behind."""
        node.socket.dispose()
        self.services.counters.closes[node.close_code] += 1
        log.info("disconnected", connection=node.id, user=node.user_id, code=node.close_code)
        if self.client_map.remove(node):
            self.services.lastseen.note(node.user_id)
        self.room.note()
        try:
            self._announce(node)
        except Exception:
            log.exception("goodbye_failed", user=node.user_id)

    def _let_in(self, node: Node) -> None:
        """Let it into its groups."""
        self.client_map.enter_groups(node, self._neighbours.arrive(node.user_id))
        node.release()
        log.info("connected", connection=node.id, user=node.user_id, v2=node.is_v2)
        if self.is_draining:
            node.close(Close.RESTART, "server restart")

    def _close_oldest(self, node: Node) -> None:
        nodes = self.client_map.of_user(node.user_id)
        if len(nodes) > limits.CONNECTIONS_PER_USER:
            nodes[0].close(Close.REPLACED, "too many connections")

    def _announce(self, changed: Node) -> None:
        """Tell the user's friends of a connection that came or went, if it makes a difference to them."""
        user_id = changed.user_id
        others = {node.device for node in self.client_map.of_user(user_id) if node is not changed}
        if changed.device in others:
            return
        self._neighbours.tell_devices(user_id)
        elsewhere = self._neighbours.elsewhere(user_id)
        if changed.device not in elsewhere:
            self._tell_friends(user_id, elsewhere)

    def _announce_again(self, user_id: int) -> None:
        """What a user is connected with was changed by the end of another process."""
        self.services.lastseen.note(user_id)
        self._tell_friends(user_id, self._neighbours.elsewhere(user_id))

    def _tell_friends(self, user_id: int, elsewhere: Sequence[str]) -> None:
        friends = self.services.access.friends_of(user_id)
        shown = self.services.privacy.shown(user_id)
        if friends and shown.online:
            devices = tuple(sorted({*self.client_map.devices_of(user_id), *elsewhere}))
            now_ms = time.time_ns() // 1_000_000 if shown.lastseen else 0
            presence = frames.Presence(user_id, int(bool(devices)), now_ms, devices)
            topic = f"presence {user_id}"
            self.services.bus.publish(events.Signal(friends, codec.encode(presence), topic=topic))

    def _look_after(self) -> None:
        """Pings, dead peers, and the marks that wait to be written."""
        while True:
            sleep(_CARE_SECONDS)
            now = time.monotonic()
            for place, node in enumerate(self.client_map.nodes(), 1):
                node.look_after(now)
                if place % _CARE_CHUNK == 0:
                    sleep(0)
            self.services.bus.release_overdue()
            self.write_behind()
            self._look_for_sign_outs()

    def _look_for_sign_outs(self) -> None:
        try:
            with self.services.scope():
                self._sign_outs.look(self.client_map.nodes())
        except Exception as error:  # noqa: BLE001 the database is away: nobody is signed out for that
            log.warning("sessions_not_looked_at", error=str(error))

    def _write_marks(self) -> None:
        """Marks that wait to be told to other processes."""
        while not self.is_draining:
            sleep(_MARKS_SECONDS)
            if self.services.marks.is_urgent and not self.write_behind():
                sleep(_CARE_SECONDS)

    def _do_chores(self) -> None:
        while not self.is_draining:
            sleep(_CHORES_SECONDS)
            self.do_chores()

    def do_chores(self) -> None:
        """One round, due every hour: what each process does for its own, and what one does for all."""
        is_mine = self._neighbours.claims("chores", int(_CHORES_SECONDS) - 60)
        for chore in (self.end_lost_sessions, *(self._chores if is_mine else ())):
            try:
                with self.services.scope():
                    chore()
            except Exception:
                log.exception("chore_failed", chore=getattr(chore, "__qualname__", ""))

    def end_lost_sessions(self) -> None:
        """Close what another program signed out, and keep the sessions of who stays connected alive."""
        nodes = self.client_map.nodes()
        living = self.services.sessions.living([node.session_id for node in nodes])
        close_ended(nodes, living)
        self.services.sessions.touch(living)

    def write_behind(self) -> bool:
        """Write marks and who was last seen when, look how far the log goes; False: in the next round."""
        try:
            with self.services.scope():
                self.services.horizon.note()
                self.services.marks.flush()
                self.services.deliveries.flush()
                self.services.lastseen.flush()
            return True
        except Unavailable:
            pass  # the log has the reason, and needs no stack of each round
        except Exception:
            log.exception("not_written_behind")
        return False

    def drain(self) -> None:
        """Close every connection with 1012, which tells it to come back, and write what waits.

        Called twice, it waits for the first call.
        """
        if self.is_draining:
            self._drained.wait()
            return
        self.is_draining = True
        self.room.close()
        nodes = self.client_map.nodes()
        for node in nodes:
            node.close(Close.RESTART, "server restart")
        deadline = time.monotonic() + _DRAIN_SECONDS
        while not self.client_map.is_empty() and time.monotonic() < deadline:
            sleep(0.02)
        for node in self.client_map.nodes():
            node.abort()
        self.services.messages.close()
        self.write_behind()
        log.info("drained", connections=len(nodes))
        self._watchdog.stop()
        self._following.stop()
        self._neighbours.stop()
        self._drained.set()
