"""Break a server at random for minutes while people chat, and tell at the end what went wrong.

    python -m tests.faults.soak --minutes 10 --seed 7 --database sqlite

A seed gives the same faults in the same order; moments are as they come. The
exit code is 0 if every promise was kept.
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
from tests.faults.proxy import Proxy
from tests.faults.world import World
from tests.servers import ROOT, MariaDb, wait_for

PEOPLE = 12
PAUSE_SECONDS = 0.1
LIMITS = {"PING_SECONDS": 1.0, "DEAD_SECONDS": 4.0}
"""Less patience, so that those who vanished are found within the soak."""


class Soak:
    """A world behind a proxy, and the faults that may befall it."""

    def __init__(self, folder: Path, url: str, seed: int, mariadb: MariaDb | None) -> None:
        environ = variables(folder, database_url=url, log_level="warning")
        self.world = World(folder, inherited_variables() | environ, limits=LIMITS)
        self.proxy = Proxy(self.world.port)
        self.world.base = self.proxy.url
        self._chance = random.Random(seed)
        self._mariadb = mariadb
        self._counts: Counter[str] = Counter()
        self._faults: dict[str, Callable[[], object]] = {
            "kill -9": self._kill,
            "restart": self._restart,
            "cut": self.proxy.cut,
            "stall": self._stall,
            "clients vanish": self.proxy.lose_clients,
            "server vanishes": self.proxy.lose_server,
        }
        if mariadb is None:
            self._faults["disk full"] = self._fill_disk
        else:
            self._faults["MariaDB killed"] = self._kill_mariadb

    def run(self, seconds: float) -> None:
        """One fault after the other, each when people are at work again."""
        self.world.populate(PEOPLE, PAUSE_SECONDS)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            self.world.wait_for_acks(self._chance.randint(20, 400))
            name = self._chance.choice(list(self._faults))
            started = time.monotonic()
            self._faults[name]()
            self._counts[name] += 1
            self._tell(name, time.monotonic() - started, deadline - time.monotonic())
        self.world.wait_for_acks(100)

    def _tell(self, name: str, took: float, left: float) -> None:
        history, world = self.world.history, self.world
        say(
            f"{left:6.0f} s left  {name:16} {self._counts[name]:4}  took {took:4.1f} s"
            f"  acks {len(history.acked):7}  connections {sum(m.connections for m in world.members):6}"
            f"  turned away {history.refused:5}  memory {world.memory_bytes() >> 20} MiB"
            f"  faults {len(history.faults)}"
        )

    def _kill(self) -> None:
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


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def soak(arguments: argparse.Namespace, folder: Path) -> int:
    mariadb = MariaDb(folder / "mariadb", durable=True) if arguments.database == "mariadb" else None
    try:
        url = f"sqlite:///{folder / 'fastim.db'}"
        if mariadb is not None:
            mariadb.create("fastim")
            url = mariadb.url("fastim")
        environ = inherited_variables() | variables(folder, database_url=url)
        upgrade = [sys.executable, "-m", "flask", "--app", "wsgi", "db", "upgrade"]
        subprocess.run(upgrade, cwd=ROOT, env=environ, check=True, capture_output=True)
        return judge(Soak(folder, url, arguments.seed, mariadb), arguments.minutes * 60)
    finally:
        if mariadb is not None:
            mariadb.stop()


def judge(trial: Soak, seconds: float) -> int:
    """Run it, and print the verdict."""
    try:
        trial.run(seconds)
        trial.world.finish()
    except (AssertionError, TimeoutError, RuntimeError) as error:
        say(f"FAILED\n{error or type(error).__name__}")
        say(f"the database and the servers' logs are in {trial.world.folder}")
        return 1
    finally:
        trial.proxy.close()
        if trial.world.server.child.poll() is None:
            trial.world.server.stop()
    history = trial.world.history
    entries = sum(len(log) for log in history.log.values())
    say(f"passed: {len(history.acked)} messages acknowledged, {entries} entries in {len(history.log)} logs")
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    parser.add_argument("--database", choices=("sqlite", "mariadb"), default="sqlite")
    arguments = parser.parse_args()
    say(f"seed {arguments.seed}, {arguments.database}, {arguments.minutes:g} minutes")
    folder = Path(tempfile.mkdtemp(prefix="fastim-soak-"))
    code = soak(arguments, folder)
    if code == 0:
        shutil.rmtree(folder)
    return code


if __name__ == "__main__":
    sys.exit(main())
