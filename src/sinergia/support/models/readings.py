"""A consultant beside a project: words at a field, and the reading of a draft."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sinergia.projects.models import Project, Revision


class Thread(models.Model):
    """Remarks about one field of a project, or about some words of it.

    quote: the words as they were. version: of the field then; where it has another one, the page
    says that the text has changed since.
    """

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    project = models.ForeignKey(Project, models.CASCADE, related_name="+", db_index=False)
    path = models.CharField(max_length=120)
    quote = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.UUIDField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["project", "path", "id"], name="thread_of_field")]

    def __str__(self) -> str:
        return f"{self.project_id} {self.path}"


class Remark(models.Model):
    """One remark or answer; taken back, its text is gone and its place stays."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="remarks")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.key)


class Reading(models.Model):
    """A draft that the centre is asked to read. before, after: what hindered it then.

    revision: as it was when it was asked for. wished_on, promised_on: the day by which it is read,
    as they would like it and as the reader says.
    """

    class Stage(models.TextChoices):
        ASKED = "asked", _("Waits for a reader")
        PROMISED = "promised", _("Being read")
        GIVEN = "given", _("Read")
        TAKEN_BACK = "taken_back", _("Taken back")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    project = models.ForeignKey(Project, models.CASCADE, related_name="+")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.ASKED)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    words = models.TextField(blank=True)  # what to look at above all
    wished_on = models.DateField(null=True, blank=True)
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    promised_on = models.DateField(null=True, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)
    summary = models.TextField(blank=True)  # of the reader
    before = models.PositiveIntegerField()
    after = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(stage__in=("asked", "promised")),
                name="reading_once_at_a_time",
            ),
            models.CheckConstraint(
                name="reading_given_has_words", condition=~Q(stage="given", summary="")
            ),
            models.CheckConstraint(
                name="reading_promised_has_day",
                condition=~Q(stage="promised") | Q(promised_on__isnull=False, reader__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.stage}"
