"""A programme as it was told, and the steps on the way to it that may be taken back."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from sinergia.exchange.models.sessions import Session
from sinergia.exchange.models.visits import Visit


class ProgrammeVersion(models.Model):
    """The whole programme of a visit as those concerned were told it. Written once.

    content: RFC 8785 JSON {schema, values}: the key of each session to its texts, in the form of
    `engine.visiting.changes`. note: what was added to the letters.
    """

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.BinaryField()
    digest = models.CharField(max_length=64)  # SHA-256 of the content, hex
    note = models.CharField(max_length=500, blank=True)
    made_by = models.UUIDField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visit", "number"], name="programme_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.visit_id} v{self.number}"


class ProgrammeStep(models.Model):
    """A move, a removal or a delay, which may be taken back while nobody changed it since."""

    class Kind(models.TextChoices):
        MOVED = "moved", _("moved")
        REMOVED = "removed", _("taken out")
        LATE = "late", _("said to be late")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    by = models.UUIDField()
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["visit", "-id"], name="step_of_programme")]

    def __str__(self) -> str:
        return str(self.key)


class SessionBefore(models.Model):
    """A session as it was before a step. version: the one that the step made of it."""

    step = models.ForeignKey(ProgrammeStep, models.CASCADE, related_name="sessions")
    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    late_minutes = models.SmallIntegerField()
    was_removed = models.BooleanField(default=False)
    version = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.step_id} {self.session_id}"
