"""The people of an organisation: who writes for it, who asked to, who heads it."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sinergia.organisations.models.register import Organisation


class Membership(models.Model):
    """A person who acts for an organisation, until they leave."""

    class Role(models.TextChoices):
        LEADER = "leader", _("Head of the organisation")
        EDITOR = "editor", _("Team: editing")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=Role.choices)
    post = models.CharField(max_length=200, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)  # none while they act for it
    parting = models.TextField(blank=True)  # why the last leader left: for the centre alone

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "person"], name="membership_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.person_id} {self.role}"


class Claim(models.Model):
    """Somebody says that they act for an organisation; a person who knows decides."""

    class Result(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmed")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=Membership.Role.choices)
    post = models.CharField(max_length=200, blank=True)
    ground = models.TextField(blank=True)  # why they may: in their words
    raised_at = models.DateTimeField()
    escalated_at = models.DateTimeField(null=True, blank=True)  # the head of the centre was asked
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    result = models.CharField(max_length=10, choices=Result.choices, blank=True)
    reason = models.TextField(blank=True)  # of a refusal, shown to whoever asked

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person"],
                condition=Q(settled_at=None),
                name="claim_open_once",
            ),
            models.CheckConstraint(
                name="claim_settled_has_result",
                condition=Q(settled_at=None, result="")
                | (Q(settled_at__isnull=False) & ~Q(result="")),
            ),
        ]
        indexes = [
            models.Index(fields=["raised_at"], condition=Q(settled_at=None), name="claim_waiting")
        ]

    def __str__(self) -> str:
        return str(self.key)


class Head(models.Model):
    """Who heads an organisation by its charter, and for which term of office."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    post = models.CharField(max_length=200, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)  # the last day of the term, itself inside
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    is_public = models.BooleanField(default=False)  # by the head's own consent
    told_by = models.CharField(max_length=200, blank=True)  # from whose words the centre wrote
    is_confirmed = models.BooleanField(default=False)
    entered_by = models.UUIDField()
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="head_term_ends_after_it_begins",
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")),
            )
        ]
        indexes = [models.Index(fields=["organisation", "-until"], name="head_by_term")]

    def __str__(self) -> str:
        return str(self.key)
