"""Contests that are held here: made from rules, planned, announced, opened, ended."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from sinergia.base.errands.actions import promise
from sinergia.base.journal.actions import record
from sinergia.base.search.actions import forget_rows
from sinergia.calls import access
from sinergia.calls.actions.indexing import CALL, index_calls
from sinergia.calls.actions.moments import promise_moment
from sinergia.calls.models import Call, Contest, ContestRules, Extension, Fund
from sinergia.calls.queries.contests import KeptRules, day_of, plan_of, rules_of
from sinergia.engine.contest import STEPS, Step, plan_gaps, step_gaps
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.seal import canonical
from sinergia.engine.text import clean, clean_line, fold
from sinergia.organisations.actions.meanwhile import touched
from sinergia.organisations.models import Centre
from sinergia.packs.rules import Rules, shipped
from sinergia.packs.rules.frozen import values_of
from sinergia.packs.rules.judging import are_judged_alike
from sinergia.people.models import Person

PLANNED = ("opens_at", "closes_at", "results_on", "project_from", "project_to", "budget_minor")
TEXTS = ("about", "whom_to_ask")
MOVED = {  # days that an extension moves, to later ones alone: what is said of a sooner one
    "results_on": "contest.results_sooner",
    "project_from": "contest.projects_sooner",
    "project_to": "contest.projects_sooner",
}
TRAINING = timedelta(days=30)
FROZEN = (Contest.Stage.OPEN, Contest.Stage.CLOSED)  # stages in which rules stand
STEPPED: Mapping[Step, str] = {  # what the journal says of a step
    "announce": "contest.announced",
    "open": "contest.opened",
    "close": "contest.closed",
}


@dataclass(frozen=True)
class NewContest:
    """What a contest begins with. fund: none for one that is named after the region."""

    name: str
    year: int
    rules: Rules
    fund: Fund | None = None
    intake: str = Contest.Intake.HERE


@transaction.atomic
def make_contest(
    centre: Centre, given: NewContest, *, actor: Person, now: datetime, is_training: bool = False
) -> Contest:
    """Make a contest of a centre by some rules; nobody else sees it yet.

    Raises Refused where the fund has a contest of this name in this year already.
    """
    if not access.may_hold(actor, centre):
        raise PermissionDenied
    fund = given.fund or _own_fund(centre)
    Fund.objects.select_for_update().get(pk=fund.pk)  # of two of one name the second is refused
    name = clean_line(given.name)
    known = Call.objects.filter(fund=fund, name_key=fold(name), contest_year=given.year)
    if known.exists():
        raise Refused([Gap("contest.known", "name")])
    call = Call.objects.create(
        fund=fund,
        name=name,
        name_key=fold(name),
        contest_year=given.year,
        year_source=Call.YearSource.NAME,
    )
    contest = Contest.objects.create(
        call=call,
        centre=centre,
        intake=given.intake,
        ordinal=_next_ordinal(call),
        time_zone=centre.time_zone,
        is_training=is_training,
        project_from=given.rules.timetable.project_from,
        project_to=given.rules.timetable.project_to,
    )
    _keep_rules(contest, given.rules, version=1, actor=actor, now=now)
    index_calls([call])
    record("contest.made", about=call, actor=actor, at=now, codes={"rules": given.rules.code})
    return contest


@transaction.atomic
def plan_contest(
    contest: Contest,
    given: Mapping[str, Any],
    *,
    actor: Person,
    now: datetime,
    seen: Mapping[str, object] | None = None,
) -> Contest:
    """Say when a contest takes place, for how much, what it is about and whom to ask.

    Once it is announced, its dates and its sum stand: an end is extended, with a reason.
    seen: what stood in each field when it was opened. Raises Refused where dates go backwards,
    and for each field that somebody else wrote meanwhile.
    """
    contest = _locked(contest)
    if not access.may_hold(actor, contest.centre):
        raise PermissionDenied
    is_set_up = contest.stage == Contest.Stage.SET_UP
    names = [*(PLANNED if is_set_up else ()), *TEXTS]
    shown = {name: seen[name] for name in names if name in seen} if seen else None
    told: dict[str, Any] = touched(contest, given, shown)
    changed = [name for name in names if getattr(contest, name) != told[name]]
    for name in changed:
        setattr(contest, name, clean(told[name]) if name in TEXTS else told[name])
    refuse_if(plan_gaps(plan_of(contest), closes_on=day_of(contest.closes_at, contest)))
    if changed:
        contest.save(update_fields=changed)
        record("contest.planned", about=contest.call, actor=actor, at=now)
    return contest


@transaction.atomic
def write_rules(
    contest: Contest, rules: Rules, *, reason: str = "", actor: Person, now: datetime
) -> ContestRules:
    """Choose other rules; once the contest is open, a correction is a new version with a reason.

    The same rules again change nothing. Raises Refused where a correction has no reason, for one
    of the sizes of grants, the currency or a direction once an application is in, and for one of
    what applications are judged by once they are reviewed.
    """
    contest = _locked(contest)
    is_frozen = contest.stage in FROZEN
    may = access.may_step if is_frozen else access.may_hold
    if not may(actor, contest.centre):
        raise PermissionDenied
    kept = rules_of(contest)
    if kept is not None and kept.row.digest == sha256(content_of(rules)).hexdigest():
        return kept.row
    if not is_frozen:
        contest.rules.all().delete()
        row = _keep_rules(contest, rules, version=1, actor=actor, now=now)
        record("contest.rules_written", about=contest.call, actor=actor, at=now)
        return row
    judged_at = kept.row.judged_at if kept is not None else None
    refuse_correction(contest, rules, reason=reason)
    version = kept.row.version + 1 if kept is not None else 1
    row = _keep_rules(contest, rules, version=version, actor=actor, now=now, reason=clean(reason))
    row.judged_at = judged_at
    _freeze(row, now)
    codes: dict[str, str | int] = {"version": version, "digest": row.digest}
    record("contest.rules_corrected", about=contest.call, actor=actor, at=now, codes=codes)
    _promise_word(contest, "rules", version, now=now)
    return row


def refuse_correction(contest: Contest, rules: Rules, *, reason: str) -> None:
    """Raise Refused with everything against a correction of frozen rules."""
    gaps, kept = [] if reason.strip() else [Gap("contest.no_reason", "reason")], rules_of(contest)
    gaps += _for_practice(contest, rules)
    if kept is not None:
        gaps += _against(contest, kept, rules)
    refuse_if(gaps)


def _for_practice(contest: Contest, rules: Rules) -> list[Gap]:
    """Rules by which nothing is awarded are of no use to a contest that awards something."""
    is_misplaced = rules.is_training and not contest.is_training
    return [Gap("contest.for_practice", "file")] if is_misplaced else []


def _against(contest: Contest, kept: KeptRules, after: Rules) -> list[Gap]:
    """What a correction may not touch any more: of applications that are in, or are judged."""
    before, gaps = kept.rules, []
    if contest.last_number and before.categories != after.categories:
        gaps.append(Gap("contest.sized", "file"))
    if contest.last_number and before.currency != after.currency:
        gaps.append(Gap("contest.currency", "file"))
    gone = {one.code for one in before.directions} - {one.code for one in after.directions}
    if contest.last_number and gone:
        gaps.append(Gap("contest.directions", "file", {"codes": ", ".join(sorted(gone))}))
    if kept.row.judged_at and not are_judged_alike(before, after):
        gaps.append(Gap("contest.judged", "file"))
    return gaps


@transaction.atomic
def take_step(contest: Contest, step: Step, *, actor: Person, now: datetime) -> Contest:
    """Announce, open or end a contest; opening freezes its rules. Pressed twice is harmless.

    Raises Refused with everything that is missing.
    """
    contest = _locked(contest)
    if not access.may_step(actor, contest.centre):
        raise PermissionDenied
    before, after = STEPS[step]
    if contest.stage == after:
        return contest
    if contest.stage != before:
        raise Refused([Gap("contest.wrong_stage")])
    kept = rules_of(contest)
    refuse_if(missing(contest, step, now=now))
    if step == "open" and kept is not None:
        _freeze(kept.row, now)
    if step == "open" and contest.opens_at is not None and contest.opens_at > now:
        contest.opens_at = now
    contest.stage = after
    contest.save(update_fields=["stage", "opens_at"])
    record(STEPPED[step], about=contest.call, actor=actor, at=now)
    promise_moment(contest, now=now)
    return contest


def missing(contest: Contest, step: Step, *, now: datetime) -> Sequence[Gap]:
    """What has to be there before a step."""
    has_rules = rules_of(contest) is not None
    return step_gaps(step, plan_of(contest), about=contest.about, has_rules=has_rules, now=now)


@transaction.atomic
def extend_intake(
    contest: Contest,
    closes_at: datetime,
    *,
    reason: str,
    days: Mapping[str, date | None] | None = None,
    actor: Person,
    now: datetime,
) -> Contest:
    """Let the intake end later, for everybody, with a reason that everybody sees.

    days: later ones of results and of projects, by the field of `MOVED`, where they move, too.
    Raises Refused for an end that is not later, days that come sooner, or without a reason.
    """
    contest = _locked(contest)
    if not access.may_step(actor, contest.centre):
        raise PermissionDenied
    stood = {name: getattr(contest, name) for name in MOVED}
    moved = {name: (days or {}).get(name) or was for name, was in stood.items()}
    if (contest.closes_at, stood) == (closes_at, moved):
        return contest
    gaps = [Gap("contest.no_reason", "reason")] if not reason.strip() else []
    is_later = contest.closes_at is not None and closes_at > max(contest.closes_at, now)
    if not is_later or contest.stage not in (Contest.Stage.ANNOUNCED, Contest.Stage.OPEN):
        gaps.append(Gap("contest.not_later", "closes_at"))
    gaps += [Gap(MOVED[name], name) for name, was in stood.items() if was and moved[name] < was]
    if gaps or contest.closes_at is None:
        raise Refused(gaps)
    results = moved["results_on"] if moved["results_on"] != stood["results_on"] else None
    Extension.objects.create(
        contest=contest,
        before=contest.closes_at,
        after=closes_at,
        results_before=stood["results_on"] if results else None,
        results_after=results,
        reason=clean(reason),
        made_at=now,
    )
    for name, value in {"closes_at": closes_at, **moved}.items():
        setattr(contest, name, value)
    refuse_if(plan_gaps(plan_of(contest), closes_on=day_of(closes_at, contest)))
    contest.save(update_fields=["closes_at", *MOVED])
    record("contest.extended", about=contest.call, actor=actor, at=now)
    _promise_word(contest, "extension", contest.extensions.count(), now=now)
    return contest


@transaction.atomic
def remove_contest(contest: Contest, *, actor: Person, now: datetime) -> None:
    """Take a contest away that nobody has seen, or one for practice."""
    contest = _locked(contest)
    if not access.may_hold(actor, contest.centre):
        raise PermissionDenied
    if contest.stage != Contest.Stage.SET_UP and not contest.is_training:
        raise Refused([Gap("contest.was_announced")])
    call = contest.call
    forget_rows(CALL, [call.pk])
    record("contest.removed", about=call, actor=actor, at=now)
    contest.delete()
    call.delete()


@transaction.atomic
def make_training(centre: Centre, *, actor: Person, now: datetime) -> Contest:
    """A contest for practice, open at once for a month; the centre has one at a time."""
    Centre.objects.select_for_update().get(pk=centre.pk)  # pressed twice it is made once
    known = Contest.objects.filter(centre=centre, is_training=True).first()
    if known is not None:
        return known
    rules = shipped()["practice-contest"]
    name = rules.name.told("ru")
    given = NewContest(f"{name} {now:%d.%m.%Y %H:%M:%S}", now.year, rules)
    contest = make_contest(centre, given, actor=actor, now=now, is_training=True)
    contest.about, contest.opens_at = rules.summary.told("ru"), now
    contest.closes_at, contest.stage = now + TRAINING, Contest.Stage.OPEN
    contest.save(update_fields=["about", "opens_at", "closes_at", "stage"])
    _freeze(contest.rules.get(), now)
    record("contest.opened", about=contest.call, actor=actor, at=now)
    return contest


def _promise_word(contest: Contest, what: str, number: int, *, now: datetime) -> None:
    """Have everybody who applies told of a correction or an extension, by its number."""
    promise("applications.tell_applying", now=now, key=contest.call.key, what=what, number=number)


def _locked(contest: Contest) -> Contest:
    rows = Contest.objects.select_for_update(of=("self",))
    return rows.select_related("call", "centre").get(pk=contest.pk)


def refuse_if(gaps: Iterable[Gap]) -> None:
    """Raise Refused where there is any gap."""
    told = list(gaps)
    if told:
        raise Refused(told)


def _next_ordinal(call: Call) -> int:
    """Which contest of its fund in its year it is: a part of the numbers of applications."""
    others = Contest.objects.filter(call__fund=call.fund, call__contest_year=call.contest_year)
    last: int | None = others.aggregate(last=Max("ordinal"))["last"]
    return (last or 0) + 1


def _own_fund(centre: Centre) -> Fund:
    """The fund in whose name a centre holds contests where it chose no other."""
    served = centre.regions.select_related("region").order_by("pk").first()
    if served is None:
        raise Refused([Gap("contest.no_region", "fund")])
    region = served.region
    names = {"name_ru": f"Конкурсы: {region.name_ru}"[:200], "name_en": ""}
    if region.name_en:
        names["name_en"] = f"Contests: {region.name_en}"[:200]
    code = f"region-{region.code}"[:40]
    fund, _is_new = Fund.objects.get_or_create(code=code, defaults={**names, "region": region})
    return fund


def _keep_rules(
    contest: Contest,
    rules: Rules,
    *,
    version: int,
    actor: Person,
    now: datetime,
    reason: str = "",
) -> ContestRules:
    refuse_if(_for_practice(contest, rules))
    content = content_of(rules)
    return ContestRules.objects.create(
        contest=contest,
        version=version,
        content=content,
        digest=sha256(content).hexdigest(),
        reason=reason,
        made_at=now,
        made_by=actor,
    )


def _freeze(row: ContestRules, now: datetime) -> None:
    row.frozen_at = now
    row.save(update_fields=["frozen_at", "judged_at"])


def content_of(rules: Rules) -> bytes:
    """Rules as they are kept."""
    values = values_of(rules)
    return canonical({"schema": values.pop("schema"), "values": values})
