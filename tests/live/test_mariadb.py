"""The same server on MariaDB, by FASTIM_DATABASE_URL alone."""

from __future__ import annotations

from tests.conftest import StartServer
from tests.people import Person


def test_people_chat_on_mariadb_over_a_restart(start_server: StartServer, mariadb_url: str) -> None:
    server = start_server(database_url=mariadb_url)
    ann, bob, eve = (Person(server.url, name) for name in ("Ann", "博文", "Eve 😀"))
    ann.befriend(bob)
    group = ann.create_group("三人行", bob, eve)
    with ann.chat() as a, bob.chat() as b, eve.chat() as e:
        for n in range(50):
            a.send(cmd=10, dstid=bob.id, media=1, content=f"单聊 {n} 😀", msgid=f"s{n}")
            b.send(cmd=11, dstid=group, media=1, content=f"群聊 {n}", msgid=f"g{n}")
        for n in range(50):
            assert b.message(f"单聊 {n} 😀")["seq"] == n + 1
            assert a.message(f"群聊 {n}")["seq"] == e.message(f"群聊 {n}")["seq"]
        assert a.say(bob.id, "again", msgid="s7")["seq"] == 8
    server.check_stop()
    again = start_server(database_url=mariadb_url)
    for person in (ann, bob, eve):
        person.base = again.url
    with ann.chat() as a, bob.chat() as b:
        assert a.say(bob.id, "after the restart")["seq"] == 51
        assert b.message("after the restart")["content"] == "after the restart"
    states = {(state["cmd"], state["dstid"]): state for state in bob.sync()["conversations"]}
    assert states[10, ann.id]["last_seq"] == 51
    rows = eve.history(11, group, limit=200)
    assert [row["seq"] for row in rows] == list(range(rows[0]["seq"], rows[-1]["seq"] + 1))
