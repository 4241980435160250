"""Programmes of exchange, and the agreements on which they stand."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sinergia.base.files.models import StoredFile
from sinergia.organisations.models import Centre, Organisation
from sinergia.places.models import Municipality, Region


class Programme(models.Model):
    """A named programme: places of two sides that visit one another, over years and both ways."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+")  # who keeps it
    name_ru = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    name_folded = models.CharField(max_length=200)
    about = models.TextField(blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    is_public = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)  # may be taken back

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="programme_ends_after_it_begins",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            )
        ]
        indexes = [models.Index(fields=["name_folded", "id"], name="programme_by_name")]

    def __str__(self) -> str:
        return str(self.key)

    @property
    def name(self) -> str:
        """In the reader's language, in Russian where there is no other."""
        return self.name_en or self.name_ru if get_language() == "en" else self.name_ru

    @property
    def is_shown(self) -> bool:
        """Whether everybody may open its page."""
        return self.is_public and self.removed_at is None


class ProgrammePlace(models.Model):
    """A region, or a municipality of it, that takes part on one of the two sides."""

    class Side(models.TextChoices):
        FIRST = "first", _("one side")
        SECOND = "second", _("the other side")

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="places")
    side = models.CharField(max_length=6, choices=Side.choices)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "municipality"], name="programme_municipality_once"
            ),
            models.UniqueConstraint(
                fields=["programme", "region"],
                condition=models.Q(municipality=None),
                name="programme_region_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.side} {self.region_id}"


class Aim(models.Model):
    """What a programme wants to reach; after a year it is said whether it was, by what proof."""

    class Verdict(models.TextChoices):
        MET = "met", _("Met")
        PARTLY = "partly", _("Met in part")
        NOT_MET = "not_met", _("Not met")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="aims")
    text = models.CharField(max_length=500)
    place = models.PositiveSmallIntegerField()  # among the others
    verdict = models.CharField(max_length=8, choices=Verdict.choices, blank=True)
    proof = models.TextField(blank=True)
    judged_by = models.UUIDField(null=True, blank=True)
    judged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="aim_judged_by_proof",
                condition=Q(verdict="") | (~Q(proof="") & Q(judged_at__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return str(self.key)


class PartnershipAgreement(models.Model):
    """An agreement of cooperation between organisations: chambers, centres, associations."""

    class Renewal(models.TextChoices):
        NONE = "none", _("ends with its term")
        SILENT = "silent", _("goes on for the same term unless a party objects")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+")  # who keeps it
    programme = models.ForeignKey(
        Programme, models.SET_NULL, null=True, blank=True, related_name="agreements"
    )
    number = models.CharField(max_length=60, blank=True)
    signed_on = models.DateField()
    subject = models.CharField(max_length=500)
    subject_folded = models.CharField(max_length=500)
    forms = models.TextField(blank=True)  # of working together, a line each
    term_from = models.DateField(null=True, blank=True)  # first day of the term that runs
    ends_on = models.DateField(null=True, blank=True)  # the last day, itself inside; none: no term
    renewal = models.CharField(max_length=6, choices=Renewal.choices, default=Renewal.NONE)
    is_public = models.BooleanField(default=False)
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    warned_at = models.DateTimeField(null=True, blank=True)  # that the term ends; once for each
    removed_at = models.DateTimeField(null=True, blank=True)  # may be taken back

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="partnership_ends_after_it_is_signed",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("signed_on")),
            )
        ]
        indexes = [
            models.Index(fields=["-signed_on", "-id"], name="partnership_by_day"),
            models.Index(fields=["ends_on"], name="partnership_by_end"),
        ]

    def __str__(self) -> str:
        return str(self.key)

    @property
    def is_shown(self) -> bool:
        """Whether everybody may open its page."""
        return self.is_public and self.removed_at is None


class Party(models.Model):
    """Who signed an agreement, and by whose hand; of the register where it is known there."""

    agreement = models.ForeignKey(PartnershipAgreement, models.CASCADE, related_name="parties")
    place = models.PositiveSmallIntegerField()  # as they stand in the paper
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=300, blank=True)  # where it is not in the register
    signer = models.CharField(max_length=200, blank=True)
    post = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "place"], name="party_in_its_place"),
            models.CheckConstraint(
                name="party_is_named", condition=Q(organisation__isnull=False) | ~Q(name="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.place}"
