"""Keeping the words by which programmes, agreements and visits are found. People's are not."""

from collections.abc import Iterable, Iterator

from sinergia.base.search.actions import Findable, Searched, index_rows
from sinergia.exchange.models import PartnershipAgreement, Party, Programme, Visit
from sinergia.exchange.queries import agreements, visits

PROGRAMME, AGREEMENT, VISIT = "programme", agreements.KIND, visits.KIND


def index_programme(programme: Programme) -> None:
    """By its names and what it is about."""
    index_rows(PROGRAMME, _programmes([programme]))


def index_agreement(agreement: PartnershipAgreement) -> None:
    """By its subject, its number and its parties."""
    index_rows(AGREEMENT, _agreements([agreement]))


def index_visit(visit: Visit) -> None:
    """By its name and where it goes."""
    index_rows(VISIT, _visits([visit]))


def searched_exchange() -> list[Searched]:
    """All that is found of this room, to check the index by."""
    rows = Visit.objects.select_related("from_region", "to_region")
    return [
        Searched(PROGRAMME, Programme.objects.all(), _programmes),
        Searched(AGREEMENT, PartnershipAgreement.objects.all(), _agreements),
        Searched(VISIT, rows, _visits),
    ]


def _programmes(rows: Iterable[Programme]) -> Iterator[Findable]:
    for row in rows:
        yield Findable(row.pk, f"{row.name_ru} {row.name_en}", row.about)


def _agreements(rows: Iterable[PartnershipAgreement]) -> Iterator[Findable]:
    given = list(rows)
    parties: dict[int, list[str]] = {row.pk: [] for row in given}
    found = Party.objects.filter(agreement__in=parties).select_related("organisation")
    for party in found.order_by("place", "pk"):
        known = party.organisation
        if known is None:
            parties[party.agreement_id].append(party.name)
        elif known.is_public:  # who is hidden in the register is found by nothing here either
            parties[party.agreement_id] += [known.name, known.short_name]
    for row in given:
        yield Findable(row.pk, row.subject, " ".join([row.number, *parties[row.pk]]))


def _visits(rows: Iterable[Visit]) -> Iterator[Findable]:
    for row in rows:
        sides = (row.from_region, row.to_region)
        where = " ".join(f"{one.name_ru} {one.name_en}" for one in sides)
        yield Findable(row.pk, row.name, where)
