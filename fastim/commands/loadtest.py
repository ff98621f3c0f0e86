"""Load tests: people to make them with, and people who talk."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import msgspec
from flask.cli import AppGroup

from fastim.commands.group import running_parts
from fastim.config import ROOT
from fastim.services.seeding import seed as seed_load

_START = """
import sys
sys.path.insert(0, sys.argv.pop(1))
from fastim.loadtest.__main__ import main
sys.exit(main(sys.argv[1:]))
"""
"""The generator, from wherever the operator stands: the files that are named are there."""

loadtest = AppGroup("loadtest", help="Measure a server with people who talk, and check what they get.")


@loadtest.command("seed")
@click.option(
    "--people", type=click.IntRange(2, 1_000_000), default=200, help="Accounts, friends in pairs."
)
@click.option("--rooms", default="", help="Sizes of groups, such as 1000,10000.")
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, help="Where ids and tokens go, as JSON."
)
def loadtest_seed(people: int, rooms: str, out: Path) -> None:
    """Write accounts, friendships and groups straight into the database: seconds, not hours."""
    try:
        sizes = [int(size) for size in rooms.split(",") if size]
    except ValueError as error:
        raise click.BadParameter("use sizes such as 1000,10000", param_hint="--rooms") from error
    if people % 2 or any(not 1 <= size <= people for size in sizes):
        raise click.BadParameter("an even number, at least the largest room", param_hint="--people")
    seeded = seed_load(running_parts().bus, people, sizes)
    out.write_bytes(msgspec.json.encode(seeded))
    out.chmod(0o600)  # the tokens are good for signing in
    click.echo(f"{people} people and {len(sizes)} rooms are in {out}")


@loadtest.command(
    "run", context_settings={"ignore_unknown_options": True, "help_option_names": []}, add_help_option=False
)
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def loadtest_run(words: tuple[str, ...]) -> None:
    """Let people talk to a server, and check for loss, order and duplicates (--help lists the options).

    In a process of its own: it counts microseconds, and this one is patched by gevent.
    """
    done = subprocess.run([sys.executable, "-c", _START, str(ROOT), *words], check=False)  # noqa: S603
    raise click.exceptions.Exit(done.returncode)
