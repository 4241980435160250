"""Files that are kept, files on their way in, and what a file may be sent for."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q

MEGABYTE = 1024 * 1024
SIGNATURE = "application/pkcs7-signature"  # media type of a signature in a file of its own


@dataclass(frozen=True)
class Purpose:
    """What a file is sent for, and so what it may be."""

    code: str
    extensions: tuple[str, ...]
    own_limit: int  # bytes
    too_large: str  # the code of the sentence: what to do about a size is another thing for each

    @property
    def limit(self) -> int:
        """How many bytes at most: its own limit within that of the installation."""
        outer: int = settings.UPLOAD_LIMIT_BYTES
        return min(self.own_limit, outer)


# A page of paper is often photographed, so a document may be a picture too.
PICTURE = Purpose(
    "picture", ("jpg", "jpeg", "png", "webp"), 20 * MEGABYTE, "file.picture_too_large"
)
DOCUMENT = Purpose(
    "document",
    ("pdf", "docx", "xlsx", "pptx", "odt", "ods", "txt", "csv", "sig", *PICTURE.extensions),
    20 * MEGABYTE,
    "file.document_too_large",
)
SIGNED = Purpose(  # paper that was signed and scanned, or a signature in a file of its own
    "signed",
    ("pdf", "jpg", "jpeg", "png", "sig", "p7s"),
    20 * MEGABYTE,
    "file.document_too_large",
)
PURPOSES = {purpose.code: purpose for purpose in (DOCUMENT, PICTURE, SIGNED)}


class StoredFile(models.Model):
    """One file whose bytes are safely in the store. Who may read it, its room knows."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    place = models.CharField(max_length=80, unique=True)  # in the store; random, says nothing
    name = models.CharField(max_length=160)  # as chosen, cleaned; its ending as found inside
    kind = models.CharField(max_length=100)  # media type, as found inside
    size = models.PositiveBigIntegerField()  # bytes
    digest = models.CharField(max_length=64)  # SHA-256 of what is kept, hex
    width = models.PositiveIntegerField(null=True, blank=True)  # pixels; pictures alone
    height = models.PositiveIntegerField(null=True, blank=True)
    small_size = models.PositiveIntegerField(null=True, blank=True)  # bytes; none: there is no need
    actor_key = models.UUIDField()
    made_at = models.DateTimeField()
    kept_at = models.DateTimeField(null=True, blank=True)  # since when a room has it
    is_public = models.BooleanField(default=False)
    confirmed_by_key = models.UUIDField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="file_public_by_a_second_person",
                condition=Q(is_public=False)
                | (Q(confirmed_by_key__isnull=False) & ~Q(confirmed_by_key=F("actor_key"))),
            ),
        ]
        indexes = [models.Index(fields=["actor_key"], name="file_sender")]

    def __str__(self) -> str:
        return str(self.key)

    @property
    def is_picture(self) -> bool:
        """Whether it may be shown in a page."""
        return self.kind.startswith("image/")

    @property
    def is_signature(self) -> bool:
        """Whether it is an electronic signature of another file."""
        return self.kind == SIGNATURE

    @property
    def small_place(self) -> str:
        """Where the small version of a picture lies, if there is one."""
        return f"{self.place}-small"


class Upload(models.Model):
    """A file on its way in: sent at once or in pieces, for a day the sender's own affair."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    actor_key = models.UUIDField()
    purpose = models.CharField(max_length=20)
    name = models.CharField(max_length=160)
    size = models.PositiveBigIntegerField()  # bytes, as announced
    received = models.PositiveBigIntegerField(default=0)  # bytes, safely on the disk
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    file = models.OneToOneField(
        StoredFile, models.CASCADE, null=True, blank=True, related_name="upload"
    )  # once it was found fit and stored

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="upload_no_more_than_announced", condition=Q(received__lte=F("size"))
            )
        ]
        indexes = [
            models.Index(fields=["actor_key"], name="upload_sender"),
            models.Index(fields=["ends_at"], name="upload_end"),
        ]

    def __str__(self) -> str:
        return str(self.key)

    @property
    def place(self) -> str:
        """Where its bytes lie once they are stored: known before, so none is ever lost sight of."""
        return place_of(self.key)

    @property
    def is_whole(self) -> bool:
        """Whether every byte is here."""
        return self.received == self.size


def place_of(key: UUID) -> str:
    """Where in the store a file lies that came by an upload."""
    return f"kept/{key.hex[:2]}/{key.hex}"
