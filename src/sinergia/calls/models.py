"""Funds, their contests and their words: directions and statuses, taken as data."""

from uuid import uuid4

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sinergia.places.models import Region, Theme


class Outcome(models.TextChoices):
    """What became of an application, in our words; a fund's own are `StatusWord`."""

    PENDING = "pending", _("Under review")
    WON = "won", _("Won")
    LOST = "lost", _("Not supported")
    NOT_ADMITTED = "not_admitted", _("Not admitted")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DECLINED = "declined", _("Grant declined after the decision")
    UNKNOWN = "unknown", _("Outcome unknown")


class Fund(models.Model):
    """Whoever holds contests: a national fund, a region's own."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    code = models.CharField(max_length=40, unique=True)
    name_ru = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    currency = models.CharField(max_length=3, default="RUB")

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> str:
        """In the reader's language, in Russian where there is no other."""
        return self.name_en or self.name_ru if get_language() == "en" else self.name_ru


class Call(models.Model):
    """One contest of a fund."""

    class YearSource(models.TextChoices):
        """Where `contest_year` was read, in this order of trust."""

        NAME = "name", _("the contest's name")
        NUMBER = "number", _("the application's number")
        DECISION = "decision", _("the date of decision")
        NONE = "none", _("not known")

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="calls")
    name = models.CharField(max_length=300)
    name_key = models.CharField(max_length=300)  # the same contest however it is written
    contest_year = models.PositiveSmallIntegerField(default=0)  # 0: not known
    year_source = models.CharField(
        max_length=10, choices=YearSource.choices, default=YearSource.NONE
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["fund", "name_key", "contest_year"], name="call_once_a_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.fund_id} {self.name_key}"


class Direction(models.Model):
    """A fund's direction of grants, as its file names it."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="directions")
    name = models.CharField(max_length=300)
    name_folded = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fund", "name_folded"], name="direction_once")
        ]

    def __str__(self) -> str:
        return f"{self.fund_id} {self.name_folded}"


class DirectionTheme(models.Model):
    """Which theme of a region a fund's direction means there."""

    direction = models.ForeignKey(Direction, models.CASCADE, related_name="themes")
    region = models.ForeignKey(Region, models.CASCADE, related_name="+")
    theme = models.ForeignKey(Theme, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["direction", "region"], name="direction_one_theme_a_region"
            )
        ]

    def __str__(self) -> str:
        return f"{self.direction_id} {self.region_id}"


class StatusWord(models.Model):
    """A fund's word for what became of an application, and what it means; unknown until said."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="statuses")
    word = models.CharField(max_length=200)
    word_folded = models.CharField(max_length=200)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, default=Outcome.UNKNOWN)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fund", "word_folded"], name="status_word_once")
        ]

    def __str__(self) -> str:
        return f"{self.fund_id} {self.word_folded}"
