"""A grant as its page shows it: what is next, what is missing, what the site sees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from sinergia.engine.shown import date_shown
from sinergia.grants.models import Condition, Grant, Report
from sinergia.grants.queries.agreement import Seen
from sinergia.grants.queries.money import DONE, NOTHING, PAYABLE, Tranche, is_accepted, pay_by
from sinergia.packs.rules.grants import Grants

KINDS = {
    Grant.Stage.PREPARING: "warn",
    Grant.Stage.UNDER_WAY: "info",
    Grant.Stage.CLOSED: "ok",
    Grant.Stage.DECLINED: "neutral",
    Grant.Stage.ENDED: "bad",
}
TRANCHE_KINDS = {"held": "neutral", "payable": "info", "paid": "ok", "nothing": "neutral"}


@dataclass(frozen=True)
class ShownCondition:
    """A condition with its words in the reader's language and what the site sees of it."""

    row: Condition
    text: str
    seen: str
    who: str


@dataclass(frozen=True)
class Step:
    """What comes next: words, and the way there where whoever reads may go it."""

    words: str
    url: str = ""
    kind: str = "info"


def conditions_said(
    rows: Sequence[Condition],
    rules: Grants,
    seen: Mapping[str, Seen],
    names: Mapping[UUID, str],
    language: str,
) -> list[ShownCondition]:
    """Conditions as they are shown. names: of those who met them, by key."""
    told = {one.code: one.text.told(language) for one in rules.conditions}
    return [
        ShownCondition(
            row,
            told.get(row.code, row.text) if row.code else row.text,
            seen_said(seen[row.code], language) if row.code in seen else "",
            names.get(row.met_by, "") if row.met_by is not None else "",
        )
        for row in rows
    ]


def seen_said(seen: Seen, language: str) -> str:
    """What the site sees, in a sentence."""
    day = date_shown(seen.day, language) if seen.day is not None else ""
    return render_to_string(f"grants/seen/{seen.code}.txt", {"day": day}).strip()


def tranches_said(
    tranches: Sequence[Tranche], rules: Grants, today: date
) -> list[tuple[Tranche, str, date | None]]:
    """Tranches with their colours, and the day by which one is to be paid; past it, it is bad."""
    told = []
    for one in tranches:
        by = pay_by(one.period, rules) if one.state == PAYABLE else None
        is_late = by is not None and by < today
        told.append((one, "bad" if is_late else TRANCHE_KINDS[one.state], by))
    return told


def next_step(
    grant: Grant,
    conditions: Sequence[Condition],
    tranches: Sequence[tuple[Tranche, str, date | None]],
    *,
    today: date,
    may_enter: bool,
    has_agreement: bool,
) -> Step | None:
    """What is to be done now; none where the grant is over. tranches: as they are said."""
    if grant.stage == Grant.Stage.PREPARING:
        return _before_signing(grant, conditions, may_enter=may_enter, has_agreement=has_agreement)
    if grant.stage != Grant.Stage.UNDER_WAY:
        return None
    open_ones = [row for row in tranches if row[0].state == PAYABLE]
    if open_ones:
        return _to_pay(grant, *open_ones[0], may_enter=may_enter)
    return _of_reports(grant, [one for one, _kind, _by in tranches], today)


def _to_pay(grant: Grant, one: Tranche, kind: str, by: date | None, *, may_enter: bool) -> Step:
    """A tranche may be paid now; where the rules name a day for it, by then."""
    words = _("Pay tranche %(number)s") if may_enter else _("Tranche %(number)s is being paid")
    if by is not None:
        words = _("Tranche %(number)s is to be paid by %(day)s")
    day = date_shown(by, get_language() or "ru") if by is not None else ""
    url = reverse("grants:transfer", args=[grant.key, "paid"]) if may_enter else ""
    return Step(words % {"number": one.period.number, "day": day}, url, kind)


def _of_reports(grant: Grant, tranches: Sequence[Tranche], today: date) -> Step | None:
    """What is waited for where nothing can be paid now. A period may have no tranche.

    Of a fund elsewhere only what was begun here is waited for: it is reported to there.
    """
    waiting = [
        one for one in tranches if one.state not in (DONE, NOTHING) or not is_accepted(one.period)
    ]
    if grant.award_id is None:
        waiting = [one for one in waiting if getattr(one.period, "report", None) is not None]
        if not waiting:
            return None
    if not waiting:
        return Step(_("Everything is paid and reported: the final report closes the grant."))
    period = waiting[0].period
    report: Report | None = getattr(period, "report", None)
    if report is not None and report.stage == Report.Stage.SUBMITTED:
        words = _("The report on period %(number)s is being checked")
        return Step(words % {"number": period.number}, kind="info")
    by = report.due_on if report is not None else period.report_on
    words = _("Report on period %(number)s by %(day)s")
    said = {"number": period.number, "day": date_shown(by, get_language() or "ru")}
    return Step(words % said, kind="bad" if by < today else "info")


def _before_signing(
    grant: Grant, conditions: Sequence[Condition], *, may_enter: bool, has_agreement: bool
) -> Step:
    left = sum(one.met_at is None for one in conditions)
    here = reverse("grants:grant", args=[grant.key])
    if left:
        words = ngettext(
            "%(number)s condition is to be met before the signing",
            "%(number)s conditions are to be met before the signing",
            left,
        )
        return Step(words % {"number": left}, f"{here}#conditions", "warn")
    if grant.award_id is not None and not has_agreement:
        url = reverse("grants:agreement", args=[grant.key]) if may_enter else ""
        return Step(_("Make the agreement"), url)
    url = reverse("grants:sign", args=[grant.key]) if may_enter else ""
    return Step(_("Sign the agreement and put it here"), url)
