"""Applications: the thin spine, the row a fund filed, and what waits for a person."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from sinergia.base.tables.models import Load
from sinergia.calls.models import Call, Direction, Fund, Outcome, StatusWord
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from sinergia.places.models import Municipality, Region


class Application(models.Model):
    """What an organisation asked a fund for, and what became of it."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(  # none until a person says who
        Organisation, models.PROTECT, null=True, related_name="+", db_index=False
    )
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="+", db_index=False)
    call = models.ForeignKey(Call, models.PROTECT, related_name="+")
    contest_year = models.PositiveSmallIntegerField(default=0)  # the call's; 0: not known
    number = models.CharField(max_length=80)
    title = models.CharField(max_length=300)  # as filed, cut to what a list can show
    title_folded = models.CharField(max_length=300)
    direction = models.ForeignKey(Direction, models.PROTECT, null=True, related_name="+")
    region = models.ForeignKey(  # as filed
        Region, models.PROTECT, null=True, related_name="+", db_index=False
    )
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, related_name="+")
    asked_minor = models.BigIntegerField(default=0)
    awarded_minor = models.BigIntegerField(default=0)  # the decision's sum, declined or not
    currency = models.CharField(max_length=3)
    status = models.ForeignKey(
        StatusWord, models.PROTECT, null=True, related_name="+", db_index=False
    )
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    decided_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fund", "number"], name="application_number_once"),
            models.CheckConstraint(name="application_has_number", condition=~Q(number="")),
            models.CheckConstraint(
                name="application_sums_not_negative",
                condition=Q(asked_minor__gte=0, awarded_minor__gte=0),
            ),
        ]
        # Keys without an index of their own are the beginning of one of these.
        indexes = [
            models.Index(
                fields=[
                    *("region", "fund", "outcome", "currency", "contest_year"),
                    *("asked_minor", "awarded_minor", "municipality", "direction"),
                    "organisation",
                ],
                name="application_figures",  # whole: a region's figures are read from it alone
            ),
            models.Index(fields=["fund", "organisation"], name="application_of_fund"),
            models.Index(fields=["organisation", "outcome"], name="application_of"),
            models.Index(fields=["-contest_year", "-id"], name="application_by_year"),
            models.Index(fields=["-asked_minor", "-id"], name="application_by_asked"),
            models.Index(fields=["-awarded_minor", "-id"], name="application_by_awarded"),
            models.Index(fields=["title_folded", "id"], name="application_by_title"),
        ]

    def __str__(self) -> str:
        return f"{self.fund_id} {self.number}"


class OutsideRecord(models.Model):
    """A row as a fund filed it, to the letter; a later version stands beside the earlier."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="records")
    version = models.PositiveIntegerField()  # 1, 2, 3 …
    is_current = models.BooleanField()
    content = models.BinaryField()  # RFC 8785 JSON {schema, values}: every cell, as text
    digest = models.CharField(max_length=32)  # BLAKE2b-16 of `content`, hex
    load = models.ForeignKey(Load, models.PROTECT, null=True, related_name="+")  # none: by hand
    row = models.PositiveIntegerField(default=0)
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "version"], name="record_version_once"),
            models.UniqueConstraint(
                fields=["application"], condition=Q(is_current=True), name="record_one_current"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} v{self.version}"


class Doubt(models.Model):
    """What a person has to decide about a row: whose it is, or which region it names."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    application = models.ForeignKey(Application, models.PROTECT, related_name="doubts")
    code = models.CharField(
        max_length=40
    )  # ids_missing, ids_disagree, id_unverified, region_unknown
    value = models.CharField(max_length=200, blank=True)  # of a region: its spelling
    raised_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "code"],
                condition=Q(settled_at__isnull=True),
                name="doubt_raised_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.code}"
