"""What comes with a decision and after it: choices, letters, salts, budgets cut to the award."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sinergia.review.models.decision import Award
from sinergia.review.models.experts import Expert
from sinergia.review.models.sheets import Examination


class Chosen(models.Model):
    """Of several applications of one organisation, that it would have this one if some pass."""

    examination = models.OneToOneField(Examination, models.CASCADE, related_name="chosen")
    by = models.UUIDField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.examination_id)


class ResultLetter(models.Model):
    """That somebody who applied was told of the decision; one row for each reader.

    person: none where nobody of the organisation has an account. address: as it was then.
    """

    class State(models.TextChoices):
        TOLD = "told", _("in the site and by e-mail")
        MAILED = "mailed", _("by e-mail")
        BROKEN = "broken", _("the mailbox takes no letters")
        NOBODY = "nobody", _("no account and no address: to be phoned")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    award = models.ForeignKey(Award, models.CASCADE, related_name="letters")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    address = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=2)
    state = models.CharField(max_length=8, choices=State.choices)
    notice_key = models.UUIDField(null=True, blank=True)
    letter_key = models.UUIDField(null=True, blank=True)  # of the last letter to a bare mailbox
    queued_at = models.DateTimeField()
    again_at = models.DateTimeField(null=True, blank=True)  # sent once more, the last time

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["award", "person"],
                condition=Q(person__isnull=False),
                name="result_letter_of_a_person_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.award_id} {self.state}"


class ExpertSalt(models.Model):
    """The salt under which an archive names an expert: shown by them alone, guessed by nobody."""

    expert = models.OneToOneField(Expert, models.CASCADE, related_name="salt")
    salt = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return str(self.expert_id)


class RevisedBudget(models.Model):
    """The budget of a winner cut to the sum of the award; what was accepted is never rewritten.

    content: RFC 8785 JSON {schema, values}: lines with what the grant pays of each, and words on
    the plan. digest: SHA-256 of it, hex.
    """

    class Stage(models.TextChoices):
        SENT = "sent", pgettext_lazy("budget", "Sent")
        RETURNED = "returned", pgettext_lazy("budget", "Returned")
        ACCEPTED = "accepted", pgettext_lazy("budget", "Accepted")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    award = models.ForeignKey(Award, models.CASCADE, related_name="budgets", db_index=False)
    version = models.PositiveSmallIntegerField()  # 1, 2, 3 …
    stage = models.CharField(max_length=8, choices=Stage.choices, default=Stage.SENT)
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    words = models.TextField(blank=True)  # why it was returned
    sent_by = models.UUIDField()
    sent_at = models.DateTimeField()
    settled_by = models.UUIDField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["award", "version"], name="budget_version_once"),
            models.CheckConstraint(
                name="budget_returned_has_words", condition=~Q(stage="returned", words="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.award_id} v{self.version}"
