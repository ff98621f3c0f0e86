"""What pictures become, and what does not become one."""

from __future__ import annotations

import io
import resource
import time

import pytest
from PIL import Image

from fastim.backends import images, sniff
from fastim.errors import Refused
from fastim.protocol import limits
from tests import pictures

KINDS = list(sniff.PICTURES.values())


def refusal(content: bytes) -> str:
    with pytest.raises(Refused) as caught:
        images.process(content)
    return caught.value.name


@pytest.mark.parametrize("kind", KINDS)
def test_each_format_becomes_webp_or_jpeg(kind: str) -> None:
    """With a thumbnail where the picture is larger than one."""
    made = images.process(pictures.picture(kind, 900, 600))
    assert made.main.type in ("image/webp", "image/jpeg")
    assert sniff.sniff(made.main.content) == made.main.type
    assert pictures.opened(made.main.content).size == (made.main.width, made.main.height) == (900, 600)
    assert made.thumb is not None
    assert pictures.opened(made.thumb.content).size == (400, 267)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_a_truncated_picture_is_damaged(kind: str, part: float) -> None:
    """Nothing is filled up with grey."""
    content = pictures.picture(kind)
    assert refusal(content[: int(len(content) * part)]) == "damaged_file"


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_a_truncated_animation_is_damaged(kind: str) -> None:
    content = pictures.animation(kind)
    assert refusal(content[: len(content) * 3 // 4]) == "damaged_file"


@pytest.mark.parametrize("kind", KINDS)
def test_broken_bytes_never_raise_anything_else(kind: str) -> None:
    """Either a picture or a refusal, whatever byte is wrong."""
    content = pictures.picture(kind, 40, 30)
    for at in range(0, len(content), max(1, len(content) // 150)):
        broken = bytearray(content)
        broken[at] ^= 0xFF
        try:
            images.process(bytes(broken))
        except Refused as error:
            assert error.name in ("damaged_file", "unsupported_file", "picture_too_large")


def test_a_photograph_is_turned_upright_and_stripped() -> None:
    """Orientation 6: what lies on its side stands; where it was taken is nobody's business."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Cameramaker"
    exif.get_ifd(0x8825)[1] = "N"
    halves = Image.new("RGB", (300, 200), "red")
    halves.paste("blue", (0, 0, 150, 200))
    photo = pictures.encoded(halves, "JPEG", exif=exif, comment=b"a secret comment", quality=95)
    made = images.process(photo).main
    image = pictures.opened(made.content)
    assert image.size == (200, 300)
    top = image.convert("RGB").getpixel((100, 20))
    assert isinstance(top, tuple)
    assert top[2] > 150 > top[0]
    assert not image.getexif()
    for secret in (b"Cameramaker", b"secret", b"Exif", b"EXIF"):
        assert secret not in made.content


def test_a_text_in_a_png_is_stripped() -> None:
    """As all metadata, and a colour profile too."""
    from PIL import ImageCms
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Author", "secretname")
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    made = images.process(pictures.picture("PNG", pnginfo=info, icc_profile=profile)).main
    assert b"secretname" not in made.content
    assert "icc_profile" not in pictures.opened(made.content).info


def test_a_broken_colour_profile_is_no_reason_to_refuse() -> None:
    made = images.process(pictures.picture("PNG", icc_profile=b"no profile at all" * 20)).main
    assert made.width == 120


def test_a_large_picture_is_scaled() -> None:
    """To 2048 pixels on its longer side."""
    made = images.process(pictures.picture("JPEG", 4000, 1000)).main
    assert (made.width, made.height) == (2048, 512)


def test_transparency_stays() -> None:
    """Therefore it is WebP."""
    image = pictures.noise(mode="RGBA")
    image.putalpha(100)
    made = images.process(pictures.encoded(image, "PNG")).main
    assert made.type == "image/webp"
    assert pictures.opened(made.content).mode == "RGBA"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16"])
def test_rare_modes_keep_their_looks(mode: str) -> None:
    """Grey stays grey of the same lightness."""
    plain = Image.new("L", (64, 64), 255)
    image = Image.new("I;16", (64, 64), 65535) if mode == "I;16" else plain.convert(mode)
    pixel = pictures.opened(images.process(pictures.encoded(image, "PNG")).main.content).getpixel((9, 9))
    assert isinstance(pixel, tuple)
    assert min(pixel[:3]) > 245


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_an_animation_stays_one(kind: str) -> None:
    """All frames, their time, and that it begins again."""
    made = images.process(pictures.animation(kind, 5)).main
    image = Image.open(io.BytesIO(made.content))
    assert getattr(image, "n_frames", 1) == 5
    image.seek(1)
    image.load()
    assert image.info["duration"] == 70
    assert image.info["loop"] == 0


def test_a_large_animation_is_scaled_and_has_a_still_thumbnail() -> None:
    made = images.process(pictures.animation("GIF", 3, 2600, 300))
    assert made.main.width == 2048
    assert getattr(Image.open(io.BytesIO(made.main.content)), "n_frames", 1) == 3
    assert made.thumb is not None
    assert getattr(Image.open(io.BytesIO(made.thumb.content)), "n_frames", 1) == 1


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(pictures.bomb_png(), id="a hundred megapixels"),
        pytest.param(pictures.png(2**31 - 1, 2**31 - 1), id="a header of two thousand million squared"),
        pytest.param(pictures.png(7000, 6000), id="just over forty megapixels"),
        pytest.param(pictures.gif(2, 65535, 65535), id="a huge canvas"),
        pytest.param(pictures.gif(200, 1000, 1000), id="two hundred megapixels in frames"),
        pytest.param(pictures.gif(1_000_000, 1, 1), id="a million frames"),
    ],
)
def test_a_bomb_is_refused_before_it_is_decoded(content: bytes) -> None:
    """In no time and no memory."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.perf_counter()
    assert refusal(content) in ("picture_too_large", "damaged_file")
    assert time.perf_counter() - started < 0.5
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000


def test_a_bomb_is_called_too_large() -> None:
    """A person who sends a huge panorama learns why."""
    assert refusal(pictures.bomb_png()) == "picture_too_large"
    assert refusal(pictures.gif(limits.ANIMATION_FRAMES + 1, 2, 2)) == "picture_too_large"


@pytest.mark.parametrize(
    "content", [b"", pictures.SVG, pictures.HTML, b"BM" + bytes(60), b"%!PS-Adobe-3.0 EPSF"]
)
def test_what_is_no_picture_reaches_no_decoder(content: bytes) -> None:
    """Pillow knows forty formats; five are tried."""
    assert refusal(content) == "unsupported_file"


def test_one_format_in_the_coat_of_another_is_damaged() -> None:
    """Only the decoder of the first bytes is tried."""
    assert refusal(b"\x89PNG\r\n\x1a\n" + pictures.picture("JPEG")) == "damaged_file"


def test_what_hangs_behind_a_picture_is_gone() -> None:
    """A polyglot is a picture and something else at once."""
    for kind in ("JPEG", "PNG", "WEBP", "GIF"):
        made = images.process(pictures.picture(kind) + pictures.HTML)
        assert b"script" not in made.main.content
