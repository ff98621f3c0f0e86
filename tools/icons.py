"""Draw the app's icons for the manifest as PNG: the same bubble and flash as fastim/static/images/icon.svg.

python -m tools.icons
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).resolve().parents[1] / "fastim" / "static" / "images"
UNITS = 64
"""The side of the drawing, as in the SVG."""
SMOOTH = 4
"""Drawn so many times as large and made small at the end."""
GREEN, WHITE = "#0f766e", "#ffffff"

Point = tuple[float, float]

_FLASH: list[Point] = [(34.5, 21.5), (24.5, 32), (30.5, 32), (28.7, 39.5), (39.5, 28.5), (33.3, 28.5)]


def bezier(a: Point, b: Point, c: Point, d: Point, steps: int = 24) -> list[Point]:
    """Points of a cubic curve."""
    found = []
    for step in range(steps + 1):
        t = step / steps
        u = 1 - t
        x, y = (u**3 * a[k] + 3 * u * u * t * b[k] + 3 * u * t * t * c[k] + t**3 * d[k] for k in (0, 1))
        found.append((x, y))
    return found


def bubble() -> list[Point]:
    """The outline of the speech bubble with its tail."""
    return [
        *bezier((32, 15), (21.5, 15), (13, 21.9), (13, 30.4)),
        *bezier((13, 30.4), (13, 35.3), (15.8, 39.6), (20.2, 42.4)),
        (18.6, 50),
        (26.9, 45.3),
        *bezier((26.9, 45.3), (28.5, 45.6), (30.2, 45.8), (32, 45.8)),
        *bezier((32, 45.8), (42.5, 45.8), (51, 38.9), (51, 30.4)),
        *bezier((51, 30.4), (51, 21.9), (42.5, 15), (32, 15)),
    ]


def draw(side: int, round_corners: bool, alone: bool = False) -> Image.Image:
    """The icon with `side` px.

    Without round corners it fills the square, for systems that cut a shape of their own; `alone` is the
    bubble in white on nothing, as Android wants its badges.
    """
    scale = side * SMOOTH / UNITS
    image = Image.new("RGBA", (side * SMOOTH, side * SMOOTH))
    pen = ImageDraw.Draw(image)
    whole = (0, 0, side * SMOOTH - 1, side * SMOOTH - 1)
    if not alone:
        pen.rounded_rectangle(whole, radius=16 * scale if round_corners else 0, fill=GREEN)
    pen.polygon([(x * scale, y * scale) for x, y in bubble()], fill=WHITE)
    flash = (0, 0, 0, 0) if alone else GREEN
    pen.polygon([(x * scale, y * scale) for x, y in _FLASH], fill=flash)
    return image.resize((side, side), Image.Resampling.LANCZOS)


ICONS = {
    "icon-192.png": (192, True, False),
    "icon-512.png": (512, True, False),
    "icon-maskable-512.png": (512, False, False),
    "icon-apple-180.png": (180, False, False),
    "badge-96.png": (96, False, True),
}


def main() -> None:
    """Write all of them."""
    for name, (side, round_corners, alone) in ICONS.items():
        draw(side, round_corners, alone).save(FOLDER / name, optimize=True)


if __name__ == "__main__":
    main()
