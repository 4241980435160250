"""A region small enough to count by hand, with every kind of row that figures stumble over."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from sinergia.applications.models import Application
from sinergia.applications.queries.filters import OUTCOMES, applications
from sinergia.calls.models import Direction, DirectionTheme, Fund, Outcome
from sinergia.insights.region.queries.figures import MINOR, ORGANISATIONS, Figure
from sinergia.organisations.models import Organisation
from sinergia.places.models import Municipality, Region, Shape, Sheet, Theme
from tests.arrange import (
    NOON,
    a_call,
    a_direction,
    a_doubt,
    a_fund,
    a_municipality,
    a_region,
    a_theme,
    an_application,
    an_organisation,
)

LAKH = 100_000_00  # a hundred thousand roubles, in kopecks


def a_row(
    year: int = 2024,
    outcome: Outcome = Outcome.LOST,
    *,
    organisation: Organisation | None = None,
    fund: Fund | None = None,
    region: Region | None = None,
    awarded_minor: int = 0,
    columns: Mapping[str, object] | None = None,
) -> Application:
    """An application of a year; a year 0 is not known. columns: any others."""
    made = an_application(
        organisation=organisation,
        region=region or a_region(),
        call=a_call(year or 2024, fund=fund or a_fund()),
        outcome=outcome,
        awarded_minor=awarded_minor,
    )
    changes = {"contest_year": year, **(columns or {})}
    Application.objects.filter(pk=made.pk).update(**changes)
    made.refresh_from_db()
    return made


def a_theme_of(
    direction: Direction, name: str = "Забота", *, region: Region | None = None
) -> Theme:
    """A theme of a region to which a fund's direction is mapped there."""
    theme = a_theme(name, region=region)
    DirectionTheme.objects.create(direction=direction, region=theme.region, theme=theme)
    return theme


def a_counted_region() -> Region:
    """Twelve applications to two funds: 5 won (one declined), of 4 organisations and of nobody."""
    first, culture = a_fund("fund-1"), a_fund("fund-2")
    steps, light, inn = (an_organisation(name) for name in ("Шаг", "Свет", "Верста"))
    mapped, plain = a_direction("Семья", fund=first), a_direction("Спорт", fund=first)
    other = a_region("XB-YAR", "Ярогорский край")
    a_theme_of(mapped)
    a_theme_of(mapped, "Чужая тема", region=other)
    town, city = a_municipality("Кленовск"), a_municipality("Рудный Лог")
    won, lost = Outcome.WON, Outcome.LOST
    rows: list[tuple[int, Outcome, Organisation | None, dict[str, object]]] = [
        (2022, won, steps, {"municipality": town, "direction": mapped, "awarded_minor": LAKH}),
        (2022, lost, light, {"municipality": town, "direction": plain, "awarded_minor": 7}),
        (2023, won, steps, {"municipality": city, "awarded_minor": 3 * LAKH}),
        (2023, Outcome.DECLINED, light, {"direction": mapped, "awarded_minor": 2 * LAKH}),
        (2023, Outcome.NOT_ADMITTED, inn, {"asked_minor": 600_000_00}),
        (2024, won, light, {"municipality": city, "awarded_minor": 50}),
        (2024, Outcome.WITHDRAWN, inn, {"asked_minor": 20_000_000_00}),
        (2024, Outcome.PENDING, inn, {}),
        (2024, Outcome.UNKNOWN, None, {}),
        (0, won, steps, {"awarded_minor": LAKH}),
    ]
    for year, outcome, organisation, columns in rows:
        a_row(year, outcome, organisation=organisation, fund=first, columns=columns)
    a_row(2024, lost, organisation=an_organisation("Сказка"), fund=culture)
    a_doubt(a_row(2024, lost, fund=culture))
    a_row(2024, won, organisation=steps, region=other)
    return a_region()


def a_shape_of(places: list[Municipality]) -> None:
    """A map of squares in a row."""
    sheet = Sheet.objects.create(
        region=places[0].region, width=100, height=10, source="рисунок", loaded_at=NOON
    )
    for number, place in enumerate(places):
        Shape.objects.create(
            sheet=sheet,
            municipality=place,
            path=f"M{number * 10} 0h10v10h-10z",
            label_x=number * 10 + 5,
            label_y=5,
        )


def figures_in(thing: object) -> Iterator[Figure]:
    """Every figure inside, wherever it lies."""
    if isinstance(thing, Figure):
        yield thing
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from figures_in(getattr(thing, field.name))
    elif isinstance(thing, list | tuple):
        for part in thing:
            yield from figures_in(part)


def counted_again(figure: Figure) -> int:
    """What the rows behind a figure's link come to, row by row."""
    rows = applications(figure.asked)
    if figure.of == ORGANISATIONS:
        return len(set(rows.exclude(organisation=None).values_list("organisation", flat=True)))
    if figure.of == MINOR:
        won = rows.filter(outcome__in=OUTCOMES["won"])
        return sum(won.values_list("awarded_minor", flat=True))
    return rows.count()
