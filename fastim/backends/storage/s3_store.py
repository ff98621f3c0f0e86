"""All of the object store's adapters; needs boto3, so it is loaded by name."""

from botocore.exceptions import BotoCoreError, ClientError

from fastim.backends.storage.s3 import S3Storage
from fastim.backends.storage.s3_bucket import Bucket
from fastim.backends.storage.s3_direct import S3Direct
from fastim.backends.storage.s3_partial import S3Partials

ERRORS = (BotoCoreError, ClientError, ValueError)
"""What `Bucket` and its `check` raise."""

__all__ = ["ERRORS", "Bucket", "S3Direct", "S3Partials", "S3Storage"]
