"""The way of a region's own contests at 100,000 applications; inside a bench installation's Django.

Makes the loaded applications those of contests held here, all of one region, with grants, reports
and results of the winners. Prints as JSON the p95 of the pages while nothing changes, of counting
everything anew, and how many queries both ask.
"""

import json
import sys
import time
from datetime import datetime, timedelta

import django

django.setup()

from django.db import connection, transaction  # noqa: E402  # Django is set up first
from django.db.models import QuerySet  # noqa: E402  # the same
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.reading import read  # noqa: E402
from bench.site import percentile  # noqa: E402
from sinergia.applications.models import Application  # noqa: E402
from sinergia.calls.models import Call, Contest, Outcome  # noqa: E402
from sinergia.grants.models import Grant, Plan, Report, Result  # noqa: E402
from sinergia.insights.funnel.queries.counting import funnel_of  # noqa: E402
from sinergia.organisations.models import Centre  # noqa: E402
from sinergia.people.models import Person  # noqa: E402
from sinergia.places.models import Region  # noqa: E402

REGION, STEP, TURNS = "XB-05", 2_000, 20
PAGES = {
    "whole": "",
    "one year": "?year=2024",
    "rows of the first step": "submitted/",
    "rows of the last step": "results/",
}


def main() -> None:
    """Make everything, then read."""
    region = Region.objects.get(code=REGION)
    with transaction.atomic():
        _hold(region)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    reader = Person.objects.filter(is_administrator=True).order_by("pk")[0]
    address = f"/regions/{REGION}/contests/"
    told = read(reader, {name: address + end for name, end in PAGES.items()})
    told["counted anew"] = _anew(region)
    told["number"] = {"applications": funnel_of(region).counts["submitted"]}
    sys.stdout.write(json.dumps(told) + "\n")


def _hold(region: Region) -> None:
    """Contests of all calls, every application of the region, a grant of each win."""
    now, centre = timezone.now(), Centre.objects.order_by("-pk")[0]
    Contest.objects.bulk_create(
        Contest(
            call=call,
            centre=centre,
            stage=Contest.Stage.CLOSED,
            time_zone="Europe/Moscow",
            opens_at=now - timedelta(days=60),
            closes_at=now - timedelta(days=30),
            results_at=now,
        )
        for call in Call.objects.filter(contest=None)
    )
    Application.objects.update(region=region)
    _report(grants_of(won(), centre, now), now)


def won() -> QuerySet[Application]:
    """Applications that won and of which there is no grant yet."""
    rows = Application.objects.filter(
        outcome=Outcome.WON, organisation__isnull=False, awarded_minor__gt=0
    )
    return rows.exclude(pk__in=Grant.objects.values("application"))


def grants_of(rows: QuerySet[Application], centre: Centre, now: datetime) -> list[Grant]:
    """A grant of each."""
    made = [
        Grant(
            application=one,
            organisation_id=one.organisation_id,
            centre=centre,
            currency=one.currency,
            sum_minor=one.awarded_minor,
            begins_on=now.date(),
            ends_on=now.date(),
            stage=Grant.Stage.CLOSED if one.pk % 2 else Grant.Stage.UNDER_WAY,
            signed_on=now.date(),
            closed_on=now.date() if one.pk % 2 else None,
            made_at=now,
        )
        for one in rows.iterator(chunk_size=STEP)
    ]
    return Grant.objects.bulk_create(made, batch_size=STEP)


def _report(grants: list[Grant], now: datetime) -> None:
    """A report and three results of each."""
    plans = Plan.objects.bulk_create(
        [Plan(grant=one, version=1, content=b"{}", digest="0" * 64, made_at=now) for one in grants],
        batch_size=STEP,
    )
    accepted = {"stage": Report.Stage.ACCEPTED, "due_on": now.date(), "submitted_at": now}
    Report.objects.bulk_create(
        [Report(grant=one.grant, plan=one, **accepted) for one in plans], batch_size=STEP
    )
    reached = {"what": "Итог", "promised": "40", "reached": "46", "at": now}
    Result.objects.bulk_create(
        [Result(grant=one, row=f"r{n}", **reached) for one in grants for n in range(3)],
        batch_size=STEP,
    )


def _anew(region: Region) -> dict[str, float]:
    """What counting costs right after a change."""
    taken = []
    for _turn in range(TURNS):
        begun = time.perf_counter()
        funnel_of(region)
        taken.append((time.perf_counter() - begun) * 1000)
    with CaptureQueriesContext(connection) as queries:
        funnel_of(region)
    return {"p95": round(percentile(taken)), "queries": len(queries)}


if __name__ == "__main__":
    main()
