"""A visit: who goes where, why, who pays; and the people of it."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sinergia.exchange.models.programmes import PartnershipAgreement, Programme
from sinergia.organisations.models import Centre, Organisation
from sinergia.places.models import Municipality, Region, Theme


class Visit(models.Model):
    """A visit from one region to another, on its one page from the idea to the account.

    centre: who prepares it, and whose internal rows all of it is; the centre of the other region
    reads what its own side needs.
    """

    class Stage(models.TextChoices):
        IDEA = "idea", _("Idea")
        AGREED = "agreed", _("Agreed")
        APPROVED = "approved", _("Approved")
        UNDER_WAY = "under_way", _("Under way")
        DONE = "done", _("Done")
        ACCOUNTED = "accounted", _("Accounted for")
        CANCELLED = "cancelled", _("Cancelled")

    class Kind(models.TextChoices):
        EXCHANGE = "exchange", _("exchange of experience")
        TRAINING = "training", _("training at a host")
        TOUR = "tour", _("tour of several places")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+")
    programme = models.ForeignKey(
        Programme, models.SET_NULL, null=True, blank=True, related_name="visits"
    )
    agreement = models.ForeignKey(
        PartnershipAgreement, models.SET_NULL, null=True, blank=True, related_name="visits"
    )
    name = models.CharField(max_length=300)
    name_folded = models.CharField(max_length=300)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.EXCHANGE)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.IDEA)
    basis = models.CharField(max_length=500, blank=True)  # a letter, an item of a plan
    aims = models.TextField(blank=True)  # a line each
    from_region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    to_region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    time_zone = models.CharField(max_length=40)  # of the place that is visited
    budget_minor = models.PositiveBigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, default="RUB")
    payers = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="visit_ends_after_it_begins",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="visit_has_days_once_it_is_approved",
                condition=Q(stage__in=["idea", "agreed", "cancelled"])
                | (Q(starts_on__isnull=False) & Q(ends_on__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["centre", "-starts_on", "-id"], name="visit_of_centre"),
            models.Index(fields=["to_region", "-starts_on"], name="visit_to_region"),
            models.Index(fields=["from_region", "-starts_on"], name="visit_from_region"),
        ]

    def __str__(self) -> str:
        return str(self.key)


class VisitCourse(models.Model):
    """How far a visit has come: one row for each visit. version: of its programme as told.

    coordinator: the one of the centre who sees, beside the head of the delegation, how delegates
    travel and what they need.
    """

    visit = models.OneToOneField(Visit, models.CASCADE, related_name="course")
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    coordinator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.TextField(blank=True)  # for the centre's own people
    is_public = models.BooleanField(default=False)  # its page, as far as its parts are
    version = models.PositiveIntegerField(default=0)  # 0: nobody was told a programme yet
    told_at = models.DateTimeField(null=True, blank=True)
    why_cancelled = models.CharField(max_length=500, blank=True)
    stage_before = models.CharField(max_length=10, blank=True)  # what it was when it was cancelled
    removed_at = models.DateTimeField(null=True, blank=True)  # may be taken back

    def __str__(self) -> str:
        return f"{self.visit_id} v{self.version}"


class Organiser(models.Model):
    """Somebody who prepares a visit, on either side; an account only where they took it up."""

    class Side(models.TextChoices):
        HOST = "host", _("host side")
        SENDING = "sending", _("sending side")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="organisers")
    side = models.CharField(max_length=8, choices=Side.choices)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    body = models.CharField(max_length=300, blank=True)  # where it is not in the register
    name = models.CharField(max_length=200, blank=True)
    post = models.CharField(max_length=200, blank=True)
    does = models.CharField(max_length=200, blank=True)  # what they see to
    phone = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=254, blank=True)
    is_shown = models.BooleanField(default=False)  # in the booklet, with how to reach them

    class Meta:
        indexes = [models.Index(fields=["visit", "side", "id"], name="organiser_of_visit")]

    def __str__(self) -> str:
        return str(self.key)


class Delegate(models.Model):
    """Somebody who travels, in the order of protocol.

    told_by: from whose words the row was entered. confirmed_at: the person said so themselves.
    """

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="delegates")
    place = models.PositiveSmallIntegerField()  # in the order of protocol
    name = models.CharField(max_length=200)
    name_folded = models.CharField(max_length=200)
    post = models.CharField(max_length=200, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    body = models.CharField(max_length=300, blank=True)  # where it is not in the register
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="+"
    )
    phone = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=254, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_lead = models.BooleanField(default=False)
    wishes = models.TextField(blank=True)  # what they want to see, in their words
    told_by = models.CharField(max_length=200, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)  # does not travel after all

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "email"],
                condition=~Q(email="") & Q(gone_at=None),
                name="delegate_address_once",
            ),
            models.UniqueConstraint(
                fields=["visit", "person"], condition=Q(gone_at=None), name="delegate_account_once"
            ),
            models.UniqueConstraint(
                fields=["visit"], condition=Q(is_lead=True, gone_at=None), name="delegate_lead_once"
            ),
        ]
        indexes = [models.Index(fields=["visit", "place", "id"], name="delegate_in_order")]

    def __str__(self) -> str:
        return str(self.key)


class Travel(models.Model):
    """How a delegate comes, sleeps, and what the hosts should provide.

    Seen by the two who see to it; erased 30 days after the visit.
    """

    delegate = models.OneToOneField(Delegate, models.CASCADE, related_name="travel")
    arrives = models.CharField(max_length=200, blank=True)
    leaves = models.CharField(max_length=200, blank=True)
    lodging = models.CharField(max_length=200, blank=True)
    needs = models.TextField(blank=True)  # never a diagnosis

    def __str__(self) -> str:
        return str(self.delegate_id)


class DelegateWish(models.Model):
    """A theme that a delegate wants to see something of."""

    delegate = models.ForeignKey(Delegate, models.CASCADE, related_name="themes")
    theme = models.ForeignKey(Theme, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["delegate", "theme"], name="delegate_wish_once")
        ]

    def __str__(self) -> str:
        return f"{self.delegate_id} {self.theme_id}"
