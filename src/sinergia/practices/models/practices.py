"""A practice as it is written, and as it was published."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sinergia.base.drafts.models import DraftPicture, DraftText
from sinergia.base.files.models import StoredFile
from sinergia.organisations.models import Organisation
from sinergia.places.models import Region, Theme


class Practice(models.Model):
    """What an organisation does and what works. Its texts are `PracticeText`s.

    What stands here beside them is read from what was last published, for the catalogue; before
    that, from what is written. What the public reads is the last `PracticeRevision` published.
    """

    class Stage(models.TextChoices):
        DRAFT = "draft", _("Draft")
        CHECKING = "checking", _("With the consultant")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Taken out of the catalogue")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(  # none: it came from another installation
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.DRAFT)
    title = models.CharField(max_length=300, blank=True)
    title_folded = models.CharField(max_length=300, blank=True)
    essence = models.CharField(max_length=500, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    theme = models.ForeignKey(Theme, models.SET_NULL, null=True, blank=True, related_name="+")
    evidence = models.PositiveSmallIntegerField(default=0)  # level of the standard; 0: none said
    maturity = models.PositiveSmallIntegerField(default=0)  # level of the ladder; 0: none said
    start_minor = models.PositiveBigIntegerField(null=True, blank=True)  # what it costs to begin
    currency = models.CharField(max_length=3, default="RUB")
    is_hosting = models.BooleanField(default=False)  # ready to receive a visit
    told_by = models.CharField(max_length=200, blank=True)  # from whose words the centre writes
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)  # first; none: never
    removed_at = models.DateTimeField(null=True, blank=True)  # may be taken back

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="practice_published_some_day",
                condition=~Q(stage="published") | Q(published_at__isnull=False),
            )
        ]
        indexes = [
            models.Index(fields=["organisation", "-changed_at", "-id"], name="practice_by_change"),
            models.Index(fields=["stage", "title_folded", "id"], name="practice_by_title"),
            models.Index(fields=["stage", "-published_at", "-id"], name="practice_by_day"),
            models.Index(fields=["stage", "start_minor", "id"], name="practice_by_cost"),
            # All that facets ask: they are counted from it alone, no row is read.
            models.Index(
                fields=[
                    "stage",
                    "removed_at",
                    "region",
                    "theme",
                    "evidence",
                    "maturity",
                    "is_hosting",
                    "start_minor",
                ],
                name="practice_counted",
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)


class PracticeAudience(models.Model):
    """For whom a practice is: a code of `packs/practices`."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="audiences")
    code = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "practice"], name="practice_audience_once")
        ]

    def __str__(self) -> str:
        return f"{self.practice_id} {self.code}"


class PracticeText(DraftText):
    """One text of a practice, at its path."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="texts")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "path"], name="practice_text_once")
        ]


class PracticeRevision(DraftPicture):
    """A picture of a whole practice at one moment; those published are what the public reads."""

    class Why(models.TextChoices):
        QUIET = "quiet", _("after a while without changes")
        NAMED = "named", _("kept by hand")
        TAKEN_OUT = "taken_out", _("before a row was taken out")
        RESTORED = "restored", _("before an earlier version was brought back")
        SENT = "sent", _("given to the consultant")
        PUBLISHED = "published", _("published")

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="revisions")
    why = models.CharField(max_length=10, choices=Why.choices)

    class Meta:
        indexes = [models.Index(fields=["practice", "-id"], name="revision_of_practice")]


class PracticeFile(models.Model):
    """A file that belongs to a field of a practice."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="files")
    field = models.CharField(max_length=40)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    by = models.UUIDField()
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["practice", "id"],
                condition=Q(removed_at=None),
                name="practice_file_there",
            )
        ]

    def __str__(self) -> str:
        return str(self.key)


class PassportAsk(models.Model):
    """Somebody of another organisation, or of a centre, asks the authors for the whole passport."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="asks")
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "by"], name="passport_asked_once")
        ]

    def __str__(self) -> str:
        return f"{self.practice_id} {self.by}"
