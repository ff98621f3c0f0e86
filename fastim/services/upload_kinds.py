"""What an upload is: what its sender says, where the content agrees."""

from __future__ import annotations

from typing import BinaryIO

from fastim.backends import sniff, tracks
from fastim.errors import Refused
from fastim.models.upload import FILE, PICTURE, VIDEO, VOICE
from fastim.services import upload_proofs
from fastim.services.upload_proofs import Original


def read(stream: BinaryIO, limit: int) -> tuple[Original, str]:
    """The upload as it came, and the media type of its content. Runs in a worker.

    What calls itself film or sound and has no track of either is none: it is only ever downloaded.
    """
    original = upload_proofs.read_original(stream, limit)
    found = sniff.sniff(original.head)
    if sniff.is_voice(found) or sniff.is_video(found):
        inside = tracks.tracks(stream, found)
        found = sniff.with_tracks(found, inside) if inside else sniff.UNKNOWN
    return original, found


def decide(kind: str, found: str, original: Original) -> str:
    """The kind of an upload: what its sender says, where the content agrees.

    Raises:
        Refused: `unsupported_file` where it does not; `damaged_file` for nothing at all.
    """
    if original.size == 0:
        raise Refused("damaged_file")
    if kind == PICTURE and found not in sniff.PICTURES:
        raise Refused("unsupported_file")
    if kind == VOICE and not sniff.is_voice(found):
        raise Refused("unsupported_file")
    if kind == VIDEO and not sniff.is_video(found):
        raise Refused("unsupported_file")
    if kind:
        return kind
    if found in sniff.PICTURES:
        return PICTURE
    return VOICE if sniff.is_voice(found) else VIDEO if sniff.is_video(found) else FILE


def served_as(kind: str, found: str) -> str:
    """The type that is told to browsers. A picture sent as a file was never decoded: it may be a bomb, and
    has all of its metadata; it is saved, not shown."""
    return sniff.UNKNOWN if kind == FILE and found in sniff.PICTURES else found
