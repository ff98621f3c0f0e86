"""Who comes to a process is put into their groups, which are asked for while Redis may be slow."""

from __future__ import annotations

from unittest.mock import Mock

import pytest

from fastim.backends.bus.redis import RedisBus
from fastim.backends.bus.where import Where
from fastim.backends.counters import Counters
from fastim.protocol import frames
from fastim.realtime.client_map import ClientMap
from fastim.realtime.cluster import Cluster
from fastim.services.missed import Missed, Moved

ANN, LEFT, KEPT = 7, 11, 12


def test_a_group_that_is_left_meanwhile_is_not_entered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its news may have come before anybody here listened, or with no Redis not at all."""
    ends = [Moved(group, frames.GROUP, group, 0, 5) for group in (LEFT, KEPT)]
    missed = Mock(spec=Missed)
    missed.ends.side_effect = [ends, ends[1:]]
    missed.talks.return_value = []
    missed.newest_id.return_value = 0
    bus = RedisBus(Where("redis://nobody"), Counters())
    monkeypatch.setattr(bus, "hear", Mock(return_value=False))
    cluster = Cluster(bus, ClientMap(), Mock(), missed, Mock())
    assert list(cluster.arrive(ANN)) == [KEPT]
    assert not bus.followed.follows_group(LEFT)
