"""A certificate that is renewed while it is shown."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from pathlib import Path

import pytest
import structlog
from cryptography.hazmat.primitives import serialization

from fastim.realtime.certificate import Certificate
from tests.certificates import CERT_NAME, KEY_NAME, self_signed

KEPT, RENEWED = ["error certificate_refused"], ["info certificate_renewed"]


class Shown:
    """A certificate whose files are in `folder`; those of the next one are in `folder/next`."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.next = folder, folder / "next"
        self.next.mkdir()
        self_signed(folder)
        self_signed(self.next)
        self.contexts = 0
        self.certificate = Certificate(folder / CERT_NAME, folder / KEY_NAME, self._new_context)

    def _new_context(self) -> ssl.SSLContext:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.folder / CERT_NAME, self.folder / KEY_NAME)  # as gunicorn does
        self.contexts += 1
        return context

    def look(self) -> list[str]:
        """What a look at the files tells."""
        with structlog.testing.capture_logs() as logs:
            self.certificate.look()
        return [f"{line['log_level']} {line['event']}" for line in logs]

    def renew(self, *names: str) -> None:
        for name in names:
            (self.next / name).rename(self.folder / name)


@pytest.fixture
def shown(tmp_path: Path) -> Shown:
    return Shown(tmp_path)


def test_a_renewed_certificate_is_taken_once_it_stands_still(shown: Shown) -> None:
    assert (shown.look(), shown.look(), shown.contexts) == ([], [], 1)
    shown.renew(CERT_NAME)
    assert shown.look() == []
    shown.renew(KEY_NAME)
    assert shown.look() == [], "they change still: the next file may come"
    assert shown.look() == RENEWED
    assert (shown.look(), shown.look(), shown.contexts) == ([], [], 2)


def test_a_certificate_waits_for_its_key(shown: Shown) -> None:
    """However late it comes: the old pair is shown, and what is wrong is told once."""
    shown.renew(CERT_NAME)
    assert [shown.look() for _ in range(4)] == [[], KEPT, [], []]
    assert shown.contexts == 1
    shown.renew(KEY_NAME)
    assert [shown.look() for _ in range(3)] == [[], RENEWED, []]


def no_file(path: Path) -> None:
    path.unlink()


def no_pem(path: Path) -> None:
    path.write_text("-----BEGIN")


def with_a_password(path: Path) -> None:
    key = serialization.load_pem_private_key(path.read_bytes(), None)
    secret = serialization.BestAvailableEncryption(b"secret")
    form = serialization.PrivateFormat.PKCS8
    path.write_bytes(key.private_bytes(serialization.Encoding.PEM, form, secret))


@pytest.mark.parametrize("spoil", [no_file, no_pem, with_a_password])
def test_a_key_that_is_of_no_use_changes_nothing(shown: Shown, spoil: Callable[[Path], None]) -> None:
    """Nobody is asked for a password: the terminal's answer would be waited for with all connections."""
    spoil(shown.folder / KEY_NAME)
    assert [shown.look() for _ in range(3)] == [[], KEPT, []]
    assert shown.contexts == 1
    shown.renew(KEY_NAME, CERT_NAME)
    assert [shown.look() for _ in range(3)] == [[], RENEWED, []]
