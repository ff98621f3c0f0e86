"""Hosts of their own on one machine: network namespaces at a bridge, which nobody else sees."""

from __future__ import annotations

import secrets
import subprocess
from contextlib import suppress


def ip(*words: str) -> None:
    """Run `ip`; it needs root.

    Raises:
        CalledProcessError: with what it said.
    """
    subprocess.run(["ip", *words], check=True, capture_output=True, text=True)


class Network:
    """A bridge in a namespace of its own, and this machine's end of it."""

    def __init__(self) -> None:
        self.name = f"fim{secrets.token_hex(3)}"
        """Nobody else's; interfaces have at most 15 characters."""
        self._subnet = f"10.{200 + secrets.randbelow(50)}.{secrets.randbelow(256)}"
        self._hosts: list[Host] = []
        try:
            ip("netns", "add", self.name)
            ip("-n", self.name, "link", "add", "bridge", "type", "bridge")
            ip("-n", self.name, "link", "set", "bridge", "up")
            ip("link", "add", self.name, "type", "veth", "peer", "name", "here", "netns", self.name)
            ip("-n", self.name, "link", "set", "here", "master", "bridge", "up")
            ip("addr", "add", f"{self._subnet}.254/24", "dev", self.name)
            ip("link", "set", self.name, "up")
        except BaseException:
            self.close()
            raise

    def host(self) -> Host:
        """One more host."""
        number = len(self._hosts) + 1
        host = Host(self.name, number, f"{self._subnet}.{number}")
        self._hosts.append(host)
        return host

    def close(self) -> None:
        """Leave nothing of it. The links go with their namespaces; processes are ended before."""
        for name in [*(host.name for host in self._hosts), self.name]:
            with suppress(subprocess.CalledProcessError):
                ip("netns", "del", name)
        with suppress(subprocess.CalledProcessError):
            ip("link", "del", self.name)  # the end of it that is here, if it is not gone already


class Host:
    """A namespace with an address, at the bridge."""

    def __init__(self, network: str, number: int, address: str) -> None:
        self.name = f"{network}h{number}"
        self.address = address
        self.within = ("ip", "netns", "exec", self.name)
        """What a command begins with to run here."""
        self._network, self._port = network, f"h{number}"
        ip("netns", "add", self.name)
        ip(
            "-n",
            self.name,
            "link",
            "add",
            "net",
            "type",
            "veth",
            "peer",
            "name",
            self._port,
            "netns",
            network,
        )
        ip("-n", network, "link", "set", self._port, "master", "bridge", "up")
        ip("-n", self.name, "addr", "add", f"{address}/24", "dev", "net")
        ip("-n", self.name, "link", "set", "net", "up")
        ip("-n", self.name, "link", "set", "lo", "up")

    def cut_off(self) -> None:
        """Pull the cable; nobody is told."""
        ip("-n", self._network, "link", "set", self._port, "down")

    def plug_in(self) -> None:
        ip("-n", self._network, "link", "set", self._port, "up")
