"""Who works with the register: centres, their staff, officials; what a centre notes."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sinergia.organisations.models.register import Organisation
from sinergia.places.models import Region


class Centre(models.Model):
    """A resource centre: an organisation and the regions it serves; owns what it notes."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    organisation = models.OneToOneField(Organisation, models.PROTECT, related_name="+")
    time_zone = models.CharField(max_length=40)  # of its days and deadlines
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.key)


class CentreRegion(models.Model):
    """A region that a centre serves; one region, one centre."""

    centre = models.ForeignKey(Centre, models.CASCADE, related_name="regions")
    region = models.OneToOneField(Region, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.centre_id} {self.region_id}"


class CentreStaff(models.Model):
    """Somebody who works at a centre, until they leave."""

    class Role(models.TextChoices):
        HEAD = "head", _("Head of the centre")
        CONSULTANT = "consultant", _("Consultant of the centre")

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="staff")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=Role.choices)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)  # none while they work here
    parting = models.TextField(blank=True)  # why the last head left: for administrators

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "person"], name="centre_staff_once")
        ]

    def __str__(self) -> str:
        return f"{self.centre_id} {self.person_id} {self.role}"


class Official(models.Model):
    """Somebody of a region's authorities, to whom the region's figures are open."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    post = models.CharField(max_length=200, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region", "person"], name="official_once")]

    def __str__(self) -> str:
        return f"{self.region_id} {self.person_id}"


class Note(models.Model):
    """What a centre's people write down for one another about an organisation. Internal."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    text = models.TextField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["centre", "organisation", "-id"], name="note_of_centre")]

    def __str__(self) -> str:
        return str(self.key)


class Acquaintance(models.Model):
    """When a centre last met an organisation: written by notes, and by rooms above."""

    centre = models.ForeignKey(Centre, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    met_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "organisation"], name="acquaintance_once")
        ]
        indexes = [
            models.Index(fields=["centre", "met_on", "organisation"], name="acquaintance_by_day")
        ]

    def __str__(self) -> str:
        return f"{self.centre_id} {self.organisation_id} {self.met_on}"


class SavedFilter(models.Model):
    """A filter of a list that somebody goes back to."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)
    query = models.CharField(max_length=1000)  # as in the address of the list
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "name"], condition=~Q(name=""), name="saved_filter_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.key)
