"""`python -m bench`: every scene with every server, and a table of what they took.

The servers' data are in the system's folder for temporary files; TMPDIR names another. It has to be on a
disk, or what is called durable is not.
"""

from __future__ import annotations

import argparse
import functools
import gc
import os
import resource
import signal
import socket
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench import chart, machine, report
from bench.measure import GENERATOR_CPU, SERVER_CPU
from bench.peer import SCENES as NAMES
from bench.peer import Missing, Row
from bench.rows import CLUSTER, ROWS
from bench.scenes import HALF_LOADS, SCENES, Figures, Stage
from fastim.loadtest.link import Lost

_OUT = Path(__file__).parent / "out"
Taken = dict[tuple[str, str], list[Figures]]
"""(scene, row) to the figures of the rounds that succeeded."""


def _list(known: Sequence[str], text: str) -> list[str]:
    names = text.split(",")
    if unknown := [name for name in names if name not in known]:
        raise argparse.ArgumentTypeError(f"{', '.join(unknown)}: not among {', '.join(known)}")
    return [name for name in known if name in names]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    every: dict[str, list[str]] = {"rows": list(ROWS), "scenes": list(NAMES)}
    for what, known in every.items():
        some = f"some of {','.join(known)}"
        usual = [name for name in known if name not in CLUSTER]
        parser.add_argument(f"--{what}", type=functools.partial(_list, known), default=usual, help=some)
    parser.add_argument(
        "--seconds", type=float, default=5, help="of each timed scene, after a second's warm-up"
    )
    parser.add_argument("--rounds", type=int, default=3, help="the table has the medians")
    parser.add_argument("--out", type=Path, default=_OUT, help="folder of result.json and the charts")
    return parser.parse_args()


def _prepare() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("bench: told to end"))  # and stops what it started
    if (os.cpu_count() or 1) < 2:
        sys.exit("bench: two processors are needed, one for the server and one for the generator")
    os.sched_setaffinity(0, {GENERATOR_CPU})
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    gc.disable()  # the generator makes no cycles while it measures; _play collects between scenes


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _play(row: Row, scene: str, seconds: float, full: dict[str, float]) -> Figures:
    """One scene on a server that was started for it."""
    gc.collect()
    port = _free_port()
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as folder:
        stage = Stage(row, port, seconds, full)
        try:
            row.start(Path(folder), port, SERVER_CPU, SCENES[scene].plan)
            return SCENES[scene].play(stage)
        finally:
            stage.close()
            row.stop()


def _round(arguments: argparse.Namespace, taken: Taken, failed: dict[tuple[str, str], str]) -> None:
    full: dict[str, dict[str, float]] = {name: {} for name in arguments.rows}
    for scene in arguments.scenes:
        for name in arguments.rows:
            row = ROWS[name]()
            if scene not in row.scenes:
                continue
            try:
                if scene == "half-load" and (lack := [s for s in HALF_LOADS if s not in full[name]]):
                    raise Lost(f"needs the figures of {' and '.join(lack)}")
                figures = _play(row, scene, arguments.seconds, full[name])
            except (Lost, RuntimeError, OSError) as error:
                failed[scene, name] = str(error)
                print(f"{scene:<11} {name:<15} FAILED: {error}", file=sys.stderr, flush=True)
                continue
            taken.setdefault((scene, name), []).append(figures)
            full[name][scene] = figures["rate"]
            print(f"{scene:<11} {name:<15} {report.line(figures)}", file=sys.stderr, flush=True)


def main() -> int:
    """0 when every scene went through."""
    arguments = _arguments()
    arguments.out.mkdir(parents=True, exist_ok=True)
    _prepare()
    where = machine.describe(Path(tempfile.gettempdir()))
    taken: Taken = {}
    failed: dict[tuple[str, str], str] = {}
    try:
        for number in range(arguments.rounds):
            print(f"round {number + 1} of {arguments.rounds}", file=sys.stderr, flush=True)
            _round(arguments, taken, failed)
    except Missing as missing:
        print(f"bench: {missing}, or leave the row out with --rows", file=sys.stderr)
        return 2
    medians = {
        key: {name: statistics.median(r[name] for r in rounds if name in r) for name in rounds[0]}
        for key, rounds in taken.items()
    }
    result = report.Result(where, arguments.seconds, arguments.rounds, medians, failed)
    print(report.table(result))
    report.write(result, arguments.out / "result.json")
    chart.draw(result, arguments.out)
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
