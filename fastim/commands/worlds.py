"""A small world to look at."""

from __future__ import annotations

import secrets

import click
from flask.cli import with_appcontext

from fastim.commands.group import refusals_as_text, running_parts
from fastim.services.demo import SCRIPTS, Demo

_DEMO_MOBILES = ("13800000001", "13800000002")


@click.command()
@click.option(
    "--lang", type=click.Choice(list(SCRIPTS)), default="zh-CN", help="What is said, in which language."
)
@click.option("--password", default="", help="Of both accounts; made up when left out.")
@with_appcontext
@refusals_as_text
def seed(lang: str, password: str) -> None:
    """Make a small world to look at: two friends, a group, some messages."""
    parts = running_parts()
    services = parts.realtime.services
    password = password or secrets.token_urlsafe(9)
    demo = Demo(parts.accounts, parts.contacts, parts.communities, services.access, services.messages)
    demo.seed(lang, _DEMO_MOBILES, password)
    click.echo(f"log in as {' or '.join(_DEMO_MOBILES)} with the password {password}")
