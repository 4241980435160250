"""What stands beside an application: the rows as filed, what is doubted, what it is found by."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sinergia.applications.actions.indexing import KIND, findable
from sinergia.applications.actions.judging import Verdict
from sinergia.applications.models import Doubt, OutsideRecord
from sinergia.applications.queries.filing import Known
from sinergia.base.search.actions import index_rows
from sinergia.base.tables.models import Load

KnownByNumber = Mapping[str, Known]


def keep_records(
    verdicts: Sequence[Verdict], known: KnownByNumber, *, load: Load | None, now: datetime
) -> None:
    """Keep each row as filed; what was current until now becomes an earlier version."""
    old = [known[verdict.row.number].pk for verdict in verdicts]
    OutsideRecord.objects.filter(application__in=old, is_current=True).update(is_current=False)
    records = []
    for verdict in verdicts:
        row, one = verdict.row, known[verdict.row.number]
        one.last_version += 1
        one.current = row.digest
        one.versions[row.digest] = one.last_version
        records.append(
            OutsideRecord(
                application_id=one.pk,
                version=one.last_version,
                is_current=True,
                content=row.content,
                digest=row.digest,
                load=load,
                row=row.row,
                kept_at=now,
            )
        )
    OutsideRecord.objects.bulk_create(records)


def raise_doubts(verdicts: Sequence[Verdict], known: KnownByNumber, *, now: datetime) -> None:
    """Ask a person about what a row does not say, once."""
    raised = []
    for verdict in verdicts:
        one = known[verdict.row.number]
        for doubt in verdict.doubts:
            if doubt.code not in one.doubts:
                one.doubts.add(doubt.code)
                raised.append(
                    Doubt(
                        application_id=one.pk,
                        code=doubt.code,
                        value=doubt.value[:200],
                        raised_at=now,
                    )
                )
    Doubt.objects.bulk_create(raised)


def answer_doubts(verdicts: Sequence[Verdict], known: KnownByNumber, *, now: datetime) -> None:
    """A later row that says who it is, or where, answers what was asked about the earlier."""
    for verdict in verdicts:
        one = known[verdict.row.number]
        still = {doubt.code for doubt in verdict.doubts}
        if answered := one.doubts - still:
            asked = Doubt.objects.filter(application=one.pk, code__in=answered)
            asked.filter(settled_at__isnull=True).update(settled_at=now)
            one.doubts = one.doubts & still


def index_filed(verdicts: Sequence[Verdict], known: KnownByNumber, *, is_new: bool) -> None:
    """Have applications found by their title, number and organisation as filed."""
    rows = [(known[verdict.row.number].pk, verdict.row) for verdict in verdicts]
    found_by = [
        findable(pk, title=row.title, number=row.number, organisation=row.organisation)
        for pk, row in rows
    ]
    index_rows(KIND, found_by, is_new=is_new)
