"""`python -m fastim.loadtest`: talk to a server for a while, and check what came of it.

It is what `flask fastim loadtest run` starts, and needs no settings: only people, as `loadtest seed` wrote
them.
"""

from __future__ import annotations

import argparse
import ipaddress
import resource
import socket
import sys
from array import array
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from fastim.loadtest.arrivals import open_links
from fastim.loadtest.link import Link, Lost
from fastim.loadtest.speaker import FastImSpeaker, Where
from fastim.loadtest.talk import Talk, Talking

MOST_SECONDS, MOST_PAIRS, MOST_ROOM, MOST_IN_FLIGHT, MOST_WRITERS = 600, 5000, 20_000, 60, 100
"""A mistyped number must not take a server down; a connection may have 64 messages uncommitted anyway."""
_PERSON, _GROUP = 10, 11


class Seeded(msgspec.Struct):
    """As `services.seeding.Seeded`."""

    people: list[tuple[int, str]]
    rooms: list[int]


class Result(msgspec.Struct):
    """What is written as JSON. Times are in ms, from the send to the ack or to the arrival."""

    url: str
    scene: str
    connections: int
    writers: int
    in_flight: int
    seconds: float
    """Until the last message had arrived."""
    sent: int
    acked: int
    delivered: int
    refused: dict[str, int]
    acked_per_second: float
    delivered_per_second: float
    ack_ms: dict[str, float]
    delivery_ms: dict[str, float]
    faults: list[str]
    faults_found: int


def address(url: str) -> Where:
    """Where a server is.

    Raises:
        ValueError: the URL is none of http or https.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ValueError("use a URL such as http://127.0.0.1:8081")
    is_tls = parts.scheme == "https"
    return Where(parts.hostname, parts.port or (443 if is_tls else 80), is_tls)


def is_loopback(host: str) -> bool:
    """Whether all addresses of a host are this machine's own."""
    try:
        found = {str(one[4][0]) for one in socket.getaddrinfo(host, None)}
    except OSError:
        return False
    return bool(found) and all(ipaddress.ip_address(one).is_loopback for one in found)


def _count(most: int, text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= most:
        raise argparse.ArgumentTypeError(f"use a number from 1 to {most}")
    return int(text)


def _arguments(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="flask fastim loadtest run", description=__doc__)

    def number(name: str, most: int, default: int, about: str) -> None:
        parser.add_argument(name, type=lambda text: _count(most, text), default=default, help=about)

    parser.add_argument("--url", default="http://127.0.0.1:8081", help="the server")
    parser.add_argument("--seeded", type=Path, required=True, help="the file that `loadtest seed` wrote")
    number("--pairs", MOST_PAIRS, 20, "friends who talk, one of each two writes")
    number("--room", MOST_ROOM, 0, "a room of so many instead of pairs")
    number("--writers", MOST_WRITERS, 4, "people of the room who write")
    number("--seconds", MOST_SECONDS, 10, "how long they talk")
    number("--inflight", MOST_IN_FLIGHT, 8, "messages of each writer on their way at a time")
    parser.add_argument("--json", type=Path, help="where the figures go")
    parser.add_argument("--yes-i-own-it", action="store_true", help="for a server on another machine")
    return parser.parse_args(words)


def _talk(arguments: argparse.Namespace, seeded: Seeded, where: Where) -> Talk:
    people = arguments.room or 2 * arguments.pairs
    if people > len(seeded.people) or (arguments.room and not seeded.rooms):
        there = f"{len(seeded.people)} people" + ("" if seeded.rooms else " and no room")
        raise Lost(f"{people} people are needed, and {arguments.seeded} has {there}")
    host = urlsplit(arguments.url).netloc
    links = open_links(FastImSpeaker(seeded.people, host), where, range(people))
    if arguments.room:
        writers = [Talking(link, 0, _GROUP, seeded.rooms[0]) for link in links[: arguments.writers]]
        return Talk(links, [0] * people, writers)
    return Talk(links, [n // 2 for n in range(people)], _pairs(links, seeded))


def _pairs(links: Sequence[Link], seeded: Seeded) -> list[Talking]:
    return [Talking(links[n], n // 2, _PERSON, seeded.people[n + 1][0]) for n in range(0, len(links), 2)]


def play(arguments: argparse.Namespace, seeded: Seeded) -> Result:
    """Open, talk, check.

    Raises:
        Lost: a connection was refused or ended.
    """
    talk = _talk(arguments, seeded, address(arguments.url))
    try:
        talk.open()
        seconds = talk.run(arguments.seconds, arguments.inflight)
    finally:
        talk.close()
    faults = talk.checker.finish()
    return Result(
        url=arguments.url,
        scene=f"room of {arguments.room}" if arguments.room else f"{arguments.pairs} pairs",
        connections=arguments.room or 2 * arguments.pairs,
        writers=arguments.writers if arguments.room else arguments.pairs,
        in_flight=arguments.inflight,
        seconds=round(seconds, 2),
        sent=talk.sent,
        acked=talk.acked,
        delivered=talk.delivered,
        refused=dict(talk.refused),
        acked_per_second=round(talk.acked / seconds, 1),
        delivered_per_second=round(talk.delivered / seconds, 1),
        ack_ms=percentiles(talk.ack_ns),
        delivery_ms=percentiles(talk.delivery_ns),
        faults=faults,
        faults_found=talk.checker.faults_found,
    )


def percentiles(latencies_ns: array[int]) -> dict[str, float]:
    """p50, p99 and the longest, in ms; nothing where there are none."""
    ordered = sorted(latencies_ns)
    if not ordered:
        return {}
    last = len(ordered) - 1
    places = {"p50": last // 2, "p99": last * 99 // 100, "max": last}
    return {name: round(ordered[place] / 1e6, 2) for name, place in places.items()}


def _print(result: Result) -> None:
    print(f"{result.scene}, {result.writers} write, {result.in_flight} in flight each, {result.seconds} s")
    print(f"  sent {result.sent}, acknowledged {result.acked} ({result.acked_per_second}/s)")
    ratio = result.delivered / max(result.acked, 1)
    rate = f"{result.delivered_per_second}/s"
    print(f"  delivered {result.delivered} ({rate}), {ratio:.1f} for each acknowledged")
    for name, found in (("ack", result.ack_ms), ("delivery", result.delivery_ms)):
        print(f"  {name:<8} " + ", ".join(f"{key} {value} ms" for key, value in found.items()))
    for name, count in result.refused.items():
        print(f"  refused {count} times: {name}")
    if "rate_limited" in result.refused:
        print("  what it can do shows a server with FASTIM_RATE_LIMITS=off")
    for fault in result.faults:
        print(f"  FAULT {fault}")
    print(f"  {result.faults_found or 'no'} faults: loss, order, duplicates")


def main(words: Sequence[str]) -> int:
    """0 when every promise was kept."""
    arguments = _arguments(words)
    try:
        where = address(arguments.url)
        if not arguments.yes_i_own_it and not is_loopback(where.host):
            raise ValueError(f"{where.host} is not this machine; say --yes-i-own-it if it is yours")
        seeded = msgspec.json.decode(arguments.seeded.read_bytes(), type=Seeded)
    except FileNotFoundError:
        print(f"loadtest: there is no {arguments.seeded}: `loadtest seed` writes it", file=sys.stderr)
        return 2
    except (ValueError, OSError, msgspec.MsgspecError) as error:
        print(f"loadtest: {error}", file=sys.stderr)
        return 2
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    try:
        result = play(arguments, seeded)
    except Lost as error:
        print(f"loadtest: {arguments.url}: {error}", file=sys.stderr)
        return 1
    _print(result)
    if arguments.json:
        arguments.json.write_bytes(msgspec.json.format(msgspec.json.encode(result)) + b"\n")
    return 1 if result.faults_found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
