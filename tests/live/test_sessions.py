"""Ending a session closes its sockets at once, and no others."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.client import PASSWORD
from tests.people import Person
from tests.servers import Server
from tests.ws import Chat, Frame


def another_device(person: Person) -> Frame:
    """The same account signed in once more; its id and token."""
    answer = person.post("/user/login", mobile=person.mobile, passwd=PASSWORD, device="another")
    return dict(answer["data"])


def log_out(person: Person, other: Frame) -> None:
    person.post("/user/logout")


def log_out_everywhere(person: Person, other: Frame) -> None:
    person.post("/user/logoutall")


def change_password(person: Person, other: Frame) -> None:
    answer = person.post("/user/password", old=PASSWORD, new="another long secret")
    assert answer["data"]["ended"] == 1


def end_the_other_device(person: Person, other: Frame) -> None:
    rows = person.post("/user/devices")["rows"]
    (ended,) = [row for row in rows if not row["current"]]
    assert ended["device"] == "another"
    assert person.post("/user/enddevice", id=ended["id"])["code"] == 0


@pytest.mark.parametrize(
    ("end", "closes_this", "closes_other"),
    [
        (log_out, True, False),
        (log_out_everywhere, True, True),
        (change_password, False, True),
        (end_the_other_device, False, True),
    ],
)
def test_ending_a_session_closes_its_sockets_and_no_others(
    server: Server, end: Callable[[Person, Frame], None], closes_this: bool, closes_other: bool
) -> None:
    person = Person(server.url)
    other = another_device(person)
    with person.chat() as here, Chat(server.url, other) as there:
        end(person, other)
        for chat, closes in ((here, closes_this), (there, closes_other)):
            if closes:
                assert chat.close_code() == 4501
            else:
                chat.drain_until_pulse()


def test_a_dead_token_opens_no_socket(server: Server) -> None:
    person = Person(server.url)
    person.post("/user/logout")
    with pytest.raises(Exception, match="403"):
        person.chat()


def test_the_first_frame_is_hello_whatever_else_is_going_on(server: Server) -> None:
    """Messages that come while a connection is being let in wait behind it."""
    ann, bob = Person(server.url), Person(server.url)
    ann.befriend(bob)
    with ann.chat() as a:
        for n in range(30):
            a.send(cmd=10, dstid=bob.id, media=1, content=f"{n}", msgid=f"{n}")
            with bob.chat() as b:
                assert b.hello["cmd"] == 18
            with bob.chat(v2=False) as old:
                assert old.hello == "welcome!"
