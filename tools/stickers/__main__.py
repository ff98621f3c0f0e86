"""Draw the stickers: `python -m tools.stickers`, or `make stickers`.

Writes fastim/static/stickers/<pack>/<name>.webp with packs.json, and the small GIFs that the pages of the
Go version ask for by number.
"""

from __future__ import annotations

import itertools
import json
import shutil
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from tools.stickers import mochi_answers, mochi_feels, pea_days, pea_outings
from tools.stickers.canvas import Canvas

STATIC = Path(__file__).resolve().parents[2] / "fastim" / "static"
FRAMES = (12, 10, 8)
"""How many frames a loop has: the most that fit."""
LOOP_MS = 1080
LARGEST_BYTES = 60_000
PIXELS = 240
OLD_COUNT = 14
"""The pages of the Go version ask for 0.gif to 13.gif."""
OLD_PIXELS = 96
OLD_FRAMES = 12

Scene = Callable[[Canvas, float], None]
MOCHI = (*mochi_answers.SCENES, *mochi_feels.SCENES)
PACKS = (
    ("mochi", {"zh-CN": "团子", "en": "Mochi"}, MOCHI),
    ("pea", {"zh-CN": "小豆芽", "en": "Pea"}, (*pea_days.SCENES, *pea_outings.SCENES)),
)


def frames(scene: Scene, count: int, pixels: int) -> list[Image.Image]:
    """The loop in `count` frames."""
    images = []
    for number in range(count):
        canvas = Canvas()
        scene(canvas, number / count)
        images.append(canvas.finish(pixels))
    return images


def _simple_edge(image: Image.Image) -> Image.Image:
    """Six steps of transparency: as smooth to the eye, and half the bytes in WebP's alpha plane."""
    alpha = image.getchannel("A").point(lambda v: round(v / 51) * 51)
    out = Image.new("RGBA", image.size, (255, 255, 255, 0))
    out.paste(image.convert("RGB"), mask=alpha.point(lambda v: 255 if v else 0))
    out.putalpha(alpha)
    return out


def write_webp(scene: Scene, path: Path) -> None:
    """The best quality that stays under LARGEST_BYTES."""
    for count, quality in itertools.product(FRAMES, (80, 72, 64, 56)):
        images = [_simple_edge(image) for image in frames(scene, count, PIXELS)]
        images[0].save(
            path, save_all=True, append_images=images[1:], duration=LOOP_MS // count, loop=0,
            quality=quality, method=6, kmin=999, kmax=1000,
        )  # fmt: skip
        if path.stat().st_size < LARGEST_BYTES:
            return
    raise SystemExit(f"{path.name} has {path.stat().st_size} bytes")


def write_gif(scene: Scene, path: Path) -> None:
    """A GIF has no half-transparent pixels; the white border hides the hard edge."""
    images = frames(scene, OLD_FRAMES, OLD_PIXELS)
    strip = Image.new("RGB", (OLD_PIXELS * len(images), OLD_PIXELS), "white")
    for number, image in enumerate(images):
        strip.paste(image, (number * OLD_PIXELS, 0), image)
    colors = strip.quantize(255, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    flat = []
    for number, image in enumerate(images):
        left = number * OLD_PIXELS
        frame = colors.crop((left, 0, left + OLD_PIXELS, OLD_PIXELS))
        outside = image.getchannel("A").point(lambda v: 255 if v < 128 else 0)
        frame.paste(255, mask=outside)
        flat.append(frame)
    flat[0].save(
        path, save_all=True, append_images=flat[1:], duration=LOOP_MS // OLD_FRAMES,
        loop=0, disposal=2, transparency=255, optimize=False,
    )  # fmt: skip


def write_json(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


def main() -> None:
    """Draw everything anew."""
    packs = []
    shutil.rmtree(STATIC / "stickers", ignore_errors=True)
    for pack, name, scenes in PACKS:
        folder = STATIC / "stickers" / pack
        folder.mkdir(parents=True)
        items = []
        for scene, chinese, english, draw in scenes:
            write_webp(draw, folder / f"{scene}.webp")
            items.append({"file": f"{scene}.webp", "label": {"zh-CN": chinese, "en": english}})
        packs.append({"id": pack, "name": name, "items": items})
    write_json(STATIC / "stickers" / "packs.json", packs)

    old = STATIC / "plugins" / "doutu"
    shutil.rmtree(old, ignore_errors=True)
    (old / "emoj").mkdir(parents=True)
    files = [f"{number}.gif" for number in range(OLD_COUNT)]
    for file, (_, _, _, draw) in zip(files, MOCHI, strict=False):
        write_gif(draw, old / "emoj" / file)
    write_json(old / "emoj" / "info.json", {"id": "emoj", "name": "emoj", "icon": "0.gif", "assets": files})
    write_json(old / "mkgif" / "info.json", {"id": "mkgif", "name": "mkgif", "icon": "", "assets": []})


if __name__ == "__main__":
    main()
