"""Films, cards and places as messages: what may be sent, who gets what, what a card opens."""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import os
import socket
import urllib.request
from contextlib import closing
from typing import Any

from fastim.protocol import limits
from tests import pictures, recordings
from tests.api.test_upload_hostile import BOUNDARY, END, part
from tests.people import Person
from tests.servers import Server
from tests.ws import Chat, Frame

_numbers = itertools.count()


def put(person: Person, content: bytes) -> str:
    """The address of an upload."""
    headers = {
        "Authorization": f"Bearer {person.token}",
        "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
    }
    body = part(content, 'name="file"; filename="a"') + END
    request = urllib.request.Request(f"{person.base}/attach/upload", body, headers)
    with urllib.request.urlopen(request, timeout=20) as answer:
        return str(json.load(answer)["data"])


def send(chat: Chat, to: int, media: int, cmd: int = 10, **fields: Any) -> Frame:
    """The ack or the refusal of a message."""
    msgid = f"media{next(_numbers)}"
    chat.send(cmd=cmd, dstid=to, media=media, msgid=msgid, **fields)
    return chat.expect(lambda frame: frame["cmd"] in (12, 13) and frame.get("msgid") == msgid)


def test_a_message_shows_what_it_says_it_shows(server: Server) -> None:
    """A film has something to see, a voice nothing; a place is on earth; a card is of a friend."""
    ann, bob, eve = (Person(server.url, name) for name in ("Ann", "Bob", "Eve"))
    ann.befriend(bob)
    group = eve.create_group(f"g{eve.id}")
    film, voice = put(ann, recordings.MP4), put(ann, recordings.WEBM_VOICE)
    picture, page = put(ann, pictures.picture("PNG")), put(ann, pictures.HTML)
    with ann.chat() as chat:
        for media, fields, error in (
            (8, {"url": film, "pic": film + "?thumb=1", "memo": "640x480", "amount": 3}, None),
            (3, {"url": voice, "amount": 3, "memo": "0123456789abcdef"}, None),
            (5, {"url": film, "memo": "film.mp4"}, None),
            (8, {"url": voice}, "bad_url"),
            (8, {"url": page}, "bad_url"),
            (8, {"url": "/asset/stickers/pea/eat.webp"}, "bad_url"),
            (8, {"url": film, "pic": picture}, "bad_url"),
            (8, {"url": "https://evil.example/a.mp4"}, "bad_url"),
            (8, {}, "bad_url"),
            (3, {"url": film}, "bad_url"),
            (3, {"url": page}, "bad_url"),
            (4, {"url": film}, "bad_url"),
            (10, {"content": "东方明珠", "memo": "31.239700,121.499800"}, None),
            (10, {"content": "South", "memo": "-90,-180"}, None),
            (10, {"content": "", "memo": "1,1"}, "bad_location"),
            (10, {"content": "a", "memo": "90.1,0"}, "bad_location"),
            (10, {"content": "a", "memo": "0,-180.0000001"}, "bad_location"),
            (10, {"content": "a", "memo": "nan,inf"}, "bad_location"),
            (10, {"content": "a", "memo": "٣,٣"}, "bad_location"),
            (10, {"content": "a", "memo": "1,1\n"}, "bad_location"),
            (10, {"content": "a", "memo": "1,1", "url": picture}, "bad_url"),
            (9, {"memo": "person", "amount": bob.id}, None),
            (9, {"memo": "person", "amount": ann.id}, None),
            (9, {"memo": "person", "amount": eve.id}, "bad_card"),
            (9, {"memo": "person", "amount": 10**9}, "bad_card"),
            (9, {"memo": "group", "amount": group}, "bad_card"),
            (9, {"memo": "planet", "amount": 1}, "bad_card"),
            (9, {"memo": "person", "amount": bob.id, "pic": picture}, "bad_url"),
        ):
            assert send(chat, bob.id, media, **fields).get("error") == error, (media, fields)


def test_a_card_opens_for_whoever_was_sent_it(server: Server) -> None:
    """Its name is the target's own, whatever its sender calls them; with it one may add or join."""
    ann, bob, eve, mallory = (Person(server.url, name) for name in ("Ann", "Bob", "Eve", "Mallory"))
    ann.befriend(bob, eve)
    group = ann.create_group(f"g{ann.id}", eve)
    with ann.chat() as chat, bob.chat() as other:
        seq = send(chat, bob.id, 9, memo="person", amount=eve.id, content="The Queen")["seq"]
        assert other.expect(lambda frame: frame.get("media") == 9)["content"] == "Eve"
        club = send(chat, bob.id, 9, memo="group", amount=group)["seq"]
        text = chat.say(bob.id, "no card")["seq"]
        card = bob.post("/message/card", cmd=10, dstid=ann.id, seq=seq)["data"]
        assert (card["of"], card["id"], card["name"], card["known"]) == ("person", eve.id, "Eve", False)
        face = bob.post("/message/card", cmd=10, dstid=ann.id, seq=club)["data"]
        assert (face["of"], face["id"], face["members"], face["known"]) == ("group", group, 2, False)
        for person, fields in (
            (mallory, {"dstid": ann.id, "seq": seq}),
            (bob, {"dstid": ann.id, "seq": text}),
            (bob, {"dstid": ann.id, "seq": 10**6}),
        ):
            assert person.post("/message/card", cmd=10, **fields)["error"] == "not_found"
        assert bob.post("/contact/addfriend", dstid=card["id"])["data"]["state"] == "added"
        assert bob.post("/contact/joincommunity", dstid=face["id"])["code"] == 0
        for number in (seq, club):
            assert bob.post("/message/card", cmd=10, dstid=ann.id, seq=number)["data"]["known"]
        chat.send(cmd=19, kind=10, dstid=bob.id, seq=seq, msgid="back")
        chat.expect(lambda frame: frame["cmd"] == 12 and frame["msgid"] == "back")
        assert bob.post("/message/card", cmd=10, dstid=ann.id, seq=seq)["error"] == "not_found"


def test_old_pages_are_told_in_words_what_they_cannot_show(server: Server) -> None:
    """A row without anything in it would be all that they make of it."""
    ann, bob = Person(server.url, "Ann"), Person(server.url, "Bob")
    ann.befriend(bob)
    film = put(ann, recordings.MP4)
    with ann.chat() as chat, bob.chat(v2=False) as old, bob.chat() as new:
        for media, fields, words in (
            (10, {"content": "东方明珠", "memo": "31.2397,121.4998"}, "东方明珠"),
            (9, {"memo": "person", "amount": ann.id}, "Ann"),
            (8, {"url": film, "content": "holiday"}, f"holiday {film}"),
            (5, {"url": film, "memo": "film.mp4"}, f"film.mp4 {film}"),
        ):
            ack = send(chat, bob.id, media, **fields)
            said = old.message(words)
            assert (said["media"], said["id"], said["userid"]) == (1, ack["id"], ann.id)
            assert new.expect(lambda frame, seq=ack["seq"]: frame.get("seq") == seq)["media"] == media


def test_what_one_device_has_heard_the_others_know(server: Server) -> None:
    """At once where they are connected, by sync where not; nobody else learns of it."""
    ann, bob = Person(server.url, "Ann"), Person(server.url, "Bob")
    ann.befriend(bob)
    voice = put(ann, recordings.WEBM_VOICE)
    with ann.chat() as chat, bob.chat() as phone:
        seqs = [send(chat, bob.id, 3, url=voice, amount=2)["seq"] for _ in range(3)]
        text = chat.say(bob.id, "no voice")["seq"]
        assert bob.post("/message/settings", cmd=10, dstid=ann.id, muted=True)["code"] == 0
        revision = bob.sync()["revision"]
        played = {"cmd": 10, "dstid": ann.id}
        assert bob.post("/message/played", **played, seqs=[*seqs[:2], text, 10**6])["data"]["count"] == 2
        told = phone.expect(lambda frame: frame["cmd"] == 28)
        heard = {"cmd": 28, "kind": 10, "dstid": ann.id, "seqs": seqs[:2], "revision": revision + 1}
        assert told == heard
        assert bob.post("/message/played", **played, seqs=seqs[:2])["data"]["count"] == 0
        missed = bob.post("/message/sync", cursor="", revision=revision)["data"]
        assert missed["heard"] == bob.sync()["heard"] == [heard]
        assert missed["revision"] == revision + 1
        assert ann.sync()["heard"] == []
        assert not [frame for frame in chat.drain_until_pulse() if frame["cmd"] == 28]
        assert ann.post("/message/played", cmd=10, dstid=10**6, seqs=[1])["error"] == "not_found"


def test_a_part_that_breaks_off_changes_nothing(server: Server) -> None:
    """Whole parts of the largest size go through; half of one, and the sender is gone, is none."""
    ann = Person(server.url, "Ann")
    content = os.urandom(limits.PART_BYTES + limits.PART_LEAST_BYTES)
    sha256 = hashlib.sha256(content).hexdigest()
    begun = ann.post("/attach/begin", bytes=len(content), name="a.bin", sha256=sha256)["data"]

    def put_part(offset: int, sent: bytes, whole: bytes) -> socket.socket:
        line = socket.create_connection(("127.0.0.1", server.port), 20)
        digest = base64.b64encode(hashlib.sha256(whole).digest()).decode()
        head = (
            f"PUT /attach/part/{begun['id']} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {ann.token}\r\n"
            f"Upload-Offset: {offset}\r\nContent-Digest: sha-256=:{digest}:\r\n"
            f"Content-Length: {len(whole)}\r\nConnection: close\r\n\r\n"
        )
        line.sendall(head.encode() + sent)
        return line

    first, last = content[: limits.PART_BYTES], content[limits.PART_BYTES :]
    put_part(0, first[: 1 << 20], first).close()
    assert ann.post("/attach/state", id=begun["id"])["data"]["offset"] == 0
    for offset, part_of in ((0, first), (len(first), last)):
        with closing(put_part(offset, part_of, part_of)) as line:
            assert b" 200 " in line.recv(100)
    assert ann.post("/attach/finish", id=begun["id"])["code"] == 0
