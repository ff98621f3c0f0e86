"""Types by first bytes."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fastim.backends import sniff, tracks
from tests import pictures, recordings


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
        (recordings.OGG, "audio/ogg"),
        (recordings.WEBM_VOICE, "audio/webm"),
        (recordings.WEBM_VIDEO, "video/webm"),
        (b"ID3\x04\0\0", "audio/mpeg"),
        (b"\xff\xfb\x90\x64\0\0", "audio/mpeg"),
        (b"\xff\xf1\x50\x80\0\0", "audio/aac"),
        (b"#!AMR\n\x3c", "audio/amr"),
        (b"#!AMR-WB\n", "audio/amr"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "audio/wav"),
        (b"\0\0\0\x18ftypM4A \0\0\0\0M4A mp42", "audio/mp4"),
        (recordings.MP4, "video/mp4"),
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
    sounds = {sniff.with_tracks(kind, frozenset(("audio",))) for kind in found}
    assert found | sounds <= set(sniff.EXTENSIONS)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (recordings.WEBM_VOICE, "audio/webm"),
        (recordings.WEBM_VIDEO, "video/webm"),
        (recordings.webm(1, 2, size=recordings.UNKNOWN_SIZE), "video/webm"),
        (recordings.MP4, "video/mp4"),
        (recordings.MP4_VOICE, "audio/mp4"),
        (recordings.MOV, "video/quicktime"),
        (recordings.mp4(b"vide", brand=b"M4A "), "video/mp4"),
        (recordings.mp4(b"vide", head=recordings.box(b"mdat", bytes(5000))), "video/mp4"),
        (
            recordings.mp4(b"soun", head=b"\0\0\0\x01free" + (16 + 9).to_bytes(8, "big") + bytes(9)),
            "audio/mp4",
        ),
        (recordings.OGG, "audio/ogg"),
        (recordings.OGG + b"\x80theora", sniff.UNKNOWN),
    ],
)
def test_film_and_sound_are_told_apart_by_their_tracks(content: bytes, expected: str) -> None:
    """They come in the same containers, and recorders and phones name these alike."""
    found = sniff.sniff(content[: sniff.HEAD_BYTES])
    assert sniff.with_tracks(found, tracks.tracks(io.BytesIO(content), found)) == expected


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from([recordings.MP4, recordings.WEBM_VIDEO, recordings.WEBM_VOICE]),
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, 255)), max_size=8),
    st.integers(0, 400),
)
def test_no_broken_table_of_tracks_breaks_anything(
    content: bytes, changes: list[tuple[int, int]], end: int
) -> None:
    """Sizes that lie, loops that would never end, a file that ends in the middle."""
    broken = bytearray(content)
    for at, value in changes:
        broken[at % len(broken)] = value
    for kind in ("video/mp4", "video/webm"):
        assert tracks.tracks(io.BytesIO(bytes(broken[:end])), kind) <= {"video", "audio"}
