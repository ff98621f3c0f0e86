"""What is around a server: its secrets, the proxies in front, the bus between processes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from urllib.parse import unquote, urlsplit

import redis

from fastim.backends.bus.where import FAILURES, Where
from fastim.config import Settings
from fastim.operations.doctor.finding import Finding, fail, ok, warn

_INVITE_CHARS = 8
_TOKEN_CHARS = 20
_PASSWORD_CHARS = 12
_LOCAL = ("localhost", "127.0.0.1", "::1", "")
_NO_EVICTION = "noeviction"
_HEARD_SECONDS = 2.0


def examine(settings: Settings) -> Iterator[Finding]:
    yield from secrets_of(settings)
    yield rates(settings)
    yield proxies(settings)
    if settings.is_clustered:
        yield from bus(settings.bus_url)


def secrets_of(settings: Settings) -> Iterator[Finding]:
    """Nothing of a secret is shown but its length."""
    weak = []
    if settings.signup == "invite" and len(settings.invite_code) < _INVITE_CHARS:
        weak.append(f"FASTIM_INVITE_CODE has {len(settings.invite_code)} characters")
    if settings.metrics_token and len(settings.metrics_token) < _TOKEN_CHARS:
        weak.append(f"FASTIM_METRICS_TOKEN has {len(settings.metrics_token)} characters")
    for name, url in (
        ("FASTIM_DATABASE_URL", settings.sqlalchemy_url),
        ("FASTIM_BUS_URL", settings.bus_url),
    ):
        password, hosts = _parts(url)
        is_local = all(host in _LOCAL for host in hosts)
        if not is_local and len(password) < _PASSWORD_CHARS:
            weak.append(f"the password in {name} has {len(password)} characters")
    cure = "make them with `python -c 'import secrets; print(secrets.token_urlsafe(24))'`"
    yield warn("secrets", "; ".join(weak), cure) if weak else ok("secrets", "none is short")


def _parts(url: str) -> tuple[str, list[str]]:
    """The password of `url`, and its hosts: a Redis Cluster's are several, with a port each."""
    user, _, hosts = url.partition("://")[2].rpartition("@")
    authorities = hosts.partition("/")[0].partition("?")[0].split(",")
    return unquote(user.partition(":")[2]), [urlsplit(f"//{one}").hostname or "" for one in authorities]


def rates(settings: Settings) -> Finding:
    if settings.rate_limits:
        return ok("rates", "limited")
    return warn("rates", "not limited", "set FASTIM_RATE_LIMITS to on: passwords can be tried without end")


def proxies(settings: Settings) -> Finding:
    """Whether callers' addresses, which rates are kept by, are theirs."""
    trusted = settings.trusted_proxies
    if trusted.networks:
        return ok(
            "proxies", f"{trusted} are believed; only right if nobody but proxies connects from there"
        )
    if trusted:
        only = f"only right if exactly {trusted} are in front, and nobody reaches the server past them"
        return ok("proxies", f"{trusted} are believed; {only}")
    if settings.public_origins:
        said = "pages have another origin than the server, and no proxy is believed"
        cure = "set FASTIM_TRUSTED_PROXIES to the number of proxies, or all callers share one rate"
        return warn("proxies", said, cure)
    return ok("proxies", "none is believed")


def bus(url: str) -> Iterator[Finding]:
    """Whether Redis answers, how fast, lets this user do what it has to, and throws nothing away."""
    where = Where(url)
    try:
        client = where.client()
        try:
            began = time.perf_counter()
            client.ping()
            ms = (time.perf_counter() - began) * 1000
            yield ok("bus", f"answers in {ms:.1f} ms")
            yield rights(where, client)
            yield policy(_told(client))
        finally:
            client.close()
    except FAILURES as error:
        yield fail("bus", f"{type(error).__name__}: {error}", "start Redis, or correct FASTIM_BUS_URL")


def rights(where: Where, client: Any) -> Finding:
    """Whether presence can be written, and channels be used: a server that publishes is not told."""
    name = f"{where.prefix}doctor"
    try:
        client.set(name, "", ex=1)
        with closing(client.pubsub()) as listener:
            if where.is_cluster:
                listener.ssubscribe(name)
                listener.get_sharded_message(timeout=_HEARD_SECONDS)
                client.spublish(name, "")
            else:
                listener.subscribe(name)
                listener.get_message(timeout=_HEARD_SECONDS)
                client.publish(name, "")
                client.client_reply("ON")
    except redis.ResponseError as error:
        cure = (
            "allow FastIM's user keys and channels (~* &* +@all -@dangerous), and give Redis room for keys"
        )
        return fail("bus rights", str(error), cure)
    return ok("bus rights", "keys and channels may be used")


def _told(client: Any) -> object:
    """Of a Redis that somebody else runs, settings are often not told."""
    try:
        return client.config_get("maxmemory-policy")
    except redis.ResponseError:
        return None


def policy(found: object) -> Finding:
    """Presence and rates are kept in Redis: what it evicts makes people seem offline."""
    text = str(found.get("maxmemory-policy", "")) if isinstance(found, dict) else ""
    if text in (_NO_EVICTION, ""):
        return ok("bus memory", f"maxmemory-policy is {text or 'not told'}")
    cure = "set maxmemory-policy to noeviction (or volatile-ttl) in redis.conf"
    return warn("bus memory", f"maxmemory-policy is {text}", cure)
