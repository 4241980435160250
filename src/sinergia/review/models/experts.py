"""Experts of a contest, what they signed, and what keeps them from an application."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sinergia.applications.models import Submission
from sinergia.calls.models import Contest
from sinergia.organisations.models import Centre, Organisation
from sinergia.people.models import Person


class Expert(models.Model):
    """Somebody who reads applications of one contest; without an account until they accept.

    code: what everybody but those who hold the contest know of them.
    """

    class Stage(models.TextChoices):
        INVITED = "invited", _("Invited")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        LEFT = "left", _("Left")
        EXCLUDED = "excluded", _("Excluded by the rules")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    contest = models.ForeignKey(Contest, models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    code = models.CharField(max_length=12)  # counted by the contest: E-07
    name = models.CharField(max_length=200)
    email = models.CharField(max_length=254, blank=True)  # where the invitation went
    post = models.CharField(max_length=200, blank=True)
    work = models.CharField(max_length=300, blank=True)  # where, as they say it themselves
    organisation = models.ForeignKey(  # the same where the register knows it
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    lent_by = models.ForeignKey(Centre, models.PROTECT, null=True, blank=True, related_name="+")
    languages = models.JSONField(default=list)  # codes: ru, en …
    directions = models.JSONField(default=list)  # codes of the rules
    topics = models.TextField(blank=True)  # in their own words; compared with applications
    most = models.PositiveSmallIntegerField(default=10)  # applications that they may read
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.INVITED)
    invited_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)  # accepted, declined or left
    reason = models.TextField(blank=True)  # of declining, leaving or being excluded

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contest", "code"], name="expert_code_once"),
            models.UniqueConstraint(
                fields=["contest", "person"],
                condition=Q(person__isnull=False),
                name="expert_is_one_person",
            ),
            models.CheckConstraint(
                name="expert_accepts_by_an_account",
                condition=~Q(stage="accepted") | Q(person__isnull=False),
            ),
            models.CheckConstraint(name="expert_may_read_some", condition=Q(most__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.contest_id} {self.code}"


class Statement(models.Model):
    """What an expert signed before anything of an application was shown; its words to the letter.

    ended_at: since when another one stands for it, or it was taken back.
    """

    class Kind(models.TextChoices):
        PERSONAL_DATA = "personal_data", _("Consent to the processing of personal data")
        CONFIDENCE = "confidence", _("Statement of confidence")
        NO_CONFLICT = "no_conflict", _("Statement of no conflict of interest")

    expert = models.ForeignKey(Expert, models.CASCADE, related_name="statements", db_index=False)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    version = models.PositiveSmallIntegerField()  # of the words
    words = models.TextField()
    signed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["expert", "kind"],
                condition=Q(ended_at=None),
                name="statement_in_force_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.expert_id} {self.kind}"


class Conflict(models.Model):
    """Why an expert may not read an application, or might not: with its source and evidence."""

    class Source(models.TextChoices):
        EXPERT = "expert", _("declared by the expert")
        APPLICANT = "applicant", _("declared by the applicant")
        OPERATOR = "operator", _("entered by the operator")
        FOUND = "found", _("found by comparing")

    class Kind(models.TextChoices):
        DECLARED = "declared", _("A personal interest")
        ORGANISATION = "organisation", _("The same organisation")
        IDENTIFIER = "identifier", _("An organisation with the same number")
        TEAM = "team", _("In the team of the project")
        PARTNER = "partner", _("A partner of the project")
        MENTOR = "mentor", _("Helped to write the project")
        MUNICIPALITY = "municipality", _("The same municipality")
        NAMESAKE = "namesake", _("The same surname and town")

    class Stage(models.TextChoices):
        WARNING = "warning", _("To be cleared")
        STANDS = "stands", _("Stands")
        CLEARED = "cleared", _("Cleared")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    expert = models.ForeignKey(Expert, models.CASCADE, related_name="conflicts", db_index=False)
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="+")
    source = models.CharField(max_length=10, choices=Source.choices)
    kind = models.CharField(max_length=14, choices=Kind.choices)
    stage = models.CharField(max_length=8, choices=Stage.choices)
    evidence = models.TextField(blank=True)
    raised_at = models.DateTimeField()
    raised_by = models.UUIDField(null=True, blank=True)  # none: by comparing
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.UUIDField(null=True, blank=True)
    why = models.TextField(blank=True)  # it was cleared

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["expert", "submission", "kind"], name="conflict_of_a_kind_once"
            ),
            models.CheckConstraint(
                name="conflict_cleared_has_a_reason", condition=~Q(stage="cleared", why="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.expert_id} {self.submission_id} {self.kind}"
