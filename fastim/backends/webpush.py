"""Web Push with own keys: encryption by RFC 8291, the server's name by RFC 8292, sending by RFC 8030.

The only module that needs `cryptography` (requirements-push.txt); it is loaded where VAPID keys are set.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import json
import os
import socket
import ssl
import struct
import time
from urllib.parse import urlsplit

import structlog
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from gevent import Timeout

from fastim.backends.push import Address, Forbidden, Outcome, Reach, Subscription, public_address
from fastim.protocol import limits

log = structlog.get_logger(__name__)

_CURVE = ec.SECP256R1()
_RECORD_BYTES = 4096
_TOKEN_SECONDS = 12 * 3600
"""RFC 8292 allows a day."""
_TOKENS = 100
"""Push services known at a time; there are about five in the world."""
_GONE = (404, 410)


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    """base64url without its padding.

    Raises:
        ValueError: it is none.
    """
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def new_keys() -> tuple[str, str]:
    """A private and a public VAPID key, as settings and pages write them."""
    private = ec.generate_private_key(_CURVE)
    return b64(private.private_numbers().private_value.to_bytes(32, "big")), b64(
        _point(private.public_key())
    )


def private_key(text: str) -> ec.EllipticCurvePrivateKey:
    """A VAPID key as `new_keys` writes it.

    Raises:
        ValueError: it is none.
    """
    raw = unb64(text)
    if len(raw) != 32:
        raise ValueError("a private key has 32 bytes")
    return ec.derive_private_key(int.from_bytes(raw, "big"), _CURVE)


def encrypt(
    payload: bytes,
    p256dh: bytes,
    auth: bytes,
    own: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes = b"",
) -> bytes:
    """`payload` as the body that only the subscription's browser can read (RFC 8291, aes128gcm).

    Args:
        own, salt: of this message alone; made here but for tests with known answers.

    Raises:
        ValueError: `p256dh` is no point of the curve.
    """
    own = own or ec.generate_private_key(_CURVE)
    salt = salt or os.urandom(16)
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, p256dh)
    point = _point(own.public_key())
    shared = _hkdf(auth, own.exchange(ec.ECDH(), theirs), b"WebPush: info\0" + p256dh + point, 32)
    key = _hkdf(salt, shared, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _hkdf(salt, shared, b"Content-Encoding: nonce\0", 12)
    sealed = AESGCM(key).encrypt(nonce, payload + b"\x02", None)  # 2 ends the last record
    return salt + struct.pack("!LB", _RECORD_BYTES, len(point)) + point + sealed


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _hkdf(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    """HKDF-SHA-256 (RFC 5869) of one block, which is all that is asked for here."""
    extracted = hmac.digest(salt, secret, hashlib.sha256)
    return hmac.digest(extracted, info + b"\x01", hashlib.sha256)[:length]


class WebPush:
    """`Pusher` over the browsers' own push services.

    Args:
        subject: whom a push service may write to: a mailto: or https: address.
        reach: where an endpoint leads; tests lead theirs to this machine.
    """

    def __init__(self, private: str, subject: str, reach: Reach = public_address) -> None:
        self._key = private_key(private)
        self.public_key = b64(_point(self._key.public_key()))
        self._subject = subject
        self._reach = reach
        self._tls = ssl.create_default_context()
        self._tokens: dict[str, tuple[float, str]] = {}

    def push(self, to: Subscription, payload: bytes) -> Outcome:
        """Send one; what the other side answers is read no further than its status."""
        try:
            with Timeout(limits.PUSH_SECONDS):
                status = self._send(to, encrypt(payload, to.p256dh, to.auth))
        except Forbidden:
            return Outcome.GONE
        except (ValueError, UnsupportedAlgorithm):  # keys that no browser gave
            return Outcome.GONE
        except (OSError, http.client.HTTPException, Timeout) as error:
            log.info("push_failed", host=urlsplit(to.endpoint).hostname, error=type(error).__name__)
            return Outcome.FAILED
        if status in _GONE:
            return Outcome.GONE
        if not 200 <= status < 300:
            log.warning("push_refused", host=urlsplit(to.endpoint).hostname, status=status)
            return Outcome.FAILED
        return Outcome.DELIVERED

    def _send(self, to: Subscription, body: bytes) -> int:
        address = self._reach(to.endpoint)
        parts = urlsplit(to.endpoint)
        connection = _Pinned(address, self._tls)
        try:
            connection.request(
                "POST",
                f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}",
                body,
                {
                    "Host": parts.netloc,
                    "Authorization": f"vapid t={self._token(parts.netloc)}, k={self.public_key}",
                    "Content-Encoding": "aes128gcm",
                    "Content-Type": "application/octet-stream",
                    "TTL": str(limits.PUSH_TTL_SECONDS),
                    "Urgency": "high",
                },
            )
            return connection.getresponse().status
        finally:
            connection.close()

    def _token(self, host: str) -> str:
        """Our name for one push service (RFC 8292), kept: signing takes a while."""
        now = time.time()
        until, token = self._tokens.get(host, (0.0, ""))
        if until - now < _TOKEN_SECONDS / 2:
            if len(self._tokens) >= _TOKENS:
                self._tokens.clear()
            until = now + _TOKEN_SECONDS
            token = self._signed({"aud": f"https://{host}", "exp": int(until), "sub": self._subject})
            self._tokens[host] = until, token
        return token

    def _signed(self, claims: dict[str, object]) -> str:
        """A JSON web token by ES256 (RFC 7518, 3.4): r and s, 32 bytes each."""
        head = {"typ": "JWT", "alg": "ES256"}
        text = ".".join(b64(json.dumps(part, separators=(",", ":")).encode()) for part in (head, claims))
        r, s = decode_dss_signature(self._key.sign(text.encode(), ec.ECDSA(hashes.SHA256())))
        return f"{text}.{b64(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


class _Pinned(http.client.HTTPConnection):
    """A connection to a checked address, under its host's certificate. It follows no redirect."""

    def __init__(self, address: Address, tls: ssl.SSLContext) -> None:
        super().__init__(address.host, address.port, timeout=limits.PUSH_SECONDS)
        self._address = address
        self._context = tls

    def connect(self) -> None:
        line = socket.create_connection((self._address.ip, self._address.port), self.timeout)
        self.sock = line
        if self._address.tls:
            self.sock = self._context.wrap_socket(line, server_hostname=self._address.host)
