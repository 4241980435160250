"""Reports laid as they would have been written and accepted: the same rows, many at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from sinergia.base.files.adapters.store import the_store
from sinergia.base.files.models import StoredFile, place_of
from sinergia.base.journal.actions import record
from sinergia.engine.granting.spending import Payment
from sinergia.grants.actions.submitting import freeze_report
from sinergia.grants.models import Report, ReportFile, ReportText, ReportVersion, Spending
from sinergia.grants.queries.reports import readiness_of, written
from sinergia.people.models import Person

PAPER, PICTURE = "application/pdf", "image/jpeg"


@dataclass(frozen=True)
class Shown:
    """A file at a path."""

    path: str
    name: str
    content: bytes
    caption: str
    size: tuple[int, int]  # pixels


@dataclass(frozen=True)
class Said:
    """What a report says. texts: by path; those that stand there already are written anew.

    paper: the documents of all payments.
    """

    texts: Mapping[str, str]
    payments: Sequence[Payment]
    paper: bytes
    pictures: Sequence[Shown]


@dataclass(frozen=True)
class Days:
    """When it was written, handed in and accepted, and by whom."""

    by: Person
    written: datetime
    handed_in: datetime
    settled_by: Person
    settled: datetime
    words: str


def lay_accepted(report: Report, said: Said, days: Days) -> None:
    """Fill a report that was begun and bring it to its end. ValueError for what is no report."""
    by, at = days.by, days.written
    known = {one.path: one for one in report.texts.all()}
    ReportText.objects.bulk_create(
        ReportText(report=report, path=path, value=text, version=1, by=by.key, at=at)
        for path, text in said.texts.items()
        if path not in known
    )
    Spending.objects.bulk_create(_spending(report, one, said.paper, days) for one in said.payments)
    ReportFile.objects.bulk_create(
        ReportFile(
            report=report, path=one.path, caption=one.caption, by=by.key, at=at,
            file=_kept(one.name, one.content, PICTURE, by, at, one.size),
        )
        for one in said.pictures
    )  # fmt: skip
    _end(report, days)


def _end(report: Report, days: Days) -> None:
    told = written(report)
    gaps = readiness_of(told, days.handed_in).blocking
    if gaps:
        raise ValueError(gaps)
    kept = freeze_report(told)
    ReportVersion.objects.create(
        report=report, version=1, content=kept.content, digest=kept.digest,
        by=days.by.key, at=days.handed_in,
    )  # fmt: skip
    report.stage, report.words = Report.Stage.ACCEPTED, days.words
    report.submitted_at, report.settled_at = days.handed_in, days.settled
    report.settled_by = days.settled_by.key
    report.save()
    codes: dict[str, str | int] = {"version": 1, "digest": kept.digest}
    handed_in, settled = days.handed_in, days.settled
    record("grant.report_submitted", about=report.grant, actor=days.by, at=handed_in, codes=codes)
    record("grant.report_accepted", about=report.grant, actor=days.settled_by, at=settled)


def _spending(report: Report, told: Payment, paper: bytes, days: Days) -> Spending:
    _line, number, _on, payee = told.sign
    return Spending(
        grant=report.grant,
        report=report,
        line=told.line,
        on=told.on,
        document=told.document,
        number=told.number,
        number_folded=number,
        payee=told.payee,
        payee_folded=payee,
        sum_minor=told.sum_minor,
        file=_kept(f"order-{told.number}.pdf", paper, PAPER, days.by, days.written),
        verdict=Spending.Verdict.TAKEN,
        by=days.by.key,
        at=days.written,
        changed_at=days.written,
    )


def _kept(
    name: str, content: bytes, kind: str, by: Person, at: datetime, size: tuple[int, int] = (0, 0)
) -> StoredFile:
    """A file in the store with its row, as if somebody had sent it."""
    key = uuid4()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(content)
        the_store().put(place_of(key), path)
    return StoredFile.objects.create(
        key=key,
        place=place_of(key),
        name=name,
        kind=kind,
        size=len(content),
        digest=sha256(content).hexdigest(),
        width=size[0] or None,
        height=size[1] or None,
        actor_key=by.key,
        made_at=at,
        kept_at=at,
    )
