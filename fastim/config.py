"""Settings: read once from FASTIM_* variables, checked, frozen. Nothing else reads the environment."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fastim import places, proxies, written

ROOT = written.ROOT
_S3_FILE_BYTES = 5 << 30


class ConfigError(Exception):
    """A setting that stops the start; its text is one line that says what to change."""


def _text(value: str) -> str:
    return value


def _switch(value: str) -> bool:
    if value.lower() in ("on", "true", "yes", "1"):
        return True
    if value.lower() in ("off", "false", "no", "0"):
        return False
    raise ValueError("use on or off")


def _count(least: int, most: int) -> Callable[[str], int]:
    def parse(value: str) -> int:
        if not re.fullmatch(r"-?\d+", value) or not least <= int(value) <= most:
            raise ValueError(f"use a whole number from {least} to {most}")
        return int(value)

    return parse


def _one_of(*choices: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if value not in choices:
            raise ValueError(f"use one of: {', '.join(choices)}")
        return value

    return parse


def _storage(value: str) -> str:
    value = written.url("file", "s3")(value)
    if value.startswith("s3:"):
        places.s3_place(value)
    return value


def setting(default: str, parse: Callable[[str], Any], about: str, secret: bool = False) -> Any:
    """One setting: `default` is written as an operator would write it, `parse` raises ValueError."""
    return field(metadata={"default": default, "parse": parse, "about": about, "secret": secret})


@dataclass(frozen=True)
class Settings:
    """Every setting. The variable's name is FASTIM_ and the field's name in capitals."""

    database_url: str = setting(
        "sqlite:///instance/fastim.db",
        written.database,
        "Where accounts and messages are: sqlite:///FILE or mysql://USER:PASSWORD@HOST/NAME (MariaDB too)",
        secret=True,
    )
    database_read_url: tuple[str, ...] = setting(
        "",
        written.replicas,
        "Replicas of a MariaDB database that lists and history are read from, separated by commas:"
        " mysql://USER:PASSWORD@HOST/NAME (docs/operations.md)",
        secret=True,
    )
    log_url: str = setting(
        "",
        written.mongodb,
        "What people say in MongoDB beside a MySQL or MariaDB database: mongodb://USER:PASSWORD@HOST/NAME;"
        " needs requirements-mongo.txt. Empty keeps it in the database",
        secret=True,
    )
    storage_url: str = setting(
        "file:resource",
        _storage,
        "Where uploaded files are: file:FOLDER or s3://BUCKET/PREFIX?endpoint=URL (docs/operations.md)",
        secret=True,
    )
    cdn_url: str = setting(
        "", places.base_url, "Where browsers load pictures, films and sounds of s3:// from, if not there"
    )
    bus_url: str = setting(
        "memory://",
        written.url("memory", "redis", "rediss", "redis+cluster", "rediss+cluster"),
        "How processes tell each other: memory:// is one; redis://HOST, redis+cluster://HOST,HOST: many",
        secret=True,
    )
    instance: Path = setting(
        "instance", written.folder, "The folder for everything that is neither database nor upload"
    )
    public_origins: tuple[str, ...] = setting(
        "", written.origins, "Origins of the pages where they differ from the Host header (behind a proxy)"
    )
    trusted_proxies: proxies.Trusted = setting(
        "0",
        proxies.trusted,
        "Proxies in front whose X-Forwarded-* headers are believed: their networks, or how many there are",
    )
    tls_cert: Path | None = setting(
        "", written.file, "A certificate with its chain (PEM): then https and wss"
    )
    tls_key: Path | None = setting("", written.file, "The certificate's key (PEM)")
    signup: str = setting(
        "open", _one_of("open", "invite", "closed"), "Who may register: open, invite or closed"
    )
    invite_code: str = setting("", _text, "The code that FASTIM_SIGNUP=invite asks for", secret=True)
    password_least: int = setting("8", _count(6, 64), "The least number of characters of a password")
    session_days: int = setting("30", _count(1, 3650), "Days after which an unused session ends")
    communities_per_user: int = setting("5", _count(0, 100000), "Groups that a user may own")
    community_members: int = setting("10000", _count(2, 1000000), "Members that a group may have")
    rate_limits: bool = setting("on", _switch, "off switches every rate limit off (for load tests)")
    login_rate: str = setting("10/5minutes", written.rate, "Log-in attempts for one account")
    address_rate: str = setting(
        "60/5minutes", written.rate, "Log-in and registration attempts from one address"
    )
    register_rate: str = setting("30/hour", written.rate, "New accounts from one address")
    lookup_rate: str = setting("100/hour", written.rate, "Searches for people by one user")
    group_rate: str = setting(
        "60/minute", written.rate, "Changes of groups by one user; all members are told of each"
    )
    search_rate: str = setting("120/minute", written.rate, "Searches of one user")
    guest_upload_rate: str = setting("20/hour", written.rate, "Signed-out uploads from one address")
    message_rate: str = setting(
        "20/second", written.rate, "Messages from one connection; twice as many may come at once"
    )
    picture_bytes: int = setting("20M", written.size, "The largest picture before compression")
    ws_deflate: bool = setting(
        "off", _switch, "Compress chat frames (permessage-deflate): less traffic for much more CPU"
    )
    recall_seconds: int = setting(
        "120", _count(0, 31_536_000), "How long people may take a message back; a group's admins always may"
    )
    file_bytes: int = setting("100M", written.size, "The largest voice message or file")
    quota_bytes: int = setting("5G", written.size, "What one user may store")
    connections: int = setting(
        "10000", _count(10, 1000000), "Chat connections of one process; requests come beside"
    )
    search: bool = setting("on", _switch, "off keeps no index of messages, and finds none")
    role: str = setting(
        "all", _one_of("all", "api", "chat", "files"), "What this machine does: all, or one of these alone"
    )
    workers: int = setting(
        "1", _count(1, 256), "Processes; more than one needs a bus and a database that they share"
    )
    vapid_private_key: str = setting(
        "",
        _text,
        "The key of Web Push, as `flask fastim vapid` makes it; needs requirements-push.txt",
        secret=True,
    )
    vapid_subject: str = setting(
        "", written.contact, "Whom push services may write to: mailto:ADDRESS or an https: address"
    )
    metrics_token: str = setting(
        "",
        _text,
        "Bearer token that /metrics asks for; without one it answers this machine only",
        secret=True,
    )
    classic_pages: Path | None = setting(
        "", written.old_folder, "The folder of the Go version, to serve its old pages in place of ours"
    )
    log_level: str = setting(
        "info", _one_of("debug", "info", "warning", "error"), "The least level that is logged"
    )
    log_format: str = setting("text", _one_of("text", "json"), "text for people, json for collectors")

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Settings:
        """Read and check every FASTIM_* variable.

        Raises:
            ConfigError: an unknown FASTIM_ name, a bad value, or values that do not fit together.
        """
        fields = {f"FASTIM_{f.name.upper()}": f for f in dataclasses.fields(cls)}
        for name in environ:
            if name.startswith("FASTIM_") and name not in fields:
                raise ConfigError(f"{name}: there is no such setting; see the table in README.md")
        values = {}
        for name, f in fields.items():
            try:
                values[f.name] = f.metadata["parse"](environ.get(name, f.metadata["default"]).strip())
            except ValueError as error:
                shown = "" if f.metadata["secret"] else f" {environ.get(name)!r}"
                raise ConfigError(f"{name}: bad value{shown}: {error}") from error
        settings = cls(**values)
        settings._check_together()
        return settings

    def _check_together(self) -> None:
        if self.signup == "invite" and not self.invite_code:
            raise ConfigError("FASTIM_INVITE_CODE: set it, or set FASTIM_SIGNUP to open or closed")
        if self.database_read_url and self.is_sqlite:
            raise ConfigError("FASTIM_DATABASE_READ_URL: SQLite has no replicas; set FASTIM_DATABASE_URL")
        if self.log_url and self.is_sqlite:
            raise ConfigError("FASTIM_LOG_URL: needs MySQL or MariaDB; set FASTIM_DATABASE_URL")
        if self.vapid_private_key and not self.vapid_subject:
            raise ConfigError("FASTIM_VAPID_SUBJECT: set it; push services want somebody to write to")
        if (self.tls_cert is None) != (self.tls_key is None):
            missing = "CERT" if self.tls_cert is None else "KEY"
            raise ConfigError(f"FASTIM_TLS_{missing}: a certificate and its key go together")
        if self.cdn_url and self.s3 is None:
            raise ConfigError("FASTIM_CDN_URL: it needs FASTIM_STORAGE_URL=s3://…")
        if self.s3 is not None and self.file_bytes > _S3_FILE_BYTES:
            raise ConfigError(
                "FASTIM_FILE_BYTES: s3:// copies files of up to 5G in one step; use 5G or less"
            )
        name = "FASTIM_ROLE" if self.role != "all" else "FASTIM_WORKERS"
        if (self.role != "all" or self.workers > 1) and not self.is_clustered:
            raise ConfigError(f"{name}: memory:// serves one process; set FASTIM_BUS_URL to redis://…")
        if (self.role != "all" or self.workers > 1) and self.is_sqlite:
            raise ConfigError(f"{name}: SQLite serves one process; set FASTIM_DATABASE_URL to MySQL")

    @property
    def is_clustered(self) -> bool:
        """Whether there may be other processes."""
        return not self.bus_url.startswith("memory:")

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def s3(self) -> places.S3Place | None:
        """The object store with the files, or None where they are in a folder."""
        return places.s3_place(self.storage_url) if self.storage_url.startswith("s3:") else None

    @property
    def storage_folder(self) -> Path:
        """The folder with the files; only where `s3` is None."""
        return written.folder(self.storage_url.removeprefix("file:").removeprefix("//"))

    @property
    def sqlalchemy_url(self) -> str:
        """The database's URL with a relative SQLite file made absolute below the project."""
        return _with_whole_path(self.database_url)


def sqlalchemy_url(value: str) -> str:
    """What FASTIM_DATABASE_URL may be, as SQLAlchemy writes it.

    Raises:
        ValueError: it is no such URL.
    """
    return _with_whole_path(written.database(value.strip()))


def _with_whole_path(url: str) -> str:
    if not url.startswith("sqlite"):
        return url
    return f"sqlite:///{written.folder(url.removeprefix('sqlite:///'))}"
