"""Two people who talk, with each other or in a group, and a group of three; on both kinds of database."""

from __future__ import annotations

import itertools

import pytest

from fastim.protocol import frames
from tests.api.group import Group
from tests.client import Client
from tests.talk import Talk

_numbers = itertools.count(1)


@pytest.fixture(params=[frames.SINGLE, frames.GROUP], ids=["single", "group"])
def talk(client: Client, request: pytest.FixtureRequest) -> Talk:
    one, other = client.register(), client.register()
    group = 0
    if request.param == frames.GROUP:
        name = f"talk {next(_numbers)}"
        group = one.post("/contact/createcommunity", name=name).data["id"]
        assert other.post("/contact/joincommunity", dstname=name).code == 0
    else:
        one.befriend(other)
    return Talk(client.app, one, other, request.param, group)


@pytest.fixture
def group(client: Client) -> Group:
    return Group(client)
