"""What an operator does from a shell, on both kinds of database."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest
from click.testing import Result
from flask import Flask

from fastim.commands import commands
from tests.client import PASSWORD, Client, new_mobile
from tests.conftest import MakeApp, StartServer, variables
from tests.environment import inherited_variables
from tests.people import Person
from tests.servers import ROOT


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(commands, list(words))


def test_every_command_is_told_of(sqlite_app: Flask) -> None:
    """And what is none is none."""
    homes = (ROOT / "fastim" / "commands").glob("*.py")
    made = {
        one.name
        for home in homes
        for one in vars(importlib.import_module(f"fastim.commands.{home.stem}")).values()
        if isinstance(one, click.Command) and one is not commands
    }
    context = click.Context(commands)
    assert made - {"run"} == set(commands.list_commands(context))
    assert all(name in run(sqlite_app, "--help").output for name in commands.list_commands(context))
    assert run(sqlite_app, "nothing").exit_code == 2


def test_a_server_loads_what_no_server_needs_only_for_commands() -> None:
    """Alembic and the commands are a tenth of its start, and 10 MB."""
    look = "import sys, wsgi; sys.exit(not {'alembic', 'fastim.commands.check'}.isdisjoint(sys.modules))"
    environ = inherited_variables() | {"FASTIM_DATABASE_URL": "sqlite://"}
    subprocess.run([sys.executable, "-c", look], cwd=ROOT, env=environ, check=True)


def test_an_operator_makes_users_though_nobody_may_register(make_app, database_url: str) -> None:
    """`create-user` asks for no invitation; the account can log in."""
    app = make_app(database_url=database_url, signup="closed")
    mobile = new_mobile()
    made = run(app, "create-user", mobile, "--nickname", "Ann", "--password", PASSWORD)
    assert (made.exit_code, mobile in made.output) == (0, True)
    assert Client(app).login(mobile).me["nickname"] == "Ann"


def test_a_refusal_is_a_line(client: Client) -> None:
    """The same refusals as over HTTP, with their names, and exit code 1."""
    taken = client.register().mobile
    again = run(client.app, "create-user", taken, "--password", PASSWORD)
    assert again.exit_code == 1
    assert "mobile_taken" in again.output
    unknown = run(client.app, "reset-password", new_mobile(), "--password", PASSWORD)
    assert "no_such_user" in unknown.output


def test_a_new_password_ends_all_sessions(client: Client) -> None:
    """Whoever had the old one is out."""
    person = client.register()
    done = run(client.app, "reset-password", person.mobile, "--password", "another long password")
    assert done.output == "password set, 1 sessions ended\n"
    assert person.post("/user/me").status == 401
    assert client.post("/user/login", mobile=person.mobile, passwd=PASSWORD).error == "wrong_login"
    client.login(person.mobile, "another long password")


@pytest.mark.parametrize("kind", ["alone", "of many"])
def test_a_new_password_closes_the_sockets_of_a_running_server(
    kind: str, make_app: MakeApp, start_server: StartServer, request: pytest.FixtureRequest
) -> None:
    """Within two seconds, though the command runs in another process."""
    shared = {}
    if kind == "of many":
        redis = request.getfixturevalue("redis")
        shared = {
            "database_url": request.getfixturevalue("mariadb_url"),
            "bus_url": f"{redis.url}?prefix=commands",
        }
    server, app = start_server(**shared), make_app(**shared)
    person, other = Person(server.url), Person(server.url)
    with person.chat() as chat, other.chat() as stays:
        done = run(app, "reset-password", person.mobile, "--password", "another long password")
        assert done.output == "password set, 1 sessions ended\n"
        began = time.monotonic()
        assert chat.close_code() == 4501
        assert time.monotonic() - began < 2
        stays.send(cmd=0)
        stays.expect(lambda frame: frame["cmd"] == 0)


def test_collecting_tells_what_it_removed(client: Client) -> None:
    """Nothing, where nothing was uploaded."""
    assert run(client.app, "gc").output.startswith("0 uploads removed, 0 files (0 bytes)")


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_demo_world_can_be_entered(
    sqlite_app: Flask, sqlite_url: str, tmp_path: Path, language: str
) -> None:
    """Two friends, a group, messages; run as a shell does, as its messages take gevent's loop."""
    environ = os.environ | variables(tmp_path, database_url=sqlite_url)
    seeded = subprocess.run(
        [sys.executable, "-m", "flask", "fastim", "seed", "--lang", language, "--password", PASSWORD],
        env=environ,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    one = Client(sqlite_app).login(seeded.stdout.split()[3])
    (friend,) = one.post("/contact/loadfriend").rows
    (group,) = one.post("/contact/loadcommunity").rows
    assert group["members"] == 2
    history = one.post("/message/history", cmd=10, dstid=friend["id"]).rows
    assert [row["seq"] for row in history] == [1, 2, 3, 4]
    assert run(sqlite_app, "check").exit_code == 0
