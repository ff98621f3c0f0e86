"""Where the bus is: a Redis or a cluster of them, and how its connections are made and written to."""

from __future__ import annotations

import time
from threading import Lock
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import redis
from redis.backoff import NoBackoff
from redis.cluster import ClusterNode, RedisCluster
from redis.connection import ConnectionPool, parse_url
from redis.exceptions import RedisClusterException
from redis.retry import Retry

FAILURES = (redis.RedisError, RedisClusterException, OSError)
"""How Redis is away; that no node of a cluster answers is no `RedisError`."""
_SOCKET_SECONDS = 2.0
"""A write or a connect that takes longer has failed."""
_PORT = 6379
_CONNECTIONS = 16
"""For whatever is no message."""


class Where:
    """A Redis or a cluster of them, by URL: ``redis[s]://HOST``, ``redis+cluster://HOST,HOST``
    (``rediss+cluster``).

    Any node of a cluster that is named says which others there are, and those are asked too from then on.

    ``?prefix=NAME`` keeps installations apart that share a Redis: its channels know no databases.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        query = dict(parse_qsl(parts.query))
        self.prefix = query.pop("prefix", "fastim") + ":"
        scheme, _, cluster = parts.scheme.partition("+")
        self.is_cluster = cluster == "cluster"
        self._netloc = parts.netloc
        first, *others = parts.netloc.split(",") if self.is_cluster else [parts.netloc]
        self._url = urlunsplit((scheme, first, parts.path, urlencode(query), ""))
        self._nodes = [_address(other) for other in others]
        """Nodes that are asked beside the URL's where the others are."""
        self._options: dict[str, Any] = {
            "socket_timeout": _SOCKET_SECONDS,
            "socket_connect_timeout": _SOCKET_SECONDS,
            "socket_keepalive": True,
            "protocol": 2,
            "retry": Retry(NoBackoff(), 0),
        }
        self._cluster: RedisCluster | None = None
        self._looked_at = 0.0
        self._looking = Lock()

    @property
    def storage(self) -> tuple[str, dict[str, Any]]:
        """URL and options as the library `limits` takes them. It reads neither the scheme nor the query of
        a cluster's."""
        if not self.is_cluster:
            return self._url, {}
        options: dict[str, Any] = dict(parse_url(self._url))  # type: ignore[no-untyped-call]
        secure = options.pop("connection_class", None) is not None
        for part in ("host", "port", "db"):
            options.pop(part, None)
        if secure:
            options["ssl"] = True
        return f"redis+cluster://{self._netloc}", options

    def client(self) -> Any:
        """redis-py's client, for whatever is no message. It is made when it is used first: whoever starts
        finds Redis away as whoever runs does."""
        if not self.is_cluster:
            pool = redis.BlockingConnectionPool.from_url(
                self._url, max_connections=_CONNECTIONS, timeout=_SOCKET_SECONDS, **self._options
            )
            return redis.Redis(connection_pool=pool)
        nodes = [ClusterNode(host, port) for host, port in self._nodes]  # type: ignore[no-untyped-call]
        return RedisCluster.from_url(self._url, startup_nodes=nodes, **self._options)

    def node_of(self, channel: str) -> str:
        """The node that carries a channel. Of a single Redis it is always "".

        Raises:
            FAILURES: no node of the cluster answers.
        """
        if not self.is_cluster:
            return ""
        with self._looking:
            if self._cluster is None:
                self._cluster = self.client()
                self._looked_at = time.monotonic()
                self._nodes = [(node.host, node.port) for node in self._cluster.get_nodes()]
            node = self._cluster.get_node_from_key(channel)
        if node is None:
            raise redis.ConnectionError("no node has this channel")
        return f"{node.host}:{node.port}"

    def look_again(self, after: float = 0.0) -> None:
        """Forget where the cluster's channels are, if that was looked for so many seconds ago."""
        if time.monotonic() - self._looked_at < after:
            return
        cluster, self._cluster = self._cluster, None
        if cluster is not None:
            cluster.close()

    def connect(self, node: str) -> Any:
        """A connection of its own.

        Raises:
            FAILURES: nobody answers.
        """
        pool = ConnectionPool.from_url(self._url, **self._options)
        if node:
            host, _, port = node.rpartition(":")
            pool.connection_kwargs.update(host=host, port=int(port))
            pool.connection_kwargs.pop("db", None)
        connection: Any = pool.make_connection()
        connection.connect()
        return connection


def _address(named: str) -> tuple[str, int]:
    parts = urlsplit(f"//{named}")
    return parts.hostname or "", parts.port or _PORT


def write(connection: Any, data: bytes) -> None:
    """Send what is packed; redis-py would make a lost connection again, and what it heard would be gone.

    Raises:
        FAILURES: the connection is lost.
    """
    socket = connection._sock
    if socket is None:
        raise redis.ConnectionError("the connection is lost")
    socket.sendall(data)


def command(*words: bytes) -> bytes:
    """A command as it is sent."""
    return b"*%d\r\n" % len(words) + b"".join(b"$%d\r\n%b\r\n" % (len(word), word) for word in words)
