"""The client map: an index that is never walked whole, guarded, and empty when everybody has gone."""

from __future__ import annotations

import random
import threading
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from fastim.backends.counters import Counters
from fastim.realtime.client_map import ClientMap
from fastim.realtime.node import Node, Outbox


def make_node(user_id: int, name: str = "") -> Node:
    socket: Any = None  # never written to here
    return Node(name or f"node of {user_id}", user_id, user_id, socket, Outbox(lambda _: None, Counters()))


def test_all_of_a_users_connections_are_found_and_the_first_and_last_are_known() -> None:
    client_map = ClientMap()
    desk, phone = make_node(1, "desk"), make_node(1, "phone")
    assert [client_map.add(desk), client_map.add(phone)] == [True, False]
    assert client_map.of_user(1) == (desk, phone)
    assert client_map.is_online(1)
    assert [client_map.remove(desk), client_map.remove(phone)] == [False, True]
    assert client_map.of_user(1) == ()
    assert client_map.is_empty()


def test_removing_a_connection_twice_says_last_once() -> None:
    client_map = ClientMap()
    node = make_node(1)
    client_map.add(node)
    assert [client_map.remove(node), client_map.remove(node)] == [True, False]


def test_a_group_is_found_by_its_index() -> None:
    """Asking for a group's connections costs what it has of them, not what the process has."""
    client_map = ClientMap()
    nodes = [make_node(user_id) for user_id in range(2000)]
    for node in nodes:
        client_map.add(node)
        client_map.enter_groups(node, [node.user_id % 1000])
    assert client_map.of_group(7) == (nodes[7], nodes[1007])
    assert client_map.of_group(7) is client_map.of_group(7)
    assert client_map.of_group(5000) == ()


def test_a_group_left_while_it_was_being_read_stays_left() -> None:
    """The list of groups comes from the database, and the event may overtake it."""
    client_map = ClientMap()
    node = make_node(1)
    client_map.add(node)
    client_map.leave(1, 5)
    client_map.join(1, 6)
    client_map.enter_groups(node, [5])
    assert client_map.of_group(5) == ()
    assert client_map.of_group(6) == (node,)


def test_a_connection_that_ended_while_its_groups_were_being_read_enters_none() -> None:
    client_map = ClientMap()
    node = make_node(1)
    client_map.add(node)
    client_map.remove(node)
    client_map.enter_groups(node, [5])
    assert client_map.is_empty()


@given(st.lists(st.tuples(st.sampled_from("arjl"), st.integers(0, 4), st.integers(0, 2)), max_size=60))
def test_the_indexes_agree_with_a_plain_model(steps: list[tuple[str, int, int]]) -> None:
    client_map = ClientMap()
    nodes = {number: make_node(number % 3, f"n{number}") for number in range(5)}
    groups: dict[int, set[int]] = {}  # of each connected node
    for step, number, group in steps:
        node = nodes[number]
        if step == "a" and number not in groups:
            node = nodes[number] = make_node(number % 3, f"n{number}")
            client_map.add(node)
            client_map.enter_groups(node, [])
            groups[number] = set()
        elif step == "r" and number in groups:
            client_map.remove(node)
            del groups[number]
        elif step in "jl":
            change = client_map.join if step == "j" else client_map.leave
            change(number % 3, group)
            for other, entered in groups.items():
                if other % 3 == number % 3:
                    (entered.add if step == "j" else entered.discard)(group)
    for group in range(3):
        expected = {nodes[number] for number, entered in groups.items() if group in entered}
        assert set(client_map.of_group(group)) == expected
    for user_id in range(3):
        expected = {nodes[number] for number in groups if number % 3 == user_id}
        assert set(client_map.of_user(user_id)) == expected
    assert client_map.is_empty() == (not groups)


def test_threads_that_come_go_and_look_never_break_it() -> None:
    client_map = ClientMap()
    failures: list[BaseException] = []

    def live(seed: int) -> None:
        chance = random.Random(seed)
        try:
            for _ in range(300):
                node = make_node(chance.randrange(10))
                client_map.add(node)
                client_map.enter_groups(node, [chance.randrange(5)])
                client_map.join(chance.randrange(10), chance.randrange(5))
                for each in client_map.of_group(chance.randrange(5)):
                    assert each.user_id < 10
                client_map.leave(chance.randrange(10), chance.randrange(5))
                client_map.remove(node)
        except BaseException as error:  # noqa: BLE001 shown below
            failures.append(error)

    threads = [threading.Thread(target=live, args=(seed,)) for seed in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert client_map.is_empty()
