"""The figures as lines and tables for people, and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.peer import SCENES
from bench.rows import BASE, ROWS
from bench.scenes import Figures

_COLUMNS = {
    "cpu_us": ("CPU us", "{:.2f}"),
    "database_us": ("of it database", "{:.2f}"),
    "bus_us": ("of it Redis", "{:.2f}"),
    "rate": ("per second", "{:,.0f}"),
    "p50_ms": ("p50 ms", "{:.2f}"),
    "p99_ms": ("p99 ms", "{:.2f}"),
    "busy": ("server CPU", "{:.0%}"),
    "generator": ("generator CPU", "{:.0%}"),
    "foreign": ("foreign CPU", "{:.0%}"),
    "kib": ("KiB/connection", "{:.1f}"),
    "requests": ("requests", "{:.0f}"),
    "logins": ("log-ins/s", "{:.1f}"),
    "login_ms": ("CPU ms/log-in", "{:.1f}"),
}
_ABOUT = {
    "single": "100 pairs, 8 messages in flight each; CPU per delivery",
    "ping-pong": "one pair, one message in flight; CPU per delivery",
    "room-4": "a room of 1,000, one writer, 4 in flight; CPU per delivery",
    "room-64": "a room of 1,000, four writers, 16 in flight each; CPU per delivery",
    "room-10k": "a room of 10,000, one writer, 4 in flight; CPU per delivery",
    "idle": "15,000 connections, 100 pairs of them talk; CPU per delivery",
    "idle-30k": "30,000 connections over several processes, 100 pairs of them talk; CPU per delivery",
    "connecting": "open, handshake, first frame, close; CPU per connection. Then log-ins by password",
    "half-load": "100 pairs at half the rate of `single`; CPU per delivery",
    "half-load, room": "a room of 1,000 at half the rate of `room-64`; CPU per delivery",
    "sync": "a client that missed 1,000 messages fetches them; CPU per catching up",
}
_ROOM = "room_"


@dataclass(frozen=True)
class Result:
    """A run.

    Args:
        medians: (scene, row) to figures.
        failed: (scene, row) to what went wrong in the last round that failed.
    """

    machine: Mapping[str, str | float]
    seconds: float
    rounds: int
    medians: Mapping[tuple[str, str], Figures]
    failed: Mapping[tuple[str, str], str]


def shown(name: str, figures: Figures) -> str:
    """A figure with its digits; a dash where the scene has none."""
    return _COLUMNS[name][1].format(figures[name]) if name in figures else "-"


def line(figures: Figures) -> str:
    """One measurement on one line."""
    parts = [(title, shown(name, figures)) for name, (title, _) in _COLUMNS.items()]
    return ", ".join(f"{title} {value}" for title, value in parts if value not in ("-", "0.00"))


def by_scene(result: Result) -> dict[str, dict[str, Figures]]:
    """Scene to row to figures, in the order of the report; half loads of rooms are a scene of their own."""
    found: dict[str, dict[str, Figures]] = {}
    for scene in SCENES:
        for row in ROWS:
            figures = result.medians.get((scene, row))
            if figures is None:
                continue
            plain = {name: value for name, value in figures.items() if not name.startswith(_ROOM)}
            room = {n.removeprefix(_ROOM): value for n, value in figures.items() if n.startswith(_ROOM)}
            found.setdefault(scene, {})[row] = plain
            if room:
                found.setdefault(f"{scene}, room", {})[row] = room
    return found


def table(result: Result) -> str:
    """A Markdown table for each scene. `x` is how many times the CPU of the base row is a row's."""
    parts = [
        (
            f"Medians of {result.rounds} rounds of {result.seconds:g} s. {result.machine['processor']}, "
            f"Python {result.machine['python']}; a durable write takes {result.machine['fsync_ms']} ms."
        )
    ]
    for scene, rows in by_scene(result).items():
        columns = [name for name in _COLUMNS if any(figures.get(name) for figures in rows.values())]
        heads = ["", "stores", *(_COLUMNS[name][0] for name in columns), f"cheaper than {BASE}"]
        lines = [
            [ROWS[row]().title, "yes" if ROWS[row]().stores else "no"]
            + [shown(name, figures) for name in columns]
            + [_ratio(rows, figures)]
            for row, figures in rows.items()
        ]
        parts.append(f"{scene}: {_ABOUT[scene]}\n\n{_markdown([heads, *lines])}")
    parts += [f"FAILED {scene} {row}: {why}" for (scene, row), why in result.failed.items()]
    return "\n\n".join(parts)


def _ratio(rows: Mapping[str, Figures], figures: Figures) -> str:
    base = rows.get(BASE)
    if base is None or not figures["cpu_us"]:
        return "-"
    return f"{base['cpu_us'] / figures['cpu_us']:.1f} x"


def _markdown(lines: Sequence[Sequence[str]]) -> str:
    """Aligned, so that it reads as text too."""
    widths = [max(len(one[place]) for one in lines) for place in range(len(lines[0]))]

    def put(cells: Sequence[str]) -> str:
        rest = (cell.rjust(width) for cell, width in zip(cells[1:], widths[1:], strict=True))
        return "| " + " | ".join([cells[0].ljust(widths[0]), *rest]) + " |"

    ruler = "| " + " | ".join(["-" * widths[0], *("-" * (w - 1) + ":" for w in widths[1:])]) + " |"
    return "\n".join([put(lines[0]), ruler, *map(put, lines[1:])])


def write(result: Result, path: Path) -> None:
    """Everything, as JSON."""
    names = {row for _, row in result.medians}
    path.write_text(
        json.dumps(
            {
                "machine": result.machine,
                "seconds": result.seconds,
                "rounds": result.rounds,
                "rows": {
                    name: {"title": row.title, "stores": row.stores}
                    for name, row in ((name, make()) for name, make in ROWS.items())
                    if name in names
                },
                "scenes": by_scene(result),
                "failed": [
                    {"scene": scene, "row": row, "why": why} for (scene, row), why in result.failed.items()
                ],
            },
            indent=1,
        )
        + "\n"
    )
