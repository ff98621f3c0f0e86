"""What a server that was told to stop leaves behind."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import StartServer
from tests.people import Person
from tests.servers import wait_for


def test_a_clean_stop_leaves_files_that_can_be_copied(start_server: StartServer, tmp_path: Path) -> None:
    """Nothing of the database or of the index waits in a write-ahead log, which a copy would forget."""
    server = start_server()
    ann, bob = Person(server.url, "Ann"), Person(server.url, "Bob")
    ann.befriend(bob)
    with ann.chat() as chat:
        chat.say(bob.id, "to be found")
        wait_for(lambda: bob.post("/search/messages", text="found")["rows"], "it was indexed")
        server.check_stop()
    assert sorted(path.name for path in tmp_path.glob("fastim*")) == ["fastim.db", "fastim.search.db"]
