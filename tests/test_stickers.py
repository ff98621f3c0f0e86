"""The stickers that come with the server: complete, animated, small."""

from __future__ import annotations

import json

import pytest
from PIL import Image

from fastim.locales import LANGUAGES
from tests.servers import ROOT

STATIC = ROOT / "fastim" / "static"
PACKS = json.loads((STATIC / "stickers" / "packs.json").read_text("utf-8"))
LARGEST_BYTES = 60_000
"""Sixteen of them are a page of the picker; on a slow line that is a second or two."""


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: str(pack["id"]))
def test_a_pack_holds_what_it_lists(pack) -> None:
    """Every file is listed, every label is there in both languages."""
    folder = STATIC / "stickers" / pack["id"]
    assert {item["file"] for item in pack["items"]} == {path.name for path in folder.iterdir()}
    for named in (pack["name"], *(item["label"] for item in pack["items"])):
        assert all(named[language] for language in LANGUAGES)
    for item in pack["items"]:
        path = folder / item["file"]
        with Image.open(path) as image:
            assert image.size == (240, 240)
            assert image.n_frames >= 8
        assert path.stat().st_size < LARGEST_BYTES


def test_there_are_enough_to_choose_from() -> None:
    """The answers that people give most often are all there."""
    assert sum(len(pack["items"]) for pack in PACKS) >= 24


def test_the_numbered_ones_of_the_old_pages_are_there() -> None:
    """0.gif to 13.gif and the list of them; the other list is empty."""
    old = STATIC / "plugins" / "doutu"
    files = [f"{number}.gif" for number in range(14)]
    listed = json.loads((old / "emoj" / "info.json").read_text("utf-8"))
    assert listed == {"id": "emoj", "name": "emoj", "icon": "0.gif", "assets": files}
    assert json.loads((old / "mkgif" / "info.json").read_text("utf-8"))["assets"] == []
    for file in files:
        with Image.open(old / "emoj" / file) as image:
            assert (image.format, image.is_animated) == ("GIF", True)
            assert 64 <= image.width == image.height <= 120
