"""Who comes to a process is put into their groups, which are asked for while Redis may be slow."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from unittest.mock import Mock

import pytest

from fastim.backends.bus.redis import RedisBus
from fastim.backends.bus.where import Where
from fastim.backends.counters import Counters
from fastim.protocol import bus_limits, frames
from fastim.realtime.client_map import ClientMap
from fastim.realtime.cluster import Cluster
from fastim.realtime.idle_channels import IdleChannels
from fastim.services.missed import Missed, Moved

ANN, LEFT, KEPT = 7, 11, 12
ENDS = [Moved(group, frames.GROUP, group, 0, 5) for group in (LEFT, KEPT)]


class _DeafBus(RedisBus):
    """It hears nothing in time."""

    def __init__(self) -> None:
        super().__init__(Where("redis://nobody"), Counters())
        self.meanwhile: Callable[[], None] = lambda: None
        self.unheard: set[str] = set()

    def hear(self, channels: Iterable[str], seconds: float = 0.0) -> bool:
        self.meanwhile()
        return False

    def unhear(self, channels: Iterable[str]) -> None:
        self.unheard.update(channels)


@pytest.fixture
def bus() -> _DeafBus:
    return _DeafBus()


@pytest.fixture
def missed() -> Mock:
    missed = Mock(spec=Missed)
    missed.talks.return_value = []
    missed.newest_id.return_value = 0
    return missed


@pytest.fixture
def cluster(bus: _DeafBus, missed: Mock) -> Cluster:
    return Cluster(bus, ClientMap(), Mock(), missed, Mock())


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bus_limits, "BUS_IDLE_SECONDS", 0)


def test_a_group_that_is_left_meanwhile_is_not_entered(cluster: Cluster, missed: Mock) -> None:
    """Its news may have come before anybody here listened, or with no Redis not at all."""
    missed.ends.side_effect = [ENDS, ENDS[1:]]
    assert list(cluster.arrive(ANN)) == [KEPT]


def test_a_group_that_is_left_meanwhile_is_not_heard_for_ever(
    bus: _DeafBus, cluster: Cluster, missed: Mock
) -> None:
    missed.ends.side_effect = [ENDS, ENDS[1:]]
    cluster.arrive(ANN)
    IdleChannels(bus, ClientMap()).leave()
    assert {f"g{LEFT}", f"g{KEPT}"} <= bus.unheard


def test_an_idle_group_is_not_left_while_somebody_enters_it(
    bus: _DeafBus, cluster: Cluster, missed: Mock
) -> None:
    """It was followed, so nobody would listen to it again."""
    missed.ends.return_value = ENDS[1:]
    bus.followed.follow_group(KEPT, 5)
    bus.meanwhile = cluster._idle.leave
    assert list(cluster.arrive(ANN)) == [KEPT]
    assert bus.followed.follows_group(KEPT)
    cluster._idle.leave()  # and after that, as before
    assert not bus.followed.follows_group(KEPT)
