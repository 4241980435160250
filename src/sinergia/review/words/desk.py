"""The queue of an expert as its page shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from sinergia.engine.blind import is_applicant_hidden
from sinergia.engine.shown import decimal_shown
from sinergia.packs.rules.schema import Rules
from sinergia.review.access import IN_FORCE
from sinergia.review.models import Sheet
from sinergia.review.words.sheets import direction_said, title_of

KINDS = {Sheet.Stage.SIGNED: "ok", Sheet.Stage.RETURNED: "warn", Sheet.Stage.DRAFT: "info"}


@dataclass(frozen=True)
class Row:
    """A sheet of the queue. number: "" where the rules hide who applies."""

    sheet: Sheet
    title: str
    number: str
    direction: str
    rating: str
    kind: str


def queue_said(sheets: Sequence[Sheet], rules: Mapping[int, Rules], language: str) -> list[Row]:
    """Rows without what the rules hide."""
    rows = []
    for one in sheets:
        by, submission = rules[one.pk], one.examination.submission
        rows.append(
            Row(
                one,
                title_of(one, by) or one.examination.code,
                "" if is_applicant_hidden(by) else submission.shown_number,
                direction_said(by, submission.direction, language),
                "" if one.rating is None else decimal_shown(one.rating, language),
                KINDS.get(Sheet.Stage(one.stage), "neutral"),
            )
        )
    return rows


def named_said(
    sheets: Sequence[Sheet], rules: Mapping[int, Rules], language: str, *, is_signed: bool
) -> dict[UUID, str]:
    """Whose each application is, with its town, by the key of the sheet, as far as is shown.

    is_signed: with its title and direction, too; where the rules hide who applies, by its code.
    """
    told = {}
    for one in sheets:
        by, submission = rules[one.pk], one.examination.submission
        owner = submission.organisation
        town = owner.municipality.name if owner.municipality else ""
        whose = [one.examination.code] if is_applicant_hidden(by) else [owner.name, town]
        what = [title_of(one, by), direction_said(by, submission.direction, language)]
        told[one.key] = " · ".join(filter(None, [*whose, *(what if is_signed else [])]))
    return told


def tabs_said(stages: Mapping[str, int], chosen: str, here: str) -> list[tuple[str, str, bool]]:
    """Stages with their numbers: words, address, which one is shown."""
    tabs = [(f"{_('All')} · {sum(stages.values())}", here, not chosen)]
    for stage in IN_FORCE:
        if number := stages.get(stage, 0):
            words = f"{Sheet.Stage(stage).label} · {number}"
            tabs.append((words, f"{here}?stage={stage}", stage == chosen))
    return tabs
