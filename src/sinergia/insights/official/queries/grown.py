"""What grew from which visit, as far as the reader may see each of its steps."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from sinergia.exchange.access import seen_by
from sinergia.exchange.models import Visit
from sinergia.grants.models import Result
from sinergia.grants.queries.closing import reached_results
from sinergia.insights.official.queries.helped import TRAVELLED
from sinergia.insights.thread.queries import grown_from
from sinergia.people.models import Person
from sinergia.places.models import Region

MOST = 12  # visits on the page, the latest first


@dataclass(frozen=True)
class Grown:
    """One visit and what came of it. won_minor: by currency; results: of closed grants."""

    visit: Visit
    commitments: int
    projects: int
    applications: int
    won: int
    won_minor: dict[str, int]
    results: int


def visits_of(region: Region, reader: Person) -> QuerySet[Visit]:
    """Visits that went from the region or to it and that the reader may open, the latest first."""
    rows = Visit.objects.filter(
        seen_by(reader),
        Q(from_region=region) | Q(to_region=region),
        stage__in=TRAVELLED,
        course__removed_at=None,
    )
    return rows.select_related("from_region", "to_region").order_by("-starts_on", "-pk")


def grown(region: Region, reader: Person) -> list[Grown]:
    """The last visits with their numbers: those of the pages that they open."""
    visits = list(visits_of(region, reader)[:MOST])
    threads = grown_from(visits, reader)
    won = {one.pk for thread in threads.values() for one in thread.won}
    results = _results(won)
    told = []
    for visit in visits:
        thread = threads[visit.pk]
        sums: dict[str, int] = {}
        for one in thread.won:
            sums[one.currency] = sums.get(one.currency, 0) + one.awarded_minor
        told.append(
            Grown(
                visit=visit,
                commitments=len(thread.rows["commitment"]),
                projects=len(thread.rows["project"]),
                applications=len(thread.rows["application"]),
                won=len(thread.won),
                won_minor=sums,
                results=sum(results.get(one.pk, 0) for one in thread.won),
            )
        )
    return told


def results_of(visit: Visit, reader: Person) -> QuerySet[Result]:
    """Results of closed grants that grew from a visit."""
    won = [one.pk for one in grown_from([visit], reader)[visit.pk].won]
    rows = reached_results().filter(grant__application__in=won)
    return rows.select_related("grant__application", "grant__organisation").order_by("pk")


def _results(applications: set[int]) -> dict[int, int]:
    rows = reached_results().filter(grant__application__in=applications).order_by()
    return dict(rows.values_list("grant__application").annotate(Count("pk")))
