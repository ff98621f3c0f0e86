"""Whatever breaks in a cluster, nothing acknowledged is lost, doubled or out of order."""

from __future__ import annotations

import random
import signal
import time

import pytest

from tests.cluster.world import Cluster, ClusterWorld


@pytest.mark.timeout(300)
def test_processes_and_hosts_that_vanish_lose_nothing(cluster: Cluster) -> None:
    """kill -9, a pulled cable, and a rolling restart, while people chat."""
    world = ClusterWorld(cluster)
    world.populate(people=8, pause=0.06)
    chance = random.Random(11)
    world.wait_for_acks(60)
    for name in chance.sample(cluster.chat, 2):
        cluster.servers[name].kill()
        world.wait_for_acks(40)
        world.restart(name)
    host = cluster.servers[chance.choice(cluster.chat)].host
    host.cut_off()
    world.wait_for_acks(60)
    time.sleep(3)  # the length of the fault: its lines are given up meanwhile
    host.plug_in()
    world.wait_for_acks(60)
    for name in (*cluster.chat, "api"):
        assert cluster.servers[name].stop() == 0
        world.restart(name)
        world.wait_for_acks(20)
    world.finish()


@pytest.mark.timeout(300)
def test_redis_and_mariadb_that_fail_lose_nothing(cluster: Cluster) -> None:
    """Redis killed, emptied and paused, MariaDB killed, while people chat."""
    world = ClusterWorld(cluster)
    world.populate(people=8, pause=0.06)
    world.wait_for_acks(60)
    cluster.redis.kill()
    world.wait_for_acks(60)
    cluster.redis.start()
    world.wait_for_acks(60)
    assert cluster.redis.execute("FLUSHALL").startswith(b"+OK")
    world.wait_for_acks(60)
    cluster.redis.signal(signal.SIGSTOP)
    time.sleep(10)  # the length of the fault
    cluster.redis.signal(signal.SIGCONT)
    world.wait_for_acks(60)
    cluster.mariadb.kill()
    cluster.mariadb.start()
    world.wait_for_acks(60)
    world.finish()
