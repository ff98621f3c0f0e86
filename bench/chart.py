"""The figures as a picture: a panel for each scene, a bar for each server."""

from __future__ import annotations

import statistics
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from bench.report import Result, by_scene
from bench.rows import ROWS

_SCALE = 2
"""Pixels per unit, for dense screens."""
_COLUMNS, _WIDTH, _GAP, _MARGIN = 3, 400, 28, 36
_BAR, _STEP, _TITLE, _HEAD, _FOOT = 20, 28, 58, 104, 60
_NAME, _VALUE = 128, 62
"""Room for a server's name before its bar, and for the figure behind the longest."""
_LONGEST = 3.0
"""Medians of its panel that a bar may be long; a longer one is cut, with a gap, lest it hide the rest."""
_PAPER, _PANEL, _INK, _FAINT = "#ffffff", "#f5f7f9", "#1d2733", "#66727f"
_COLOURS = (
    "#00897b", "#4db6ac", "#80cbc4", "#a7d8d3", "#cde8e5",
    "#e07a3f", "#f0b27a", "#5b7db1", "#9db4d6", "#8e6c8a",
)  # fmt: skip
"""One for each of ROWS."""
_TITLES = {
    "single": ("100 pairs talk", "8 messages in flight each"),
    "ping-pong": ("One pair, in turns", "1 message in flight"),
    "room-4": ("Room of 1,000, one writer", "4 messages in flight"),
    "room-64": ("Room of 1,000, four writers", "64 messages in flight"),
    "room-10k": ("Room of 10,000, one writer", "4 messages in flight"),
    "idle": ("100 pairs among 15,000 idle", "8 messages in flight each"),
    "connecting": ("Connecting", "CPU microseconds per connection"),
}
_MEMORY = ("Memory of an idle connection", "KiB, of 15,000")


@dataclass(frozen=True)
class Panel:
    """One scene.

    Args:
        bars: row name to its figure, smaller is better.
    """

    title: str
    about: str
    bars: Mapping[str, float]


def panels(result: Result) -> list[Panel]:
    """What there is to draw, in the order of the scenes."""
    found = []
    scenes = by_scene(result)
    for scene, (title, about) in _TITLES.items():
        bars = {row: figures["cpu_us"] for row, figures in scenes.get(scene, {}).items()}
        if bars:
            found.append(Panel(title, about, bars))
    memory = {row: figures["kib"] for row, figures in scenes.get("idle", {}).items() if "kib" in figures}
    return [*found, Panel(*_MEMORY, memory)] if memory else found


def draw(result: Result, folder: Path) -> None:
    """Write `cpu.png` into the folder; nothing without a scene that has a panel."""
    drawn = panels(result)
    if not drawn:
        return
    rows = [name for name in ROWS if any(name in panel.bars for panel in drawn)]
    height = _TITLE + len(rows) * _STEP + 12
    lines = -(-len(drawn) // _COLUMNS)
    columns = min(_COLUMNS, len(drawn))
    size = (
        2 * _MARGIN + columns * _WIDTH + (columns - 1) * _GAP,
        _HEAD + lines * (height + _GAP) + _FOOT,
    )
    sheet = _Sheet(size)
    sheet.text(_MARGIN, 26, "What a message costs the server", 26)
    sheet.text(
        _MARGIN,
        64,
        "CPU microseconds per delivered message, one core. Shorter is better; a bar with a gap is cut",
        15,
        _FAINT,
    )
    for place, panel in enumerate(drawn):
        x = _MARGIN + place % _COLUMNS * (_WIDTH + _GAP)
        y = _HEAD + place // _COLUMNS * (height + _GAP)
        sheet.panel(x, y, height, panel, rows)
    foot = size[1] - _FOOT
    sheet.dot(_MARGIN + 4, foot + 9)
    sheet.text(_MARGIN + 16, foot, "stores every message before its ack", 13, _FAINT)
    rounds = "one round" if result.rounds == 1 else f"medians of {result.rounds} rounds"
    where = f"{result.machine['processor']}; {rounds}"
    sheet.text(_MARGIN, foot + 22, where, 13, _FAINT)
    sheet.image.save(folder / "cpu.png", optimize=True)


class _Sheet:
    """A picture with coordinates in units of `_SCALE` pixels."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.image = Image.new("RGB", (size[0] * _SCALE, size[1] * _SCALE), _PAPER)
        self._pen = ImageDraw.Draw(self.image)

    def text(
        self, x: float, y: float, text: str, size: int, colour: str = _INK, anchor: str = "la"
    ) -> None:
        font = ImageFont.load_default(size * _SCALE)
        self._pen.text((x * _SCALE, y * _SCALE), text, colour, font, anchor)

    def box(self, x: float, y: float, width: float, height: float, colour: str, radius: int) -> None:
        corners = (x * _SCALE, y * _SCALE, (x + width) * _SCALE, (y + height) * _SCALE)
        self._pen.rounded_rectangle(corners, radius * _SCALE, colour)

    def dot(self, x: float, y: float) -> None:
        self.box(x - 3, y - 3, 6, 6, _COLOURS[0], 3)

    def panel(self, x: int, y: int, height: int, panel: Panel, rows: list[str]) -> None:
        """A title and a bar for each row; each panel has its own scale, from 0."""
        self.box(x, y, _WIDTH, height, _PANEL, 8)
        self.text(x + 16, y + 12, panel.title, 16)
        self.text(x + 16, y + 34, panel.about, 12, _FAINT)
        values = panel.bars.values()
        longest = min(max(values), _LONGEST * statistics.median(values)) or 1
        room = _WIDTH - 16 - _NAME - _VALUE
        for place, name in enumerate(rows):
            top = y + _TITLE + place * _STEP
            middle = top + _BAR / 2
            if ROWS[name]().stores:
                self.dot(x + 10, middle)
            self.text(x + 18, middle, ROWS[name]().title, 12, anchor="lm")
            start = x + 16 + _NAME
            if name not in panel.bars:
                self.text(start, middle, "not measured", 12, _FAINT, "lm")
                continue
            width = max(min(panel.bars[name] / longest, 1) * room, 2)
            self.box(start, top, width, _BAR, _COLOURS[list(ROWS).index(name)], 3)
            if panel.bars[name] > longest:
                self.box(start + room * 0.85, top, 6, _BAR, _PANEL, 0)
            self.text(start + width + 6, middle, _digits(panel.bars[name]), 13, anchor="lm")


def _digits(value: float) -> str:
    """Three digits that mean something."""
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:,.0f}"
