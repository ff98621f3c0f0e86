"""/metrics tells what happened, to this machine only."""

from __future__ import annotations

import urllib.error
import urllib.request

from tests.conftest import StartServer
from tests.people import Person


def read(base: str, **headers: str) -> dict[str, float]:
    """Sample names with their labels to values."""
    request = urllib.request.Request(f"{base}/metrics", headers=headers)
    with urllib.request.urlopen(request, timeout=10) as answer:
        lines = answer.read().decode().splitlines()
    return {name: float(value) for name, value in (x.rsplit(" ", 1) for x in lines if x[0] != "#")}


def test_metrics_count_what_happened(start_server: StartServer) -> None:
    server = start_server()
    ann, bob = Person(server.url), Person(server.url)
    ann.befriend(bob)
    with ann.chat() as a, bob.chat() as b:
        for n in range(5):
            a.say(bob.id, f"counted {n}")
        b.message("counted 4")
        a.say(10**9, "to nobody")
        now = read(server.url)
    assert now["fastim_connections"] == 2
    assert now["fastim_users_online"] == 2
    assert now["fastim_connections_opened_total"] == 2
    assert now["fastim_frames_in_total"] >= 6
    assert now["fastim_frames_out_total"] >= 10
    assert now["fastim_commit_messages_sum"] == 5
    assert now["fastim_commit_seconds_count"] == now["fastim_commit_messages_count"] >= 1
    assert now['fastim_errors_total{name="not_friends"}'] == 1
    assert 0 < now["fastim_loop_longest_seconds"] < 60


def test_metrics_are_hidden_from_other_machines(start_server: StartServer) -> None:
    """A proxy's requests come from this machine too, so a forwarded one is not believed."""
    server = start_server(metrics_token="tell me")
    assert server.get("/metrics") == 404
    assert "fastim_connections" in read(server.url, Authorization="Bearer tell me")
    open_server = start_server()
    assert open_server.get("/metrics") == 200
    request = urllib.request.Request(f"{open_server.url}/metrics", headers={"X-Forwarded-For": "192.0.2.1"})
    try:
        urllib.request.urlopen(request, timeout=10).close()
    except urllib.error.HTTPError as error:
        with error:
            assert error.code == 404
    else:
        raise AssertionError("a forwarded request was answered")
