"""Invitations: a link, good for a while, by which somebody takes up a role."""

from datetime import datetime
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sinergia.people.models.accounts import Person


class Invitation(models.Model):
    """A link to a role. What the role is about, the room that invites knows: here (kind, scope)."""

    class State(models.TextChoices):
        """Where it stands; only `ended` needs the clock."""

        OPEN = "open", _("awaits an answer")
        TAKEN = "taken", _("accepted")
        WITHDRAWN = "withdrawn", _("withdrawn")
        ENDED = "ended", _("out of date")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=40)  # a word of the room: "membership"
    scope = models.CharField(max_length=64)  # key of the thing in that room
    role = models.CharField(max_length=40)
    email = models.CharField(max_length=254, blank=True)  # casefolded; "": whoever holds the link
    token_digest = models.CharField(max_length=64)  # SHA-256, hex; the token itself is not kept
    invited_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()  # the last moment at which it may be taken
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "scope", "role", "email"],
                condition=~Q(email="") & Q(taken_at__isnull=True, withdrawn_at__isnull=True),
                name="invitation_waiting_once",
            ),
            models.CheckConstraint(
                name="invitation_taken_by_somebody",
                condition=Q(taken_at__isnull=True, taken_by__isnull=True)
                | Q(taken_at__isnull=False, taken_by__isnull=False),
            ),
            models.CheckConstraint(
                name="invitation_taken_or_withdrawn",
                condition=Q(taken_at__isnull=True) | Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="invitation_ends_later", condition=Q(ends_at__gt=F("made_at"))
            ),
        ]
        indexes = [models.Index(fields=["kind", "scope", "-id"], name="invitation_of_scope")]

    def __str__(self) -> str:
        return str(self.key)

    def state_at(self, now: datetime) -> str:
        """Where it stands at a moment; the last moment of its term still counts as open."""
        if self.taken_at:
            return self.State.TAKEN.value
        if self.withdrawn_at:
            return self.State.WITHDRAWN.value
        return (self.State.OPEN if now <= self.ends_at else self.State.ENDED).value
