"""The two characters: Mochi, a cat as round as a rice cake, and Pea, a sprout."""

from __future__ import annotations

import math
from dataclasses import dataclass

from tools.stickers.canvas import INK, LINE, Canvas, Point, Points, curve, ellipse
from tools.stickers.face import EYES, MOUTHS, PINK


@dataclass(frozen=True)
class Look:
    """A character's colours and what it has on its head."""

    body: str
    shade: str
    light: str
    head: str


MOCHI = Look("#fff1dc", "#f9dcb8", "#fffaf0", "ears")
PEA = Look("#bfe6a1", "#9fd17f", "#d9f3c4", "sprout")


@dataclass
class Pose:
    """One frame's posture; lengths in units, angles in degrees."""

    x: float = 0
    y: float = 0
    turn: float = 0
    stretch: float = 1
    """Above 1 taller and thinner, below 1 squashed; the volume stays."""
    size: float = 1
    eyes: str = "dots"
    look: Point = (0, 0)
    mouth: str = "smile"
    brows: float | None = None
    """The slant of the eyebrows: positive is angry, negative is worried."""
    blush: float = 1
    left: Point | None = (-5, 12)
    right: Point | None = (5, 12)
    """Where the hands are, from the shoulders; None hides an arm."""
    front: bool = True
    """Whether the arms are in front of the body."""
    feet: tuple[float, float] = (0, 0)
    """How far each foot is lifted."""
    wag: float = 0
    head: float = 0
    """How far the ears or the sprout lean."""
    tint: str = ""
    """Another body colour, such as red with anger."""


CENTER = (120.0, 142.0)
_RX, _RY = 66.0, 56.0
_SHOULDER = (57.0, 26.0)


def _body() -> Points:
    points = []
    for step in range(120):
        angle = math.tau * step / 120
        cos, sin = math.cos(angle), math.sin(angle)
        power = 2 / (2.75 if sin > 0 else 2.15)
        x = math.copysign(abs(cos) ** power, cos)
        y = math.copysign(abs(sin) ** power, sin)
        points.append((_RX * x * (1 + 0.07 * y), _RY * y))
    return points


BODY = _body()


def draw(canvas: Canvas, look: Look, pose: Pose) -> None:
    """Draw a character in a pose."""
    wide = pose.size / math.sqrt(pose.stretch)
    tall = pose.size * math.sqrt(pose.stretch)
    color = pose.tint or look.body
    # It is squashed against the ground, so the feet stay where they are.
    ground = CENTER[1] + _RY * pose.size
    with canvas.moved(CENTER[0] + pose.x, ground - _RY * tall + pose.y, pose.turn, wide, tall):
        if look.head == "ears":
            _tail(canvas, color, pose.wag)
        if not pose.front:
            _arms(canvas, color, pose)
        _silhouette(canvas, look, pose, color)
        _face(canvas, pose)
        if pose.front:
            _arms(canvas, color, pose)


def _silhouette(canvas: Canvas, look: Look, pose: Pose, color: str) -> None:
    feet = [
        ellipse(side * 27, _RY - 3 - lift, 15, 9) for side, lift in zip((-1, 1), pose.feet, strict=True)
    ]
    if look.head == "sprout":
        _sprout(canvas, pose.head)
    ears = [_ear(side, pose.head) for side in (-1, 1)] if look.head == "ears" else []
    canvas.union([*feet, *ears, BODY], color)
    shadow = [(x * 1.2, y - 12) for x, y in BODY]
    if not pose.tint:
        canvas.fill(BODY, look.shade)
        canvas.shade([BODY], [shadow], look.body)
        canvas.shade([BODY], [ellipse(-30, -34, 17, 8, -32)], look.light)
    for side in (-1, 1):
        if ears:
            tip = (side * (46 + pose.head * 0.8), -65.0)
            inner = [(side * 52.0, -47.0), tip, (side * 32.0, -54.0), (side * 41.0, -45.0)]
            canvas.fill(curve(inner, closed=True), PINK)


def _ear(side: int, lean: float) -> Points:
    tip = (side * (47 + lean), -75.0)
    outline = [(side * 60.0, -22.0), (side * 59.0, -52.0), tip, (side * 30.0, -62.0), (side * 14.0, -50.0)]
    return [*curve([outline[0], outline[1], tip, outline[3], outline[4]]), (side * 30.0, -20.0)]


def _tail(canvas: Canvas, color: str, wag: float) -> None:
    path = curve([(48, 36), (74, 34), (88 + wag * 0.5, 14), (82 + wag, -8)])
    canvas.line(path, INK, 13 + 2 * LINE)
    canvas.line(path, color, 13)


def _sprout(canvas: Canvas, lean: float) -> None:
    with canvas.moved(0, -_RY + 2, lean):
        stem = curve([(0, 6), (1, -8), (0, -20)])
        canvas.line(stem, INK, 5 + 2 * LINE)
        for side, color in ((-1, "#6fbf5b"), (1, "#86d06c")):
            leaf = curve(
                [(0, -18), (side * 12, -32), (side * 32, -34), (side * 37, -30), (side * 26, -18)],
                closed=True,
            )
            canvas.shape(leaf, color)
            canvas.line(curve([(side * 4, -20), (side * 16, -26), (side * 28, -29)]), "#4f9c45", 2)
        canvas.line(stem, "#7cc866", 5)


def _arms(canvas: Canvas, color: str, pose: Pose) -> None:
    for side, hand in ((-1, pose.left), (1, pose.right)):
        if hand is None:
            continue
        x, y = side * _SHOULDER[0], _SHOULDER[1]
        bend = (x + hand[0] * 0.5 + side * 3, y + hand[1] * 0.5)
        inside = (x - side * 10, y)
        canvas.limb(curve([inside, (x, y), bend, (x + hand[0], y + hand[1])]), 17, color)


def hand(pose: Pose, side: int) -> Point:
    """Where a hand is on the canvas, for what it holds."""
    reach = (pose.left if side < 0 else pose.right) or (0, 0)
    wide, tall = pose.size / math.sqrt(pose.stretch), pose.size * math.sqrt(pose.stretch)
    x, y = (side * _SHOULDER[0] + reach[0]) * wide, (_SHOULDER[1] + reach[1]) * tall
    cos, sin = math.cos(math.radians(pose.turn)), math.sin(math.radians(pose.turn))
    ground = CENTER[1] + _RY * pose.size
    return (
        CENTER[0] + pose.x + x * cos - y * sin,
        ground - _RY * tall + pose.y + x * sin + y * cos,
    )


def _face(canvas: Canvas, pose: Pose) -> None:
    dx, dy = pose.look
    with canvas.moved(dx, dy + 2):
        for side in (-1, 1):
            if pose.blush:
                canvas.fill(ellipse(side * 43, 13, 10.5 * pose.blush, 6.5 * pose.blush), PINK)
            with canvas.moved(side * 27, -4):
                EYES[pose.eyes](canvas, side)
                if pose.brows is not None:
                    slant = pose.brows * side / 2
                    canvas.line([(-8, -18 + slant), (8, -18 - slant)], INK, 4)
        with canvas.moved(0, 11):
            MOUTHS[pose.mouth](canvas)
