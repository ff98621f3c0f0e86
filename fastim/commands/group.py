"""What all commands have: the group, the running parts, and how a refusal is shown."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import click
from flask import current_app
from flask.cli import AppGroup

from fastim import locales
from fastim.config import sqlalchemy_url
from fastim.errors import AppError
from fastim.parts import Parts

P = ParamSpec("P")
R = TypeVar("R")

commands = AppGroup("fastim", help="Run and look after FastIM.")


def running_parts() -> Parts:
    """The parts of the app that the command runs in."""
    return cast(Parts, current_app.extensions["fastim"])


def refusals_as_text(command: Callable[P, R]) -> Callable[P, R]:
    """A refusal is a line on standard error and exit code 1, not a traceback."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
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
