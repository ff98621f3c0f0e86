"""Web Push from a message to a browser that is told of it: a push service of our own opens what arrives."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import gevent
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from gevent import Greenlet

from fastim.backends.push import Address
from fastim.backends.webpush import _hkdf, _point, b64, new_keys
from fastim.protocol import codec, limits
from fastim.protocol.entry import Entry
from fastim.protocol.events import EntryAdded
from fastim.realtime import pushing
from tests.api.test_action_costs import asked
from tests.client import Client
from tests.conftest import MakeApp

PRIVATE, PUBLIC = new_keys()
HOST = "push.example.org"


class Device:
    """A browser: its keys, and what it was told."""

    def __init__(self, place: str) -> None:
        self.endpoint = f"https://{HOST}/{place}"
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.auth = place.encode().ljust(16, b".")[:16]

    def fields(self) -> dict[str, str]:
        return {
            "endpoint": self.endpoint,
            "p256dh": b64(_point(self.key.public_key())),
            "auth": b64(self.auth),
        }

    def open(self, body: bytes) -> dict[str, Any]:
        """RFC 8291 from the other side."""
        salt, point, sealed = body[:16], body[21:86], body[86:]
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        info = b"WebPush: info\0" + _point(self.key.public_key()) + point
        shared = _hkdf(self.auth, self.key.exchange(ec.ECDH(), theirs), info, 32)
        key = _hkdf(salt, shared, b"Content-Encoding: aes128gcm\0", 16)
        nonce = _hkdf(salt, shared, b"Content-Encoding: nonce\0", 12)
        text = AESGCM(key).decrypt(nonce, sealed, None)
        assert text[-1:] == b"\x02"
        return dict(json.loads(text[:-1]))


class PushService(HTTPServer):
    """Takes pushes on this machine, and answers with `status`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Taker)
        self.status = 201
        self.taken: list[tuple[str, dict[str, str], bytes]] = []
        self.workers: list[Greenlet] = []
        """The greenlets that send to it."""
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    def reach(self, endpoint: str) -> Address:
        """In place of the check that forbids this very machine; there is no setting for it."""
        return Address(HOST, "127.0.0.1", self.server_port, tls=False)

    def take(self, count: int) -> list[tuple[str, dict[str, str], bytes]]:
        """What came, when all has been sent that is to be sent: so many."""
        gevent.joinall(self.workers, timeout=10, raise_error=True)
        assert all(worker.dead for worker in self.workers)
        taken, self.taken = self.taken, []
        assert len(taken) == count
        return taken

    def spawn(self, work: Callable[[], None]) -> Greenlet:
        self.workers.append(gevent.spawn(work))
        return self.workers[-1]


class _Taker(BaseHTTPRequestHandler):
    server: PushService

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((self.path, dict(self.headers), body))
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def service() -> Iterator[PushService]:
    made = PushService()
    yield made
    made.shutdown()
    made.server_close()


@pytest.fixture
def client(
    make_app: MakeApp, database_url: str, service: PushService, monkeypatch: pytest.MonkeyPatch
) -> Client:
    monkeypatch.setattr(pushing, "spawn", service.spawn)
    app = make_app(
        database_url=database_url, vapid_private_key=PRIVATE, vapid_subject="mailto:op@example.org"
    )
    app.extensions["fastim"].pusher._reach = service.reach
    return Client(app)


@pytest.fixture
def ann(client: Client) -> Client:
    return client.register(nickname="Ann")


@pytest.fixture
def bob(client: Client, ann: Client) -> Client:
    bob = client.register(nickname="Bob")
    ann.befriend(bob)
    return bob


_place = iter(range(1, 1 << 30))


def subscribe(person: Client) -> Device:
    device = Device(f"device{next(_place)}")
    assert person.post("/push/subscribe", **device.fields()).code == 0
    return device


def say(sender: Client, dst_id: int, text: str, kind: int = 10, **more: Any) -> None:
    """What the log publishes after a message's commit."""
    place = next(_place)
    entry = Entry(
        id=place, seq=place, time=place, userid=sender.id, cmd=kind, dstid=dst_id,
        media=more.pop("media", 1), content=text, **more,
    )  # fmt: skip
    event = EntryAdded(1, kind, sender.id, dst_id, place, entry.media, codec.encode(entry))
    sender.app.extensions["fastim"].bus.publish(event)


def test_a_message_reaches_a_browser_that_alone_can_read_it(
    ann: Client, bob: Client, service: PushService
) -> None:
    device = subscribe(bob)
    say(ann, bob.id, "晚上吃什么?")
    ((path, headers, body),) = service.take(1)
    assert f"https://{HOST}{path}" == device.endpoint
    assert (headers["Content-Encoding"], headers["Host"], headers["TTL"]) == ("aes128gcm", HOST, "86400")
    assert headers["Authorization"].startswith("vapid t=")
    assert headers["Authorization"].endswith(f", k={PUBLIC}")
    assert "吃".encode() not in body
    told = device.open(body)
    assert (told["key"], told["title"], told["body"]) == (f"10:{ann.id}", "Ann", "晚上吃什么?")

    bob.post("/contact/remark", dstid=ann.id, remark="Annie")
    bob.post("/user/update", lang="en")
    say(ann, bob.id, "", media=4)
    told = device.open(service.take(1)[0][2])
    assert (told["title"], told["body"]) == ("Annie", "[Picture]")
    bob.post_json("/settings/notices", {"preview": False})
    say(ann, bob.id, "a secret")
    assert device.open(service.take(1)[0][2])["body"] == "You have a new message"
    say(ann, bob.id, "长" * 5000)
    bob.post_json("/settings/notices", {"preview": True})
    assert len(service.take(1)[0][2]) < 4096


def test_nobody_is_told_who_wants_quiet_looks_already_or_blocked_the_sender(
    ann: Client, bob: Client, service: PushService
) -> None:
    device = subscribe(bob)
    subscribe(ann)  # one's own message wakes nobody
    for rules in ({"enabled": False}, {"enabled": True, "pauseduntil": (1 << 53) - 1}):
        bob.post_json("/settings/notices", rules)
        say(ann, bob.id, "hush")
        assert service.take(0) == []
    bob.post_json("/settings/notices", {"pauseduntil": 0})
    assert bob.post_json("/message/settings", {"cmd": 10, "dstid": ann.id, "muted": True}).code == 0
    say(ann, bob.id, "muted")
    assert service.take(0) == []
    say(ann, bob.id, "but I mean you", at=(bob.id,))
    assert device.open(service.take(1)[0][2])["body"] == "but I mean you"
    bob.post_json("/message/settings", {"cmd": 10, "dstid": ann.id, "muted": False})
    say(ann, bob.id, "joined", media=20)
    client_map = ann.app.extensions["fastim"].realtime.client_map
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(client_map), "is_attending", lambda self, user_id: user_id == bob.id)
        say(ann, bob.id, "you look")
        assert service.take(0) == []
    bob.post("/contact/block", dstid=ann.id, blocked="true")
    say(ann, bob.id, "blocked")
    assert service.take(0) == []


def test_a_group_tells_its_members_and_a_burst_tells_its_last_words(
    ann: Client, bob: Client, client: Client, service: PushService
) -> None:
    eve, outsider = client.register(nickname="Eve"), client.register()
    group = ann.post("/contact/createcommunity", name=f"pushed {ann.id}").data["id"]
    for person in (bob, eve):
        person.post("/contact/joincommunity", dstid=group)
    devices = {device.endpoint: device for device in map(subscribe, (bob, eve, eve, ann, outsider))}
    assert service.take(0) == []
    for text in ("one", "two", "three"):
        say(ann, group, text, kind=11)
    told = [devices[f"https://{HOST}{path}"].open(body) for path, _, body in service.take(3)]
    assert {row["body"] for row in told} == {"Ann: three"}
    assert {(row["key"], row["title"]) for row in told} == {(f"11:{group}", f"pushed {ann.id}")}


def test_who_says_it_and_where_is_asked_once_and_is_what_they_are_called_now(
    ann: Client,
    bob: Client,
    service: PushService,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each message asks who listens, and the first one for the names."""
    device = subscribe(bob)
    group = ann.post("/contact/createcommunity", name=f"asked {ann.id}").data["id"]
    bob.post("/contact/joincommunity", dstid=group)

    def told(dst_id: int, kind: int, count: int) -> tuple[str, str]:
        """The push's words, which cost so many statements."""
        with asked(ann.app, monkeypatch) as ran:
            say(ann, dst_id, "hello", kind)
            ((_, _, body),) = service.take(1)
        assert len(ran) == count, "\n".join(ran)
        shown = device.open(body)
        return shown["title"], shown["body"]

    assert told(bob.id, 10, 2) == ("Ann", "hello")
    assert told(bob.id, 10, 1) == ("Ann", "hello")
    assert told(group, 11, 2) == (f"asked {ann.id}", "Ann: hello")
    assert told(group, 11, 1) == (f"asked {ann.id}", "Ann: hello")
    ann.post("/user/update", nickname="Annie")
    ann.post("/contact/updatecommunity", dstid=group, name=f"now {ann.id}")
    assert told(group, 11, 3) == (f"now {ann.id}", "Annie: hello")
    assert told(bob.id, 10, 1) == ("Annie", "hello")


def test_what_a_push_service_knows_no_more_is_forgotten(
    ann: Client, bob: Client, service: PushService
) -> None:
    subscribe(bob)
    for status, comes_again in ((500, True), (429, True), (410, True), (201, False)):
        service.status = status
        say(ann, bob.id, str(status))
        service.take(1 if comes_again else 0)


def test_a_subscription_ends_with_its_session_and_is_its_owners_alone(
    ann: Client, bob: Client, service: PushService
) -> None:
    device = subscribe(bob)
    assert ann.post("/push/unsubscribe", endpoint=device.endpoint).code == 0
    say(ann, bob.id, "still there")
    service.take(1)
    bob.post("/logout")
    assert bob.post("/user/logout").code == 0
    say(ann, bob.id, "signed out")
    assert service.take(0) == []
    again = bob.login(bob.mobile)
    assert again.post("/push/subscribe", **device.fields()).code == 0
    assert ann.post("/push/subscribe", **device.fields()).code == 0  # another account in that browser
    say(ann, bob.id, "not to Ann's browser")
    assert service.take(0) == []


def test_bad_subscriptions_are_refused_and_many_make_room(
    ann: Client, bob: Client, service: PushService, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = Device("good").fields()
    for field, value in (
        ("endpoint", "https://127.0.0.1/x"), ("endpoint", "http://push.example.org/"),
        ("endpoint", "x" * 2000),
        ("p256dh", "AAAA"), ("p256dh", "*" * 87), ("auth", ""), ("auth", "A" * 30),
    ):  # fmt: skip
        answer = ann.post_json("/push/subscribe", good | {field: value})
        assert (answer.status, answer.json["field"]) == (400, field)
    monkeypatch.setattr(limits, "PUSHES_PER_USER", 2)
    devices = [subscribe(bob) for _ in range(3)]
    say(ann, bob.id, "to two")
    told = {f"https://{HOST}{path}" for path, _, _ in service.take(2)}
    assert told == {device.endpoint for device in devices[1:]}


def test_without_keys_there_is_no_push(sqlite_client: Client) -> None:
    ann = sqlite_client.register()
    assert ann.post("/push/subscribe", **Device("none").fields()).error == "push_off"
