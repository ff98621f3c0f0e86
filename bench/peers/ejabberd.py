"""The durable peer: ejabberd with its message archive on, spoken to by XMPP over WebSocket (RFC 7395)."""

from __future__ import annotations

import base64
import json
import os
import re
import urllib.request
from collections.abc import Generator
from pathlib import Path

from bench import measure
from bench.peer import Missing, Plan
from bench.started import Started, program

_PASSWORD = "correct-horse"
_ROOMS = "conference.localhost"
_IN = "code='110'"
"""In the presence that tells a person of its own coming."""
_LIBRARIES = Path("/usr/lib")

_CONFIGURATION = """\
hosts: [localhost]
loglevel: error
auth_method: internal
auth_password_format: plain
listen:
  - port: {port}
    ip: 127.0.0.1
    module: ejabberd_http
    request_handlers:
      /xmpp: ejabberd_http_ws
      /api: mod_http_api
api_permissions:
  preparing:
    from: mod_http_api
    who: {{access: {{allow: [{{ip: 127.0.0.0/8}}]}}}}
    what: [register, create_room]
modules:
  mod_mam: {{default: always, db_type: mnesia}}
  mod_http_api: {{}}
  mod_muc:
    db_type: mnesia
    max_users: 20000
    history_size: 0
    default_room_options:
      {{mam: true, persistent: true, max_users: 20000, presence_broadcast: []}}
  mod_muc_admin: {{}}
shaper: {{}}
"""


class Ejabberd:
    """A private node with one scheduler, no TLS and no limits.

    Chats of two people, each archived twice, and rooms (XEP-0045), each message archived once. Who comes to
    a room is not told to all who are there: that would take longer than the scene.
    """

    name = "ejabberd"
    title = "ejabberd, archive"
    stores = True
    path = "/xmpp"
    scenes = frozenset(("single", "ping-pong", "room-4", "room-64", "connecting"))
    echoes = True
    ack_marker = b""  # XEP-0198 is not spoken over every transport alike; the archive itself is on

    def __init__(self) -> None:
        self._server: Started | None = None
        self._rooms: tuple[int, ...] = ()

    def start(self, folder: Path, port: int, cpu: int, plan: Plan) -> None:
        """Serve from a folder of its own, with accounts for all people, and their rooms.

        Raises:
            Missing: ejabberd or Erlang is not installed.
        """
        libraries = sorted(_LIBRARIES.glob("*/ejabberd-*/ebin"))
        if not libraries:
            raise Missing("ejabberd is not installed: install Debian's ejabberd")
        (folder / "ejabberd.yml").write_text(_CONFIGURATION.format(port=port))
        command = [program("erl", "Debian's ejabberd"), "+S", "1:1", "+sbwt", "none", "-noinput"]
        command += ["-pa", str(libraries[-1]), "-mnesia", "dir", f'"{folder / "mnesia"}"', "-s", "ejabberd"]
        environ = {
            **os.environ,
            "EJABBERD_CONFIG_PATH": str(folder / "ejabberd.yml"),
            "EJABBERD_LOG_PATH": str(folder / "ejabberd.log"),
            "ERL_CRASH_DUMP": str(folder / "crash.dump"),
            "HOME": str(folder),
        }
        self._server = Started(command, folder, cpu, environ)
        self._server.wait_for_port(port)
        for user in range(plan.people):
            _ask(port, "register", {"user": f"u{user}", "host": "localhost", "password": _PASSWORD})
        for room in range(len(plan.rooms)):
            _ask(port, "create_room", {"name": f"r{room}", "service": _ROOMS, "host": "localhost"})
        self._rooms = plan.rooms

    def pids(self) -> list[int]:
        assert self._server is not None
        return measure.family(self._server.pid)

    def stop(self) -> None:
        if self._server is not None:
            self._server.stop()
        self._server = None

    def handshake(self, user: int) -> bytes:
        return (
            f"GET {self.path} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
            "Sec-WebSocket-Protocol: xmpp\r\n\r\n"
        ).encode()

    def opening(self, user: int) -> Generator[str | None, str, None]:
        """Stream, SASL PLAIN, stream again, bind, presence; then into the rooms."""
        stream = '<open xmlns="urn:ietf:params:xml:ns:xmpp-framing" to="localhost" version="1.0"/>'
        proof = base64.b64encode(f"\0u{user}\0{_PASSWORD}".encode()).decode()
        login = f'<auth xmlns="urn:ietf:params:xml:ns:xmpp-sasl" mechanism="PLAIN">{proof}</auth>'
        bind = (
            '<iq xmlns="jabber:client" type="set" id="b"><bind xmlns="urn:ietf:params:xml:ns:xmpp-bind">'
            "<resource>r</resource></bind></iq>"
        )
        for said, wanted in (
            (stream, "features"),
            (login, "success"),
            (stream, "features"),
            (bind, "<jid>"),
        ):
            text = yield said
            while wanted not in text:
                if "failure" in text or "error" in text:
                    raise RuntimeError(f"ejabberd refused: {text}")
                text = yield None
        yield '<presence xmlns="jabber:client"/>'
        for room, size in enumerate(self._rooms):
            if user < size:
                text = yield (
                    f'<presence xmlns="jabber:client" to="r{room}@{_ROOMS}/u{user}">'
                    '<x xmlns="http://jabber.org/protocol/muc"><history maxstanzas="0"/></x></presence>'
                )
                while _IN not in text:
                    text = yield None

    def single(self, sender: int, receiver: int, number: int, content: str) -> str:
        return (
            f'<message xmlns="jabber:client" type="chat" to="u{receiver}@localhost" id="{number}">'
            f"<body>{content}</body></message>"
        )

    def room(self, sender: int, room: int, number: int, content: str) -> str:
        return (
            f'<message xmlns="jabber:client" type="groupchat" to="r{room}@{_ROOMS}" id="{number}">'
            f"<body>{content}</body></message>"
        )

    def answer(self, text: str) -> str | None:
        """A ping of the server's (XEP-0199)."""
        if "urn:xmpp:ping" not in text:
            return None
        ping = re.search(r"id='([^']*)'", text)
        return f'<iq xmlns="jabber:client" type="result" id="{ping[1] if ping else ""}"/>'


def _ask(port: int, what: str, arguments: dict[str, str]) -> None:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/{what}",
        json.dumps(arguments).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        answer.read()
