"""The register: who is there, and by which numbers the state knows them."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sinergia.places.models import Municipality, Region


class LegalForm(models.Model):
    """A legal form as a classifier names it. Forms are data, loaded with their first row."""

    code = models.CharField(max_length=12, unique=True)  # ОКОПФ, five digits
    name_ru = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    name_folded = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> str:
        """In the reader's language, in Russian where there is no other."""
        return self.name_en or self.name_ru if get_language() == "en" else self.name_ru


class Organisation(models.Model):
    """An organisation, or a group without a legal entity.

    The counts are facts that `applications` writes down through our action.
    """

    class Kind(models.TextChoices):
        REGISTERED = "registered", _("Registered organisation")
        GROUP = "group", _("Group without a legal entity")

    class Status(models.TextChoices):
        """What the state's register says of it."""

        UNKNOWN = "unknown", _("Not known")
        ACTIVE = "active", _("Active")
        REORGANISING = "reorganising", _("Being reorganised")
        CLOSING = "closing", _("Being closed")
        BANKRUPT = "bankrupt", _("In bankruptcy")
        CLOSED = "closed", _("Closed")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    name = models.CharField(max_length=500)
    name_folded = models.CharField(max_length=500)  # engine/text.py: sorted by
    short_name = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.REGISTERED)
    is_public = models.BooleanField(default=True)  # a group is shown when its people say so
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+", db_index=False)
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, related_name="+")
    legal_form = models.ForeignKey(LegalForm, models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.UNKNOWN)
    registered_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    address = models.CharField(max_length=500, blank=True)
    site = models.CharField(max_length=300, blank=True)  # as it is typed in a browser
    site_key = models.CharField(max_length=120, blank=True)  # its host, without "www."
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
            models.Index(fields=["-registered_on", "-id"], name="organisation_by_day"),
            # All that facets ask: they are counted from it alone, no row is read.
            models.Index(
                fields=[
                    "region",
                    "municipality",
                    "status",
                    "legal_form",
                    "kind",
                    "is_public",
                    "registered_on",
                    "won_count",
                    "applications_count",
                ],
                name="organisation_facets",
            ),
            models.Index(
                fields=["site_key"], condition=~Q(site_key=""), name="organisation_by_site"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="organisation_closed_after_made",
                condition=Q(closed_on=None)
                | Q(registered_on=None)
                | Q(closed_on__gte=models.F("registered_on")),
            )
        ]

    def __str__(self) -> str:
        return str(self.key)

    @property
    def is_ending(self) -> bool:
        """Whether it is closed, or being closed."""
        return self.status in (self.Status.CLOSING, self.Status.CLOSED)

    def name_for(self, *, knows: bool) -> str:
        """Its name for a reader. knows: whether they see its inside, where it is hidden."""
        return self.name if knows else self.name_for_all

    @property
    def name_for_all(self) -> str:
        """What everybody may read of its name: whoever is hidden is named nowhere else either."""
        return self.name if self.is_public else str(_("not shown in the register"))


class Identifier(models.Model):
    """A number of a register. Verified by its check digits; one number, one organisation."""

    class Scheme(models.TextChoices):
        """As org-id.guide names the lists; KPP has none, and many organisations share one."""

        OGRN = "RU-OGRN", _("OGRN")
        INN = "RU-INN", _("INN")
        KPP = "RU-KPP", _("KPP")

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="identifiers", db_index=False
    )  # found by `identifier_one_of_a_scheme`
    scheme = models.CharField(max_length=20, choices=Scheme.choices)
    value = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "value"],
                condition=~Q(scheme="RU-KPP"),
                name="identifier_once",
            ),
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


class Change(models.Model):
    """One field of an organisation that became another: who did it, when, and from where."""

    # Beside codes of sources: by hand from somebody's words, whose `reason` says; and from the
    # organisation that became one with it, which `reason` names.
    TOLD, JOINED = "+told", "+joined"

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="changes")
    field = models.CharField(max_length=40)  # a field's name, an identifier's scheme, or a table
    before = models.CharField(max_length=500, blank=True)  # of a table: JSON, column to value
    after = models.CharField(max_length=500, blank=True)
    reason = models.CharField(max_length=300, blank=True)  # why, where a person was asked
    at = models.DateTimeField()
    actor_key = models.UUIDField()
    source = models.CharField(max_length=60, blank=True)  # a source's code; "" for a person
    load_key = models.UUIDField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "-at", "-id"], name="change_history")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.field}"


class RegisterCount(models.Model):
    """How many organisations are alike: the small cube from which filters are counted.

    Kept by the actions that write organisations; `sinergia check --figures` counts it again.
    A cell may lie in several rows for a while: whoever finds its row locked adds one of their own
    and waits for nobody, so only sums of rows mean anything.
    """

    cell = models.CharField(max_length=80, db_index=True)  # all of the below, by which it is found
    region = models.ForeignKey(Region, models.CASCADE, null=True, related_name="+")
    legal_form = models.ForeignKey(LegalForm, models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=10)
    is_public = models.BooleanField()
    status = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()  # `actions.counting.year_of` the registration
    has = models.CharField(max_length=12)  # none, applied, won
    number = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.cell}: {self.number}"
