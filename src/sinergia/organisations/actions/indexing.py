"""Keeping the words by which organisations are found, and which of them go first."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sinergia.base.search.actions import (
    Findable,
    Searched,
    forget_rows,
    index_rows,
    weigh_rows,
)
from sinergia.base.search.models import Indexed
from sinergia.organisations.actions.entered import Entered
from sinergia.organisations.models import FormerName, Identifier, Organisation

KIND = "organisation"
SEARCHED_NUMBERS = (Identifier.Scheme.OGRN, Identifier.Scheme.INN)
STEP = 200  # organisations read and written at once


def findable(
    organisation: Organisation | Entered, *, numbers: Iterable[str] = (), former: Iterable[str] = ()
) -> Findable:
    """What an organisation is found by: its names, its numbers, its site, names it had.

    A person's number among them is left out by the index itself.
    """
    head = f"{organisation.name} {organisation.short_name}"
    rest = " ".join([*numbers, organisation.site_key, *former])
    weight = weight_of(organisation.status, organisation.won_count)
    return Findable(organisation.pk, head, rest, weight)


def weight_of(status: str, won_count: int) -> int:
    """Closed organisations go last, those that have won a grant first."""
    if status == Organisation.Status.CLOSED:
        return Indexed.Weight.LAST
    return Indexed.Weight.FIRST if won_count else Indexed.Weight.USUAL


def index_organisations(organisations: Sequence[Organisation]) -> None:
    """Make organisations findable by what they are called now, were called, and their numbers."""
    for start in range(0, len(organisations), STEP):
        index_rows(KIND, _findables(organisations[start : start + STEP]))


def index_organisation(organisation: Organisation) -> None:
    """The same for one."""
    index_organisations([organisation])


def weigh_organisations(organisations: Sequence[int]) -> None:
    """Say anew which of these go first, after their status or number of grants has changed."""
    rows = Organisation.objects.filter(pk__in=organisations).order_by()
    told = rows.values_list("pk", "status", "won_count")
    weigh_rows(KIND, {pk: weight_of(status, won) for pk, status, won in told})


def forget_organisation(organisation: Organisation) -> None:
    """Take an organisation out of the index."""
    forget_rows(KIND, [organisation.pk])


def searched_organisations() -> Searched:
    """All that is found of the register, to check the index by."""
    return Searched(KIND, Organisation.objects.all(), _findables)


def _findables(organisations: Sequence[Organisation]) -> list[Findable]:
    numbers, former = _numbers_of(organisations), _former_names_of(organisations)
    return [findable(one, numbers=numbers[one.pk], former=former[one.pk]) for one in organisations]


def _numbers_of(organisations: Sequence[Organisation]) -> dict[int, list[str]]:
    found = Identifier.objects.filter(
        organisation__in=[one.pk for one in organisations], scheme__in=SEARCHED_NUMBERS
    )
    numbers: dict[int, list[str]] = defaultdict(list)
    for pk, value in found.order_by("-scheme").values_list("organisation_id", "value"):
        numbers[pk].append(value)
    return numbers


def _former_names_of(organisations: Sequence[Organisation]) -> dict[int, list[str]]:
    found = FormerName.objects.filter(organisation__in=[one.pk for one in organisations])
    names: dict[int, list[str]] = defaultdict(list)
    for pk, name in found.order_by("pk").values_list("organisation_id", "name"):
        names[pk].append(name)
    return names
