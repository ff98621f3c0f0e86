"""The world itself: who is in it, what they say to each other, and when they said it."""

from __future__ import annotations

import itertools
import json
import sqlite3
import time
import urllib.request
import uuid
from pathlib import Path
from typing import Any

from fastim.protocol.frames import CARD, FILE, GROUP, LOCATION, PICTURE, SINGLE, TEXT, VIDEO, VOICE
from tests.people import Person
from tests.recordings import WEBM_VIDEO, WEBM_VOICE
from tools.picture_world.drawing import AUTUMN, MORNING, PALETTES, landscape, leaf
from tools.picture_world.words import Words

MINUTE, HOUR, DAY = 60, 3600, 86_400
FIRST_MOBILE = 13_800_000_002
WAVE = "2469bdfeca86579bdeca7421369cefdb97531258acefdb8642"
STATION = "31.249600,121.455700"
_LEAVES = {
    1: ((214, 236, 226), (31, 122, 98), 25.0),
    2: ((250, 226, 200), (196, 104, 40), -30.0),
    4: ((232, 222, 246), (112, 82, 176), 140.0),
    5: ((214, 230, 246), (42, 104, 170), 60.0),
}


class World:
    """What it makes is stored by the server `base`; `set_times` then writes when it was said."""

    def __init__(self, base: str, words: Words) -> None:
        self.base, self.words = base, words
        self.now = int(time.time())
        self.times: list[tuple[int, int, int, int, int]] = []
        """(kind, low, high, seq, ms)"""
        self._msgids = itertools.count(1)
        self.people = [
            Person(base, name, mobile=str(FIRST_MOBILE + place), memo=memo)
            for place, (name, memo) in enumerate(zip(words.names, words.memos, strict=True))
        ]
        self.me = self.people[0]
        self.chats = [person.chat() for person in self.people]
        for place, (ground, colour, turn) in _LEAVES.items():
            url = self._upload(self.people[place], leaf(ground, colour, turn), "avatar.png")["url"]
            self._ask(self.people[place], "/user/update", avatar=url)
        self.me.befriend(*self.people[1:])
        self.people[2].befriend(self.people[3])

    def make(self) -> None:
        """Everything: talks, groups, requests, favourites, and how the list of talks stands."""
        self._make_groups()
        self._talk_in(self.studio, self.words.studio_talk, 3 * HOUR)
        self._talk_in(self.flat, self.words.flat_talk, 5 * DAY)
        self._talk_in(self.book, self.words.book_talk, 26 * HOUR)
        for place, (text, ago) in enumerate(
            zip(self.words.lines, (2 * HOUR, DAY, 3 * DAY, 40 * MINUTE), strict=True), 2
        ):
            self.say(place, SINGLE, self.me.id, self.now - ago, content=text)
        self._talk_with_friend()
        self._hike()
        self._arrange()

    def close(self) -> None:
        for chat in self.chats:
            chat.close()

    def _make_groups(self) -> None:
        words, people = self.words, self.people
        everyone = people[:1] + people[2:]
        self.hike = people[1].create_group(words.group, *everyone)
        self.studio = people[2].create_group(words.studio, self.me, people[3], people[6])
        self.book = people[4].create_group(words.book, self.me, people[5], people[7])
        self.flat = people[5].create_group(words.flat, self.me, people[6])
        icon = self._upload(people[1], landscape(MORNING, (400, 400), 5), "icon.jpg")["url"]
        self._ask(people[1], "/contact/updatecommunity", dstid=self.hike, memo=words.group_memo, icon=icon)
        self._ask(people[1], "/community/admin", dstid=self.hike, memberid=self.me.id)
        self._ask(people[2], "/contact/updatecommunity", dstid=self.studio, memo=words.studio_memo)
        for group, ago in (
            (self.hike, 9 * DAY),
            (self.studio, 9 * DAY),
            (self.book, 9 * DAY),
            (self.flat, 9 * DAY),
        ):
            last = self.me.history(GROUP, group)
            self.times += [(GROUP, group, 0, entry["seq"], (self.now - ago) * 1000) for entry in last]

    def _talk_in(self, group: int, talk: tuple[tuple[int, str], ...], ago: int) -> None:
        for place, (speaker, text) in enumerate(talk):
            when = self.now - ago + place * 3 * MINUTE
            if text == "record":
                self._forward_friend_talk(speaker, group, when)
            else:
                self.say(speaker, GROUP, group, when, content=text)

    def _forward_friend_talk(self, speaker: int, group: int, when: int) -> None:
        """A record of what the speaker and person 3 said about samples."""
        pair = ((speaker, self.people[3].id), (3, self.people[speaker].id))
        seqs = [
            self.say(one, SINGLE, to, when - HOUR + place * MINUTE, content=text)
            for place, ((one, to), (_, text)) in enumerate(
                zip(pair, self.words.studio_talk[2:4], strict=True)
            )
        ]
        seqs.append(self._photo(speaker, SINGLE, self.people[3].id, when - 50 * MINUTE, 11))
        seqs.append(self._place(speaker, SINGLE, self.people[3].id, when - 45 * MINUTE))
        seqs.append(self._film(speaker, SINGLE, self.people[3].id, when - 44 * MINUTE))
        self._send(
            speaker, GROUP, group, when,
            cmd=25, kind=GROUP, from_kind=SINGLE, from_id=self.people[3].id, seqs=seqs, merged=True,
        )  # fmt: skip

    def _talk_with_friend(self) -> None:
        """Ends a few minutes ago; the middle of it was yesterday's."""
        friend = self.people[1].id
        seqs: list[int] = []
        for place, (speaker, text) in enumerate(self.words.friend):
            to = self.me.id if speaker else friend
            when = self.now - (DAY if place < 3 else 0) - (len(self.words.friend) - place) * 2 * MINUTE
            match text:
                case "photo":
                    seq = self._photo(speaker, SINGLE, to, when, 3)
                case "sticker":
                    seq = self.say(
                        speaker, SINGLE, to, when, media=PICTURE, url="/asset/stickers/mochi/love.webp"
                    )
                case "voice":
                    voice = self._upload(self.people[speaker], WEBM_VOICE, "voice.webm", kind="voice")[
                        "url"
                    ]
                    seq = self.say(speaker, SINGLE, to, when, media=VOICE, url=voice, amount=14, memo=WAVE)
                case _:
                    reply = {"reply": seqs[3]} if place == 4 else {}
                    seq = self.say(speaker, SINGLE, to, when, content=text, **reply)
            seqs.append(seq)
        self.react(0, SINGLE, friend, seqs[3], "😍")
        self.react(1, SINGLE, self.me.id, seqs[7], "👍")
        self.react(1, SINGLE, self.me.id, seqs[7], "🍊")
        self.chats[1].send(cmd=14, kind=SINGLE, dstid=self.me.id, seq=seqs[-1])
        self._ask(self.me, "/message/favourite", cmd=SINGLE, dstid=friend, seq=seqs[2])
        self._ask(self.me, "/message/favourite", cmd=SINGLE, dstid=friend, seq=seqs[3])

    def _hike(self) -> None:
        photos = itertools.count(0)
        words = self.words
        said: list[int] = []
        for place, (speaker, text) in enumerate(words.hike):
            when = self.now - 90 * MINUTE + place * 4 * MINUTE
            match text:
                case "photo":
                    seq = self._photo(speaker, GROUP, self.hike, when, next(photos))
                case "place":
                    seq = self._place(speaker, GROUP, self.hike, when)
                case "film":
                    seq = self._film(speaker, GROUP, self.hike, when)
                case "file":
                    stored = self._upload(
                        self.people[speaker], b"%PDF-1.4\n" + bytes(1_840_000), words.file, kind="file"
                    )
                    seq = self.say(
                        speaker,
                        GROUP,
                        self.hike,
                        when,
                        media=FILE,
                        url=stored["url"],
                        memo=words.file,
                        amount=1_840_009,
                    )
                case _:
                    at_whom = {"at": [self.me.id]} if place == 12 else {"at": [0]} if place == 14 else {}
                    reply = {"reply": said[12]} if place == 13 else {}
                    seq = self.say(speaker, GROUP, self.hike, when, content=text, **at_whom, **reply)
            said.append(seq)
        for person, emoji in ((0, "❤️"), (4, "❤️"), (6, "❤️"), (2, "🏔️"), (1, "🏔️")):
            self.react(person, GROUP, self.hike, said[5], emoji)
        for person in (2, 3, 5, 6):
            self.react(person, GROUP, self.hike, said[7], "👍")
        for person in (1, 2, 3, 4, 6):
            self.chats[person].send(cmd=14, kind=GROUP, dstid=self.hike, seq=said[13])
        self._send(1, GROUP, self.hike, self.now - 20 * MINUTE, cmd=24, kind=GROUP, seq=said[0])
        for seq in (said[4], said[8], said[10], said[11]):
            self._ask(self.me, "/message/favourite", cmd=GROUP, dstid=self.hike, seq=seq)
        self._ask(self.people[1], "/community/putnotice", dstid=self.hike, text=words.notice)
        self._ask(self.people[1], "/community/makelink", dstid=self.hike)

    def _arrange(self) -> None:
        me, people, words = self.me, self.people, self.words
        self._ask(me, "/contact/remark", dstid=people[5].id, remark=words.remark)
        for place, tags in (
            (1, [words.tags[0]]),
            (2, [words.tags[1]]),
            (3, list(words.tags)),
            (6, [words.tags[1]]),
        ):
            self._ask(me, "/contact/tags", dstid=people[place].id, tags=tags)
        self._ask(me, "/settings/privacy", adding="ask")
        stranger = Person(self.base, words.asking[0])
        stranger.post("/contact/addfriend", dstid=me.id, dstname=me.mobile, note=words.asking[1])
        for kind, dstid, fields in (
            (SINGLE, people[1].id, {"pinned": True}),
            (GROUP, self.hike, {"pinned": True}),
            (GROUP, self.studio, {"muted": True}),
            (GROUP, self.flat, {"archived": True}),
            (SINGLE, people[2].id, {"draft": words.draft}),
        ):
            self._ask(me, "/message/settings", cmd=kind, dstid=dstid, **fields)
        for kind, dstid in (
            (SINGLE, people[1].id), (SINGLE, people[2].id), (SINGLE, people[3].id), (SINGLE, people[4].id),
            (GROUP, self.flat), (GROUP, self.book),
        ):  # fmt: skip
            entries = me.history(kind, dstid)
            self.chats[0].send(cmd=14, kind=kind, dstid=dstid, seq=entries[-1]["seq"])
        self.chats[0].drain_until_pulse()

    def _photo(self, speaker: int, kind: int, dstid: int, when: int, seed: int) -> int:
        size = (1200, 800) if seed % 2 else (900, 1120)
        stored = self._upload(self.people[speaker], landscape(PALETTES[seed % 4], size, seed), "photo.jpg")
        return self.say(
            speaker, kind, dstid, when, media=PICTURE, url=stored["url"], pic=stored["thumb"],
            memo=f"{stored['width']}x{stored['height']}",
        )  # fmt: skip

    def _film(self, speaker: int, kind: int, dstid: int, when: int) -> int:
        person = self.people[speaker]
        film = self._upload(person, WEBM_VIDEO, "film.webm", kind="video")["url"]
        still = self._upload(person, landscape(AUTUMN, (1280, 720), 8), "still.jpg")["url"]
        poster = self._ask(person, "/attach/poster", url=film, poster=still)
        return self.say(
            speaker, kind, dstid, when, media=VIDEO, url=film, pic=poster, memo="1280x720", amount=23
        )

    def _place(self, speaker: int, kind: int, dstid: int, when: int) -> int:
        return self.say(speaker, kind, dstid, when, media=LOCATION, content=self.words.place, memo=STATION)

    def card(self, speaker: int, kind: int, dstid: int, when: int, of: int) -> int:
        """A card of person `of`."""
        person = self.people[of]
        return self.say(
            speaker,
            kind,
            dstid,
            when,
            media=CARD,
            content=person.me["nickname"],
            amount=person.id,
            memo="person",
        )

    def say(self, speaker: int, kind: int, dstid: int, when: int, **fields: Any) -> int:
        """Send a message that was said at `at`; its seq."""
        return self._send(speaker, kind, dstid, when, **{"cmd": kind, "media": TEXT, **fields})

    def react(self, speaker: int, kind: int, dstid: int, seq: int, emoji: str) -> None:
        self._send(speaker, kind, dstid, self.now, cmd=21, kind=kind, seq=seq, emoji=emoji, on=True)

    def _send(self, speaker: int, talk_kind: int, talk: int, when: int, **frame: Any) -> int:
        msgid = f"w{next(self._msgids)}"
        chat = self.chats[speaker]
        chat.send(**{"dstid": talk, **frame, "msgid": msgid})
        ack = chat.expect(lambda one: one["cmd"] in (12, 13) and one.get("msgid") == msgid)
        if ack["cmd"] == 13:
            raise SystemExit(f"refused: {ack} {frame}")
        low, high = (talk, 0) if talk_kind == GROUP else sorted((self.people[speaker].id, talk))
        self.times.append((talk_kind, low, high, ack["seq"], when * 1000))
        return int(ack["seq"])

    def _ask(self, person: Person, path: str, **fields: Any) -> Any:
        answer = person.post(path, **fields)
        if answer["code"]:
            raise SystemExit(f"{path}: {answer}")
        return answer.get("data")

    def _upload(self, person: Person, content: bytes, name: str, kind: str = "picture") -> dict[str, Any]:
        border = uuid.uuid4().hex
        part = (
            f'--{border}\r\nContent-Disposition: form-data; name="kind"\r\n\r\n{kind}\r\n'
            f'--{border}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        )
        request = urllib.request.Request(  # noqa: S310 our own server
            self.base + "/attach/upload",
            part.encode() + content + f"\r\n--{border}--\r\n".encode(),
            {
                "Content-Type": f"multipart/form-data; boundary={border}",
                "Authorization": f"Bearer {person.token}",
            },
        )
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
            return dict(json.load(answer)["file"])

    def set_times(self, database: Path) -> None:
        """Write when everything was said into the database of the stopped server."""
        with sqlite3.connect(database) as connection:
            for kind, low, high, seq, time_ms in self.times:
                connection.execute(
                    "UPDATE message SET time_ms = ? WHERE seq = ? AND conversation_id ="
                    " (SELECT id FROM conversation WHERE kind = ? AND low_id = ? AND high_id = ?)",
                    (time_ms, seq, kind, low, high),
                )
        connection.close()
