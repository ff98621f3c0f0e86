"""Real servers for tests, each private: own folder, free port, stopped by its own pid."""

from fastim.config import ROOT
from tests.servers.fastim import STOP_SECONDS, Server
from tests.servers.mariadb import MariaDb
from tests.servers.mongodb import MongoLike
from tests.servers.ports import free_port, is_answering, wait_for_port
from tests.servers.process import Process, program
from tests.servers.redis import Redis, RedisCluster
from tests.servers.waiting import wait_for

__all__ = (
    "ROOT",
    "STOP_SECONDS",
    "MariaDb",
    "MongoLike",
    "Process",
    "Redis",
    "RedisCluster",
    "Server",
    "free_port",
    "is_answering",
    "program",
    "wait_for",
    "wait_for_port",
)
