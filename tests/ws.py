"""A chat client on a real socket, for tests."""

from __future__ import annotations

import itertools
import json
import ssl
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

Frame = dict[str, Any]
WAIT_SECONDS = 10
_numbers = itertools.count(1)


class Chat:
    """One connection; frames that were not asked for yet wait in `inbox`.

    Args:
        base: ``http://HOST:PORT`` of the server.
        user: the user's JSON as registering answered it, with `id` and `token`.
        v2: ask for the subprotocol of today's pages.
        query: authenticate in the address, as the old pages do, and not by header.
    """

    def __init__(self, base: str, user: Frame, v2: bool = True, query: bool = False, **options: Any):
        self.user_id: int = user["id"]
        self.inbox: list[Frame] = []
        address = base.replace("http", "ws", 1) + "/chat"
        headers = dict(options.pop("headers", {}))
        if query:
            address += f"?id={user['id']}&token={user['token']}"
        else:
            headers["Authorization"] = f"Bearer {user['token']}"
        if address.startswith("wss:"):
            # This client reads and writes in two threads. What a server of TLS 1.3 says after the
            # handshake meets the request there: one in a hundred was never sent.
            secure = ssl.create_default_context()
            secure.maximum_version = ssl.TLSVersion.TLSv1_2
            options["ssl"] = secure
        self.socket = connect(
            address,
            subprotocols=["fastim.v2"] if v2 else None,  # type: ignore[list-item]
            additional_headers=headers,
            compression=options.pop("compression", None),
            open_timeout=WAIT_SECONDS,
            close_timeout=2,
            legacy=True,
            **options,
        )
        first = self.socket.recv(timeout=WAIT_SECONDS)
        self.hello = json.loads(first) if v2 else first

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self.socket.close()

    def send(self, **frame: Any) -> None:
        self.socket.send(json.dumps(frame, ensure_ascii=False))

    def say(self, to: int, content: str, cmd: int = 10, **more: Any) -> Frame:
        """Send a text and wait for its ack; the ack, or the refusal."""
        msgid = more.pop("msgid", f"m{next(_numbers)}")
        self.send(cmd=cmd, dstid=to, media=1, content=content, msgid=msgid, **more)
        return self.expect(lambda f: f["cmd"] in (12, 13) and f.get("msgid") == msgid)

    def expect(self, wanted: Callable[[Frame], bool], timeout: float = WAIT_SECONDS) -> Frame:
        """The next frame that `wanted` accepts; the others stay in the inbox.

        Raises:
            TimeoutError: none came.
        """
        for place, frame in enumerate(self.inbox):
            if wanted(frame):
                return self.inbox.pop(place)
        while True:
            text = self.socket.recv(timeout=timeout)
            frame = json.loads(text)
            if wanted(frame):
                return frame
            self.inbox.append(frame)

    def message(self, content: str) -> Frame:
        """The message with this text."""
        return self.expect(lambda f: f["cmd"] in (10, 11) and f.get("content") == content)

    def inbox_contents(self) -> list[str]:
        """The texts that came unasked so far, up to the answer of a heartbeat."""
        self.inbox = self.drain_until_pulse()
        return [f["content"] for f in self.inbox if f["cmd"] in (10, 11) and f["media"] == 1]

    def drain_until_pulse(self) -> list[Frame]:
        """Everything that the server sent before it answered a heartbeat: proof of what did not come."""
        self.send(cmd=0)
        self.expect(lambda f: f["cmd"] == 0)
        seen, self.inbox = self.inbox, []
        return seen

    def close_code(self) -> int:
        """Wait for the server to close; its code."""
        try:
            while True:
                self.socket.recv(timeout=WAIT_SECONDS)
        except ConnectionClosed:
            code = self.socket.close_code
            assert code is not None
            return code
