"""The simulation of docs/scale.md: its arithmetic, its queues against what theory says, and its input."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest

from bench.simulate.__main__ import main
from bench.simulate.needs import needs, reached
from bench.simulate.queues import arrivals, in_batches, one_by_one
from bench.simulate.waits import simulate
from bench.simulate.world import World, as_toml

SMALL = World(users=200_000, simulated_seconds=2, simulated_conversations=2000, failover_s=2)


def test_ten_times_as_many_people_send_and_store_ten_times_as_much() -> None:
    one, ten = needs(SMALL), needs(replace(SMALL, users=2_000_000))
    assert ten.sent_a_second == pytest.approx(10 * one.sent_a_second)
    assert ten.stored_tib_a_year == pytest.approx(10 * one.stored_tib_a_year)
    assert one.sent_a_second == pytest.approx(200_000 * 40 / 86_400 * 3)


def test_connections_or_work_whichever_needs_more_says_how_many_chat_processes() -> None:
    assert needs(SMALL).chat_processes == 2  # 40,000 connections
    busy = replace(SMALL, messages_a_day=40_000)
    assert needs(busy).chat_processes > 10


def test_one_process_needs_no_bus() -> None:
    need = needs(replace(SMALL, users=1000))
    assert (need.chat_processes, need.redis_shards, need.processes_reached) == (1, 0, 0)


def test_few_receivers_are_in_few_processes_and_many_in_all() -> None:
    assert reached(100, 1) == pytest.approx(1)
    assert reached(100, 100_000) == pytest.approx(100)
    assert reached(1, 50) == 0


def test_a_queue_waits_as_long_as_theory_says() -> None:
    """M/M/1 at 0.7: a mean stay of 1 / (rate of service - rate of arrivals)."""
    rng = random.Random(3)
    times = arrivals(700, 60, rng)
    stays = one_by_one(times, 1 / 1000, rng)
    assert sum(stays) / len(stays) == pytest.approx(1 / 300, rel=0.15)


def test_batches_take_what_came_during_the_last_commit() -> None:
    assert in_batches([0, 0.1, 0.2, 5], 1, 0, 10) == pytest.approx([1, 1.9, 1.8, 1])
    assert in_batches([0, 0.1, 0.2], 1, 0, 1) == pytest.approx([1, 1.9, 2.8])


def test_what_comes_while_a_part_is_down_waits_for_its_replica() -> None:
    assert in_batches([1.0, 2.5], 0.1, 0, 10, (0.5, 3)) == pytest.approx([2.1, 0.6])
    (stay,) = one_by_one([1.0], 1e-9, random.Random(1), (0.5, 3))
    assert stay == pytest.approx(2)


def test_the_same_seed_gives_the_same_waits_and_a_failure_is_felt() -> None:
    first = simulate(SMALL)
    assert first == simulate(SMALL)
    database = first["database shard"]
    assert database.failed_p99_ms > 1000 > database.p99_ms
    assert database.recovered_s >= SMALL.failover_s


def test_the_page_has_the_numbers_that_are_simulated() -> None:
    """What is measured, and what comes of it."""
    page = (Path(__file__).parents[2] / "docs" / "scale.md").read_text("utf-8")
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in page.splitlines()]
    cells = {row[0]: row[1:3] for row in rows if len(row) > 2}
    world = World()
    one, hundred = needs(world), needs(replace(world, users=100_000_000))
    for name, row in {
        "chat_processes": "chat processes (one core each)",
        "api_processes": "API processes",
        "redis_shards": "Redis shards",
        "database_shards": "MariaDB shards, each with two replicas",
    }.items():
        assert cells[row] == [f"{getattr(one, name):,}", f"{getattr(hundred, name):,}"], row
    for start, shown in {
        "a message in the process": f"{world.send_us:g} µs",
        "one more connection": f"{world.deliver_us:g} µs",
        "the bus:": f"{world.publish_us:g} µs; {world.bus_us:g} µs",
        "Redis:": f"{world.redis_publish_us:g} µs; {world.redis_receiver_us:g} µs",
        "a request by HTTP": f"{world.request_us / 1000:g} ms; {world.sync_reads_us / 1000:g} ms",
    }.items():
        assert [row[0] for name, row in cells.items() if name.startswith(start)] == [shown]


def test_a_file_and_options_change_the_world_and_show_prints_all_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(as_toml(SMALL))
    main([str(path), "--show"])
    assert capsys.readouterr().out == path.read_text()
    main([str(path), "--users", "1000", "--json"])
    answer = json.loads(capsys.readouterr().out)
    assert (answer["world"]["users"], answer["world"]["failover_s"]) == (1000, 2)
    main([str(path)])
    assert "chat process" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("user = 1", "there is no user"),
        ("online_share = 2.0", "use a share"),
        ("group_sizes = [[10, 0.5]]", "must add up to 1"),
        ("users = -1", "not below zero"),
        ("busy = 1.0", "between 0 and 1"),
        ("users = 0", "above zero"),
        ("users =", "Invalid value"),
    ],
)
def test_what_makes_no_world_is_refused_with_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text)
    with pytest.raises(SystemExit):
        main([str(path)])
    assert said in capsys.readouterr().err
