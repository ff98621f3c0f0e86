"""Hosts of their own on one machine: network namespaces at a bridge, which nobody else sees.

Whoever tests goes into the bridge's namespace: an interface that came and went outside would break the
connections of every browser on the machine (ERR_NETWORK_CHANGED).
"""

from __future__ import annotations

import ctypes
import os
import secrets
import subprocess
from contextlib import suppress

_NEW_NETWORK = 0x40000000
"""CLONE_NEWNET of setns(2), which os has from Python 3.12 on only."""


def ip(*words: str) -> None:
    """Run `ip`; it needs root.

    Raises:
        CalledProcessError: with what it said.
    """
    subprocess.run(["ip", *words], check=True, capture_output=True, text=True)


def _move_to(namespace: int) -> None:
    """Let this thread, and all that it starts, be in the network namespace of a file descriptor."""
    if ctypes.CDLL(None, use_errno=True).setns(namespace, _NEW_NETWORK):
        raise OSError(ctypes.get_errno(), "setns")


class Network:
    """A bridge in a namespace of its own; the thread that makes it is there until `close`."""

    def __init__(self) -> None:
        self.name = f"fim{secrets.token_hex(3)}"
        """Nobody else's; interfaces have at most 15 characters."""
        self._subnet = f"10.{200 + secrets.randbelow(50)}.{secrets.randbelow(256)}"
        self._hosts: list[Host] = []
        self._outside = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
        try:
            ip("netns", "add", self.name)
            ip("-n", self.name, "link", "add", "bridge", "type", "bridge")
            ip("-n", self.name, "addr", "add", f"{self._subnet}.254/24", "dev", "bridge")
            ip("-n", self.name, "link", "set", "bridge", "up")
            ip("-n", self.name, "link", "set", "lo", "up")
            within = os.open(f"/run/netns/{self.name}", os.O_RDONLY)
            try:
                _move_to(within)
            finally:
                os.close(within)
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
        """Come out, and leave nothing of it. Processes are ended before; links go with their namespaces."""
        _move_to(self._outside)
        os.close(self._outside)
        for name in [*(host.name for host in self._hosts), self.name]:
            with suppress(subprocess.CalledProcessError):
                ip("netns", "del", name)


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
