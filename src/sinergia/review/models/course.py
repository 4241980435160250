"""How the review goes: until when, what looks hasty, whose sheets are ignored."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sinergia.calls.models import Contest
from sinergia.review.models.experts import Expert
from sinergia.review.models.sheets import Sheet


class Course(models.Model):
    """By which day the sheets of a contest are to be signed; the day itself is in time."""

    contest = models.OneToOneField(Contest, models.CASCADE, related_name="+")
    sheets_by = models.DateField()

    def __str__(self) -> str:
        return f"{self.contest_id} {self.sheets_by}"


class Flag(models.Model):
    """What looks hasty about a signed sheet; a person looks whether it is."""

    class Kind(models.TextChoices):
        QUICK = "quick", _("Signed in under two minutes")
        SAME = "same", _("The same as another sheet of the expert")
        FLAT = "flat", _("All criteria scored alike")

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="flags", db_index=False)
    kind = models.CharField(max_length=5, choices=Kind.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "kind"], name="sheet_flag_once")]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.kind}"


class Exclusion(models.Model):
    """That an expert's sheets are all ignored, by the rule of so many unfounded ones.

    stages: {sheet key: its stage before}, by which it is taken back. moved: what that changed,
    see `review.queries.moving.Move`. ended_at: since when it was taken back.
    """

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    expert = models.ForeignKey(Expert, models.CASCADE, related_name="exclusions")
    why = models.TextField()
    stages = models.JSONField(default=dict)
    stage_before = models.CharField(max_length=8, default=Expert.Stage.ACCEPTED)  # of the expert
    moved = models.JSONField(default=list)
    by = models.UUIDField()
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["expert"], condition=Q(ended_at=None), name="expert_excluded_once"
            ),
            models.CheckConstraint(name="exclusion_has_a_reason", condition=~Q(why="")),
        ]

    def __str__(self) -> str:
        return f"{self.expert_id} {self.at}"
