"""https and wss: by gunicorn itself, and behind the real nginx and Caddy with the files of deploy/."""

from __future__ import annotations

import http.client
import json
import os
import socket
import ssl
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus

from fastim.backends import mysql_line
from tests.certificates import CERT_NAME, KEY_NAME, self_signed
from tests.client import PASSWORD, new_mobile
from tests.conftest import inherited_variables, variables
from tests.people import Person
from tests.servers import ROOT, Process, Redis, Server, free_port, program
from tests.test_start import PREFLIGHT, Run, environ, run, the_line

__all__ = ["environ", "run"]

EACH = 10
"""Connections that each process takes."""


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A self-signed certificate for 127.0.0.1, which this process trusts; its folder."""
    self_signed(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / CERT_NAME))
    return tmp_path


def talk(url: str) -> None:
    """Two people over wss."""
    ann, bob = Person(url), Person(url)
    ann.befriend(bob)
    with ann.chat() as mine, bob.chat() as theirs:
        mine.send(cmd=10, dstid=bob.id, media=1, content="safe", msgid="m1")
        theirs.expect(lambda frame: frame.get("content") == "safe")


def test_gunicorn_speaks_https_and_wss(certificate: Path, mariadb_url: str, redis: Redis) -> None:
    """Pages with a cookie for https alone, and talks, by two processes which both are filled before anybody
    is refused; those who speak no TLS leave no word in the log. Both show a renewed certificate."""
    silent: list[socket.socket] = []
    files = {"tls_cert": certificate / CERT_NAME, "tls_key": certificate / KEY_NAME}
    shared = {"database_url": mariadb_url, "bus_url": redis.url, "workers": 2, "connections": EACH}
    environ = inherited_variables() | variables(certificate, **files, **shared)
    with closing(mysql_line.connect(mariadb_url)) as line, line.cursor() as cursor:
        cursor.execute("INSERT INTO mark_clock (id, revision) VALUES (1, 0)")  # as migrations do
        line.commit()
    server = Server(certificate / "server", environ, scheme="https")
    try:
        with urllib.request.urlopen(f"{server.url}/login.shtml") as page:
            assert page.headers["Strict-Transport-Security"]
            assert b"<html" in page.read()
        talk(server.url)
        assert server.url in server.log()
        for said in (b"", b"GET / HTTP/1.1\r\n\r\n"):
            with socket.create_connection(("127.0.0.1", server.port)) as line:
                line.sendall(said)
        assert server.get("/readyz") == 200
        silent.append(socket.create_connection(("127.0.0.1", server.port)))
        server.wait_for_processes(2)
        fill(server.url, 2 * EACH)
        renew(server, certificate)
    finally:
        server.check_stop()
        for line in silent:
            line.close()


def fill(url: str, most: int) -> None:
    """With sockets of two people who hear each other in all of them; requests are answered then too."""
    ann, bob = people = [Person(url), Person(url)]
    ann.befriend(bob)
    with ExitStack() as opened:
        chats = [opened.enter_context(people[number % 2].chat()) for number in range(most)]
        chats[0].say(bob.id, "to all")
        for chat in chats[1::2]:
            chat.message("to all")
        with pytest.raises(InvalidStatus, match="503"):
            ann.chat()
        for _ in range(most):
            assert ann.post("/user/me")["code"] == 0


def renew(server: Server, folder: Path) -> None:
    """The certificate first, which changes nothing yet, and then its key; open sockets know of neither."""

    def put(name: str, told: str) -> None:
        (renewed / name).rename(folder / name)
        server.wait_until(lambda: server.log().count(told) == 2)  # by both processes

    def shown() -> set[str]:
        """By whichever process takes a connection."""
        return {ssl.get_server_certificate(("127.0.0.1", server.port)) for _ in range(2 * EACH)}

    renewed = folder / "renewed"
    renewed.mkdir()
    self_signed(renewed)
    old, new = ((place / CERT_NAME).read_text() for place in (folder, renewed))
    ann = Person(server.url)
    group = ann.create_group("renewal")
    with ExitStack() as opened:
        chats = [opened.enter_context(ann.chat()) for _ in range(4)]
        put(CERT_NAME, "certificate_refused")
        assert shown() == {old}
        put(KEY_NAME, "certificate_renewed")
        assert shown() == {new}
        chats[0].say(group, "still here", cmd=11)
        for chat in chats[1:]:
            chat.message("still here")


@pytest.mark.parametrize("missing", ["FASTIM_TLS_CERT", "FASTIM_TLS_KEY"])
def test_a_certificate_without_its_key_stops_the_start(run: Run, certificate: Path, missing: str) -> None:
    files = {
        "FASTIM_TLS_CERT": str(certificate / CERT_NAME),
        "FASTIM_TLS_KEY": str(certificate / KEY_NAME),
    }
    del files[missing]
    assert f"{missing}: a certificate and its key go together" in the_line(run(PREFLIGHT, **files))


def test_a_key_that_is_none_stops_the_start(run: Run, certificate: Path) -> None:
    cert = str(certificate / CERT_NAME)
    line = the_line(run(PREFLIGHT, FASTIM_TLS_CERT=cert, FASTIM_TLS_KEY=cert))
    assert "no certificate with its key" in line
    line = the_line(run(PREFLIGHT, FASTIM_TLS_CERT="/nowhere.pem", FASTIM_TLS_KEY=cert))
    assert "FASTIM_TLS_CERT: bad value '/nowhere.pem': No such file" in line


def nginx(folder: Path, port: int, backend: int) -> Process:
    """nginx with deploy/nginx.conf: its ports and files are the test's."""
    site = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    for old, new in (
        ("listen [::]:80;", ""),
        ("listen [::]:443 ssl http2;", ""),
        ("listen 80;", f"listen 127.0.0.1:{free_port()};"),
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{port} ssl http2;"),
        ("127.0.0.1:8081", f"127.0.0.1:{backend}"),
        ("/etc/ssl/fastim/chain.pem", str(folder / CERT_NAME)),
        ("/etc/ssl/fastim/key.pem", str(folder / KEY_NAME)),
        ("/var/log/nginx/fastim.log", str(folder / "access.log")),
    ):
        assert old in site, old
        site = site.replace(old, new)
    paths = "".join(
        f"{name}_temp_path {folder}/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "site.conf").write_text(site)
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/nginx.pid; error_log stderr; events {{}}\n"
        f"http {{ {paths} include {folder}/site.conf; }}\n"
    )
    return Process([program("nginx"), "-e", "stderr", "-c", str(folder / "nginx.conf")], folder)


def caddy(folder: Path, port: int, backend: int) -> Process:
    """Caddy with deploy/Caddyfile as it is."""
    own = {
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
        "SITE": f"https://127.0.0.1:{port}",
        "SITE_TLS": f"tls {folder / CERT_NAME} {folder / KEY_NAME}",
        **dict.fromkeys(("CHAT", "API", "FILES"), f"127.0.0.1:{backend}"),
    }
    config = folder / "Caddyfile"
    alone = "{\n\tadmin off\n\tauto_https disable_redirects\n}\n"
    config.write_text(alone + (ROOT / "deploy" / "Caddyfile").read_text("utf-8"))
    command = [program("caddy"), "run", "--config", str(config), "--adapter", "caddyfile"]
    return Process(command, folder, dict(os.environ) | own)


@pytest.fixture(params=[nginx, caddy], ids=["nginx", "caddy"])
def front(
    request: pytest.FixtureRequest, certificate: Path, sqlite_url: str
) -> Iterator[tuple[str, Server, Path]]:
    """The proxy's address, the FastIM behind it, the folder."""
    settings = variables(certificate, database_url=sqlite_url, trusted_proxies="127.0.0.1")
    server = Server(certificate / "server", inherited_variables() | settings)
    port = free_port()
    start: Callable[[Path, int, int], Process] = request.param
    proxy = start(certificate, port, server.port)
    context = ssl.create_default_context(cafile=certificate / CERT_NAME)

    def is_up() -> bool:
        try:
            with urllib.request.urlopen(f"https://127.0.0.1:{port}/readyz", context=context) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    proxy.wait_until(is_up)
    yield f"https://127.0.0.1:{port}", server, certificate
    proxy.stop()
    server.check_stop()


def test_behind_a_proxy_pages_files_and_talks_arrive_and_nobody_lies_about_who_he_is(
    front: tuple[str, Server, Path],
) -> None:
    """A large file goes through as it comes; what a client claims of its address is not believed."""
    url, server, folder = front
    with urllib.request.urlopen(f"{url}/login.shtml") as page:
        assert page.headers["Strict-Transport-Security"]
    talk(url)
    ann = Person(url)
    content = os.urandom(40 << 20)
    body = (
        b'--mark\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n'
        + content
        + b"\r\n--mark--\r\n"
    )
    headers = {
        "Authorization": f"Bearer {ann.token}",
        "Content-Type": "multipart/form-data; boundary=mark",
    }
    sent = urllib.request.Request(f"{url}/attach/upload", body, headers)
    with urllib.request.urlopen(sent) as answer:
        place = json.load(answer)["data"]
    with urllib.request.urlopen(urllib.request.Request(url + place, headers=headers)) as answer:
        assert answer.read() == content
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{url}/metrics")
    assert address_of_a_login(url, "127.0.0.1") == "127.0.0.1"
    assert address_of_a_login(url, "127.0.0.3") == "127.0.0.3"
    assert address_of_a_login(server.url, "127.0.0.3") == "127.0.0.3", "no proxy: it is not believed"
    log = folder / "access.log"
    assert not log.exists() or "token" not in log.read_text()


def address_of_a_login(url: str, source: str) -> str:
    """Where the server thinks that somebody comes from who is at `source` and claims to be elsewhere."""
    scheme, _, place = url.partition("://")
    host, _, port = place.partition(":")
    if scheme == "https":
        line: http.client.HTTPConnection = http.client.HTTPSConnection(
            host, int(port), source_address=(source, 0)
        )
    else:
        line = http.client.HTTPConnection(host, int(port), source_address=(source, 0))
    try:
        headers = {
            "Content-Type": "application/json",
            "X-Forwarded-For": "203.0.113.9",
            "X-Real-IP": "203.0.113.9",
            "Forwarded": "for=203.0.113.9",
        }
        body = json.dumps({"mobile": new_mobile(), "passwd": PASSWORD})
        line.request("POST", "/user/register", body, headers)
        token = json.load(line.getresponse())["data"]["token"]
        line.request("POST", "/user/devices", "{}", {**headers, "Authorization": f"Bearer {token}"})
        (device,) = json.load(line.getresponse())["rows"]
        return str(device["address"])
    finally:
        line.close()
