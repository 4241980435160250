"""The folder of an organisation's papers: written down, written anew, removed, each with its file.

The bytes were stored before any of these begins; here only rows are written.
"""

from collections.abc import Iterator
from copy import copy
from datetime import datetime

from django.db import transaction

from sinergia.base.files.actions import keep_upload, remove_file
from sinergia.base.files.models import StoredFile, Upload
from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import fold
from sinergia.organisations.actions.history import note_row
from sinergia.organisations.actions.meanwhile import touched
from sinergia.organisations.actions.telling import Given, locked, sign
from sinergia.organisations.models import Organisation, Paper
from sinergia.people.models import Person

FIELDS = ("kind", "title", "number", "issued_on", "ends_on")


@transaction.atomic
def write_paper(
    organisation: Organisation,
    given: Given,
    *,
    actor: Person,
    now: datetime,
    paper: Paper | None = None,
    seen: Given | None = None,
) -> Paper:
    """Write a paper down, or `paper` anew; the last day itself is inside.

    given: FIELDS, told_by, and file: an accepted Upload, or None where the file stays as it is. A
    new file takes the place of the old one, which is removed. Pressing twice is harmless: one
    upload is one paper. Raises Refused with every gap at once.
    """
    organisation = locked(organisation, actor)
    upload = given.get("file")
    sent = upload if isinstance(upload, Upload) else None
    there = _paper_of(sent)
    if there is not None and paper is None and there.organisation_id == organisation.pk:
        return there
    row = Paper(organisation=organisation, made_at=now)
    if paper is not None:
        row = _found(paper, organisation)
    was, given = copy(row), touched(row, given, seen)
    for name in FIELDS:
        if name in given:
            setattr(row, name, given[name])
    row.title_folded = fold(row.title)[:200]
    gaps = list(_gaps(row, there))
    if gaps:
        raise Refused(gaps)
    sign(row, organisation, given, actor)
    replaced = row.file
    if sent is not None:
        row.file = _kept(sent, actor=actor, now=now)
    row.save()
    if replaced is not None and replaced != row.file:
        remove_file(replaced, actor=actor, now=now)
    note_row(was, row, actor=actor, now=now)
    record("organisation.paper_written", about=organisation, actor=actor, at=now)
    return row


@transaction.atomic
def remove_paper(paper: Paper, *, actor: Person, now: datetime) -> None:
    """Take a paper away with its file; pressing twice is harmless."""
    organisation = locked(paper.organisation, actor)
    theirs = Paper.objects.select_related("file").filter(organisation=organisation)
    found = theirs.filter(pk=paper.pk).first()
    if found is None:
        return
    note_row(found, None, actor=actor, now=now)
    found.delete()
    if found.file is not None:
        remove_file(found.file, actor=actor, now=now)
    record("organisation.paper_removed", about=organisation, actor=actor, at=now)


def _found(paper: Paper, organisation: Organisation) -> Paper:
    """The row as it is now, under the organisation's lock: its file may be another one already."""
    theirs = Paper.objects.select_related("file").filter(organisation=organisation)
    found = theirs.filter(pk=paper.pk).first()
    if found is None:
        raise Refused([Gap("paper_gone")])
    return found


def _paper_of(upload: Upload | None) -> Paper | None:
    """Which paper an upload has become already."""
    if upload is None or upload.file_id is None:
        return None
    return Paper.objects.filter(file=upload.file_id).first()


def _gaps(row: Paper, there: Paper | None) -> Iterator[Gap]:
    """Everything against `row`; there: the paper whose file was sent for it."""
    if row.issued_on and row.ends_on and row.ends_on < row.issued_on:
        yield Gap("paper_ends_before_it_is_issued", "ends_on")
    same = Paper.objects.filter(
        organisation=row.organisation_id,
        kind=row.kind,
        title_folded=row.title_folded,
        number=row.number,
        issued_on=row.issued_on,
    )
    if same.exclude(pk=row.pk).exists():
        yield Gap("paper_twice", "title")
    if there is not None and there.pk != row.pk:
        yield Gap("paper_file_gone", "file")


def _kept(upload: Upload, *, actor: Person, now: datetime) -> StoredFile:
    return keep_upload(upload, actor=actor, now=now, gone=Gap("paper_file_gone", "file"))
