"""What can go wrong, as one tree.

    AppError
    ├── Refused       HTTP 200, code -1: a decision of the product (wrong password, number taken)
    ├── BadRequest    400: the request is not of the right shape
    ├── NotSignedIn   401
    ├── Forbidden     403
    ├── NotFound      404: unknown, or hidden from this user (both answer alike)
    ├── Conflict      409: things stand differently from what the request takes for granted
    ├── TooLarge      413
    ├── TooOften      429
    └── Unavailable   503: come back later

A refusal is HTTP 200 because the pages of the Go version read nothing else.
`name` is stable and for programs; its texts for people stand in `fastim.locales`.
"""

from __future__ import annotations

import math


class AppError(Exception):
    """A failure with a stable `name`, an HTTP `status`, and `details` for the answer's envelope."""

    status = 500

    def __init__(self, name: str = "internal", **details: object) -> None:
        super().__init__(name)
        self.name = name
        self.details = details


class Refused(AppError):
    """A request that is well formed and not granted."""

    status = 200


class BadRequest(AppError):
    status = 400

    def __init__(self, name: str = "bad_request", **details: object) -> None:
        super().__init__(name, **details)


class NotSignedIn(AppError):
    status = 401

    def __init__(self, name: str = "not_signed_in") -> None:
        super().__init__(name)


class Forbidden(AppError):
    status = 403

    def __init__(self, name: str = "forbidden", **details: object) -> None:
        super().__init__(name, **details)


class NotFound(AppError):
    status = 404

    def __init__(self, name: str = "not_found") -> None:
        super().__init__(name)


class Conflict(AppError):
    status = 409


class TooLarge(AppError):
    """`limit` is the largest size allowed, in bytes."""

    status = 413

    def __init__(self, limit: int) -> None:
        super().__init__("too_large", limit=limit)


class TooSlow(AppError):
    """A request's body came slower than `limits.BODY_LEAST_RATE`."""

    status = 408

    def __init__(self) -> None:
        super().__init__("too_slow")


class TooOften(AppError):
    """`retry_after` is in seconds."""

    status = 429

    def __init__(self, retry_after: float, name: str = "too_often") -> None:
        super().__init__(name, retry_after=max(1, math.ceil(retry_after)))


class Misdirected(AppError):
    """Another machine behind this host name does that; the balancer sent it to the wrong one."""

    status = 421

    def __init__(self) -> None:
        super().__init__("misdirected")


class Unavailable(AppError):
    status = 503

    def __init__(self, name: str = "server_busy") -> None:
        super().__init__(name)
