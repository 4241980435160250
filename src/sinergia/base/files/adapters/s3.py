"""The store in a bucket that speaks S3. Imported only where SINERGIA_FILES_URL names one.

Nothing is ever linked to: what the bucket gives goes through us, past the room's own question
who asks. A bucket that does not answer costs seconds, never minutes.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files import File
from storages.backends.s3 import S3Storage

from sinergia.base.files.adapters.store import PIECE, StoreUnavailable

CONNECT_SECONDS = 3
ANSWER_SECONDS = 8  # of silence
ATTEMPTS = 2
ONE_PUT = 1 << 40  # bytes: never in parts, of which a broken-off upload would leave some to be paid


class Bucket(S3Storage):  # type: ignore[misc]  # storages say nothing about their types
    """Files by their random places, in one bucket."""

    def __init__(self, **options: object) -> None:
        client = Config(
            connect_timeout=CONNECT_SECONDS,
            read_timeout=ANSWER_SECONDS,
            retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
            signature_version="s3v4",
            s3={"addressing_style": "path"},
            # Trailing checksums are Amazon's own; other stores refuse such a request.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        transfer = TransferConfig(multipart_threshold=ONE_PUT, use_threads=False)
        super().__init__(client_config=client, transfer_config=transfer, **options)

    def put(self, place: str, source: Path) -> None:
        """Send it whole, in one request: either the bucket has it or it has not."""
        with told_of(), source.open("rb") as file:
            self._save(place, File(file))

    def pieces(self, place: str, *, start: int, length: int) -> Iterator[bytes]:
        """Let it stream through us."""
        asked = f"bytes={start}-{start + length - 1}"
        with told_of():
            answer = self.bucket.Object(place).get(Range=asked)
            with closing(answer["Body"]) as body:
                yield from body.iter_chunks(PIECE)

    def length(self, place: str) -> int:
        """Ask for its head alone."""
        with told_of():
            return int(self.bucket.Object(place).content_length)

    def remove(self, place: str) -> None:
        """Delete it; S3 is content where there is nothing."""
        with told_of():
            self.delete(place)


@contextmanager
def told_of() -> Iterator[None]:
    """Turn every fault of the bucket into the one that the rest of us knows."""
    try:
        yield
    except ClientError as fault:
        raise StoreUnavailable(str(fault.response["Error"]["Code"])) from fault
    except (BotoCoreError, Boto3Error, OSError) as fault:
        raise StoreUnavailable(type(fault).__name__) from fault
