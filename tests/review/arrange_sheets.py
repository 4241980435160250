"""A sheet with everything that signing asks for."""

from collections.abc import Mapping
from datetime import datetime

from sinergia.base.drafts.actions import Save, Saved
from sinergia.engine.drafts import Path
from sinergia.people.models import Person
from sinergia.review.actions.scoring import save_sheet, sign_sheet
from sinergia.review.models import Sheet, SignedSheet
from sinergia.review.queries.reading import subject_of
from tests.arrange import NOON

WORDS: Mapping[str, str] = {
    "strong": "Соседи сами ведут проект.",
    "lowers": "Не сказано, откуда 120 человек.",
    "mend": "Назвать источник числа.",
    "recommendation": "support",
}


def whole(sheet: Sheet, score: str = "8", **changes: str) -> dict[str, str]:
    """Texts of a sheet that may be signed."""
    scores = {f"scores/{code}": score for code in subject_of(sheet).weights}
    return scores | dict(WORDS) | {name.replace("__", "/"): text for name, text in changes.items()}


def expert_of(sheet: Sheet) -> Person:
    """Whose sheet it is."""
    person = sheet.expert.person
    assert person is not None
    return person


def fill(
    sheet: Sheet, texts: Mapping[str, str], *, actor: Person | None = None, now: datetime = NOON
) -> list[Saved]:
    """Save texts over those that are there."""
    there = dict(sheet.texts.values_list("path", "version"))
    saves = [Save(Path(path), text, there.get(path, 0)) for path, text in texts.items()]
    return save_sheet(sheet, saves, actor=actor or expert_of(sheet), now=now)


def sign(sheet: Sheet, score: str = "8", *, now: datetime = NOON, **changes: str) -> SignedSheet:
    """Fill a sheet in and sign it."""
    fill(sheet, whole(sheet, score, **changes), now=now)
    signed = sign_sheet(sheet, actor=expert_of(sheet), now=now)
    sheet.refresh_from_db()
    return signed
