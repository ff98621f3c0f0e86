"""Pictures made to hurt: each is refused or made harmless, soon and in little memory."""

from __future__ import annotations

import io
import random
import resource
import struct
import time
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageDraw

from fastim.backends import images
from fastim.errors import Refused
from tests import pictures

REFUSALS = {"damaged_file", "unsupported_file", "picture_too_large"}
CANARY = b"canary-7731"

# What broken files make Pillow warn of is said in production's log at most; here warnings are errors.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL")


def outcome(content: bytes) -> str:
    """The type of what was made, or the name of the refusal; anything else fails the test."""
    try:
        return images.process(content).main.type
    except Refused as error:
        assert error.name in REFUSALS
        return error.name


def metadata() -> Image.Exif:
    """EXIF with a place, a camera and a comment."""
    exif = Image.Exif()
    exif[0x010F] = CANARY.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (31.0, 14.0, 2.0), 29: CANARY.decode()})
    exif.get_ifd(0x8769)[0x9286] = b"ASCII\0\0\0" + CANARY
    return exif


def srgb() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_with(extra: bytes) -> bytes:
    """A small PNG with more chunks behind its header."""
    plain = pictures.picture("PNG", 16, 16)
    return plain[:33] + extra + plain[33:]


SMALL: dict[str, bytes] = {
    "JPEG": pictures.picture("JPEG", 40, 30, exif=metadata(), icc_profile=srgb()),
    "progressive JPEG": pictures.picture("JPEG", 40, 30, progressive=True),
    "CMYK JPEG": pictures.encoded(pictures.noise(40, 30).convert("CMYK"), "JPEG"),
    "two JPEGs in one": pictures.picture(
        "MPO", 40, 30, save_all=True, append_images=[pictures.noise(40, 30)]
    ),
    "PNG": pictures.picture("PNG", 40, 30, exif=metadata(), icc_profile=srgb()),
    "palette PNG": pictures.encoded(pictures.noise(40, 30).convert("P"), "PNG", transparency=3),
    "GIF": pictures.encoded(pictures.noise(40, 30).convert("P"), "GIF", comment=CANARY),
    "WEBP": pictures.picture("WEBP", 40, 30, exif=metadata(), icc_profile=srgb(), xmp=CANARY),
    "AVIF": pictures.picture("AVIF", 40, 30, exif=metadata(), icc_profile=srgb()),
    "animated GIF": pictures.animation("GIF", 4),
    "animated WEBP": pictures.animation("WEBP", 4),
    "animated PNG": pictures.animation("PNG", 4),
    "animated AVIF": pictures.animation("AVIF", 4),
}


@pytest.mark.parametrize("name", SMALL)
def test_the_samples_are_good(name: str) -> None:
    """Otherwise what follows would only look at refusals."""
    assert outcome(SMALL[name]).startswith("image/")


@pytest.mark.parametrize("name", SMALL)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_spoilt_bytes_give_a_picture_or_a_refusal(name: str, data: st.DataObject) -> None:
    """Bytes changed, cut out and put in, most of them in the headers; never another exception."""
    content = bytearray(SMALL[name])
    places = st.integers(0, min(200, len(content) - 9)) | st.integers(0, len(content) - 9)
    for at, kind, junk in data.draw(
        st.lists(
            st.tuples(places, st.integers(0, 2), st.binary(min_size=1, max_size=4)), min_size=1, max_size=6
        )
    ):
        if kind == 0:
            content[at : at + len(junk)] = junk
        elif kind == 1:
            content[at:at] = junk
        else:
            del content[at : at + len(junk)]
    outcome(bytes(content))


@settings(max_examples=150, deadline=None)
@given(junk=st.dictionaries(st.integers(0, 170), st.integers(0, 255), max_size=4))
def test_sloppy_exif_is_no_reason_to_refuse_a_photograph(junk: dict[int, int]) -> None:
    """Cameras and editors write odd tags; all of it is dropped anyway."""
    content = bytearray(SMALL["JPEG"])
    start = content.index(b"Exif\0\0") + 6
    for at, value in junk.items():
        content[start + at] = value
    assert outcome(bytes(content)).startswith("image/")


@settings(max_examples=100, deadline=None)
@given(cut=st.floats(0.02, 0.9), name=st.sampled_from(sorted(SMALL)))
def test_a_cut_file_never_becomes_half_a_picture(cut: float, name: str) -> None:
    """Either refused, or whole because only what follows the first picture was cut."""
    content = SMALL[name][: int(len(SMALL[name]) * cut)]
    if outcome(content) in REFUSALS:
        return
    assert name in ("two JPEGs in one", "animated PNG", "animated AVIF"), name
    whole = pictures.opened(images.process(SMALL[name]).main.content).convert("RGB")
    kept = pictures.opened(images.process(content).main.content).convert("RGB")
    assert kept.tobytes() == whole.tobytes()


def many_scans(count: int, before: bytes = b"") -> bytes:
    """A progressive JPEG whose last scan comes again and again: few bytes each time, all pixels anew."""
    plain = pictures.encoded(Image.new("L", (800, 800), 128), "JPEG", progressive=True)
    at = plain.rindex(b"\xff\xda")
    return plain[:at] + (before + plain[at:-2]) * count + b"\xff\xd9"


def gif_with(extra: bytes) -> bytes:
    """A small GIF with more blocks before its picture."""
    plain = pictures.encoded(Image.new("P", (10, 10)), "GIF")
    at = plain.rindex(b"\x2c\0\0\0\0")
    return plain[:at] + extra + plain[at:]


def huge_webp() -> bytes:
    """A WebP whose header says 16383 x 16383; the pixels of one are there."""
    plain = pictures.encoded(Image.new("L", (1, 1)), "WEBP", lossless=True)
    bits = int.from_bytes(plain[21:25], "little") | 16382 | 16382 << 14
    return plain[:21] + struct.pack("<I", bits) + plain[25:]


HOSTILE: dict[str, Callable[[], bytes]] = {
    "thousands of scans": lambda: many_scans(5_000),
    "scans behind a marker that seems to have a length": lambda: many_scans(2_000, b"\xff\x01"),
    "a million markers": lambda: SMALL["JPEG"][:2] + b"\xff\xfe\0\2" * 1_000_000 + SMALL["JPEG"][2:],
    "a million comments": lambda: gif_with(b"\x21\xfe\x01a\0" * 1_000_000),
    "a comment in a million pieces": lambda: gif_with(b"\x21\xfe" + b"\x01a" * 1_000_000 + b"\0"),
    "a million texts": lambda: png_with(chunk(b"tEXt", b"a\0b") * 1_000_000),
    "a million unknown chunks": lambda: png_with(chunk(b"abCd", b"") * 1_000_000),
    "a text that inflates": lambda: png_with(chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(50_000_000)))),
    "texts that inflate": lambda: png_with(chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(900_000))) * 200),
    "a profile that inflates": lambda: png_with(
        chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(100_000_000)))
    ),
    "a canvas of 268 megapixels": huge_webp,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_small_file_costs_little(name: str) -> None:
    """Under a second of one thread and 100 MB, whatever comes of it."""
    content = HOSTILE[name]()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.thread_time()
    outcome(content)
    assert time.thread_time() - started < 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


def test_a_film_behind_a_photograph_is_no_reason_to_refuse_it() -> None:
    """Phones hang seconds of film behind a picture; a thumbnail with scans of its own is in the EXIF."""
    photo = pictures.picture("JPEG", 400, 300, progressive=True)
    thumb = pictures.picture("JPEG", 40, 30)
    inner = b"\xff\xe1" + struct.pack(">H", len(thumb) + 2) + thumb
    film = random.Random(1).randbytes(8 << 20)
    assert film.count(b"\xff\xda") > 100
    made = images.process(photo[:2] + inner + photo[2:] + film).main
    assert (made.width, made.height) == (400, 300)


@pytest.mark.parametrize("size", [(1, 3_000_000), (60_000, 100), (1, 1)])
def test_an_extreme_shape_is_no_trouble(size: tuple[int, int]) -> None:
    """No side becomes zero, none stays too long."""
    made = images.process(pictures.encoded(Image.new("L", size), "PNG"))
    assert min(made.main.width, made.main.height) >= 1
    assert max(made.main.width, made.main.height) <= 2048


@pytest.mark.parametrize("name", ["animated PNG", "animated AVIF", "two JPEGs in one"])
def test_only_gif_and_webp_stay_animated(name: str) -> None:
    """Of the others the first picture is taken."""
    made = Image.open(io.BytesIO(images.process(SMALL[name]).main.content))
    assert getattr(made, "n_frames", 1) == 1


@pytest.mark.parametrize("name", SMALL)
def test_no_metadata_survives(name: str) -> None:
    """Neither in the picture nor in what a reader takes for its metadata."""
    content = images.process(SMALL[name]).main.content
    assert CANARY not in content
    info = pictures.opened(content).info
    assert not {"exif", "icc_profile", "xmp", "comment", "XML:com.adobe.xmp", "photoshop"} & set(info)


def test_a_thumbnail_has_no_metadata_either() -> None:
    """It is made from the stripped picture, not by hand of the camera's own."""
    photo = pictures.picture("JPEG", 900, 600, exif=metadata(), icc_profile=srgb(), comment=CANARY)
    thumb = images.process(photo).thumb
    assert thumb is not None
    assert CANARY not in thumb.content
    assert not {"exif", "icc_profile", "xmp"} & set(pictures.opened(thumb.content).info)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_stands_upright(kind: str, orientation: int) -> None:
    """A red corner that belongs to the top left comes to stand there."""
    upright = Image.new("RGB", (64, 32), "blue")
    upright.paste("red", (0, 0, 32, 16))
    back = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    lying = upright.transpose(back[orientation]) if orientation in back else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    made = images.process(pictures.encoded(lying, kind, exif=exif, quality=95)).main
    image = pictures.opened(made.content).convert("RGB")
    assert image.size == (64, 32)
    red, blue = image.getpixel((8, 4)), image.getpixel((56, 28))
    assert isinstance(red, tuple)
    assert isinstance(blue, tuple)
    assert red[0] > 200 > 60 > red[2]
    assert blue[2] > 200 > 60 > blue[0]


def test_a_transparent_animation_keeps_its_times_and_its_holes() -> None:
    """Each frame replaces the one before; no time at all becomes what browsers make of it."""
    frames = [Image.new("RGBA", (80, 60)) for _ in range(4)]
    for place, frame in enumerate(frames):
        ImageDraw.Draw(frame).ellipse((5 + place * 10, 5, 45 + place * 10, 45), fill="red")
    gif = pictures.encoded(
        frames[0], "GIF", save_all=True, append_images=frames[1:], duration=[30, 50, 70, 0], disposal=2
    )
    made = Image.open(io.BytesIO(images.process(gif).main.content))
    times = []
    for place in range(4):
        made.seek(place)
        made.load()
        times.append(made.info["duration"])
        holes = made.getchannel("A")
        assert [holes.getpixel(at) for at in ((2, 2), (25 + place * 10, 25), (78, 58))] == [0, 255, 0]
    assert times == [30, 50, 70, 100]
