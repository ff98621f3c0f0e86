"""Password hashes: argon2id, computed off the loop; the Go version's md5 is only ever read."""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from gevent.lock import BoundedSemaphore

from fastim.backends.workers import Workers

# OWASP's least for argon2id; 48 ms here. Two at once: each takes 19 MiB, and the pool has other work.
_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
_AT_ONCE = 2

_common = frozenset(Path(__file__).with_name("common_passwords.txt").read_text(encoding="utf-8").split())


def is_common(password: str) -> bool:
    """Whether a password is among those that are tried first."""
    return password.lower() in _common


class Passwords:
    """Hashes and verifies; the calling greenlet waits, the loop does not."""

    def __init__(self, workers: Workers) -> None:
        self._workers = workers
        self._turn = BoundedSemaphore(_AT_ONCE)
        # Verified for unknown accounts, so that they take as long as known ones.
        self._nobody = _hasher.hash("nobody's password")

    def hash(self, password: str) -> str:
        """The argon2id hash that is stored."""
        with self._turn:
            return self._workers.run(_hasher.hash, password)

    def verify(self, password: str, stored: str | None, salt: str = "") -> bool:
        """Whether `password` is the one of `stored`, which is None for an account that does not exist."""
        if stored is not None and not stored.startswith("$"):
            guess = hashlib.md5((password + salt).encode()).hexdigest()  # noqa: S324 an imported account's
            self._verify(password, self._nobody)
            return hmac.compare_digest(guess, stored.lower())
        return self._verify(password, stored or self._nobody) and stored is not None

    def _verify(self, password: str, stored: str) -> bool:
        with self._turn:
            return self._workers.run(_matches, stored, password)

    def is_outdated(self, stored: str) -> bool:
        """Whether a hash that was just verified should be replaced by a new one."""
        return not stored.startswith("$") or _hasher.check_needs_rehash(stored)


def _matches(stored: str, password: str) -> bool:
    try:
        return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False
