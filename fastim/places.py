"""Where files are in an object store, as FASTIM_STORAGE_URL writes it.

    s3://BUCKET/PREFIX?endpoint=https://s3.example.org&region=eu-central-1&key=…&secret=…

`endpoint` is left out for Amazon's own, `key` and `secret` where the machine has them already (AWS_* names
in its environment, or a role). `public=URL` is how browsers reach the store, where that differs;
`path_style=off` puts the bucket into the host's name; `direct=off` lets every byte pass through us.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_PREFIX = re.compile(r"(?:[A-Za-z0-9._-]+/)*")
_WORDS = frozenset(("endpoint", "public", "region", "path_style", "direct", "key", "secret"))


@dataclass(frozen=True, slots=True)
class S3Place:
    """A part of a bucket. Addresses have no path and no slash at their ends."""

    bucket: str
    prefix: str
    """"" or something that ends with a slash."""
    endpoint: str
    """"" for Amazon's own."""
    public: str
    """As `endpoint`, for browsers."""
    region: str
    path_style: bool
    direct: bool
    key: str = field(repr=False)
    secret: str = field(repr=False)


def s3_place(url: str) -> S3Place:
    """Read an s3:// URL.

    Raises:
        ValueError: it is none; the text says what to write.
    """
    parts = urlsplit(url)
    if parts.scheme != "s3" or not _BUCKET.fullmatch(parts.netloc):
        raise ValueError("use s3://BUCKET/PREFIX?endpoint=https://HOST&region=NAME")
    prefix = parts.path.strip("/")
    prefix = f"{prefix}/" if prefix else ""
    if not _PREFIX.fullmatch(prefix):
        raise ValueError("a prefix has letters, digits, dots, dashes and slashes")
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    words = dict(pairs)
    unknown = words.keys() - _WORDS
    if unknown or len(words) != len(pairs):
        raise ValueError(f"after the ? use each of {', '.join(sorted(_WORDS))} once at most")
    if bool(words.get("key")) != bool(words.get("secret")):
        raise ValueError("key and secret go together")
    endpoint = _address(words, "endpoint")
    return S3Place(
        bucket=parts.netloc,
        prefix=prefix,
        endpoint=endpoint,
        public=_address(words, "public") or endpoint,
        region=words.get("region") or "us-east-1",
        path_style=_switch(words, "path_style", default=bool(endpoint)),
        direct=_switch(words, "direct", default=True),
        key=words.get("key", ""),
        secret=words.get("secret", ""),
    )


def base_url(value: str) -> str:
    """An http address to which paths are added, without its last slash; "" for none.

    Raises:
        ValueError: it is none.
    """
    parts = urlsplit(value)
    if value and (
        parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment
    ):
        raise ValueError("use an address such as https://cdn.example.org")
    return value.rstrip("/")


def origin(address: str) -> str:
    """The origin of an http address, as a Content-Security-Policy names it; "" for none."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def _address(words: dict[str, str], name: str) -> str:
    value = base_url(words.get(name, ""))
    if origin(value) != value or "@" in value:
        raise ValueError(f"{name} is an address such as https://s3.example.org, without a path")
    return value


def _switch(words: dict[str, str], name: str, default: bool) -> bool:
    value = words.get(name)
    if value not in (None, "on", "off"):
        raise ValueError(f"{name} is on or off")
    return default if value is None else value == "on"
