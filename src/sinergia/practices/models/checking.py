"""A practice with the consultant: what was sent, what is to be mended, what became of it."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sinergia.practices.models.practices import Practice, PracticeRevision


class Check(models.Model):
    """A practice given to the consultant. What is published is `sent`, to the letter.

    evidence: the level that the consultant confirms, with the ground for it; 0 where none.
    """

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("With the consultant")
        RETURNED = "returned", _("Returned with remarks")
        PUBLISHED = "published", _("Published")
        TAKEN_BACK = "taken_back", _("Taken back by its authors")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    practice = models.ForeignKey(Practice, models.CASCADE, related_name="checks")
    sent = models.ForeignKey(PracticeRevision, models.CASCADE, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.WAITING)
    words = models.TextField(blank=True)  # of the consultant, on the whole
    evidence = models.PositiveSmallIntegerField(default=0)
    ground = models.TextField(blank=True)
    sent_by = models.UUIDField()
    sent_at = models.DateTimeField()
    done_by = models.UUIDField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice"],
                condition=Q(outcome="waiting"),
                name="practice_with_consultant_once",
            ),
            models.CheckConstraint(
                name="check_done_by_somebody",
                condition=Q(outcome="waiting", done_by=None, done_at=None)
                | (~Q(outcome="waiting") & Q(done_by__isnull=False, done_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["sent_at", "id"], condition=Q(outcome="waiting"), name="check_waiting"
            )
        ]

    def __str__(self) -> str:
        return str(self.key)


class Remark(models.Model):
    """What a consultant asks to be mended in a section; shown beside it until it is answered."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    back = models.ForeignKey(Check, models.CASCADE, related_name="remarks")
    section = models.CharField(max_length=40)
    text = models.TextField()
    answer = models.TextField(blank=True)
    answered_by = models.UUIDField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["back", "section"], name="remark_once_a_section")
        ]

    def __str__(self) -> str:
        return str(self.key)


class Withdrawal(models.Model):
    """A published practice was taken out of the catalogue, and may have been put back.

    is_by_centre: then the centre alone puts it back.
    """

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="withdrawals")
    why = models.TextField()
    is_by_centre = models.BooleanField(default=False)
    by = models.UUIDField()
    at = models.DateTimeField()
    ended_by = models.UUIDField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice"], condition=Q(ended_at=None), name="practice_withdrawn_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.practice_id} {self.pk}"
