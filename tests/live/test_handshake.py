"""The chat's handshake: who is let in, and that all others are refused before the upgrade."""

from __future__ import annotations

import http.client
import json
from typing import Any

import pytest

from tests.conftest import StartServer
from tests.live.test_metrics import read
from tests.people import Person
from tests.servers import Server

Answer = tuple[int, dict[str, Any], http.client.HTTPMessage]

UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
}


@pytest.fixture(scope="module")
def ann(server: Server) -> Person:
    return Person(server.url, "Ann")


def shake(server: Server, query: str = "", method: str = "GET", **headers: str | None) -> Answer:
    """Ask for a socket; header names with underscores for hyphens, None leaves one out."""
    sent = UPGRADE | {name.replace("_", "-"): value for name, value in headers.items()}
    link = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    try:
        link.putrequest(method, f"/chat{query}", skip_accept_encoding=True)
        for name, value in sent.items():
            if value is not None:
                link.putheader(name, value.encode("latin-1"))
        link.endheaders()
        answer = link.getresponse()
        body = b"{}" if answer.status == 101 else answer.read()
        return answer.status, json.loads(body), answer.headers
    finally:
        link.close()


def check_refused(answer: Answer, status: int, error: str) -> None:
    """Plain HTTP in our envelope, with the headers of every other answer, and no upgrade."""
    got, body, headers = answer
    assert (got, body["code"], body["error"]) == (status, -1, error)
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Sec-WebSocket-Accept" not in headers


def test_without_a_session_there_is_no_socket(server: Server, ann: Person) -> None:
    """Whichever way a wrong token comes, and a right one with somebody else's id."""
    bob = Person(server.url)
    refused = [
        shake(server),
        shake(server, Cookie="fastim=wrong"),
        shake(server, Authorization="Bearer wrong"),
        shake(server, f"?id={ann.id}&token=wrong"),
        shake(server, f"?id={ann.id}"),
        shake(server, f"?id={bob.id}&token={ann.token}"),
        shake(server, f"?token={ann.token}"),
        shake(server, f"?id={ann.id}&token={ann.token}x", Cookie=f"fastim={ann.token}"),
    ]
    for answer in refused:
        check_refused(answer, 403, "not_signed_in")


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "", "http://[", "http://127.0.0.1", "http://127.0.0.1:1"]
)
def test_another_sites_page_gets_no_socket(server: Server, ann: Person, origin: str) -> None:
    """The browser would bring the cookie along, and let the page read what comes."""
    answer = shake(server, Cookie=f"fastim={ann.token}", Origin=origin)
    check_refused(answer, 403, "cross_site")


def test_our_own_page_and_programs_get_one(server: Server, ann: Person) -> None:
    cookie, bearer = f"fastim={ann.token}", f"Bearer {ann.token}"
    for answer in (
        shake(server, Cookie=cookie, Origin=server.url),
        shake(server, Cookie=cookie),
        shake(server, Authorization=bearer),
        shake(server, f"?id={ann.id}&token={ann.token}", Origin=server.url),
    ):
        assert answer[0] == 101
        assert answer[2]["Sec-WebSocket-Accept"]
        assert "Sec-WebSocket-Extensions" not in answer[2]


@pytest.mark.parametrize(
    ("headers", "field"),
    [
        ({name.replace("-", "_"): None for name in UPGRADE}, "body"),
        ({"Upgrade": None}, "body"),
        ({"Upgrade": "h2c"}, "body"),
        ({"Connection": "keep-alive"}, "body"),
        ({"Sec_WebSocket_Version": "8"}, "Sec-WebSocket-Version"),
        ({"Sec_WebSocket_Version": None}, "Sec-WebSocket-Version"),
        ({"Sec_WebSocket_Key": None}, "Sec-WebSocket-Key"),
        ({"Sec_WebSocket_Key": ""}, "Sec-WebSocket-Key"),
        ({"Sec_WebSocket_Key": "AAAA"}, "Sec-WebSocket-Key"),
        ({"Sec_WebSocket_Key": "é" * 24}, "Sec-WebSocket-Key"),
        ({"Sec_WebSocket_Key": "AAAAAAAAAAAAAAAAAAAAAA==, AAAAAAAAAAAAAAAAAAAAAA=="}, "Sec-WebSocket-Key"),
    ],
)
def test_what_is_no_handshake_is_a_bad_request(
    server: Server, ann: Person, headers: dict[str, str | None], field: str
) -> None:
    answer = shake(server, Authorization=f"Bearer {ann.token}", **headers)
    check_refused(answer, 400, "bad_request")
    assert answer[1]["field"] == field


def test_browsers_and_proxies_write_the_upgrade_in_many_ways(server: Server, ann: Person) -> None:
    """Firefox sends both words, and case does not count (RFC 6455, 4.2.1)."""
    bearer = f"Bearer {ann.token}"
    for connection in ("keep-alive, Upgrade", "upgrade", "Upgrade,keep-alive"):
        assert shake(server, Authorization=bearer, Connection=connection)[0] == 101
    assert shake(server, Authorization=bearer, Upgrade="WebSocket")[0] == 101


def test_a_socket_is_asked_for_by_get(server: Server, ann: Person) -> None:
    """Whatever else asks is answered as HTTP."""
    answer = shake(server, method="POST", Authorization=f"Bearer {ann.token}", Content_Length="0")
    assert answer[0] in (400, 405)


def test_compression_is_an_option_of_the_operator(start_server: StartServer, server: Server) -> None:
    """Declined by default; with the setting, long texts take a tenth of their bytes, either way."""
    with Person(server.url).chat(compression="deflate") as plain:
        assert not plain.socket.protocol.extensions
    compressing = start_server(ws_deflate="on")
    ann, bob = Person(compressing.url), Person(compressing.url)
    ann.befriend(bob)
    with ann.chat(compression="deflate") as a, bob.chat(compression="deflate") as b, bob.chat() as old:
        assert a.socket.protocol.extensions
        texts = ["hi", "a long text " * 400, "\u4f60\u597d" * 2000]
        for text in texts:
            assert a.say(bob.id, text)["cmd"] == 12
        for chat in (b, old):
            got = [chat.expect(lambda frame: frame["cmd"] == 10)["content"] for _ in texts]
            assert got == texts
        assert old.socket.protocol.extensions == []
    plain_bytes = sum(len(text.encode()) for text in texts)
    assert plain_bytes < read(compressing.url)["fastim_bytes_out_total"] < plain_bytes * 1.2
