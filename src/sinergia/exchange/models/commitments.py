"""What people take home from a visit, and what they thought of it."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sinergia.exchange.models.sessions import Session
from sinergia.exchange.models.visits import Delegate, Visit
from sinergia.organisations.models import Organisation
from sinergia.practices.models import Adoption, Practice


class Commitment(models.Model):
    """«Беру в работу»: a practice or an idea, whose it is, by when, and the first step.

    key: made where it was written, so that one sent twice is one. What was taken back stays as a
    row that nobody is shown: sent late once more, it does not come again.
    """

    class State(models.TextChoices):
        NOT_BEGUN = "not_begun", _("Not begun")
        IN_WORK = "in_work", _("In work")
        PROJECT = "project", _("Became a project")
        DROPPED = "dropped", _("Did not go")
        TAKEN_BACK = "taken_back", _("Taken back")

    key = models.UUIDField(unique=True, default=uuid4)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="commitments")
    session = models.ForeignKey(Session, models.SET_NULL, null=True, blank=True, related_name="+")
    practice = models.ForeignKey(Practice, models.PROTECT, null=True, blank=True, related_name="+")
    adoption = models.ForeignKey(Adoption, models.SET_NULL, null=True, blank=True, related_name="+")
    idea = models.CharField(max_length=500, blank=True)
    idea_folded = models.CharField(max_length=500, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    delegate = models.ForeignKey(Delegate, models.PROTECT, related_name="commitments")
    state = models.CharField(max_length=10, choices=State.choices, default=State.NOT_BEGUN)
    due_on = models.DateField(null=True, blank=True)
    first_step = models.CharField(max_length=300, blank=True)
    stepped_at = models.DateTimeField(null=True, blank=True)  # the first step is done
    helper = models.ForeignKey(  # the consultant beside
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    why_not = models.CharField(max_length=300, blank=True)
    ground = models.CharField(max_length=300, blank=True)  # who confirmed what became of it, when
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="commitment_to_something", condition=Q(practice__isnull=False) | ~Q(idea="")
            ),
            models.CheckConstraint(
                name="commitment_dropped_for_a_reason",
                condition=~Q(state="dropped") | ~Q(why_not=""),
            ),
        ]
        indexes = [
            models.Index(fields=["visit", "state", "id"], name="commitment_of_visit"),
            models.Index(fields=["organisation", "id"], name="commitment_of_organisation"),
            models.Index(fields=["state", "due_on"], name="commitment_by_day"),
        ]

    def __str__(self) -> str:
        return str(self.key)

    @property
    def title(self) -> str:
        """What is taken home, in a line."""
        return self.practice.title if self.practice is not None else self.idea

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state in (self.State.NOT_BEGUN, self.State.IN_WORK)


class CommitmentTurn(models.Model):
    """A state that a commitment came to: who said so, why, by what it is proven."""

    class By(models.TextChoices):
        HAND = "hand", _("by hand")
        ASKED = "asked", _("in answer to a question")
        PROJECT = "project", _("by a project on this site")

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="turns")
    state = models.CharField(max_length=10, choices=Commitment.State.choices)
    way = models.CharField(max_length=8, choices=By.choices, default=By.HAND)
    words = models.CharField(max_length=500, blank=True)
    ground = models.CharField(max_length=300, blank=True)
    by = models.UUIDField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.state}"


class Feedback(models.Model):
    """What a delegate thought of the visit, in a minute. One of each; averages need five."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="feedback")
    delegate = models.OneToOneField(Delegate, models.CASCADE, related_name="+")
    useful = models.PositiveSmallIntegerField()  # 1 to 5
    arranged = models.PositiveSmallIntegerField()  # 1 to 5
    best = models.ForeignKey(Session, models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="feedback_from_one_to_five",
                condition=Q(useful__range=(1, 5), arranged__range=(1, 5)),
            )
        ]

    def __str__(self) -> str:
        return str(self.delegate_id)
