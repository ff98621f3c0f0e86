"""The same server with its messages in MongoDB, by FASTIM_LOG_URL alone; killed while people talk."""

from __future__ import annotations

import signal

from fastim.backends import mysql_line
from fastim.protocol import frames
from tests.conftest import StartServer
from tests.people import Person
from tests.servers import wait_for


def test_what_was_acknowledged_is_in_mongodb_after_a_kill(
    start_server: StartServer, mariadb_url: str, mongodb_url: str
) -> None:
    """Each number once, and what people do in between with its own; all of it is found."""
    server = start_server(database_url=mariadb_url, log_url=mongodb_url)
    ann, bob = Person(server.url, "Ann"), Person(server.url, "博文")
    ann.befriend(bob)
    group = ann.create_group("在 MongoDB 里", bob)
    with ann.chat() as a, bob.chat() as b:
        for n in range(50):
            a.send(cmd=11, dstid=group, media=1, content=f"shelf {n} 😀", msgid=f"a{n}")
        seen = [b.message(f"shelf {n} 😀")["seq"] for n in range(50)]
        assert seen == list(range(seen[0], seen[0] + 50))
        assert a.say(bob.id, "to the one", msgid="s1")["seq"] == 1
        server.child.send_signal(signal.SIGKILL)
        server.stop()
    again = start_server(database_url=mariadb_url, log_url=mongodb_url)
    ann.base = bob.base = again.url
    with ann.chat() as a:
        assert a.say(bob.id, "to the one", msgid="s1")["seq"] == 1
        assert a.say(bob.id, "after the kill")["seq"] == 2
    rows = bob.history(11, group, limit=200)
    assert [row["seq"] for row in rows] == list(range(rows[0]["seq"], seen[-1] + 1))
    assert [row["content"] for row in rows[-50:]] == [f"shelf {n} 😀" for n in range(50)]
    wait_for(
        lambda: len(bob.post("/search/messages", text="shelf", limit=50)["rows"]) == 50, "not all found"
    )
    assert messages_in_database(mariadb_url) == 0


def messages_in_database(url: str) -> int:
    """Those that people wrote, which are not there."""
    line = mysql_line.connect(url)
    with line, line.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM message WHERE media < %s", (frames.NOTICE,))
        return int(cursor.fetchone()[0])
