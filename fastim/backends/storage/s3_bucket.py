"""One part of a bucket: what the S3 adapters need of boto3.

The adapters run in worker threads, while gevent's patched sockets belong to the thread that opened them.
So the client is shared, each thread has connections of its own (`_Lines`), and no body outlives a call.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from datetime import datetime
from typing import Any, BinaryIO

import boto3
import structlog
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.httpsession import URLLib3Session

from fastim.backends.storage import Address
from fastim.errors import NotFound, Unavailable
from fastim.places import S3Place, origin
from fastim.protocol import limits

log = structlog.get_logger(__name__)

_MISSING = frozenset(("NoSuchKey", "NoSuchUpload", "404", "NotFound"))
_FULL = frozenset(
    ("QuotaExceeded", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded", "InsufficientStorage")
)
_CACHED = "max-age=31536000, immutable"
"""A name never comes to mean another content."""
SENT_AS = "application/octet-stream"
"""The type of everything on its way: until it was looked at, it is nothing that a browser shows."""


class Bucket:
    """Names are below the place's prefix. Every method but the addresses waits for the network."""

    def __init__(self, place: S3Place) -> None:
        self._name, self._prefix = place.bucket, place.prefix
        session = boto3.session.Session(
            aws_access_key_id=place.key or None, aws_secret_access_key=place.secret or None
        )
        self._client = _client(session, place, place.endpoint)
        self._signer = (
            self._client if place.public == place.endpoint else _client(session, place, place.public)
        )
        self.origin = origin(self._signer.generate_presigned_post(self._name, "x")["url"])
        """Where browsers are sent."""

    def check(self) -> None:
        """See whether the bucket is there and ours.

        Raises:
            BotoCoreError, ClientError: it is not.
        """
        self._client.head_bucket(Bucket=self._name)

    def put(self, name: str, body: bytes, media_type: str = SENT_AS) -> None:
        with s3_errors():
            self._client.put_object(Body=body, ContentType=media_type, **self._at(name))

    def begin(self, name: str) -> str:
        """Begin an object in pieces; its upload id."""
        with s3_errors():
            answer = self._client.create_multipart_upload(ContentType=SENT_AS, **self._at(name))
            return str(answer["UploadId"])

    def put_piece(self, name: str, upload_id: str, number: int, body: bytes) -> None:
        with s3_errors():
            self._client.upload_part(UploadId=upload_id, PartNumber=number, Body=body, **self._at(name))

    def pieces(self, name: str, upload_id: str) -> list[dict[str, Any]]:
        """What has come of an object in pieces, by number."""
        with s3_errors():
            pages = self._client.get_paginator("list_parts").paginate(UploadId=upload_id, **self._at(name))
            return [piece for page in pages for piece in page.get("Parts", ())]

    def complete(self, name: str, upload_id: str) -> None:
        """Make an object of all its pieces."""
        pieces = [{key: one[key] for key in ("PartNumber", "ETag")} for one in self.pieces(name, upload_id)]
        if not pieces:
            raise NotFound
        with s3_errors():
            self._client.complete_multipart_upload(
                UploadId=upload_id, MultipartUpload={"Parts": pieces}, **self._at(name)
            )

    def abort(self, name: str, upload_id: str) -> None:
        with contextlib.suppress(NotFound), s3_errors():
            self._client.abort_multipart_upload(UploadId=upload_id, **self._at(name))

    def begun(self, start: str = "") -> Iterator[tuple[str, str, datetime]]:
        """Names that begin with `start`, upload ids and beginnings of objects that nobody completed."""
        pages = self._client.get_paginator("list_multipart_uploads").paginate(
            Bucket=self._name, Prefix=self._prefix + start
        )
        with s3_errors():
            for page in pages:
                for one in page.get("Uploads", ()):
                    yield one["Key"].removeprefix(self._prefix), one["UploadId"], one["Initiated"]

    def copy(self, name: str, target: str, media_type: str = SENT_AS, disposition: str = "") -> None:
        """Copy within the bucket: the store does it, in one step."""
        told = {"ContentDisposition": disposition} if disposition else {}
        with s3_errors():
            self._client.copy_object(
                CopySource={"Bucket": self._name, "Key": self._prefix + name},
                MetadataDirective="REPLACE",
                ContentType=media_type,
                CacheControl=f"public, {_CACHED}",
                **told,
                **self._at(target),
            )

    def size(self, name: str) -> int:
        with s3_errors():
            return int(self._client.head_object(**self._at(name))["ContentLength"])

    def read(self, name: str, start: int, size: int) -> tuple[bytes, int]:
        """Up to `size` bytes from `start`, and the size of the whole object, which is not empty."""
        with s3_errors():
            answer = self._client.get_object(Range=f"bytes={start}-{start + size - 1}", **self._at(name))
            body = answer["Body"].read()
        return body, int(answer["ContentRange"].rpartition("/")[2])

    def read_into(self, name: str, target: BinaryIO, most: int) -> None:
        """Write an object's first `most` bytes to `target`."""
        with s3_errors():
            body = self._client.get_object(**self._at(name))["Body"]
            with contextlib.closing(body):
                while most > 0 and (chunk := body.read(min(most, limits.STORAGE_READ_BYTES))):
                    target.write(chunk)
                    most -= len(chunk)

    def delete(self, name: str) -> None:
        with s3_errors():
            self._client.delete_object(**self._at(name))

    def names(self, start: str) -> Iterator[tuple[str, datetime]]:
        """Names that begin with `start`, with the time that each was written, in their order."""
        pages = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self._name, Prefix=self._prefix + start
        )
        with s3_errors():
            for page in pages:
                for one in page.get("Contents", ()):
                    yield one["Key"].removeprefix(self._prefix), one["LastModified"]

    def names_after(self, start: str, after: str) -> tuple[list[tuple[str, datetime]], bool]:
        """As `names`, with one request: those beyond `start` and `after`, and whether they are the last."""
        with s3_errors():
            answer = self._client.list_objects_v2(
                Bucket=self._name,
                Prefix=self._prefix + start,
                StartAfter=self._prefix + start + after,
                MaxKeys=limits.STORAGE_PAGE_NAMES,
            )
        found = [
            (one["Key"].removeprefix(self._prefix), one["LastModified"])
            for one in answer.get("Contents", ())
        ]
        return found, not answer["IsTruncated"]

    def reading_address(self, name: str, media_type: str, disposition: str) -> str:
        told = {
            "ResponseContentType": media_type,
            "ResponseContentDisposition": disposition,
            "ResponseCacheControl": f"private, {_CACHED}",
        }
        return str(
            self._signer.generate_presigned_url(
                "get_object", Params={**self._at(name), **told}, ExpiresIn=limits.READING_ADDRESS_SECONDS
            )
        )

    def form_address(self, name: str, size: int) -> Address:
        """For a POST of exactly `size` bytes of no particular type."""
        form = self._signer.generate_presigned_post(
            self._name,
            self._prefix + name,
            Fields={"Content-Type": SENT_AS},
            Conditions=[{"Content-Type": SENT_AS}, ["content-length-range", size, size]],
            ExpiresIn=limits.SENDING_ADDRESS_SECONDS,
        )
        return Address("POST", form["url"], dict(form["fields"]), size)

    def piece_address(self, name: str, upload_id: str, number: int, size: int) -> Address:
        """For a PUT of exactly `size` bytes: the length is signed."""
        asked = {**self._at(name), "UploadId": upload_id, "PartNumber": number, "ContentLength": size}
        url = self._signer.generate_presigned_url(
            "upload_part", Params=asked, ExpiresIn=limits.SENDING_ADDRESS_SECONDS
        )
        return Address("PUT", str(url), {}, size)

    def _at(self, name: str) -> dict[str, str]:
        return {"Bucket": self._name, "Key": self._prefix + name}


class _Lines(threading.local):
    """Connections of one thread. (Under gevent of one greenlet, and its worker threads have one each.)"""

    def __init__(self, verify: bool | str) -> None:
        self._session = URLLib3Session(
            verify=verify, timeout=(limits.STORAGE_CONNECT_SECONDS, limits.STORAGE_READ_SECONDS)
        )

    def send(self, request: AWSPreparedRequest, **_: object) -> AWSResponse:
        return self._session.send(request)


def _client(session: boto3.session.Session, place: S3Place, endpoint: str) -> Any:
    client = session.client(
        "s3",
        region_name=place.region,
        endpoint_url=endpoint or None,
        config=Config(
            signature_version="s3v4",
            s3={"addressing_style": "path" if place.path_style else "virtual"},
            # The newer modes count under a lock that all threads share: see `backends.native`.
            retries={"total_max_attempts": limits.STORAGE_TRIES, "mode": "legacy"},
            # What other makers' stores know of: the newer sums are Amazon's own.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        ),
    )
    verify = session._session.get_config_variable("ca_bundle") or True
    client.meta.events.register("before-send.s3", _Lines(verify).send)
    return client


@contextlib.contextmanager
def s3_errors() -> Iterator[None]:
    """Say in our words what the store answers.

    Raises:
        NotFound: there is no such object.
        Unavailable: `storage_full`, or `storage_away` for everything else.
    """
    try:
        yield
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", ""))
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode")
        if code in _MISSING:
            raise NotFound from error
        log.warning("storage_refused", operation=error.operation_name, code=code, status=status)
        raise Unavailable("storage_full" if code in _FULL or status == 507 else "storage_away") from error
    except BotoCoreError as error:
        log.warning("storage_away", error=str(error))
        raise Unavailable("storage_away") from error
