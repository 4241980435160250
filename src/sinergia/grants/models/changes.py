"""What an organisation asks to change in the accepted document of its grant."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sinergia.base.drafts.models import DraftText
from sinergia.grants.models.agreement import Grant, Plan


class Change(models.Model):
    """A request for a change. kind: by the bounds of the rules, found when it is sent.

    base: the plan it was written upon; made: the plan that came of it.
    """

    class Kind(models.TextChoices):
        NOTICE = "notice", _("A notice is enough")
        CONSENT = "consent", _("Needs the operator's consent")

    class Stage(models.TextChoices):
        DRAFT = "draft", _("Being written")
        SENT = "sent", _("Waits for an answer")
        RETURNED = "returned", _("Returned with words")
        ACCEPTED = "accepted", _("In force")
        REFUSED = "refused", _("Refused")
        TAKEN_BACK = "taken_back", _("Taken back")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="changes")
    number = models.PositiveSmallIntegerField()  # 1, 2, 3 … of the grant
    kind = models.CharField(max_length=7, choices=Kind.choices, blank=True)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.DRAFT)
    base = models.ForeignKey(Plan, models.PROTECT, related_name="+")
    made = models.OneToOneField(Plan, models.PROTECT, null=True, blank=True, related_name="+")
    why = models.TextField(blank=True)
    words = models.TextField(blank=True)  # with which it was returned, refused or accepted
    begun_by = models.UUIDField()
    begun_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.UUIDField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["grant", "number"], name="change_number_once"),
            models.UniqueConstraint(
                fields=["grant"],
                condition=Q(stage__in=("draft", "sent", "returned")),
                name="change_one_at_a_time",
            ),
            models.CheckConstraint(
                name="change_accepted_made_a_plan",
                condition=~Q(stage="accepted") | Q(made__isnull=False),
            ),
            models.CheckConstraint(
                name="change_refused_with_words",
                condition=~Q(stage__in=("returned", "refused"), words=""),
            ),
        ]
        indexes = [models.Index(fields=["stage", "-id"], name="change_by_stage")]

    def __str__(self) -> str:
        return f"{self.grant_id} {self.number}"


class ChangeText(DraftText):
    """One text of the plan as it would be, at its path."""

    change = models.ForeignKey(Change, models.CASCADE, related_name="texts")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["change", "path"], name="change_text_once")]
