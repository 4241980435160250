"""Where the register's words came from: files, and what each said of an organisation."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sinergia.base.tables.models import Load
from sinergia.organisations.models.centre import Centre
from sinergia.organisations.models.register import Organisation
from sinergia.places.models import Region


class Source(models.Model):
    """A kind of file that comes again and again: the ministry's list, a directory of sites.

    A centre's is known to that centre alone; one of no centre, to everybody who loads.
    """

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    centre = models.ForeignKey(Centre, models.PROTECT, null=True, blank=True, related_name="+")
    loaded_at = models.DateTimeField(null=True, blank=True)  # the end of its last load

    def __str__(self) -> str:
        return self.code


class SourceLayout(models.Model):
    """By these headings a centre's file is known to come from a source, until it says otherwise."""

    headings = models.CharField(max_length=64)  # digest of the folded labels
    centre = models.ForeignKey(  # whose file it is; none: of who loads for every region
        Centre, models.PROTECT, null=True, blank=True, related_name="+"
    )
    source = models.ForeignKey(Source, models.CASCADE, related_name="layouts")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["headings", "centre"],
                condition=Q(centre__isnull=False),
                name="source_layout_once_a_centre",
            ),
            models.UniqueConstraint(
                fields=["headings"], condition=Q(centre=None), name="source_layout_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.headings}"


class RegisterLoad(models.Model):
    """A load of the register: of which source, and in the name of which centre (none: of all)."""

    load = models.OneToOneField(Load, models.CASCADE, related_name="+")
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    centre = models.ForeignKey(Centre, models.PROTECT, null=True, related_name="+")
    is_known_only = models.BooleanField(default=False)  # nobody is entered, only brought up to date
    region = models.ForeignKey(  # of rows that name none
        Region, models.PROTECT, null=True, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.source_id} {self.load_id}"


class SourceRecord(models.Model):
    """What a source said last of an organisation.

    The next load compares three things: what the source said before, what it says now, and what
    stands in the register. What a person or another source has changed since is not overwritten.
    """

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="+", db_index=False
    )  # found by `source_record_once`
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=32)  # blake2b-16 of `content`, hex
    # Of the cells it was read from; "" where they had better be read again.
    cells = models.CharField(max_length=32, blank=True)
    content = models.BinaryField()  # RFC 8785 JSON: field to what was said, codes for places
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "source"], name="source_record_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.source_id}"


class Question(models.Model):
    """What a file says and a load did not dare to write: a person decides."""

    class Result(models.TextChoices):
        TAKEN = "taken", _("As the file says")
        KEPT = "kept", _("As it was")
        ENTERED = "entered", _("Entered as new")
        JOINED = "joined", _("It is this organisation")
        DROPPED = "dropped", _("Left out")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    code = models.CharField(max_length=40)  # a code of `register/said/`
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    centre = models.ForeignKey(Centre, models.PROTECT, null=True, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, related_name="+")
    field = models.CharField(max_length=40, blank=True)  # in conflict
    ours = models.CharField(max_length=500, blank=True)
    theirs = models.CharField(max_length=500, blank=True)
    digest = models.CharField(max_length=32)  # of the row: the same row asks once
    content = models.BinaryField()  # the row as read, RFC 8785 JSON
    row = models.PositiveIntegerField(default=0)  # as numbered in the file
    has_namesake = models.BooleanField(default=False)  # somebody in the register may be meant
    load_key = models.UUIDField(null=True, blank=True)
    raised_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    result = models.CharField(max_length=10, choices=Result.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "digest", "code", "field"], name="question_asked_once"
            )
        ]
        indexes = [
            models.Index(fields=["raised_at"], condition=Q(settled_at=None), name="question_open")
        ]

    def __str__(self) -> str:
        return str(self.key)
