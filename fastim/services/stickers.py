"""Stickers of one's own: pictures that were received, kept to be sent again."""

from __future__ import annotations

from sqlalchemy import delete, func, select

from fastim.backends.bus import Bus
from fastim.errors import NotFound, Refused
from fastim.models import Blob, KeptSticker, Upload, db
from fastim.models.base import utc_now
from fastim.protocol import limits, views
from fastim.protocol.events import StickersChanged
from fastim.services.messages import upload_name
from fastim.services.resources import is_upload_name
from fastim.services.transaction import transaction
from fastim.services.uploads import Uploads


class Stickers:
    """Needs an app context. Every method acts as `user_id`; their other devices are told."""

    def __init__(self, bus: Bus, uploads: Uploads) -> None:
        self._bus = bus
        self._uploads = uploads

    def kept(self, user_id: int) -> list[views.Sticker]:
        """The last one kept first."""
        query = (
            select(KeptSticker.upload_name, Blob.width, Blob.height)
            .join(Upload, Upload.name == KeptSticker.upload_name)
            .join(Blob, Blob.sha256 == Upload.blob_sha)
            .where(KeptSticker.user_id == user_id)
            .order_by(KeptSticker.kept_at.desc(), KeptSticker.upload_name)
        )
        return [views.Sticker(f"/resource/{row[0]}", row[1], row[2]) for row in db.session.execute(query)]

    def keep(self, user_id: int, url: str) -> views.Sticker:
        """Keep a picture, under a name of one's own: what its sender does to theirs changes nothing.

        The same picture again comes to the front.

        Raises:
            Refused: `bad_url`: no uploaded picture; `too_many_stickers`; `quota_full`.
        """
        name = upload_name(url)
        if not is_upload_name(name):
            raise Refused("bad_url")
        with transaction(self._bus) as tx:
            count = select(func.count()).where(KeptSticker.user_id == user_id)
            if (db.session.scalar(count) or 0) >= limits.KEPT_STICKERS:
                raise Refused("too_many_stickers")
            stored = self._uploads.name_again(user_id, name)
            upload = db.session.get_one(Upload, stored.upload)
            old = db.session.get(KeptSticker, (user_id, upload.blob_sha))
            if old is not None:
                db.session.delete(upload)
                old.kept_at = utc_now()
                stored_name = old.upload_name
            else:
                row = KeptSticker(user_id=user_id, blob_sha=upload.blob_sha, upload_name=upload.name)
                db.session.add(row)
                stored_name = upload.name
            db.session.flush()
            tx.emit(StickersChanged(user_id))
        return views.Sticker(f"/resource/{stored_name}", stored.width, stored.height)

    def drop(self, user_id: int, url: str) -> None:
        """Keep a picture no longer. Messages that show it keep it.

        Raises:
            NotFound: it is not among them.
        """
        name = upload_name(url)
        with transaction(self._bus) as tx:
            mine = (KeptSticker.user_id == user_id, KeptSticker.upload_name == name)
            if db.session.scalar(select(KeptSticker.upload_name).where(*mine)) != name:
                raise NotFound
            db.session.execute(delete(KeptSticker).where(*mine))
            tx.emit(StickersChanged(user_id))
