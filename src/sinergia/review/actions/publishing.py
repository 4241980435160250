"""The result is told to everybody at its moment: one row is flipped, errands do the rest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from sinergia.applications.actions.outcomes import Told, write_outcomes
from sinergia.base.errands.actions import promise
from sinergia.base.journal.actions import Keyed, record
from sinergia.calls.actions.results import note_results
from sinergia.calls.models import Contest, Outcome
from sinergia.calls.queries.duties import operators_of
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean
from sinergia.notices.actions import tell
from sinergia.organisations.actions.meanwhile import touched
from sinergia.people.actions import command_person
from sinergia.people.models import Person
from sinergia.people.queries import account_by
from sinergia.review.access import may_run
from sinergia.review.models import Award, Publication
from sinergia.review.queries.decision import (
    awards_of,
    is_decided,
    is_session_open,
    unwritten_in,
)

Stage = Publication.Stage
STEP = 100  # awards written by one errand: nobody’s save waits long behind it
TEXTS = ("intro", "next_ru", "next_en")


@dataclass(frozen=True)
class Planned:
    """What is said with the result, and when everybody may see it."""

    publish_at: datetime | None
    intro: str = ""
    next_ru: str = ""
    next_en: str = ""


@transaction.atomic
def plan_publication(
    contest: Contest,
    given: Planned,
    *,
    actor: Person,
    now: datetime,
    seen: Mapping[str, object] | None = None,
) -> Publication:
    """Keep the moment and the texts; of what is published nothing changes.

    seen: what stood in each field when it was opened. Raises Refused for a moment that has passed,
    and for each field that somebody else wrote meanwhile.
    """
    row = _locked(contest, actor)
    if row.stage == Stage.PUBLISHED:
        raise Refused([Gap("publication.done")])
    given = Planned(**touched(row, vars(given), seen))  # type: ignore[arg-type]  # its own fields
    moment = given.publish_at
    if moment is not None and moment < now and moment != row.publish_at:
        raise Refused([Gap("publication.past", "publish_at")])
    row.publish_at, row.by = moment, actor.key
    for name in TEXTS:
        setattr(row, name, clean(getattr(given, name)).strip())
    if row.stage == Stage.SET and row.publish_at is None:
        row.stage = Stage.PREPARED
    row.save()
    record("results.planned", about=contest.call, actor=actor, at=now)
    if row.stage == Stage.SET:
        _promise_moment(row, now=now)
    return row


@transaction.atomic
def set_publication(contest: Contest, *, actor: Person, now: datetime) -> Publication:
    """Let the result go out at its moment. Twice is harmless.

    Raises Refused without a moment, and where the decision is not written, or is another by now.
    """
    row = _locked(contest, actor)
    if row.stage != Stage.PREPARED:
        return row
    gaps = _gaps_of_decision(contest)
    if row.publish_at is None:
        gaps.append(Gap("publication.no_moment", "publish_at"))
    if gaps:
        raise Refused(gaps)
    row.stage, row.by = Stage.SET, actor.key
    row.save(update_fields=["stage", "by"])
    record("results.set", about=contest.call, actor=actor, at=now)
    _promise_moment(row, now=now)
    return row


@transaction.atomic
def hold_publication(contest: Contest, *, actor: Person, now: datetime) -> Publication:
    """Take back that it goes out; what is out stays out. Raises Refused."""
    row = _locked(contest, actor)
    if row.stage == Stage.PUBLISHED:
        raise Refused([Gap("publication.done")])
    if row.stage == Stage.SET:
        row.stage = Stage.PREPARED
        row.save(update_fields=["stage"])
        record("results.held_back", about=contest.call, actor=actor, at=now)
    return row


@transaction.atomic
def publish_now(contest: Contest, *, actor: Person, now: datetime) -> Publication:
    """Tell the result at once. Twice, or by two at once, it is told once.

    Raises Refused where the decision is not written, or is another by now.
    """
    row = _locked(contest, actor)
    if row.stage == Stage.PUBLISHED:
        return row
    if gaps := _gaps_of_decision(contest):
        raise Refused(gaps)
    row.publish_at = now
    return _flip(row, contest, actor=actor, now=now)


@transaction.atomic
def publish_due(contest: Contest, *, now: datetime) -> Publication | None:
    """What the errand does at the moment: nothing if it was put off, held back or done.

    Where the decision is another by now it is held back, and whoever runs the contest is told.
    """
    Contest.objects.select_for_update().get(pk=contest.pk)
    row = Publication.objects.select_for_update().filter(contest=contest).first()
    if row is None or row.stage != Stage.SET or row.publish_at is None or row.publish_at > now:
        return None
    if gaps := _gaps_of_decision(contest):
        _keep_back(row, contest, gaps[0], now=now)
        return None
    return _flip(row, contest, actor=_who(row, now), now=now)


@transaction.atomic
def write_some_outcomes(publication: Publication, *, past: int, now: datetime) -> int:
    """Write what became of the next applications; the last one's number, 0 where none is left."""
    contest = publication.contest
    rows = awards_of(contest).filter(pk__gt=past).order_by("pk")
    some = list(rows.select_related("examination", "sitting")[:STEP])
    _write(contest, some, actor=_who(publication, now), now=now)
    return some[-1].pk if len(some) == STEP else 0


def write_outcome(award: Award, *, actor: Keyed, now: datetime) -> None:
    """The same of one application, after something followed."""
    _write(award.examination.contest, [award], actor=actor, now=now)


def outcome_of(award: Award) -> str:
    """What an award means among all applications; whoever waits on the reserve list got nothing."""
    if award.follow == Award.Follow.DECLINED:
        return Outcome.DECLINED
    is_won = award.outcome == Award.Outcome.WON or award.follow == Award.Follow.PROMOTED
    return Outcome.WON if is_won else Outcome.LOST


def _write(contest: Contest, some: Sequence[Award], *, actor: Keyed, now: datetime) -> None:
    by_day: dict[datetime, list[Told]] = {}
    for one in some:
        moment = one.sitting.closed_at or one.sitting.begins_at
        told = Told(one.examination.submission_id, outcome_of(one), one.awarded_minor)
        by_day.setdefault(moment, []).append(told)
    zone = ZoneInfo(contest.time_zone)
    for moment, rows in by_day.items():
        day = moment.astimezone(zone).date()
        write_outcomes(contest.call, rows, decided_on=day, actor=actor, now=now)


def _keep_back(row: Publication, contest: Contest, gap: Gap, *, now: datetime) -> None:
    row.stage = Stage.PREPARED
    row.save(update_fields=["stage"])
    call = contest.call
    record("results.held_back", about=call, actor=command_person(now), at=now)
    url = reverse("decision:publication", args=[call.key])
    for person in operators_of(contest):
        tell(
            person, "review.not_published", now=now, about=call, url=url, urgent=True,
            contest=call.name, gap=gap.code,
        )  # fmt: skip


def _flip(row: Publication, contest: Contest, *, actor: Keyed, now: datetime) -> Publication:
    row.stage, row.published_at = Stage.PUBLISHED, now
    row.save(update_fields=["stage", "published_at", "publish_at"])
    note_results(contest, now=now)
    record("results.published", about=contest.call, actor=actor, at=now)
    once = f"write_outcomes:{row.key}:0"
    promise("review.write_outcomes", now=now, once=once, key=row.key)
    once = f"queue_letters:{row.key}:0"
    promise("review.queue_letters", now=now, once=once, is_urgent=True, key=row.key)
    promise("review.make_archive", now=now, once=f"archive:{row.key}", is_long=True, key=row.key)
    return row


def _gaps_of_decision(contest: Contest) -> list[Gap]:
    """What keeps the decision from being told: awards are written step by step, and may be old."""
    if not is_decided(contest):
        return [Gap("publication.not_decided")]
    if is_session_open(contest):
        return [Gap("publication.session_open")]
    number = unwritten_in(contest)
    return [Gap("publication.unwritten", values={"number": number})] if number else []


def _promise_moment(row: Publication, *, now: datetime) -> None:
    if row.publish_at is not None:
        once = f"publish:{row.key}:{row.publish_at.isoformat()}"
        promise("review.publish", now=now, after=row.publish_at - now, once=once, key=row.key)


def _locked(contest: Contest, actor: Person) -> Publication:
    Contest.objects.select_for_update().get(pk=contest.pk)
    if not may_run(actor, contest):
        raise PermissionDenied
    row, _is_new = Publication.objects.get_or_create(contest=contest)
    return Publication.objects.select_for_update().get(pk=row.pk)


def _who(row: Publication, now: datetime) -> Keyed:
    return (account_by(row.by) if row.by is not None else None) or command_person(now)
