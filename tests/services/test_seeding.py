"""Accounts for load tests: straight into the database, and as good as registered ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask import Flask

from fastim.services import consistency
from tests.client import Client


def run(app: Flask, *arguments: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["fastim", "loadtest", "seed", *arguments])
    return result.exit_code, result.output


def test_seeded_people_are_friends_in_pairs_and_members_of_the_rooms(app: Flask, tmp_path: Path) -> None:
    out = tmp_path / "seed.json"
    for _ in range(2):  # a second time beside the first
        assert run(app, "--people", "10", "--rooms", "4,10", "--out", str(out))[0] == 0
    seeded = json.loads(out.read_text())
    assert out.stat().st_mode & 0o077 == 0
    people = []
    for user_id, token in seeded["people"]:
        client = Client(app)
        client.http.set_cookie("fastim", token)
        assert client.post("/user/me").data["id"] == user_id
        people.append(client)
    assert [row["id"] for row in people[2].post("/contact/loadfriend").rows] == [seeded["people"][3][0]]
    small, large = seeded["rooms"]
    assert len(people[0].post("/contact/members", dstid=small).rows) == 4
    assert len(people[9].post("/contact/members", dstid=large).rows) == 10
    assert people[9].post("/contact/members", dstid=small).error == "not_found"
    services = app.extensions["fastim"].realtime.services
    with app.app_context():
        assert services.access.door(seeded["people"][2][0], 10, seeded["people"][3][0])
        assert services.access.door(seeded["people"][9][0], 11, large)
        assert consistency.problems() == []


@pytest.mark.parametrize(
    "arguments",
    [("--people", "3"), ("--people", "4", "--rooms", "5"), ("--people", "4", "--rooms", "many")],
)
def test_sizes_that_do_not_fit_are_refused(
    sqlite_app: Flask, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    out = tmp_path / "seed.json"
    code, output = run(sqlite_app, *arguments, "--out", str(out))
    assert code == 2
    assert "Traceback" not in output
    assert not out.exists()
