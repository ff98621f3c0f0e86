"""Four processes on four hosts behind one name, MariaDB and Redis on two others, and who chats there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.cluster.network import Host, Network
from tests.conftest import inherited_variables, variables
from tests.faults.checker import check_marks
from tests.faults.device import Device
from tests.faults.history import Address, Entry, History
from tests.faults.member import Member
from tests.faults.view import View
from tests.faults.world import World
from tests.live.test_metrics import read
from tests.people import Person
from tests.servers import ROOT, MariaDb, Process, Redis, Server, free_port, program, wait_for

_PORT = 8081
_METRICS_TOKEN = "a token for this cluster"
_NGINX = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 1000; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    proxy_connect_timeout 1s;
    proxy_http_version 1.1;
    proxy_set_header Host $http_host;
    proxy_set_header X-Forwarded-For $remote_addr;
    proxy_set_header X-Forwarded-Proto $scheme;
    upstream chat {{ random; {chat} }}
    upstream api {{ server {api}:{port} max_fails=0; }}
    server {{
        listen {address}:{listen};
        location / {{ proxy_pass http://api; }}
        location = /chat {{
            proxy_pass http://chat;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection "upgrade";
            proxy_read_timeout 90s;
        }}
    }}
}}
"""


class HostServer(Server):
    """FastIM on a host of its own."""

    def __init__(self, folder: Path, environ: Mapping[str, str], host: Host) -> None:
        self.host = host
        self.port = _PORT
        self.url = f"http://{host.address}:{_PORT}"
        self.is_failure_expected = True
        command = [*host.within, sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "wsgi:app"]
        Process.__init__(self, command, folder, {**environ, "HOST": host.address, "PORT": str(_PORT)})

    def wait(self) -> None:
        self.wait_until(lambda: self.get("/readyz") == 200)

    def hears(self) -> bool:
        """Whether it is sure to be told everything."""
        counted = read(self.url, Authorization=f"Bearer {_METRICS_TOKEN}")
        return counted["fastim_bus_doubtful"] == 0

    def kill(self) -> None:
        """kill -9 of the master and its workers."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text()
        for pid in (self.pid, *map(int, children.split())):
            os.kill(pid, signal.SIGKILL)
        self.stop()


class Cluster:
    """All the servers; `url` is where people connect."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._starts = 0
        self.servers: dict[str, HostServer] = {}
        self.network = Network()
        try:
            self._start()
        except BaseException:
            self.close()
            raise

    def _start(self) -> None:
        host = self.network.host()
        self.mariadb = MariaDb(self._make("mariadb"), durable=True, host=host.address, within=host.within)
        self.mariadb.create("fastim")
        host = self.network.host()
        self.redis = Redis(self._make("redis"), host=host.address, within=host.within)
        self._environ = inherited_variables() | variables(
            self._folder,
            database_url=self.mariadb.url("fastim"),
            bus_url=self.redis.url,
            log_level="info",
            metrics_token=_METRICS_TOKEN,
            trusted_proxies=1,
        )
        upgrade = [sys.executable, "-m", "flask", "--app", "wsgi", "db", "upgrade"]
        subprocess.run(upgrade, cwd=ROOT, env=self._environ, check=True, capture_output=True)
        self._hosts = {name: self.network.host() for name in ("chat1", "chat2", "chat3", "api")}
        for name in self._hosts:
            self.start(name)
        self._start_nginx()
        for server in self.servers.values():
            server.wait()

    def _make(self, name: str) -> Path:
        folder = self._folder / name
        folder.mkdir(parents=True)
        return folder

    def _start_nginx(self) -> None:
        host, port, folder = self.network.host(), free_port(), self._make("nginx")
        chat = [
            f"server {self._hosts[name].address}:{_PORT} max_fails=1 fail_timeout=2s;" for name in self.chat
        ]
        text = _NGINX.format(
            folder=folder,
            chat=" ".join(chat),
            api=self._hosts["api"].address,
            port=_PORT,
            address=host.address,
            listen=port,
        )
        (folder / "nginx.conf").write_text(text)
        command = [*host.within, program("nginx"), "-p", str(folder), "-c", str(folder / "nginx.conf")]
        self.nginx = Process(command, folder)
        self.url = f"http://{host.address}:{port}"

    @property
    def chat(self) -> list[str]:
        return [name for name in self._hosts if name.startswith("chat")]

    def start(self, name: str) -> HostServer:
        """Start a server, for the first time or again; `wait` until it is ready."""
        self._starts += 1
        environ = {**self._environ, "FASTIM_ROLE": "api" if name == "api" else "chat"}
        self.servers[name] = HostServer(self._folder / f"{name}-{self._starts}", environ, self._hosts[name])
        return self.servers[name]

    def close(self) -> None:
        """End all, also where one of them does not end well, and leave nothing of the network."""
        with ExitStack() as stack:
            stack.callback(self.network.close)
            for name in ("mariadb", "redis", "nginx"):
                if hasattr(self, name):
                    stack.callback(getattr(self, name).stop)
            for server in self.servers.values():
                stack.callback(server.stop)


class NumberedView(View):
    """Who has left may hear for a moment of what was written before: the news takes its way through Redis.
    Of what is numbered after one's going nothing may be heard, and that is checked at the end."""

    def _check_inside(self, address: Address, frame: Entry) -> None:
        pass


class ClusterWorld(World):
    """People at a cluster, which goes on when they are done."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.server = cluster.servers["api"]
        self.port = cluster.servers["api"].pid
        self.base = cluster.url
        self.history = History()
        self.members: list[Member] = []
        self.persons = []
        self.groups: list[int] = []

    def add(
        self, kind: type[Member], person: Person, addresses: list[Address], pause: float, **options: Any
    ) -> Member:
        member = super().add(kind, person, addresses, pause, **options)
        member.view = NumberedView(person.id, self.history)
        return member

    def restart(self, name: str) -> None:
        """Bring a server back that was killed or stopped."""
        self.cluster.start(name).wait()

    def _finish(self) -> list[str]:
        return self._end()

    def _check(self) -> list[str]:
        """Each process writes the marks that it was sent behind, so another one may see the last of them a
        moment later: two syncs that are compared must not have that moment between them."""
        wait_for(lambda: not check_marks(self.history, self._fresh_views()), "marks that nobody wrote", 10)
        return super()._check()

    def _fresh_views(self) -> list[View]:
        """What new devices know that only synced."""
        devices = [Device(one._base, one._user, self.history) for one in self.members]
        for device in devices:
            device.sync()
        return [device.view for device in devices]


__all__ = ["Cluster", "ClusterWorld", "wait_for"]
