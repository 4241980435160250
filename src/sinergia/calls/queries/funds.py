"""How funds, their contests and words are read."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from sinergia.calls.models import Call, Contest, Direction, DirectionTheme, Fund
from sinergia.engine.text import clean_line, fold
from sinergia.places.models import Region, Theme

LONGEST_CODE = 40  # characters
USUAL_CURRENCY = "RUB"


@dataclass(frozen=True)
class MappedDirection:
    """A fund's direction and the theme it means in one region; none: not said yet."""

    direction: Direction
    theme: UUID | None


@dataclass(frozen=True)
class CountedTheme:
    """A region's theme and how many directions of funds mean it there."""

    theme: Theme
    directions: int


def calls_shown() -> QuerySet[Call]:
    """Contests that anybody may know of: funds' own, and those that are announced here."""
    hidden = Q(contest__stage=Contest.Stage.SET_UP) | Q(contest__is_training=True)
    return Call.objects.exclude(hidden)


def funds() -> QuerySet[Fund]:
    """All funds by code."""
    return Fund.objects.select_related("region").order_by("code")


def fund_by(code: str) -> Fund | None:
    """A fund by its code, in any case where no other fund differs from it by case alone."""
    code = clean_line(code)
    alike = [fund for fund in funds() if fold(fund.code) == fold(code)]
    exact = [fund for fund in alike if fund.code == code]
    return next(iter(exact), alike[0] if len(alike) == 1 else None)


def fund_keyed(key: UUID) -> Fund | None:
    """One fund."""
    return funds().filter(key=key).first()


def currency_of(code: str) -> str:
    """In what a fund of this code counts; the usual one where the fund is not known yet."""
    fund = fund_by(code)
    return fund.currency if fund else USUAL_CURRENCY


def mapped_directions(region: Region) -> list[MappedDirection]:
    """Every fund's directions, by fund and name, with what each means in `region`. Two queries.

    Of funds that belong to another region nothing is asked here.
    """
    means = dict(
        DirectionTheme.objects.filter(region=region).values_list("direction_id", "theme__key")
    )
    directions = Direction.objects.select_related("fund").order_by("fund__code", "name_folded")
    return [
        MappedDirection(direction, means.get(direction.pk))
        for direction in directions
        if direction.fund.region_id in (None, region.pk)
    ]


def directions_meaning(theme: Theme) -> int:
    """How many directions of funds mean a theme: what a deletion would loose."""
    return DirectionTheme.objects.filter(theme=theme).count()


def counted_themes(region: Region) -> list[CountedTheme]:
    """A region's themes by name, with the number of directions that a deletion would loose."""
    counts = DirectionTheme.objects.filter(region=region).values_list("theme_id")
    directions = dict(counts.annotate(times=Count("pk")))
    themes = Theme.objects.filter(region=region).order_by("name_folded", "pk")
    return [CountedTheme(theme, directions.get(theme.pk, 0)) for theme in themes]
