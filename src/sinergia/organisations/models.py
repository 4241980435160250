"""The register: who is there, and by which numbers the state knows them."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from sinergia.places.models import Municipality, Region


class Organisation(models.Model):
    """An organisation. The counts are facts that `applications` writes down through our action."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    name = models.CharField(max_length=500)
    name_folded = models.CharField(max_length=500)  # engine/text.py: sorted by
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+", db_index=False)
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, related_name="+")
    registered_on = models.DateField(null=True, blank=True)
    applications_count = models.PositiveIntegerField(default=0)
    won_count = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["name_folded", "id"], name="organisation_by_name"),
            models.Index(fields=["region", "name_folded"], name="organisation_in_region"),
            models.Index(fields=["region", "-won_count", "-id"], name="organisation_won_there"),
            models.Index(fields=["-won_count", "-id"], name="organisation_by_won"),
            models.Index(fields=["-applications_count", "-id"], name="organisation_by_tries"),
        ]

    def __str__(self) -> str:
        return str(self.key)


class Identifier(models.Model):
    """A number of a register. Verified by its check digits; one number, one organisation."""

    class Scheme(models.TextChoices):
        """As org-id.guide names the lists."""

        OGRN = "RU-OGRN", _("OGRN")
        INN = "RU-INN", _("INN")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=20, choices=Scheme.choices)
    value = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "value"], name="identifier_once"),
            models.UniqueConstraint(
                fields=["organisation", "scheme"], name="identifier_one_of_a_scheme"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"

    @property
    def is_public(self) -> bool:
        """A person's numbers (INN of 12 digits, OGRN of 15) are never shown to the public."""
        personal = {self.Scheme.INN: 12, self.Scheme.OGRN: 15}
        return len(self.value) != personal.get(self.Scheme(self.scheme))
