"""Password hashes: argon2id, computed off the loop; the Go version's md5 is only ever read."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from gevent.lock import BoundedSemaphore

from fastim.backends.workers import Workers
from fastim.errors import Unavailable
from fastim.protocol import limits

P = ParamSpec("P")
R = TypeVar("R")

# OWASP's least for argon2id; 48 ms here.
_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)

# Verified for unknown accounts, so that they take as long as known ones: any salt and digest will do.
_NOBODYS = f"$argon2id$v=19$m=19456,t=2,p=1${'A' * 22}${'A' * 43}"

_common = frozenset(Path(__file__).with_name("common_passwords.txt").read_text(encoding="utf-8").split())


def is_common(password: str) -> bool:
    """Whether a password is among those that are tried first."""
    return password.lower() in _common


class Passwords:
    """Hashes and verifies; the calling greenlet waits, the loop does not."""

    def __init__(self, workers: Workers) -> None:
        self._workers = workers
        self._turn = BoundedSemaphore(limits.PASSWORDS_AT_ONCE)
        self._places = BoundedSemaphore(limits.PASSWORDS_AT_ONCE + limits.PASSWORDS_WAITING)

    def hash(self, password: str) -> str:
        """The argon2id hash that is stored.

        Raises:
            Unavailable: too many wait already.
        """
        return self._run(_hasher.hash, password)

    def verify(self, password: str, stored: str | None, salt: str = "") -> bool:
        """Whether `password` is the one of `stored`, which is None for an account that does not exist.

        It takes the same time whatever is stored.

        Raises:
            Unavailable: too many wait already.
        """
        if stored is not None and not stored.startswith("$"):
            guess = hashlib.md5((password + salt).encode()).hexdigest()  # noqa: S324 an imported account's
            self._run(_matches, _NOBODYS, password)
            return hmac.compare_digest(guess, stored.lower())
        return self._run(_matches, stored or _NOBODYS, password) and stored is not None

    def _run(self, job: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        if not self._places.acquire(blocking=False):
            raise Unavailable
        try:
            with self._turn:
                return self._workers.run(job, *args, **kwargs)
        finally:
            self._places.release()

    def is_outdated(self, stored: str) -> bool:
        """Whether a hash that was just verified should be replaced by a new one."""
        return not stored.startswith("$") or _hasher.check_needs_rehash(stored)


def _matches(stored: str, password: str) -> bool:
    try:
        return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False
