"""Regions, their municipalities and names, their own themes, figures about them, their maps."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Region(models.Model):
    """A region, addressed by its ISO 3166-2 code."""

    class Kind(models.TextChoices):
        """What its residents are residents of, in a sentence."""

        OBLAST = "oblast", _("oblast")
        KRAI = "krai", _("krai")
        REPUBLIC = "republic", _("republic")
        CITY = "city", _("city")
        OKRUG = "okrug", _("autonomous okrug")
        AUTONOMOUS_OBLAST = "autonomous_oblast", _("autonomous oblast")
        REGION = "region", _("region")

    code = models.CharField(max_length=10, unique=True)
    name_ru = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    name_folded = models.CharField(max_length=120)  # engine/text.py of name_ru: sorted by
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.REGION)
    oktmo = models.CharField(max_length=3, blank=True)  # how its municipalities begin
    time_zone = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> str:
        """In the reader's language."""
        return self.name_en if get_language() == "en" else self.name_ru


class RegionName(models.Model):
    """One way in which files write a region; the same spelling never means two."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="spellings")
    spelling = models.CharField(max_length=120, unique=True)  # places.names.spelling_key
    is_given = models.BooleanField(default=False)  # a person said so; a load does not take it away

    def __str__(self) -> str:
        return self.spelling


class Municipality(models.Model):
    """A municipality by its eight-digit OKTMO, with the town at its centre."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="municipalities")
    oktmo = models.CharField(max_length=8, unique=True)
    name_ru = models.CharField(max_length=150)
    name_en = models.CharField(max_length=150, blank=True)
    name_folded = models.CharField(max_length=150)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    population = models.PositiveIntegerField(null=True, blank=True)
    time_zone = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [models.Index(fields=["region", "name_folded"], name="municipality_by_name")]

    def __str__(self) -> str:
        return self.oktmo

    @property
    def name(self) -> str:
        """In the reader's language, in Russian where there is no other."""
        return self.name_en or self.name_ru if get_language() == "en" else self.name_ru


class Theme(models.Model):
    """A direction of work as the region itself names it."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    region = models.ForeignKey(Region, models.CASCADE, related_name="themes")
    name_ru = models.CharField(max_length=150)
    name_en = models.CharField(max_length=150, blank=True)
    name_folded = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "name_folded"], name="theme_once_a_region")
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.name_folded}"

    @property
    def name(self) -> str:
        """In the reader's language, in Russian where there is no other."""
        return self.name_en or self.name_ru if get_language() == "en" else self.name_ru


class Indicator(models.Model):
    """One measured value about a region: who measured it, when, in what, how surely.

    method: how: a poll of how many people, by telephone or at home; "" where nobody said.
    """

    region = models.ForeignKey(Region, models.CASCADE, related_name="indicators")
    code = models.CharField(max_length=80)  # npo_registered.special_order, trust
    name_ru = models.CharField(max_length=200, blank=True)
    name_en = models.CharField(max_length=200, blank=True)
    on = models.DateField()
    value = models.DecimalField(max_digits=18, decimal_places=4)
    unit = models.CharField(max_length=40)
    source = models.CharField(max_length=300)
    method = models.CharField(max_length=300, blank=True)
    margin = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "code", "on"], name="indicator_once_a_day"),
            models.CheckConstraint(name="indicator_has_a_source", condition=~Q(source="")),
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.code} {self.on}"

    @property
    def name(self) -> str:
        """In the reader's language; the code where nobody named it."""
        name = self.name_en if get_language() == "en" else self.name_ru
        return name or self.name_ru or self.code


class Sheet(models.Model):
    """A map: one file of outlines, drawn once when it was loaded."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    region = models.OneToOneField(  # whose municipalities it draws; none: a map of regions
        Region, models.CASCADE, null=True, blank=True, related_name="+"
    )
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200)
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.key)


class Shape(models.Model):
    """The outline of one place on a map, in whole units of its sheet."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="shapes")
    region = models.ForeignKey(Region, models.CASCADE, null=True, blank=True, related_name="+")
    municipality = models.ForeignKey(
        Municipality, models.CASCADE, null=True, blank=True, related_name="+"
    )
    path = models.TextField()  # SVG path
    label_x = models.SmallIntegerField()
    label_y = models.SmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="shape_of_one_place",
                condition=Q(region__isnull=False, municipality__isnull=True)
                | Q(region__isnull=True, municipality__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.pk}"
