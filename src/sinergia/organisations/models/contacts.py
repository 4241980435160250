"""People without accounts whom a centre knows: ministries, administrations, media."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sinergia.organisations.models.centre import Centre
from sinergia.organisations.models.register import Organisation
from sinergia.places.models import Municipality, Region


class Contact(models.Model):
    """Somebody a centre knows. Internal; an account of theirs is joined only by an invitation."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    name_folded = models.CharField(max_length=200)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    note = models.TextField(blank=True)
    told_by = models.CharField(max_length=200, blank=True)
    is_confirmed = models.BooleanField(default=False)
    entered_by = models.UUIDField()
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["centre", "name_folded", "id"], name="contact_by_name")]

    def __str__(self) -> str:
        return str(self.key)


class Post(models.Model):
    """A post that a contact holds: somebody may hold several and act in any of them."""

    class Kind(models.TextChoices):
        """Whose post it is; in this order they stand among equal ranks."""

        AUTHORITY = "authority", _("Authority of the region")
        FEDERAL = "federal", _("Federal authority")
        MUNICIPALITY = "municipality", _("Municipal authority")
        CHAMBER = "chamber", _("Civic chamber, council")
        NPO = "npo", _("Non-profit organisation")
        BUSINESS = "business", _("Business")
        MEDIA = "media", _("Media")
        OTHER = "other", _("Other")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="posts")
    title = models.CharField(max_length=200)
    body = models.CharField(max_length=300, blank=True)  # the ministry, the newspaper
    organisation = models.ForeignKey(  # where the body is in the register
        Organisation, models.PROTECT, null=True, related_name="+"
    )
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.OTHER)
    rank = models.PositiveSmallIntegerField(default=100)  # smaller goes first in protocol order
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="post_ends_after_it_begins",
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")),
            )
        ]

    def __str__(self) -> str:
        return str(self.key)


class ContactList(models.Model):
    """A list of people in protocol order: who is invited, who is written to."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    is_by_rank = models.BooleanField(default=False)  # until somebody is moved by hand
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["centre", "name"], name="contact_list_once")]

    def __str__(self) -> str:
        return str(self.key)


class ListedContact(models.Model):
    """A contact on a list, in the capacity of one post; the order is set by hand, or by rank."""

    listing = models.ForeignKey(ContactList, models.CASCADE, related_name="rows")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, models.SET_NULL, null=True, related_name="+")
    place = models.PositiveIntegerField()
    former_place = models.PositiveIntegerField(null=True, blank=True)  # before it was by rank

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["listing", "contact"], name="listed_contact_once")
        ]
        indexes = [models.Index(fields=["listing", "place", "id"], name="listed_contact_order")]

    def __str__(self) -> str:
        return f"{self.listing_id} {self.contact_id}"
