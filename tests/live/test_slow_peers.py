"""A slow or vanished peer never delays another, is closed, and leaves nothing behind."""

from __future__ import annotations

import socket
import struct
import time

from tests.conftest import StartServer
from tests.people import Person
from tests.servers import Server, wait_for

# Enough to fill both sides' socket buffers and then the node's queue.
LONG = "x" * 5000
FLOOD = 3000


def raw_chat(person: Person) -> socket.socket:
    """An upgraded socket that nobody reads from."""
    host, port = person.base.removeprefix("http://").split(":")
    raw = socket.socket()
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    raw.connect((host, int(port)))
    raw.sendall(
        f"GET /chat?id={person.id}&token={person.token} HTTP/1.1\r\nHost: {host}:{port}\r\n"
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n".encode()
    )
    assert raw.recv(12) == b"HTTP/1.1 101"
    return raw


def is_online(person: Person, friend: Person) -> bool:
    rows = person.post("/contact/loadfriend")["rows"]
    return any(row["id"] == friend.id and row["online"] for row in rows)


def test_a_slow_and_a_vanished_reader_beside_a_healthy_group(server: Server) -> None:
    """Two members read nothing; the third gets every message in order; the two are closed."""
    ann, healthy, slow, gone = (Person(server.url, name) for name in ("Ann", "Healthy", "Slow", "Gone"))
    ann.befriend(slow, gone)
    group = ann.create_group("Mixed", healthy, slow, gone)
    slow_socket, gone_socket = raw_chat(slow), raw_chat(gone)
    with ann.chat() as a, healthy.chat() as h:
        wait_for(lambda: is_online(ann, slow) and is_online(ann, gone), "both connected")
        worst = 0.0
        for n in range(FLOOD):
            started = time.monotonic()
            a.send(cmd=11, dstid=group, media=1, content=f"{n} {LONG}"[:5000], msgid=f"m{n}")
            message = h.expect(lambda f: f["cmd"] == 11 and f["media"] == 1)
            assert message["content"].startswith(f"{n} ")
            worst = max(worst, time.monotonic() - started)
        wait_for(lambda: not is_online(ann, slow), "the slow one was closed")
        wait_for(lambda: not is_online(ann, gone), "the vanished one was closed")
        assert worst < 5
    slow_socket.close()
    gone_socket.close()


def test_a_slow_reader_that_reads_on_gets_the_close_code_that_says_come_back(server: Server) -> None:
    """What it reads before is whole frames in order; then 4008, and history has the rest."""
    ann, bob = Person(server.url), Person(server.url)
    ann.befriend(bob)
    with ann.chat() as a:
        raw = raw_chat(bob)
        count = 0
        while is_online(ann, bob) and count < 4 * FLOOD:
            for _ in range(100):
                a.say(bob.id, f"{count:06d} {LONG}"[:5000])
                count += 1
        assert not is_online(ann, bob)
        stream = b""
        raw.settimeout(10)
        while data := raw.recv(65536):
            stream += data
        raw.close()
    frames = list(split_frames(stream.partition(b"\r\n\r\n")[2]))
    texts = [payload for opcode, payload in frames if opcode == 1 and payload != b"welcome!"]
    numbers = [int(payload.partition(b'"content":"')[2][:6]) for payload in texts]
    assert numbers == list(range(len(numbers)))
    assert len(bob.history(10, ann.id, after=count - 5)) == 5


def split_frames(stream: bytes) -> list[tuple[int, bytes]]:
    """Whole server frames; a part of one at the end is left out."""
    frames, start = [], 0
    while start + 2 <= len(stream):
        length, head = stream[start + 1], start + 2
        if length == 126 and head + 2 <= len(stream):
            (length,) = struct.unpack_from("!H", stream, head)
            head += 2
        if head + length > len(stream):
            break
        frames.append((stream[start] & 15, stream[head : head + length]))
        start = head + length
    return frames


def test_two_hundred_people_chat_at_once(server: Server) -> None:
    """100 pairs: every message arrives once and in order, every one is acknowledged."""
    people = [Person(server.url) for _ in range(200)]
    pairs = list(zip(people[::2], people[1::2], strict=True))
    for one, other in pairs:
        one.befriend(other)
    chats = {person.id: person.chat() for person in people}
    try:
        for n in range(10):
            for one, other in pairs:
                for sender, receiver in ((one, other), (other, one)):
                    chats[sender.id].send(
                        cmd=10, dstid=receiver.id, media=1, content=f"{sender.id}:{n}", msgid=f"{n}"
                    )
        for one, other in pairs:
            for sender, receiver in ((one, other), (other, one)):
                texts = [chats[receiver.id].expect(lambda f: f["cmd"] == 10)["content"] for _ in range(10)]
                assert texts == [f"{sender.id}:{n}" for n in range(10)]
                acks = [chats[sender.id].expect(lambda f: f["cmd"] == 12)["msgid"] for _ in range(10)]
                assert acks == [str(n) for n in range(10)]
            (state,) = one.sync()["conversations"]
            assert state["last_seq"] == 20
    finally:
        for chat in chats.values():
            chat.close()


def test_a_closed_connection_leaves_nothing_in_the_map(server: Server) -> None:
    """However it ends, by handshake, by reset, or cut in the middle of a frame."""
    ann, bob = Person(server.url), Person(server.url)
    ann.befriend(bob)
    for end in ("close", "reset", "half a frame"):
        raw = raw_chat(bob)
        wait_for(lambda: is_online(ann, bob), "online")
        if end == "close":
            raw.sendall(b"\x88\x80\0\0\0\0")
        elif end == "reset":
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        else:
            raw.sendall(b"\x81\xff\0\0")
        raw.close()
        wait_for(lambda: not is_online(ann, bob), f"offline after {end}")


def test_a_stopping_server_tells_everybody_to_come_back(start_server: StartServer) -> None:
    server = start_server()
    people = [Person(server.url) for _ in range(20)]
    chats = [person.chat() for person in people]
    server.stop()
    assert [chat.close_code() for chat in chats] == [1012] * 20
