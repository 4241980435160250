"""What was decided about each application, when everybody learns of it, and what proves it."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sinergia.calls.models import Contest
from sinergia.review.models.commission import Sitting
from sinergia.review.models.sheets import Examination


class Award(models.Model):
    """The decision about an application; what comes after it, another row tells.

    place: in the ranking, equals share the smallest. why: what decided, a code of the engine.
    cuts: lines of the budget that were cut, [{"line": id, "minor": kopecks}].
    """

    class Outcome(models.TextChoices):
        WON = "won", _("Winner")
        RESERVE = "reserve", _("On the reserve list")
        LOST = "lost", _("Not supported")

    class Follow(models.TextChoices):
        NOTHING = "", _("As decided")
        DECLINED = "declined", _("Declined by the winner")
        PROMOTED = "promoted", _("Moved up from the reserve list")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    examination = models.OneToOneField(Examination, models.CASCADE, related_name="award")
    sitting = models.ForeignKey(Sitting, models.RESTRICT, related_name="+")
    at = models.PositiveIntegerField()  # where it stands in the list, from 1
    place = models.PositiveIntegerField()
    rating = models.DecimalField(max_digits=10, decimal_places=4, null=True, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    why = models.CharField(max_length=14, blank=True)
    reason = models.TextField(blank=True)  # of a move across the line; published
    awarded_minor = models.BigIntegerField(default=0)
    cuts = models.JSONField(default=list)
    reserve = models.PositiveIntegerField(default=0)  # its place on the reserve list
    follow = models.CharField(max_length=8, choices=Follow.choices, blank=True)
    followed_at = models.DateTimeField(null=True, blank=True)
    followed_why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="award_only_to_winners",
                condition=Q(awarded_minor=0)
                | (Q(awarded_minor__gt=0) & (Q(outcome="won") | Q(follow="promoted"))),
            ),
            models.CheckConstraint(
                name="award_move_has_a_reason", condition=~Q(why="moved", reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.examination_id} {self.outcome}"


class Publication(models.Model):
    """When a contest's result is told to everybody, and how far its letters have come.

    Until its moment nothing of the decision is seen by anybody outside the centre.
    """

    class Stage(models.TextChoices):
        PREPARED = "prepared", _("Being prepared")
        SET = "set", _("Set for its moment")
        PUBLISHED = "published", _("Published")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    contest = models.OneToOneField(Contest, models.CASCADE, related_name="+")
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.PREPARED)
    publish_at = models.DateTimeField(null=True, blank=True)  # the end of the embargo
    published_at = models.DateTimeField(null=True, blank=True)
    intro = models.TextField(blank=True)  # above the results
    next_ru = models.TextField(blank=True)  # what winners do next
    next_en = models.TextField(blank=True)
    by = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="publication_set_has_a_moment",
                condition=Q(stage="prepared") | Q(publish_at__isnull=False),
            ),
            models.CheckConstraint(
                name="publication_done_has_a_moment",
                condition=~Q(stage="published") | Q(published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contest_id} {self.stage}"


class Archive(models.Model):
    """The files by which anybody recomputes a result, to the byte."""

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="+", db_index=False)
    version = models.PositiveSmallIntegerField()  # 1, 2, 3 …
    content = models.BinaryField()  # a ZIP
    digest = models.CharField(max_length=64)  # SHA-256 of `content`, hex
    root = models.CharField(max_length=64)  # of the tree over its files, hex
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contest", "version"], name="archive_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.contest_id} v{self.version}"
