"""What tests of requests begin with: people who talk, a group, a site whose files are in a bucket."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest

from fastim.protocol import frames
from tests.api.direct import Site
from tests.api.group import Group
from tests.client import Client
from tests.conftest import MakeApp
from tests.object_store import Gate, ObjectStore
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


@pytest.fixture
def make_site(make_app: MakeApp, object_store: ObjectStore, gate: Gate) -> Callable[..., Site]:
    def make(**settings: object) -> Site:
        bucket = object_store.bucket()
        app = make_app(storage_url=object_store.url(bucket, public=gate.url), **settings)
        return Site(Client(app), gate, lambda: object_store.names(bucket))

    return make


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    return make_site()
