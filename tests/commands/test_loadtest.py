"""The load test measures a real server, and its checker sees every kind of fault."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastim.commands import commands
from fastim.loadtest.__main__ import is_loopback, main
from fastim.loadtest.checker import Checker
from tests.conftest import MakeApp, StartServer, inherited_variables
from tests.servers import ROOT

READERS = (1, 2)
"""Beside person 0, who writes."""


@pytest.fixture
def seeded(make_app: MakeApp, tmp_path: Path) -> Path:
    file = tmp_path / "seed.json"
    words = ["loadtest", "seed", "--people", "12", "--rooms", "8", "--out", str(file)]
    assert make_app().test_cli_runner().invoke(commands, words).exit_code == 0
    return file


def test_a_server_is_measured_and_keeps_its_promises(
    start_server: StartServer, seeded: Path, tmp_path: Path
) -> None:
    """Pairs, then a room in which several write; figures on the screen and as JSON."""
    server = start_server()
    figures = tmp_path / "out.json"
    common = ["--url", server.url, "--seeded", str(seeded), "--seconds", "1", "--json", str(figures)]
    for words, fan in ((["--pairs", "4"], 1), (["--room", "8", "--writers", "3"], 7)):
        assert main([*common, *words]) == 0
        found = json.loads(figures.read_text())
        assert found["faults"] == []
        assert found["acked"] == found["sent"] > 20
        assert found["delivered"] == found["acked"] * fan
        assert 0 < found["ack_ms"]["p50"] <= found["delivery_ms"]["max"]


def test_the_command_runs_it_in_a_process_of_its_own(
    start_server: StartServer, seeded: Path, tmp_path: Path
) -> None:
    """Files are found from where the operator stands; a limit on the rate is told, and is no fault."""
    server = start_server(rate_limits="on", message_rate="5/second")
    environ = inherited_variables() | {"FLASK_APP": str(ROOT / "wsgi.py")}
    words = [
        "--url",
        server.url,
        "--seeded",
        "seed.json",
        "--pairs",
        "1",
        "--inflight",
        "20",
        "--seconds",
        "1",
    ]
    done = subprocess.run(
        [sys.executable, "-m", "flask", "fastim", "loadtest", "run", *words],
        cwd=tmp_path,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "rate_limited" in done.stdout
    assert "no faults: loss, order, duplicates" in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--url", "http://192.0.2.7"], "say --yes-i-own-it"),
        (["--url", "ftp://127.0.0.1"], "use a URL such as"),
        (["--url", "http://127.0.0.1:1", "--pairs", "2"], "person"),
        (["--pairs", "5000"], "has 12 people"),
        (["--seeded", "/nowhere.json"], "nowhere"),
    ],
)
def test_what_cannot_be_done_is_a_line(
    seeded: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    """Nobody loads another's server by mistake."""
    assert main(["--url", "http://127.0.0.1:1", "--seeded", str(seeded), *words]) in (1, 2)
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--seconds", "6000"], ["--pairs", "0"], ["--inflight", "x"]])
def test_a_mistyped_number_is_refused(seeded: Path, words: list[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--seeded", str(seeded), *words])


def test_this_machine_is_known_by_its_addresses() -> None:
    assert is_loopback("127.0.0.1")
    assert is_loopback("localhost")
    assert not is_loopback("192.0.2.1")
    assert not is_loopback("no.such.host.invalid")


def played(count: int) -> tuple[Checker, dict[int, list[int]]]:
    """A run in which person 0 had so many messages acknowledged; what each reader is to get."""
    checker = Checker()
    for person in (0, *READERS):
        checker.stand(person, 9)
    for seq in range(101, 101 + count):
        checker.sent(9, f"m{seq}")
        assert checker.acked(0, 9, f"m{seq}", seq)
    return checker, {person: list(range(101, 101 + count)) for person in READERS}


def finished(checker: Checker, deliveries: dict[int, list[int]]) -> list[str]:
    for person, seqs in deliveries.items():
        for seq in seqs:
            checker.delivered(person, 9, seq)
    return checker.finish()


@given(count=st.integers(1, 30))
def test_a_run_without_fault_has_none(count: int) -> None:
    assert finished(*played(count)) == []


@given(count=st.integers(2, 30), data=st.data())
def test_every_loss_double_and_turn_is_seen(count: int, data: st.DataObject) -> None:
    """Of one message of one reader, wherever it is."""
    for fault in ("lost", "twice", "turned"):
        checker, deliveries = played(count)
        seqs = deliveries[data.draw(st.sampled_from(READERS))]
        place = data.draw(st.integers(0, count - 1))
        if fault == "lost":
            del seqs[place]
        elif fault == "twice":
            seqs.insert(data.draw(st.integers(place, count)), seqs[place])
        else:
            place = min(place, count - 2)
            seqs[place], seqs[place + 1] = seqs[place + 1], seqs[place]
        assert finished(checker, deliveries) != [], fault
        assert checker.faults_found >= 1


def test_a_message_that_is_stored_twice_is_seen() -> None:
    """Two numbers for one: everybody got both, in order, and yet."""
    checker, deliveries = played(3)
    for seqs in deliveries.values():
        seqs.append(104)
    checker.sent(9, "m105")
    checker.acked(0, 9, "m105", 105)
    for seqs in deliveries.values():
        seqs.append(105)
    assert any("were acknowledged as 101 to 105" in fault for fault in finished(checker, deliveries))


def test_an_ack_that_never_comes_is_seen() -> None:
    checker, deliveries = played(2)
    checker.sent(9, "m9")
    assert not checker.is_done()
    assert any("never answered" in fault for fault in finished(checker, deliveries))
    assert not checker.acked(0, 9, "unknown", 7)
