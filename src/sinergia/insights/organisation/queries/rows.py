"""Which organisations a filter names, as rows of the register and as cells of its cube."""

from calendar import monthrange
from collections.abc import Callable
from datetime import MAXYEAR, MINYEAR, date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from sinergia.applications.queries.filters import NONE
from sinergia.applications.queries.winners import organisations_with
from sinergia.insights.organisation.queries.filters import (
    AGES,
    FILED,
    MET,
    OrganisationFilter,
    Reader,
)
from sinergia.organisations.models import (
    Acquaintance,
    Organisation,
    OrganisationField,
    OrganisationTheme,
    RegisterCount,
)
from sinergia.organisations.queries import organisations, with_words

# Filters that the cube knows of; all others are asked of the rows.
IN_CUBE = ("region", "form", "status", "kind", "age", "has")
ON_ROWS = ("municipality", "theme", "met")
_WON, _APPLIED = Q(has="won"), ~Q(has="none")


def found(asked: OrganisationFilter, reader: Reader) -> QuerySet[Organisation]:
    """The organisations that `asked` names and `reader` may see, in no order yet."""
    return found_by_words(asked).filter(conditions(asked, reader))


def found_by_words(asked: OrganisationFilter) -> QuerySet[Organisation]:
    """The whole register narrowed by what no facet counts: words, fields of work, applications."""
    rows = organisations()
    if asked.filed.values:
        rows = organisations_with(asked.filed).select_related("region", "municipality")
    if asked.work:
        named = OrganisationField.objects.filter(field__key=asked.work)
        rows = rows.filter(pk__in=named.values("organisation"))
    return with_words(rows, asked.q)


def conditions(
    asked: OrganisationFilter, reader: Reader, *, at: str = "", without: tuple[str, ...] = ()
) -> Q:
    """What a row must be, but for the facets `without`; `at`: the way to it from another table."""
    narrowed = visible(reader, at=at)
    for name in (*IN_CUBE, *ON_ROWS):
        value = getattr(asked, name)
        if value and name not in without:
            narrowed &= _ROWS[name](value, reader, at)
    return narrowed


def hidden_of(asked: OrganisationFilter, reader: Reader) -> int:
    """How many more stand behind the applications that are asked for, which `reader` may not see.

    Counted of what the applications are asked alone: beside any word or property of an organisation
    the number would tell of the hidden one.
    """
    is_of_rows = asked.filed.values or asked.has in ("applications", "grants")
    if not is_of_rows or any(name != "has" and not name.startswith(FILED) for name in asked.values):
        return 0
    if not asked.filed.values:
        cubed = RegisterCount.objects.filter(~visible(reader), _cells_of_has(asked.has, reader))
        return cubed.aggregate(number=numbered())["number"] or 0
    rows = organisations_with(asked.filed).exclude(visible(reader))
    return (rows.filter(_of_has(asked.has, reader, "")) if asked.has else rows).count()


def visible(reader: Reader, *, at: str = "") -> Q:
    """What is public; and for staff of a centre, all of the regions that it serves."""
    public = Q(**{f"{at}is_public": True})
    return public | served(reader, at) if reader.centre_id else public


def cells(
    asked: OrganisationFilter, reader: Reader, *, without: tuple[str, ...] = ()
) -> QuerySet[RegisterCount]:
    """The cells of the cube that hold the same organisations, where the cube knows them."""
    narrowed = visible(reader)
    for name in IN_CUBE:
        value = getattr(asked, name)
        if value and name not in without:
            narrow = _CELLS.get(name)
            narrowed &= narrow(value, reader) if narrow else _ROWS[name](value, reader, "")
    return RegisterCount.objects.filter(narrowed).order_by()


def numbered() -> Sum:
    """How many organisations cells hold; a cell may lie in several rows."""
    return Sum("number")


def bounds_of(age: str, today: date) -> tuple[int, int]:
    """The first and the last year of registration of an age, both inside."""
    youngest, oldest = AGES[age] or (0, None)
    first = today.year - oldest if oldest is not None else MINYEAR
    return first, today.year - youngest if youngest else MAXYEAR  # dates to come are mistakes


def day_before(today: date, months: int) -> date:
    """The same day so many months ago, or the last one of a shorter month."""
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def met_since(value: str, reader: Reader) -> QuerySet[Acquaintance]:
    """Whom it has met within the months that a key of MET says, or ever."""
    months = MET[value]
    if months is None:
        return met_by(reader)
    return met_by(reader).filter(met_on__gt=day_before(reader.today, months))


def met_by(reader: Reader) -> QuerySet[Acquaintance]:
    """Whom the reader's centre has met, ever."""
    return Acquaintance.objects.filter(centre=reader.centre_id)


def served(reader: Reader, at: str = "") -> Q:
    """What is in the regions of the reader's centre."""
    return Q(**{f"{at}region__in": reader.regions})


def _of_region(value: str, reader: Reader, at: str) -> Q:
    if value == NONE:
        return Q(**{f"{at}region__isnull": True})
    return Q(**{f"{at}region__code": value})


def _of_municipality(value: str, reader: Reader, at: str) -> Q:
    if value == NONE:
        return Q(**{f"{at}municipality__isnull": True})
    return Q(**{f"{at}municipality__key": UUID(value)})


def _of_theme(value: str, reader: Reader, at: str) -> Q:
    """Of a theme; or of none, whoever named it."""
    if value == NONE:
        theirs = OrganisationTheme.objects.filter(organisation=OuterRef(f"{at}pk"))
        return ~Q(Exists(theirs))
    named = OrganisationTheme.objects.filter(theme__key=UUID(value))
    return Q(**{f"{at}pk__in": named.values("organisation")})


def _of_form(value: str, reader: Reader, at: str = "") -> Q:
    if value == NONE:
        return Q(**{f"{at}legal_form__isnull": True})
    return Q(**{f"{at}legal_form__code": value})


def of_age(value: str, reader: Reader, at: str = "") -> Q:
    """What a row of an age must be."""
    if value == NONE:
        return Q(**{f"{at}registered_on__isnull": True})
    first, last = bounds_of(value, reader.today)
    return Q(**{f"{at}registered_on__range": (date(first, 1, 1), date(last, 12, 31))})


def cells_of_age(value: str, reader: Reader) -> Q:
    """The same of a cell."""
    if value == NONE:
        return Q(year=0)
    return Q(year__range=bounds_of(value, reader.today))


def _of_has(value: str, reader: Reader, at: str) -> Q:
    if value == "grants":
        return Q(**{f"{at}won_count__gt": 0})
    applied = Q(**{f"{at}applications_count__gt": 0})
    return applied if value == "applications" else ~applied


def _not_met(value: str, reader: Reader, at: str) -> Q:
    """Of the centre's own regions; of no centre, nothing is known of meetings and all pass."""
    if not reader.centre_id:
        return Q()
    met = met_since(value, reader).filter(organisation=OuterRef(f"{at}pk"))
    return served(reader, at) & ~Q(Exists(met))


def _cells_of_has(value: str, reader: Reader) -> Q:
    return {"grants": _WON, "applications": _APPLIED}.get(value, ~_APPLIED)


_ROWS: dict[str, Callable[[str, Reader, str], Q]] = {
    "region": _of_region,
    "municipality": _of_municipality,
    "theme": _of_theme,
    "form": _of_form,
    "status": lambda value, reader, at: Q(**{f"{at}status": value}),
    "kind": lambda value, reader, at: Q(**{f"{at}kind": value}),
    "age": of_age,
    "has": _of_has,
    "met": _not_met,
}
_CELLS: dict[str, Callable[[str, Reader], Q]] = {"age": cells_of_age, "has": _cells_of_has}
