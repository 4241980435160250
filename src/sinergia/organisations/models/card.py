"""What an organisation tells of itself, and how it is reached and paid."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sinergia.organisations.models.register import Organisation
from sinergia.places.models import Municipality, Region, Theme


class Card(models.Model):
    """An organisation in its own words, and what of its page the public sees."""

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="card")
    about = models.TextField(blank=True)  # two or three sentences
    shows_address = models.BooleanField(default=False)
    shows_site = models.BooleanField(default=True)  # a site is public by itself
    shows_heads = models.BooleanField(default=False)  # those heads who agreed
    told_by = models.CharField(max_length=200, blank=True)  # from whose words the centre wrote
    is_confirmed = models.BooleanField(default=False)
    entered_by = models.UUIDField(null=True, blank=True)  # none: as long ago as nobody noted it
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"card of {self.organisation_id}"


class Reach(models.Model):
    """One way to reach an organisation."""

    class Kind(models.TextChoices):
        PHONE = "phone", _("Telephone")
        EMAIL = "email", _("E-mail")
        LINK = "link", _("Page in a network")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    value = models.CharField(max_length=300)
    note = models.CharField(max_length=100, blank=True)  # "accounts department"
    is_public = models.BooleanField(default=False)  # chosen to be shown: never a telephone
    is_confirmed = models.BooleanField(default=False)
    told_by = models.CharField(max_length=200, blank=True)
    entered_by = models.UUIDField(null=True, blank=True)  # none: a file did
    place = models.PositiveSmallIntegerField(default=0)  # the first e-mail is written to

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "value"], name="reach_once"),
            models.CheckConstraint(
                name="reach_phone_never_public", condition=~Q(kind="phone", is_public=True)
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)

    @property
    def is_phone(self) -> bool:
        """Whether it is a telephone, which is never public."""
        return self.kind == self.Kind.PHONE

    @property
    def is_shown(self) -> bool:
        """Whether everybody sees it: it was chosen, and its own people wrote or confirmed it."""
        return self.is_public and self.is_confirmed and not self.is_phone


class BankAccount(models.Model):
    """Where an organisation is paid. Checked by its keys; a wrong one is shown, not refused."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    number = models.CharField(max_length=20)  # settlement account
    bik = models.CharField(max_length=9)
    correspondent = models.CharField(max_length=20, blank=True)
    bank = models.CharField(max_length=200, blank=True)
    is_main = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "number", "bik"], name="bank_account_once"
            ),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(is_main=True), name="bank_account_one_main"
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)


class FieldOfWork(models.Model):
    """What an organisation does, in the words of a file. Words are data."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    name = models.CharField(max_length=200)
    name_folded = models.CharField(max_length=200, unique=True)

    def __str__(self) -> str:
        return self.name_folded


class OrganisationField(models.Model):
    """A field of work that a source names for an organisation."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    field = models.ForeignKey(FieldOfWork, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "field"], name="organisation_field_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.field_id}"


class FieldTheme(models.Model):
    """Which of a region's themes a field of work belongs to there."""

    field = models.ForeignKey(FieldOfWork, models.CASCADE, related_name="themes")
    region = models.ForeignKey(Region, models.CASCADE, related_name="+")
    theme = models.ForeignKey(Theme, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["field", "region"], name="field_theme_once")]

    def __str__(self) -> str:
        return f"{self.field_id} {self.region_id}"


class OrganisationTheme(models.Model):
    """A theme of its region that an organisation works on: chosen, or by a mapped field."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    theme = models.ForeignKey(Theme, models.CASCADE, related_name="+")
    field = models.ForeignKey(  # none: somebody chose it
        FieldOfWork, models.CASCADE, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "theme"], name="organisation_theme_once"
            )
        ]
        indexes = [models.Index(fields=["theme", "organisation"], name="organisation_of_theme")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.theme_id}"


class OrganisationPlace(models.Model):
    """A municipality where an organisation works, beside the one it is registered in."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "municipality"], name="organisation_place_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.municipality_id}"
