"""One organisation entered twice, two entered as one, and what an organisation became."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sinergia.organisations.models.register import Organisation
from sinergia.places.models import Region


class Pair(models.Model):
    """Two organisations that may be one. The first is the elder row, so a pair is kept once."""

    class Verdict(models.TextChoices):
        MERGED = "merged", _("Merged")
        DIFFERENT = "different", _("Two different organisations")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    first = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    second = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    reasons = models.CharField(max_length=200)  # codes with blanks between: name town site inn
    likeness = models.PositiveSmallIntegerField()  # 0 to 100: the order in which they are shown
    found_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    verdict = models.CharField(max_length=10, choices=Verdict.choices, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)  # a centre asked administrators to say

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="pair_once"),
            models.CheckConstraint(name="pair_elder_first", condition=Q(first__lt=F("second"))),
        ]
        indexes = [
            models.Index(fields=["-likeness", "id"], condition=Q(settled_at=None), name="pair_open")
        ]

    def __str__(self) -> str:
        return str(self.key)


class Merge(models.Model):
    """An organisation that was found to be another one; its rows went there."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    kept = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    gone_id = models.BigIntegerField()  # the row that is no more
    gone_key = models.UUIDField()  # its address leads to the kept one
    gone_region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    content = models.BinaryField()  # the row as it was, RFC 8785 JSON: undo writes it again
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gone_key"], condition=Q(undone_at=None), name="merge_of_one_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.key)


class MergedRow(models.Model):
    """One thing that a merge did, and that undo takes back.

    moved: a key of the row led to the gone one; aside: the kept one had such a row already, so
    this one was taken out (`before` holds it whole); made: a row that was not there; filled: a
    value of the kept organisation itself that was blank (`before` holds what was filled in).
    """

    class Deed(models.TextChoices):
        MOVED = "moved", _("moves")
        ASIDE = "aside", _("is set aside")
        MADE = "made", _("is made")
        FILLED = "filled", _("is filled in")

    merge = models.ForeignKey(Merge, models.CASCADE, related_name="rows")
    model = models.CharField(max_length=60)  # applications.application
    row = models.BigIntegerField()
    deed = models.CharField(max_length=6, choices=Deed.choices)
    field = models.CharField(max_length=60, blank=True)  # the key that led to the gone one
    before = models.TextField(blank=True)  # JSON

    class Meta:
        indexes = [models.Index(fields=["merge", "model", "row"], name="merged_row_of")]

    def __str__(self) -> str:
        return f"{self.merge_id} {self.model} {self.row}"


class FormerKey(models.Model):
    """An address that an organisation had: it leads to the one that it is now."""

    key = models.UUIDField(unique=True)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return str(self.key)


class FormerName(models.Model):
    """A name that an organisation had: it is still found by it."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    name = models.CharField(max_length=500)
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="former_name_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} until {self.until}"


class Succession(models.Model):
    """An organisation that became another, or several: nothing moves, each keeps its history."""

    class Kind(models.TextChoices):
        """As the civil code parts them, and one that it does not know."""

        TRANSFORMED = "transformed", _("Transformed")
        MERGED = "merged", _("Merged into a new one")
        ABSORBED = "absorbed", _("Joined to another")
        DIVIDED = "divided", _("Divided")
        SPUN_OFF = "spun_off", _("Another parted from it")
        REGISTERED = "registered", _("A group became an organisation")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    predecessor = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    successor = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    on = models.DateField(null=True, blank=True)
    entered_by = models.UUIDField()
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(
                name="succession_of_two", condition=~Q(predecessor=F("successor"))
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)
