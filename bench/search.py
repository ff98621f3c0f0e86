"""`python -m bench.search`: how long searches take among a million messages, on both kinds of database.

The messages are written straight into the database, the index is made from them as a server makes it, and
then whole searches are timed as a request does them: who asks and where, the index, and the look at each
message. The data are in the folder for temporary files; TMPDIR names another.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import flask_migrate
from flask import Flask
from sqlalchemy import insert

from bench import machine
from bench.private_mariadb import PrivateMariaDb
from fastim.app import create_app
from fastim.config import Settings
from fastim.models import Conversation, Message, Position, User, db
from fastim.protocol import codec, frames
from fastim.services.search import Wanted

_CONVERSATIONS = 20_000
_OWN = 300
"""Conversations of who asks, of all sizes."""
_PEOPLE = 5_000
_ROWS = 20_000
_WEEK_MS = 7 * 86_400_000
_YEAR_MS = 365 * 86_400_000
_EVERYWHERE, _ELSEWHERE, _RARE, _PHRASE = "会议", "加班", "鸿鹄", "吃饭"
"""A word in a tenth of all messages; one in a tenth, none of them one's own; one in a few; a phrase."""
_ENGLISH_EVERYWHERE, _ENGLISH_ELSEWHERE = "meeting", "overtime"
_CHINESE = (
    "今天 明天 我们 你们 一起 去 吃饭 吧 好的 没问题 收到 谢谢 不客气 在哪里 公司 项目 "
    "什么时候 开始 已经 完成 了 我 觉得 可以 这个 那个 问题 需要 看 一下 文件 发给 "
    "你 的 他 说 周末 有空 吗 天气 不错 下雨 地铁 晚点 到 家 孩子 学校 "
    "作业 医院 快递 电影 爬山 火锅 咖啡 机票 酒店 预算 合同 客户 报告 设计 测试 上线 "
    "版本 服务器 "
)
_ENGLISH = (
    "the a to and of is in it you that for on with this "
    "are be have not at we can will please thanks today tomorrow project report "
    "budget design review release version server deploy client contract lunch coffee train ticket hotel "
    "weekend hiking movie school homework doctor parcel rain morning evening later soon "
)

Search = tuple[str, Callable[[random.Random], Wanted]]


class _World:
    """Who asks, where, and what is said."""

    def __init__(self, messages: int, seed: int) -> None:
        self.random = random.Random(seed)
        self.messages = messages
        self.own = frozenset(self.random.sample(range(1, _CONVERSATIONS + 1), _OWN))
        weights = [1 / (place + 10) ** 0.8 for place in range(_CONVERSATIONS)]
        self._bounds = list(itertools.accumulate(weights))

    def text(self, number: int, conversation_id: int) -> str:
        """Zh and en as four to one; how often each of the measured words comes is by number."""
        is_chinese = number % 5 != 0
        words = (_CHINESE if is_chinese else _ENGLISH).split()
        said = self.random.choices(words, k=self.random.randint(1, 12))
        is_own = conversation_id in self.own
        if self.random.random() < 0.1:
            said.append(_EVERYWHERE if is_chinese else _ENGLISH_EVERYWHERE)
        if not is_own and self.random.random() < 0.1:
            said.append(_ELSEWHERE if is_chinese else _ENGLISH_ELSEWHERE)
        if number % 20_000 == 7 or (is_own and number % 5_000 == 11):
            said.append(_RARE)
        self.random.shuffle(said)
        return ("" if is_chinese else " ").join(said)

    def said(self, number: int, conversation_id: int) -> tuple[int, frames.Body]:
        """A picture each fifty, a file each two hundred, a link each hundred; else words."""
        if number % 50 == 1:
            return frames.PICTURE, frames.Body(url=f"/asset/{number}.webp", memo="800x600")
        if number % 200 == 2:
            return frames.FILE, frames.Body(url=f"/asset/{number}.pdf", memo=f"报告 {number}.pdf", amount=9)
        text = self.text(number, conversation_id)
        if number % 100 == 3:
            text += f" https://example.org/{number}"
        return frames.TEXT, frames.Body(content=text)

    def rows(self) -> Iterator[dict[str, object]]:
        now_ms = time.time_ns() // 1_000_000
        last = [0] * (_CONVERSATIONS + 1)
        ids = range(1, _CONVERSATIONS + 1)
        places = self.random.choices(ids, cum_weights=self._bounds, k=self.messages)
        for number, conversation_id in enumerate(places, 1):
            last[conversation_id] += 1
            media, body = self.said(number, conversation_id)
            yield {
                "id": number,
                "conversation_id": conversation_id,
                "seq": last[conversation_id],
                "sender_id": 1 + (conversation_id * 7 + number % 5) % _PEOPLE,
                "media": media,
                "body": codec.encode(body).decode(),
                "time_ms": now_ms - _YEAR_MS + number * _YEAR_MS // self.messages,
            }
        self.last = last


def _insert(table: type, rows: Iterator[dict[str, object]]) -> None:
    while some := list(itertools.islice(rows, _ROWS)):
        db.session.connection(execution_options={"fastim_write": True})
        db.session.execute(insert(table), some)
        db.session.commit()


def _fill(world: _World) -> None:
    """Needs an app context."""
    people = range(1, _PEOPLE + 1)
    _insert(User, ({"id": n, "mobile": f"+99{n:010d}", "passwd": "!"} for n in people))
    _insert(Message, world.rows())
    ids = range(1, _CONVERSATIONS + 1)
    _insert(
        Conversation,
        ({"id": n, "kind": 11, "low_id": n, "high_id": 0, "last_seq": world.last[n]} for n in ids),
    )
    newest = db.func.coalesce(
        db.select(db.func.max(Message.id))
        .where(Message.conversation_id == Conversation.id)
        .scalar_subquery(),
        0,
    )
    db.session.connection(execution_options={"fastim_write": True})
    db.session.execute(db.update(Conversation).values(last_id=newest))
    db.session.commit()
    _insert(Position, ({"user_id": 1, "conversation_id": n} for n in sorted(world.own)))


def _searches(world: _World) -> list[Search]:
    chances = _Chances(world)
    return [*_with_words(chances), *_without_words(chances)]


class _Chances:
    """What a search is narrowed down to, by chance."""

    def __init__(self, world: _World) -> None:
        self._own = sorted(world.own)
        self._messages = world.messages
        self.now_ms = time.time_ns() // 1_000_000

    def week(self, chance: random.Random) -> dict[str, Any]:
        since_ms = self.now_ms - chance.randrange(_YEAR_MS)
        return {"since_ms": since_ms, "until_ms": since_ms + _WEEK_MS}

    def talk(self, chance: random.Random) -> dict[str, Any]:
        return {"kind": 11, "dst_id": chance.choice(self._own)}

    def older(self, chance: random.Random) -> dict[str, Any]:
        return {"before": chance.randint(1, self._messages)}

    def sender(self, chance: random.Random) -> dict[str, Any]:
        return {"sender_id": self.sender_in(chance, chance.choice(self._own))}

    def sender_in_talk(self, chance: random.Random) -> dict[str, Any]:
        where = self.talk(chance)
        return {"sender_id": self.sender_in(chance, where["dst_id"]), **where}

    def sender_in(self, chance: random.Random, conversation_id: int) -> int:
        return 1 + (conversation_id * 7 + chance.randrange(5)) % _PEOPLE


def _with_words(chances: _Chances) -> list[Search]:
    def plain(*texts: str) -> Callable[[random.Random], Wanted]:
        return lambda chance: Wanted(text=chance.choice(texts))

    return [
        ("rare word", plain(_RARE)),
        ("in a tenth of all", plain(_EVERYWHERE, _ENGLISH_EVERYWHERE)),
        ("in a tenth of all, not one's own", plain(_ELSEWHERE, _ENGLISH_ELSEWHERE)),
        ("one character", plain("的", "吃", "我", "班", "火")),
        ("two characters", plain(_PHRASE, "项目", "周末", "火锅")),
        ("four characters", plain("今天吃饭", "我们一起", "一起去吃", "周末爬山")),
        ("two words", plain(f"{_EVERYWHERE} 咖啡", "meeting budget", "项目 上线", "吃饭 火锅")),
        ("beginning of a word", plain("mee", "proj", "re", "we")),
        ("one letter", plain("m", "t", "b", "r")),
        ("nothing has it", plain("魑魅", "zzzyx", "9999")),
        ("by one sender", lambda chance: Wanted(text=_PHRASE, **chances.sender(chance))),
        ("within one week", lambda chance: Wanted(text=_EVERYWHERE, **chances.week(chance))),
        ("in one conversation", lambda chance: Wanted(text=_EVERYWHERE, **chances.talk(chance))),
    ]


def _without_words(chances: _Chances) -> list[Search]:
    talk, week, older = chances.talk, chances.week, chances.older
    return [
        ("no word: links", lambda _: Wanted(media="link")),
        ("no word: pictures", lambda _: Wanted(media="picture")),
        ("no word: pictures of a conversation", lambda chance: Wanted(media="picture", **talk(chance))),
        ("no word: files of a conversation", lambda chance: Wanted(media="file", **talk(chance))),
        ("no word: one sender in a conversation", lambda chance: Wanted(**chances.sender_in_talk(chance))),
        ("no word: one sender", lambda chance: Wanted(**chances.sender(chance))),
        ("no word: a conversation", lambda chance: Wanted(**talk(chance))),
        ("no word: a conversation, further down", lambda chance: Wanted(**talk(chance), **older(chance))),
        ("no word: a conversation, one week", lambda chance: Wanted(**talk(chance), **week(chance))),
        ("no word: the last week", lambda _: Wanted(since_ms=chances.now_ms - _WEEK_MS)),
        ("no word: any one week", lambda chance: Wanted(**week(chance))),
        ("no word: texts, further down", lambda chance: Wanted(media="text", **older(chance))),
    ]


def _time_all(app: Flask, world: _World, rounds: int) -> None:
    search = app.extensions["fastim"].search
    chance = random.Random(2)
    print(f"{'':<40}{'p50':>8}{'p95':>8}{'p99':>8}   ms{'hits':>8}")
    everything: list[float] = []
    for name, make in _searches(world):
        taken, hits = [], []
        for _ in range(rounds):
            wanted = make(chance)
            with app.app_context():
                started = time.perf_counter()
                found = search.messages(1, wanted)
                taken.append((time.perf_counter() - started) * 1000)
            hits.append(len(found.hits))
        everything += taken
        _print(name, taken, statistics.mean(hits))
    _print("all of them", everything, 0)


def _print(name: str, taken: list[float], hits: float) -> None:
    cuts = statistics.quantiles(taken, n=100, method="inclusive")
    print(f"{name:<40}{cuts[49]:8.1f}{cuts[94]:8.1f}{cuts[98]:8.1f}{hits:13.1f}", flush=True)


def _measure(folder: Path, url: str, arguments: argparse.Namespace) -> None:
    environ = {
        "FASTIM_DATABASE_URL": url,
        "FASTIM_INSTANCE": str(folder / "instance"),
        "FASTIM_STORAGE_URL": f"file:{folder / 'files'}",
        "FASTIM_LOG_LEVEL": "error",
        "FASTIM_RATE_LIMITS": "off",
    }
    app = create_app(Settings.from_env(environ))
    parts = app.extensions["fastim"]
    world = _World(arguments.messages, 1)
    with app.app_context():
        flask_migrate.upgrade()
        started = time.monotonic()
        _fill(world)
        print(f"{arguments.messages} messages written in {time.monotonic() - started:.0f} s", flush=True)
    started = time.monotonic()
    parts.indexer.catch_up()
    each = (time.monotonic() - started) / arguments.messages * 1e6
    print(f"indexed, {each:.0f} us each", flush=True)
    if not arguments.untidy:
        started = time.monotonic()
        while parts.indexer.tidy():
            pass
        print(f"tidied in {time.monotonic() - started:.0f} s", flush=True)
    for path in folder.glob("*.db"):
        print(f"{path.name}: {path.stat().st_size / 1e6:.0f} MB")
    _time_all(app, world, arguments.rounds)
    parts.indexer.close()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.search", description=__doc__)
    parser.add_argument("--databases", default="sqlite,mariadb", help="sqlite, mariadb, or both")
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=200, help="searches of each kind")
    parser.add_argument(
        "--untidy", action="store_true", help="without the upkeep that a server does when idle"
    )
    return parser.parse_args()


def main() -> int:
    """0 when all was measured."""
    arguments = _arguments()
    print(machine.describe(Path(tempfile.gettempdir())))
    cpu = max(os.sched_getaffinity(0))
    for name in arguments.databases.split(","):
        print(f"\n{name}", flush=True)
        with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as text:
            folder = Path(text)
            if name == "sqlite":
                _measure(folder, f"sqlite:///{folder / 'fastim.db'}", arguments)
                continue
            server = PrivateMariaDb(folder, cpu)
            try:
                _measure(folder, server.url, arguments)
            finally:
                server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
