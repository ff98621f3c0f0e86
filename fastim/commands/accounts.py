"""Accounts, whoever may register."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from fastim.commands.group import refusals_as_text, running_parts
from fastim.services.accounts import Registration

_password = click.option(
    "--password", prompt=True, hide_input=True, confirmation_prompt=True, help="Asked for when left out."
)


@click.command("create-user")
@click.argument("mobile")
@click.option("--nickname", default="", help="The name that others see.")
@_password
@with_appcontext
@refusals_as_text
def create_user(mobile: str, nickname: str, password: str) -> None:
    """Make an account, whoever may register."""
    me = running_parts().accounts.create(Registration(mobile, password, nickname=nickname))
    click.echo(f"user {me.id}: {me.mobile} {me.nickname}")


@click.command("reset-password")
@click.argument("mobile")
@_password
@with_appcontext
@refusals_as_text
def reset_password(mobile: str, password: str) -> None:
    """Set a user's password and end all of the user's sessions.

    Connections that are open already are closed: of processes with a common bus at once, of a server alone
    after a second for each thousand of its connections.
    """
    ended = running_parts().accounts.reset_password(mobile, password)
    click.echo(f"password set, {ended} sessions ended")
