"""What a reader is shown of a report: what its people write now, or what they handed in last.

While it is being mended, its people alone see it as it stands; whoever else may read it sees the
version that was handed in, until the next one is.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sinergia.base.files.models import StoredFile
from sinergia.grants.access import may_keep
from sinergia.grants.models import Grant, Report, ReportFile, ReportRemark, ReportText, Spending
from sinergia.grants.models import ReportVersion as Version
from sinergia.grants.queries.reports import (
    OPEN,
    Written,
    assembled,
    files_of,
    payments_of,
    versions_of,
    written,
)
from sinergia.organisations.models import Membership
from sinergia.people.models import Person

PAID = ("line", "document", "number", "payee", "sum_minor", "what")


def shown_to(report: Report, reader: Person) -> Written:
    """A report as a reader is shown it. Raises Broken where its plan was touched."""
    version = _version_for(report, reader)
    if version is None:
        return written(report)
    values = _values(version)
    fields = {
        path: ReportText(report=report, path=path, value=text, by=version.by, at=version.at)
        for path, text in values["texts"].items()
    }
    payments = _payments(report, values["payments"])
    return assembled(report, report.plan, fields, payments, _files(report, values["files"]))


def version_shown_to(report: Report, reader: Person) -> Version | None:
    """Which version it is that a reader is shown; none of a text that is still being written."""
    if report.stage in OPEN and may_keep(reader, report.grant):
        return None
    return versions_of(report).first()


def files_shown_to(report: Report, reader: Person) -> list[ReportFile]:
    """Its files, as a reader is shown them; those taken out since stay with the version."""
    version = _version_for(report, reader)
    if version is None:
        return list(files_of(report))
    return _files(report, _values(version)["files"])


def payments_shown_to(report: Report, reader: Person) -> list[Spending]:
    """Its payments, as a reader is shown them."""
    version = _version_for(report, reader)
    if version is None:
        return list(payments_of(report))
    return _payments(report, _values(version)["payments"])


def remarks_shown_to(
    remarks: Iterable[ReportRemark], report: Report, reader: Person
) -> list[ReportRemark]:
    """Remarks without answers that were written since it was handed in."""
    version, rows = _version_for(report, reader), list(remarks)
    for one in rows:
        if version is not None and one.answered_at is not None and one.answered_at > version.at:
            one.answer, one.answered_at = "", None
    return rows


def brought_by(grant: Grant) -> set[tuple[str, str]]:
    """Every text, after its path, with which a report on a period was ever handed in."""
    versions = Version.objects.filter(report__grant=grant, report__period__isnull=False)
    return {told for one in versions for told in _values(one)["texts"].items()}


def _version_for(report: Report, reader: Person) -> Version | None:
    """The version that this reader is shown in place of the report; none: as it stands."""
    if report.stage not in OPEN or may_keep(reader, report.grant):
        return None
    return versions_of(report).first()


def _values(version: Version) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(bytes(version.content))["values"]
    return values


def _payments(report: Report, kept: Sequence[dict[str, Any]]) -> list[Spending]:
    """Payments as they were handed in: what is said of them is as of now. Never to be saved."""
    rows = {str(one.key): one for one in report.spendings.select_related("file")}
    papers = _papers(report, {one["file"] for one in kept if one["file"]})
    told = []
    for one in kept:
        row = rows.get(one["key"]) or _unknown(report, one["key"])
        for name in PAID:
            setattr(row, name, one[name])
        row.on = date.fromisoformat(one["on"])
        if row.file is None or row.file.digest != one["file"]:
            row.file = papers.get(one["file"])
        told.append(row)
    return told


def _unknown(report: Report, key: str) -> Spending:
    return Spending(key=UUID(key), grant=report.grant, report=report)


def _papers(report: Report, digests: set[str]) -> dict[str, StoredFile]:
    """Documents by digest, of those that its people sent: one may be another by now."""
    team = Membership.objects.filter(organisation=report.grant.organisation)
    rows = StoredFile.objects.filter(digest__in=digests, actor_key__in=team.values("person__key"))
    return {one.digest: one for one in rows.order_by("pk")}


def _files(report: Report, kept: Sequence[dict[str, Any]]) -> list[ReportFile]:
    """Files as they were handed in, those that were taken out since among them."""
    rows: dict[tuple[str, str], list[ReportFile]] = defaultdict(list)
    for row in report.files.select_related("file").order_by("pk"):
        rows[row.path, row.file.digest].append(row)
    found = (rows[one["path"], one["digest"]] for one in kept)
    return [some.pop(0) for some in found if some]
