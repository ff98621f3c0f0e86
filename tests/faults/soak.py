"""Break servers at random for a long time while people chat, on both kinds of database in turn.

    make soak ARGS="--minutes 5 --seed 7"

Every round is a server of its own with new people on the same database: all that tests/faults does to
one happens in random order, then everybody comes home and the checker proves that all promises were kept
(tests/faults/checker.py), and once more after a restart. At the end `flask fastim check` reads the whole
stored log, and with ten minutes or more the Autobahn cases of compression are run with all their messages.

A seed gives the same faults in the same order; moments are as they come. The exit code is 0 if every
promise was kept.
"""

from __future__ import annotations

import argparse
import random
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.conftest import inherited_variables, variables
from tests.faults.people import Doubter, Flitter, Sleeper
from tests.faults.proxy import Proxy
from tests.faults.world import World
from tests.live.test_conformance import COMPRESSED, run_cases
from tests.people import Person
from tests.servers import ROOT, MariaDb, wait_for

PEOPLE = 12
FLITTERS = 8
PAUSE_SECONDS = 0.05
ROUND_SECONDS = 120
"""Of faults; checking everything that was said takes half as long again."""
LIMITS = {"PING_SECONDS": 1.0, "DEAD_SECONDS": 4.0, "WRITE_SECONDS": 3}
"""Less patience, so that those who vanished or sleep are given up within the round."""
CONFORMANCE_MINUTES = 10
HOUR = 3600


class Round:
    """A world behind a proxy, and the faults that may befall it."""

    def __init__(self, folder: Path, url: str, chance: random.Random, mariadb: MariaDb | None) -> None:
        self._clock = folder / "clock"
        folder.mkdir(parents=True)
        self._set_clock(0)
        environ = variables(folder, database_url=url, log_level="warning", ws_deflate="on")
        self.world = World(folder, inherited_variables() | environ, LIMITS, self._clock)
        self.proxy = Proxy(self.world.port)
        self.world.base = self.proxy.url
        self._chance = chance
        self._mariadb = mariadb
        self.counts: Counter[str] = Counter()
        self._faults: dict[str, Callable[[], object]] = {
            "kill -9": self._kill,
            "SIGTERM": self._restart,
            "cut": self.proxy.cut,
            "stall": self._stall,
            "clients vanish": self.proxy.lose_clients,
            "server vanishes": self.proxy.lose_server,
            "clock set": self._change_clock,
            "reader sleeps": self._sleep,
        }
        if mariadb is None:
            self._faults["disk full"] = self._fill_disk
        else:
            self._faults["MariaDB killed"] = self._kill_mariadb

    def run(self, seconds: float) -> None:
        """One fault after the other, each when people are at work again; then everything is checked."""
        world = self.world
        deadline = time.monotonic() + seconds
        world.populate(PEOPLE, PAUSE_SECONDS, kind=Doubter, padding="x" * 300)
        self._add_the_restless()
        while time.monotonic() < deadline:
            world.wait_for_acks(self._chance.randint(20, 200))
            name = self._chance.choice(list(self._faults))
            self._faults[name]()
            self.counts[name] += 1
        world.wait_for_acks(50)
        world.finish()

    def _add_the_restless(self) -> None:
        """Some who come and go all the time, and one who may fall asleep."""
        world, group = self.world, self.world.groups[0]
        person = world.persons[0]
        self._sleeper = world.add(Sleeper, person, [(11, group)], PAUSE_SECONDS, device=3)
        restless = [self._sleeper]
        for _ in range(FLITTERS):
            flitter = Person(world.server.url)
            assert flitter.post("/contact/joincommunity", dstid=group)["code"] == 0
            restless.append(world.add(Flitter, flitter, [(11, group)], PAUSE_SECONDS))
        for member in restless:
            member.start()

    def _kill(self) -> None:
        time.sleep(self._chance.uniform(0, 0.05))
        self.world.kill()
        self.world.restart()

    def _restart(self) -> None:
        code = self.world.server.stop()
        if code:
            self.world.history.fault(f"SIGTERM: exit {code}")
        self.world.restart()

    def _stall(self) -> None:
        self.proxy.stall()
        time.sleep(self._chance.uniform(0.1, 4))
        if self._chance.random() < 0.5:
            self.proxy.cut()
        self.proxy.flow()

    def _change_clock(self) -> None:
        self._set_clock(self._chance.choice((-HOUR, 0, HOUR)))

    def _set_clock(self, seconds: int) -> None:
        fresh = self._clock.with_suffix(".new")
        fresh.write_text(str(seconds))
        fresh.replace(self._clock)  # never half written

    def _sleep(self) -> None:
        assert isinstance(self._sleeper, Sleeper)
        self._sleeper.is_awake.clear()
        time.sleep(self._chance.uniform(1, 8))
        self._sleeper.is_awake.set()

    def _fill_disk(self) -> None:
        self.world.limit_files(4096)
        wanted = self.world.refusals("storage_full") + 10
        wait_for(lambda: self.world.refusals("storage_full") > wanted, "refusals")
        self.world.limit_files(-1)

    def _kill_mariadb(self) -> None:
        assert self._mariadb is not None
        self._mariadb.kill()
        time.sleep(self._chance.uniform(0, 3))
        self._mariadb.start()

    def tell(self, number: int) -> None:
        """One line of what was done and checked."""
        history, world = self.world.history, self.world
        entries = sum(len(log) for log in history.log.values())
        done = ", ".join(f"{name} {count}" for name, count in sorted(self.counts.items()))
        say(
            f"round {number}: {len(history.acked)} messages acknowledged, {entries} entries in"
            f" {len(history.log)} conversations checked for {len(world.members)} devices,"
            f" {sum(member.connections for member in world.members)} connections,"
            f" {history.refused} turned away, {world.memory_bytes() >> 20} MiB; {done}"
        )

    def close(self) -> None:
        self._sleeper.is_awake.set()
        self.proxy.close()
        if self.world.server.child.poll() is None:
            self.world.server.stop()


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def soak(kind: str, seconds: float, seed: int, folder: Path) -> None:
    """Rounds on one kind of database until the time is over.

    Raises:
        AssertionError: a promise was broken.
    """
    say(f"{kind}, {seconds / 60:.1f} minutes, seed {seed}")
    chance = random.Random(seed)
    mariadb = MariaDb(folder / "mariadb", durable=True) if kind == "mariadb" else None
    try:
        url = f"sqlite:///{folder / 'fastim.db'}"
        if mariadb is not None:
            mariadb.create("fastim")
            url = mariadb.url("fastim")
        run_flask(folder, url, "db", "upgrade")
        deadline = time.monotonic() + seconds
        number = 0
        while number == 0 or time.monotonic() < deadline:
            number += 1
            trial = Round(folder / f"round{number}", url, chance, mariadb)
            try:
                left = deadline - time.monotonic()
                trial.run(min(ROUND_SECONDS, left * 2 / 3))
                trial.tell(number)
            finally:
                trial.close()
        say(f"flask fastim check: {run_flask(folder, url, 'fastim', 'check')}")
    finally:
        if mariadb is not None:
            mariadb.stop()


def run_flask(folder: Path, url: str, *command: str) -> str:
    """What `flask` printed.

    Raises:
        AssertionError: it failed.
    """
    environ = inherited_variables() | variables(folder, database_url=url, log_level="warning")
    ended = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", *command],
        cwd=ROOT, env=environ, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, f"flask {' '.join(command)}: {ended.stdout}{ended.stderr}"
    return ended.stdout.strip()


def check_conformance() -> None:
    started = time.monotonic()
    printed = run_cases("on", COMPRESSED, mib=1024, seconds=1800)
    say(f"Autobahn with compression: {printed.strip()} in {time.monotonic() - started:.0f} s")
    assert printed == "216 cases passed\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30, help="for all databases together")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    parser.add_argument("--database", choices=("sqlite", "mariadb", "both"), default="both")
    arguments = parser.parse_args()
    kinds = ["sqlite", "mariadb"] if arguments.database == "both" else [arguments.database]
    folder = Path(tempfile.mkdtemp(prefix="fastim-soak-"))
    try:
        for kind in kinds:
            soak(kind, arguments.minutes * 60 / len(kinds), arguments.seed, folder / kind)
        if arguments.minutes >= CONFORMANCE_MINUTES:
            check_conformance()
    except (AssertionError, TimeoutError, RuntimeError) as error:
        say(f"FAILED\n{error or type(error).__name__}")
        say(f"the databases and the servers' logs are in {folder}")
        return 1
    shutil.rmtree(folder)
    say("passed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
