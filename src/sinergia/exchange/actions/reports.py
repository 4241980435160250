"""The report of a visit: texts around its facts, each saving a version."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean
from sinergia.exchange import access
from sinergia.exchange.models import ReportVersion, Visit
from sinergia.exchange.queries.reports import latest_report
from sinergia.organisations.actions.meanwhile import touched
from sinergia.people.models import Person

LONGEST = 10_000  # characters of one text


@dataclass(frozen=True)
class Told:
    """What is written around the facts. spent_minor: in the visit's currency; none: not said."""

    introduction: str = ""
    conclusions: str = ""
    spent_minor: int | None = None


@transaction.atomic
def save_report(
    visit: Visit,
    told: Told,
    *,
    actor: Person,
    now: datetime,
    seen: Mapping[str, object] | None = None,
) -> ReportVersion | None:
    """Keep what stands there now as a new version; what is the same already makes none.

    seen: what stood in the form when it was opened. Raises Refused for a text that somebody else
    has changed since.
    """
    visit = Visit.objects.select_for_update(of=("self",)).select_related("centre").get(pk=visit.pk)
    if not access.may_prepare(actor, visit):
        raise PermissionDenied
    last = latest_report(visit)
    given: dict[str, object] = {
        "introduction": clean(told.introduction),
        "conclusions": clean(told.conclusions),
        "spent_minor": told.spent_minor,
    }
    given = touched(last or ReportVersion(), given, seen)
    if gaps := [
        Gap("report.too_long", name, {"most": LONGEST})
        for name in ("introduction", "conclusions")
        if len(str(given[name])) > LONGEST
    ]:
        raise Refused(gaps)
    before = last or ReportVersion()
    if all(getattr(before, name) == value for name, value in given.items()):
        return last
    number = last.number + 1 if last is not None else 1
    made = ReportVersion.objects.create(visit=visit, number=number, by=actor.key, at=now, **given)
    record("visit.report_saved", about=visit, actor=actor, at=now, codes={"version": number})
    return made
