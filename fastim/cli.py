"""`flask fastim …`: what an operator does from a shell."""

from __future__ import annotations

import dataclasses
import functools
import importlib
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar, cast

import click
import msgspec
from flask import current_app
from flask.cli import AppGroup

from fastim import locales
from fastim.config import Settings
from fastim.errors import AppError
from fastim.models.base import utc_now
from fastim.parts import Parts
from fastim.services import consistency
from fastim.services.accounts import Registration
from fastim.services.demo import SCRIPTS, Demo
from fastim.services.seeding import seed as seed_load

P = ParamSpec("P")
R = TypeVar("R")

commands = AppGroup("fastim", help="Run and look after FastIM.")

_DEMO_MOBILES = ("13800000001", "13800000002")
_password = click.option(
    "--password", prompt=True, hide_input=True, confirmation_prompt=True, help="Asked for when left out."
)


def _parts() -> Parts:
    return cast(Parts, current_app.extensions["fastim"])


def _refusals_as_text(command: Callable[P, R]) -> Callable[P, R]:
    """A refusal is a line on standard error and exit code 1, not a traceback."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except AppError as error:
            text = locales.text(error.name, "en", error.details)
            raise click.ClickException(f"{text} ({error.name})") from error

    return run


@commands.command()
@click.option("--markdown", is_flag=True, help="As the table in README.md, without values.")
def settings(markdown: bool) -> None:
    """List every setting: its value now, its default, its meaning."""
    now = _parts().settings
    if markdown:
        click.echo("| variable | default | meaning |\n| --- | --- | --- |")
    for f in dataclasses.fields(Settings):
        name, default, about = f"FASTIM_{f.name.upper()}", f.metadata["default"], f.metadata["about"]
        if markdown:
            click.echo(f"| `{name}` | {f'`{default}`' if default else ''} | {about} |")
            continue
        value = getattr(now, f.name)
        shown = "(secret)" if f.metadata["secret"] and value else _shown(value)
        click.echo(f"{name} = {shown}\n    {about}\n    default: {default or 'empty'}")


def _shown(value: object) -> str:
    """A setting as an operator would write it."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, tuple):
        return ",".join(value)
    return str(value) if isinstance(value, str | int | Path) else ""


@commands.command("create-user")
@click.argument("mobile")
@click.option("--nickname", default="", help="The name that others see.")
@_password
@_refusals_as_text
def create_user(mobile: str, nickname: str, password: str) -> None:
    """Make an account, whoever may register."""
    me = _parts().accounts.create(Registration(mobile, password, nickname=nickname))
    click.echo(f"user {me.id}: {me.mobile} {me.nickname}")


@commands.command("reset-password")
@click.argument("mobile")
@_password
@_refusals_as_text
def reset_password(mobile: str, password: str) -> None:
    """Set a user's password and end all of the user's sessions.

    A running server closes connections that are open already when it restarts.
    """
    ended = _parts().accounts.reset_password(mobile, password)
    click.echo(f"password set, {ended} sessions ended")


@commands.command()
def vapid() -> None:
    """Make a key for Web Push. Who makes another one tells no browser any more that subscribed before."""
    try:
        webpush = importlib.import_module("fastim.backends.webpush")
    except ImportError as error:
        raise click.ClickException("pip install -r requirements-push.txt first") from error
    private, public = webpush.new_keys()
    click.echo(f"FASTIM_VAPID_PRIVATE_KEY={private}\n# pages are told the public one: {public}")


@commands.command()
def gc() -> None:
    """Remove uploads that nothing has used for a day. A running server does so by itself."""
    expired = _parts().partials.expire(utc_now())
    freed = _parts().collection.collect(utc_now())
    click.echo(
        f"{freed.uploads} uploads removed, {freed.blobs} files ({freed.bytes} bytes), "
        f"{freed.strays} files that a crash had left, {expired} unfinished uploads"
    )


@commands.command()
@_refusals_as_text
def reindex() -> None:
    """Make the search index again, from the whole log. A running server goes on, and searches meanwhile
    find only what was indexed already."""
    indexer = _parts().indexer
    if not indexer.rebuild():
        click.echo("the index is empty; the running server makes it again")
        return
    done = 0
    while count := indexer.step():
        done += count
        if done % 10_000 < count:
            click.echo(f"{done} entries")
    while indexer.tidy():
        pass
    click.echo(f"the index is made of {done} entries")


@commands.command()
def check() -> None:
    """Check the stored log: numbers without holes, marks within them. Exit code 1 tells of problems."""
    found = consistency.problems()
    for line in found:
        click.echo(line)
    if found:
        raise click.ClickException(f"{len(found)} problems")
    click.echo("the log is whole")


@commands.command()
@click.option(
    "--lang", type=click.Choice(list(SCRIPTS)), default="zh-CN", help="What is said, in which language."
)
@click.option("--password", default="", help="Of both accounts; made up when left out.")
@_refusals_as_text
def seed(lang: str, password: str) -> None:
    """Make a small world to look at: two friends, a group, some messages."""
    parts = _parts()
    services = parts.realtime.services
    password = password or secrets.token_urlsafe(9)
    demo = Demo(parts.accounts, parts.contacts, parts.communities, services.access, services.messages)
    demo.seed(lang, _DEMO_MOBILES, password)
    click.echo(f"log in as {' or '.join(_DEMO_MOBILES)} with the password {password}")


loadtest = AppGroup("loadtest", help="Prepare load tests.")
commands.add_command(loadtest)


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
    seeded = seed_load(_parts().bus, people, sizes)
    out.write_bytes(msgspec.json.encode(seeded))
    out.chmod(0o600)  # the tokens are good for signing in
    click.echo(f"{people} people and {len(sizes)} rooms are in {out}")
