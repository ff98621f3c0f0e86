"""AWS Signature Version 4 from the side of who checks it, and not with botocore's code."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import urllib.parse
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

SECRET = "test-secret"


class Denied(Exception):
    """The text is the code that S3 answers."""


def check_query(method: str, url: str, headers: Mapping[str, str], now: datetime) -> None:
    """See whether an address was signed for just this request, and still holds.

    Raises:
        Denied: it was not, or does not.
    """
    path, _, query = url.partition("?")
    pairs = [(name, value) for name, _, value in (pair.partition("=") for pair in query.split("&"))]
    words = {name: urllib.parse.unquote(value) for name, value in pairs}
    if words.get("X-Amz-Algorithm") != "AWS4-HMAC-SHA256" or not _holds(words, now):
        raise Denied("AccessDenied")
    signed = words["X-Amz-SignedHeaders"].split(";")
    canonical = "\n".join(
        (
            method,
            path,
            "&".join(f"{name}={value}" for name, value in sorted(pairs) if name != "X-Amz-Signature"),
            *(f"{name}:{headers.get(name, '').strip()}" for name in signed),
            "",
            ";".join(signed),
            "UNSIGNED-PAYLOAD",
        )
    )
    scope = words["X-Amz-Credential"].partition("/")[2]
    hashed = hashlib.sha256(canonical.encode()).hexdigest()
    text = f"AWS4-HMAC-SHA256\n{words['X-Amz-Date']}\n{scope}\n{hashed}"
    _compare(_sign(scope, text), words["X-Amz-Signature"])


def _holds(words: Mapping[str, str], now: datetime) -> bool:
    """Whether the time has come, by clocks that are a few seconds apart, and is not over."""
    signed_at = datetime.strptime(words["X-Amz-Date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    age = now + timedelta(seconds=5) - signed_at
    return timedelta() <= age <= timedelta(seconds=int(words["X-Amz-Expires"]))


def check_form(bucket: str, fields: Mapping[str, str], size: int, now: datetime) -> None:
    """See whether a form is what its policy allows, and the policy ours.

    Raises:
        Denied: it is not.
    """
    policy = fields.get("policy", "")
    scope = fields.get("x-amz-credential", "").partition("/")[2]
    if scope.count("/") != 3:
        raise Denied("AccessDenied")
    _compare(_sign(scope, policy), fields.get("x-amz-signature", ""))
    told = json.loads(base64.b64decode(policy))
    if datetime.fromisoformat(told["expiration"]) < now:
        raise Denied("AccessDenied")
    given = {"bucket": bucket, **{name.lower(): value for name, value in fields.items()}}
    allowed = {"policy", "x-amz-signature", "file", "bucket"}
    for condition in told["conditions"]:
        if isinstance(condition, dict):
            for name, value in condition.items():
                allowed.add(name.lower())
                if given.get(name.lower()) != value:
                    raise Denied("AccessDenied")
        elif condition[0] == "content-length-range" and not condition[1] <= size <= condition[2]:
            raise Denied("EntityTooLarge" if size > condition[2] else "EntityTooSmall")
    if given.keys() - allowed:
        raise Denied("AccessDenied")


def _sign(scope: str, text: str) -> str:
    key = f"AWS4{SECRET}".encode()
    for word in scope.split("/"):
        key = hmac.digest(key, word.encode(), "sha256")
    return hmac.digest(key, text.encode(), "sha256").hex()


def _compare(made: str, given: str) -> None:
    if not hmac.compare_digest(made, given):
        raise Denied("SignatureDoesNotMatch")
