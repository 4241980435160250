"""What follows a visit: reminders, questions after months, its report."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from sinergia.exchange.models.commitments import Commitment
from sinergia.exchange.models.visits import Delegate, Visit


class CommitmentReminder(models.Model):
    """An owner was reminded of a day; of the same day once each. Another day is told anew."""

    class Kind(models.TextChoices):
        TWO_WEEKS = "two_weeks"
        TOMORROW = "tomorrow"
        OVERDUE = "overdue"

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    due_on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "kind", "due_on"], name="commitment_reminded_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.kind}"


class Asked(models.Model):
    """After so many months an owner was asked what became of a commitment; once each."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="asked")
    months = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=Commitment.State.choices, blank=True)
    words = models.CharField(max_length=500, blank=True)
    ground = models.CharField(max_length=300, blank=True)
    by = models.UUIDField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commitment", "months"], name="commitment_asked_once"),
            models.CheckConstraint(
                name="asked_answered_by_a_state",
                condition=Q(answered_at=None, state="")
                | (Q(answered_at__isnull=False) & ~Q(state="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.months}"


class FeedbackAsked(models.Model):
    """A delegate was asked what they thought of the visit; once."""

    delegate = models.OneToOneField(Delegate, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.delegate_id)


class ReportVersion(models.Model):
    """What was written around the facts of a visit, as it stood after one saving. Written once."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="reports")
    number = models.PositiveIntegerField()
    introduction = models.TextField(blank=True)
    conclusions = models.TextField(blank=True)
    spent_minor = models.PositiveBigIntegerField(null=True, blank=True)  # in the visit's currency
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visit", "number"], name="report_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.visit_id} v{self.number}"
