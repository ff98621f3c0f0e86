"""The group of all commands, and what they share: the running parts, and how a refusal is shown."""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import click
from flask import current_app
from flask.cli import AppGroup

from fastim import locales
from fastim.backends import interrupt
from fastim.config import sqlalchemy_url
from fastim.errors import AppError
from fastim.parts import Parts

P = ParamSpec("P")
R = TypeVar("R")

_HOMES = {
    "backup": "backup",
    "check": "check",
    "create-user": "accounts",
    "doctor": "doctor",
    "gc": "upkeep",
    "import-go": "import_go",
    "loadtest": "loadtest",
    "migrate-db": "migrate_db",
    "move-log": "move_log",
    "reindex": "upkeep",
    "reset-password": "accounts",
    "restore": "backup",
    "seed": "worlds",
    "settings": "settings",
    "vapid": "settings",
}
"""The module of each command, which has its name with `_` for `-`."""


class _Commands(AppGroup):
    """Loads a command when it is run or told of: a server, which runs none, starts sooner without."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_HOMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _HOMES:
            return None
        home = importlib.import_module(f"fastim.commands.{_HOMES[cmd_name]}")
        return cast(click.Command, getattr(home, cmd_name.replace("-", "_")))


commands = _Commands("fastim", help="Run and look after FastIM.")


def running_parts() -> Parts:
    """The parts of the app that the command runs in."""
    return cast(Parts, current_app.extensions["fastim"])


def refusals_as_text(command: Callable[P, R]) -> Callable[P, R]:
    """A refusal, or Ctrl-C, is a line on standard error and exit code 1, not a traceback."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        interrupt.tell_in_no_traceback()
        try:
            return command(*args, **kwargs)
        except AppError as error:
            text = locales.text(error.name, "en", error.details)
            raise click.ClickException(f"{text} ({error.name})") from error

    return run


def database_url(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    """An option's or argument's database, as FASTIM_DATABASE_URL names one, in SQLAlchemy's way."""
    try:
        return sqlalchemy_url(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error
