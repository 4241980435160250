"""200 grants with 300 payments each, beside 100,000 applications; in a bench installation's Django.

Before `bench.funnel`, which makes thousands more. Prints as JSON the p95 of pages of lists and of
one grant, how many queries they ask, and what a report with a gigabyte of files takes as one ZIP:
memory, seconds.
"""

import json
import resource
import sys
import time
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import django

django.setup()

from django.db import connection, transaction  # noqa: E402  # Django is set up first
from django.utils import timezone  # noqa: E402

from bench.funnel import grants_of, won  # noqa: E402
from bench.reading import read  # noqa: E402
from sinergia.base.files.adapters.store import the_store  # noqa: E402
from sinergia.base.files.models import StoredFile, place_of  # noqa: E402
from sinergia.engine.granting.plan import write_plan  # noqa: E402
from sinergia.grants.models import (  # noqa: E402
    Grant,
    Period,
    Plan,
    Report,
    ReportFile,
    Spending,
    Transfer,
)
from sinergia.grants.papers.report_archive import archive_of  # noqa: E402
from sinergia.grants.queries.reports import whole_reports, written  # noqa: E402
from sinergia.organisations.models import Centre, CentreStaff  # noqa: E402
from sinergia.people.models import Person  # noqa: E402

GRANTS, PAYMENTS, LINES = 200, 300, 30
MINOR = 1_000_00  # of each payment
FILES, BYTES = 10, 100 * 1024 * 1024
A_DAY = timedelta(days=1)


def main() -> None:
    """Make everything, read the pages, take the archive."""
    reader = Person.objects.filter(is_administrator=True).order_by("pk")[0]
    with transaction.atomic():
        reports = _furnish(reader)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    report = reports[GRANTS // 2]
    grant = f"/grants/{report.grant.key}/"
    pages = {
        "list": "/grants/",
        "list, words": "/grants/?q=светлый",
        "reports": "/grants/reports/",
        "to be paid": "/grants/payments/",
        "a grant": grant,
        "its money": f"{grant}money/",
        "a report": f"{grant}reports/{report.key}/",
        "its check": f"{grant}reports/{report.key}/check/",
    }
    told: dict[str, object] = dict(read(reader, pages))
    sys.stdout.write(json.dumps(told | {"archive": _archive(report, reader)}) + "\n")


def _furnish(reader: Person) -> list[Report]:
    """Grants under way of one centre, each with a plan, two periods and a report to be checked."""
    centre, now = Centre.objects.order_by("-pk")[0], timezone.now()
    grants = grants_of(won().order_by("-pk")[:GRANTS], centre, now)
    role = CentreStaff.Role.HEAD
    CentreStaff.objects.get_or_create(centre=centre, person=reader, role=role, since=now)
    first, last = now.date() - 200 * A_DAY, now.date() + 100 * A_DAY
    for one in grants:
        one.sum_minor = 2 * PAYMENTS * MINOR
        one.stage, one.closed_on, one.begins_on, one.ends_on = "under_way", None, first, last
        one.signed_on = first
    names = ["sum_minor", "stage", "closed_on", "begins_on", "ends_on", "signed_on"]
    Grant.objects.bulk_update(grants, names)
    plans = Plan.objects.bulk_create(_plan(one) for one in grants)
    periods = Period.objects.bulk_create(_periods(grants, first, last))
    paid = [one for one in periods if one.number == 1]
    Transfer.objects.bulk_create(
        Transfer(
            grant=one.grant, period=one, kind="paid", on=first, number=str(one.pk),
            sum_minor=one.tranche_minor, by=reader.key, at=now,
        )
        for one in paid
    )  # fmt: skip
    stage = Report.Stage.SUBMITTED
    reports = Report.objects.bulk_create(
        Report(
            grant=one.grant, period=one, plan=plan, stage=stage, due_on=one.report_on,
            submitted_at=now,
        )
        for one, plan in zip(paid, plans, strict=True)
    )  # fmt: skip
    for one in reports:
        Spending.objects.bulk_create(_spent(one, reader, first))
    return reports


def _plan(grant: Grant) -> Plan:
    texts = {"title": grant.application.title}
    for number in range(LINES):
        row = f"lines/{number:06x}"
        texts |= {f"{row}/what": f"Статья расходов {number}", f"{row}/quantity": "1"}
        texts[f"{row}/price"] = str(grant.sum_minor // LINES // 100)
    shares = {f"{number:06x}": grant.sum_minor // LINES for number in range(LINES)}
    kept = write_plan(texts, shares)
    return Plan(
        grant=grant, version=1, content=kept.content, digest=kept.digest, made_at=timezone.now()
    )


def _periods(grants: list[Grant], first: date, last: date) -> list[Period]:
    middle = first + 150 * A_DAY
    return [
        Period(
            grant=one, number=number, begins_on=begins, ends_on=ends, report_on=ends + 20 * A_DAY,
            tranche_minor=one.sum_minor // 2,
        )
        for one in grants
        for number, begins, ends in ((1, first, middle), (2, middle + A_DAY, last))
    ]  # fmt: skip


def _spent(report: Report, reader: Person, first: date) -> list[Spending]:
    now = timezone.now()
    return [
        Spending(
            grant=report.grant,
            report=report,
            line=f"{number % LINES:06x}",
            on=first + (number % 140) * A_DAY,
            document="Платёжное поручение",
            number=str(number),
            number_folded=str(number),
            payee=f"ООО «Поставщик {number % 40}»",
            payee_folded=f"ооо поставщик {number % 40}",
            sum_minor=MINOR,
            by=reader.key,
            at=now,
            changed_at=now,
        )
        for number in range(PAYMENTS)
    ]


def _archive(report: Report, reader: Person) -> dict[str, float]:
    """Take the ZIP piece by piece, as the server does. MB of memory above what was held before."""
    now, piece = timezone.now(), Path(f"{connection.settings_dict['NAME']}.piece")
    with piece.open("wb") as file:
        file.truncate(BYTES)
    for number in range(FILES):
        key = uuid4()
        the_store().put(place_of(key), piece)
        kept = StoredFile.objects.create(
            key=key, place=place_of(key), name=f"{number}.pdf", kind="application/pdf",
            size=BYTES, digest=sha256(b"").hexdigest(), actor_key=reader.key, made_at=now,
            kept_at=now,
        )  # fmt: skip
        ReportFile.objects.create(report=report, path="done", file=kept, by=reader.key, at=now)
    piece.unlink()
    told = written(whole_reports().get(pk=report.pk))
    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    size = sum(map(len, archive_of(told, at=now)))
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds = time.perf_counter() - begun
    return {"MB": size // 2**20, "memory": (after - before) // 1024, "seconds": round(seconds, 1)}


if __name__ == "__main__":
    main()
