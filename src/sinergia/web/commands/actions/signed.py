"""Sheets laid as their experts would have signed them: many at once, the same rows as singly."""

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sinergia.applications.actions.submitting import code_of_receipt
from sinergia.engine.project import freeze
from sinergia.engine.sheet import SCHEMA, Filled, Subject, plain, read_sheet
from sinergia.packs.rules import Rules
from sinergia.review.actions.rating import recount_all
from sinergia.review.models import Examination, Score, Sheet, SheetText, SignedSheet

STEP = 200  # applications counted at once
BATCH = 500
FIELDS = ("stage", "opened_at", "signed_at", "rating", "recommendation", "proposed_minor")


@dataclass(frozen=True)
class Filling:
    """A sheet with what its expert wrote. It knows its application and expert already."""

    sheet: Sheet
    texts: Mapping[str, str]
    opened: datetime
    signed: datetime


def give(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Give experts what they are to read."""
    return Sheet.objects.bulk_create(sheets, batch_size=BATCH)


def lay_signed(fillings: Sequence[Filling], rules: Rules) -> None:
    """Sign them all and count their applications anew. Raises ValueError for what is no sheet."""
    read = [(one, *_read(one, rules)) for one in fillings]
    SheetText.objects.bulk_create(_texts(fillings), batch_size=BATCH)
    SignedSheet.objects.bulk_create(
        (_signed(one, subject, filled) for one, subject, filled in read), batch_size=BATCH
    )
    Score.objects.bulk_create(
        (
            Score(sheet=one.sheet, criterion=code, score=score)
            for one, _subject, filled in read
            for code, score in filled.scores.items()
        ),
        batch_size=BATCH,
    )
    for one, _subject, filled in read:
        sheet = one.sheet
        sheet.stage, sheet.rating = Sheet.Stage.SIGNED, filled.rating
        sheet.opened_at, sheet.signed_at = one.opened, one.signed
        sheet.recommendation, sheet.proposed_minor = filled.recommendation, filled.proposed_minor
    Sheet.objects.bulk_update([one.sheet for one in fillings], FIELDS, batch_size=BATCH)
    _recount({one.sheet.examination_id for one in fillings}, rules, now=fillings[-1].signed)


def _recount(examinations: Iterable[int], rules: Rules, *, now: datetime) -> None:
    named = sorted(examinations)
    for start in range(0, len(named), STEP):
        rows = Examination.objects.filter(pk__in=named[start : start + STEP])
        recount_all(list(rows.order_by("pk")), rules, now=now)


def _read(one: Filling, rules: Rules) -> tuple[Subject, Filled]:
    examination = one.sheet.examination
    subject = Subject(rules, examination.category, examination.submission.asked_minor)
    filled = read_sheet(one.texts, subject)
    if filled.faults or filled.missing:
        raise ValueError([*filled.faults, *filled.missing])
    return subject, filled


def _texts(fillings: Sequence[Filling]) -> Iterator[SheetText]:
    for one in fillings:
        person = one.sheet.expert.person
        if person is None:
            raise ValueError(one.sheet.expert)
        for path, text in one.texts.items():
            yield SheetText(
                sheet=one.sheet, path=path, value=text, version=1, by=person.key, at=one.opened
            )


def _signed(one: Filling, subject: Subject, filled: Filled) -> SignedSheet:
    sheet, examination = one.sheet, one.sheet.examination
    kept = {path: text for path, text in one.texts.items() if text and subject.fields.parse(path)}
    kept |= {
        "about/application": examination.code,
        "about/category": subject.category,
        "about/expert": sheet.expert.code,
        "about/submission": examination.submission.frozen.digest,
        "about/rating": "" if filled.rating is None else plain(filled.rating),
    }
    frozen = freeze(SCHEMA, kept, chance=secrets.token_bytes)
    return SignedSheet(
        sheet=sheet,
        version=1,
        content=frozen.content,
        digest=frozen.digest,
        code=code_of_receipt(),
        signed_at=one.signed,
    )
