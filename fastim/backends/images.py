"""Pictures: checked before decoding, turned upright, stripped, scaled, recompressed, with a thumbnail.

A picture is hostile until it was decoded in full: the decoder is the one that its first bytes name, the
number of pixels is bounded before any is decoded, and what is stored is what this module encoded.
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import ExifTags, Image, ImageCms, ImageFile, UnidentifiedImageError

from fastim.backends import picture_bounds, sniff
from fastim.errors import Refused
from fastim.protocol import limits

JPEG_QUALITY = 82
WEBP_QUALITY = 80
THUMB_QUALITY = 75
THUMB_TYPE = "image/webp"
_PROFILE_BYTES = 1 << 18
_DEFAULT_FRAME_MS = 100
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""EXIF orientation to what undoes it."""

# Pillow only warns between one and two times this number; here both are errors.
Image.MAX_IMAGE_PIXELS = limits.PICTURE_PIXELS
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)


@dataclass(frozen=True, slots=True)
class Encoded:
    """A finished picture."""

    content: bytes
    type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture and its thumbnail, which is None where the picture itself is as small."""

    main: Encoded
    thumb: Encoded | None


def process(content: bytes) -> Picture:
    """What is stored of an uploaded picture.

    Takes 10 ms to some seconds of a thread and up to 400 MB: run it off the loop, few at a time.

    Raises:
        Refused: `unsupported_file`, `damaged_file` or `picture_too_large`.
    """
    kind = sniff.PICTURES.get(sniff.sniff(content[: sniff.HEAD_BYTES]))
    if kind is None:
        raise Refused("unsupported_file")
    picture_bounds.check(kind, content)
    try:
        with Image.open(io.BytesIO(content), formats=[kind]) as image:
            _check_size(image, content)
            if kind in ("GIF", "WEBP") and getattr(image, "is_animated", False):
                return _animation(image)
            return _still(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused("picture_too_large") from error
    except _DAMAGE as error:
        raise Refused("damaged_file") from error


# What Pillow's decoders were seen to raise over broken files.
_DAMAGE = (
    UnidentifiedImageError,
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    EOFError,
    IndexError,
    KeyError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    RuntimeError,
    MemoryError,
    struct.error,
    zlib.error,
)


def _check_size(image: ImageFile.ImageFile, content: bytes) -> None:
    """Bound the work before any pixel is decoded."""
    width, height = image.size
    frames = 1
    if image.format == "GIF":
        frames, width, height = picture_bounds.measure_gif(content)
    elif image.format == "WEBP":
        frames = getattr(image, "n_frames", 1)
    if width * height > limits.PICTURE_PIXELS:
        raise Refused("picture_too_large")
    if frames > limits.ANIMATION_FRAMES or (
        frames > 1 and frames * width * height > limits.ANIMATION_PIXELS
    ):
        raise Refused("picture_too_large")


def _still(image: ImageFile.ImageFile) -> Picture:
    """One picture, WebP or JPEG, whichever is smaller; only WebP has transparency."""
    profile = image.info.get("icc_profile")
    side = limits.PICTURE_SIDE
    image.draft("RGB" if image.mode != "L" else "L", (side, side))  # JPEG alone: decodes at a fraction
    image.load()
    upright = _plain(_upright(image), profile)
    upright.info = {}  # a comment would go along into the JPEG
    upright.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=2.0)
    main = _webp(upright, WEBP_QUALITY)
    if upright.mode == "RGB":
        # Neither optimised nor progressive: this encoder keeps Python's lock, 10 ms so and 54 ms otherwise.
        jpeg = _encode(upright, "JPEG", quality=JPEG_QUALITY)
        main = min(main, jpeg, key=lambda one: len(one.content))
    return Picture(main, _thumb(upright))


def _upright(image: Image.Image) -> Image.Image:
    """As the camera was held. `ImageOps.exif_transpose` writes the whole EXIF again, and fails over
    tags of a wrong type, which some cameras write; here one tag is read and none is kept."""
    try:
        turn = _TURNS.get(image.getexif().get(ExifTags.Base.Orientation, 1))
    except _DAMAGE:
        turn = None
    return image if turn is None else image.transpose(turn)


def _animation(image: ImageFile.ImageFile) -> Picture:
    """All frames, as animated WebP; the thumbnail is the first of them."""
    durations: list[int] = []
    first: list[Image.Image] = []
    scaled: list[Image.Image] = []
    loop = int(image.info.get("loop", 1))
    too_wide = max(image.size) > limits.PICTURE_SIDE
    for frame in _frames(image):
        durations.append(int(frame.info.get("duration") or _DEFAULT_FRAME_MS))
        if not first:
            first.append(frame.convert("RGBA"))
        if too_wide:
            small = frame.convert("RGBA")
            small.thumbnail((limits.PICTURE_SIDE, limits.PICTURE_SIDE), reducing_gap=2.0)
            scaled.append(small)
    options = {"duration": durations, "loop": loop, "quality": WEBP_QUALITY, "method": 2, "save_all": True}
    if too_wide:
        main = _encode(scaled[0], "WEBP", append_images=scaled[1:], **options)
    else:
        image.seek(0)
        main = _encode(image, "WEBP", **options)
    return Picture(main, _thumb(first[0]))


def _frames(image: ImageFile.ImageFile) -> Iterator[Image.Image]:
    for number in range(getattr(image, "n_frames", 1)):
        image.seek(number)
        image.load()
        yield image


def _plain(image: Image.Image, profile: bytes | None) -> Image.Image:
    """In sRGB with 8 bits: RGB, or RGBA where something shows through."""
    if image.mode.startswith("I"):
        image = image.convert("I").point([value // 256 for value in range(65536)], "L")
    if image.mode in ("LA", "PA", "La", "RGBa", "RGBA") or "transparency" in image.info:
        image = image.convert("RGBA")
        if image.getchannel("A").getextrema() == (255, 255):
            image = image.convert("RGB")
    if profile and image.mode in ("RGB", "RGBA", "CMYK") and len(profile) <= _PROFILE_BYTES:
        image = _in_srgb(image, profile)
    return image if image.mode in ("RGB", "RGBA") else image.convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """Colours as the camera meant them: the profile itself is stripped with all other metadata."""
    mode = "RGB" if image.mode == "CMYK" else image.mode
    try:
        converted = ImageCms.profileToProfile(
            image, io.BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode=mode
        )
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image  # a broken profile is no reason to refuse a picture
    return converted or image


def _thumb(image: Image.Image) -> Encoded | None:
    side = limits.THUMB_SIDE
    if max(image.size) <= side:
        return None
    small = image.copy()
    small.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return _webp(small, THUMB_QUALITY)


def _webp(image: Image.Image, quality: int) -> Encoded:
    return _encode(image, "WEBP", quality=quality, method=4)


def _encode(image: Image.Image, kind: str, **options: object) -> Encoded:
    """Encode without any metadata: Pillow takes these from `info` unless it is told otherwise."""
    target = io.BytesIO()
    image.save(target, kind, exif=b"", icc_profile=b"", xmp=b"", **options)
    return Encoded(target.getvalue(), f"image/{kind.lower()}", *image.size)
