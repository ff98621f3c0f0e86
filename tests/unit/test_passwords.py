"""Password hashes: what is stored, what is accepted, and how many are computed at a time."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator

import gevent
import pytest
from argon2 import PasswordHasher, extract_parameters
from gevent.event import Event

from fastim.backends import passwords as passwords_module
from fastim.backends.passwords import Passwords, is_common
from fastim.backends.workers import Workers
from fastim.errors import Unavailable
from fastim.protocol import limits

pytestmark = pytest.mark.real_passwords

PLAIN = "correct horse 电池"


@pytest.fixture(scope="module")
def passwords() -> Iterator[Passwords]:
    workers = Workers()
    yield Passwords(workers)
    workers.close()


def test_a_password_is_stored_as_argon2id_with_a_salt_of_its_own(passwords: Passwords) -> None:
    one, other = passwords.hash(PLAIN), passwords.hash(PLAIN)
    assert one.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert one != other
    assert passwords.verify(PLAIN, one)
    assert passwords.verify(PLAIN, other)
    assert not passwords.verify(PLAIN + "x", one)
    assert not passwords.is_outdated(one)


def test_the_md5_of_an_imported_account_is_accepted_and_outdated(passwords: Passwords) -> None:
    """The Go version stored md5(plain + salt) in hex."""
    stored = hashlib.md5((PLAIN + "004217").encode()).hexdigest()
    for spelled in (stored, stored.upper()):
        assert passwords.verify(PLAIN, spelled, "004217")
        assert not passwords.verify(PLAIN, spelled, "004218")
        assert not passwords.verify("other", spelled, "004217")
    assert passwords.is_outdated(stored)


def test_a_hash_of_weaker_parameters_is_accepted_and_outdated(passwords: Passwords) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PLAIN)
    assert passwords.verify(PLAIN, weak)
    assert passwords.is_outdated(weak)


@pytest.mark.parametrize("stored", [None, "", "!", "$argon2id$broken", "d41d8cd98f00b204e9800998ecf8427e0"])
def test_nothing_matches_what_is_no_hash(passwords: Passwords, stored: str | None) -> None:
    for plain in ("", PLAIN, stored or "x"):
        assert not passwords.verify(plain, stored)


def test_an_unknown_account_costs_the_same_hash_as_a_known_one() -> None:
    unknown = extract_parameters(passwords_module._NOBODYS)
    known = extract_parameters(passwords_module._hasher.hash("x"))
    assert unknown == known


def test_an_unknown_account_takes_as_long_as_a_known_one(passwords: Passwords) -> None:
    """In processor time, the least of several: other programs' work does not count."""
    stored: list[str | None] = [passwords.hash(PLAIN), None, hashlib.md5(b"x").hexdigest()]

    def seconds(stored: str | None) -> float:
        start = time.process_time()
        assert not passwords.verify("wrong", stored)
        return time.process_time() - start

    rounds = [[seconds(each) for each in stored] for _ in range(7)]
    least = [min(column) for column in zip(*rounds, strict=True)]
    assert max(least) < 2 * min(least)


def test_two_hashes_run_at_a_time_the_rest_wait_and_too_many_are_sent_away() -> None:
    class Slow:
        running = most = 0

        def run(self, job, *args):
            self.running += 1
            self.most = max(self.most, self.running)
            may_end.wait()
            self.running -= 1
            return "hash"

    may_end = Event()
    slow = Slow()
    passwords = Passwords(slow)  # type: ignore[arg-type]
    wanted = limits.PASSWORDS_AT_ONCE + limits.PASSWORDS_WAITING
    jobs = [gevent.spawn(passwords.hash, PLAIN) for _ in range(wanted)]
    gevent.sleep(0)
    with pytest.raises(Unavailable):
        passwords.hash(PLAIN)
    may_end.set()
    gevent.joinall(jobs, raise_error=True)
    assert {job.value for job in jobs} == {"hash"}
    assert slow.most == limits.PASSWORDS_AT_ONCE
    assert passwords.hash(PLAIN) == "hash"


def test_the_loop_goes_on_while_a_password_is_hashed(passwords: Passwords) -> None:
    ticks = 0

    def tick() -> None:
        nonlocal ticks
        while True:
            gevent.sleep(0.001)
            ticks += 1

    ticker = gevent.spawn(tick)
    passwords.hash(PLAIN)
    ticker.kill()
    assert ticks > 3


@pytest.mark.parametrize(
    "plain", ["password", "PassWord1", "12345678", "qwertyuiop", "1qaz2wsx", "woaini1314"]
)
def test_passwords_that_are_tried_first_are_known(plain: str) -> None:
    assert is_common(plain)


def test_other_passwords_are_not() -> None:
    assert not is_common(PLAIN)
