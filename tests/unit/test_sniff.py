"""Types by first bytes."""

from __future__ import annotations

import pytest

from fastim.backends import sniff
from tests import pictures


@pytest.mark.parametrize(
    ("kind", "expected"),
    [(name, media_type) for media_type, name in sniff.PICTURES.items()],
)
def test_a_picture_is_known_by_its_content(kind: str, expected: str) -> None:
    """What Pillow writes in each format is found again."""
    assert sniff.sniff(pictures.picture(kind)) == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (pictures.OGG, "audio/ogg"),
        (pictures.WEBM_VOICE, "audio/webm"),
        (pictures.WEBM_VIDEO, "video/webm"),
        (b"ID3\x04\0\0", "audio/mpeg"),
        (b"\xff\xfb\x90\x64\0\0", "audio/mpeg"),
        (b"\xff\xf1\x50\x80\0\0", "audio/aac"),
        (b"#!AMR\n\x3c", "audio/amr"),
        (b"#!AMR-WB\n", "audio/amr"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "audio/wav"),
        (b"\0\0\0\x18ftypM4A \0\0\0\0M4A mp42", "audio/mp4"),
        (pictures.MP4, "video/mp4"),
        (b"\0\0\0\x18ftypXXXX\0\0\0\0isomXXXX", "video/mp4"),
    ],
)
def test_sound_and_film_are_known(head: bytes, expected: str) -> None:
    assert sniff.sniff(head) == expected


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"\xff",
        b"\xff\xff\xff\xff",
        b"\xff\xe8\x90\x64",
        pictures.SVG,
        pictures.HTML,
        b"%PDF-1.7",
        b"PK\x03\x04",
        b"MZ\x90",
        b"RIFF\x24\0\0\0AVI ",
        b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
        b"\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska",
        b" GIF89a",
        b"BM\0\0\0\0",
        b"II*\0",
    ],
)
def test_everything_else_is_only_ever_downloaded(head: bytes) -> None:
    """Markup, documents, programs, and pictures that need rarer decoders."""
    assert sniff.sniff(head) == sniff.UNKNOWN


def test_every_type_has_an_extension() -> None:
    """A name can be made for whatever is found."""
    found = {*sniff.PICTURES, *(kind for _, kind in sniff._MAGIC), *sniff._BRANDS.values()}
    assert found | set(sniff._AS_VOICE.values()) <= set(sniff.EXTENSIONS)


def test_a_recording_in_a_container_of_films_is_sound() -> None:
    """Browsers' recorders write video's containers."""
    assert sniff.is_voice(sniff.as_voice(sniff.sniff(pictures.MP4)))
    assert not sniff.is_voice(sniff.as_voice(sniff.UNKNOWN))
