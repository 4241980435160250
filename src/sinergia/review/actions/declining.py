"""What comes after the result: a winner declines, the first of the reserve moves up."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from sinergia.base.errands.actions import promise
from sinergia.base.journal.actions import record
from sinergia.calls.models import Contest
from sinergia.calls.queries.duties import operators_of
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean
from sinergia.notices.actions import tell
from sinergia.organisations.queries.teams import memberships_of
from sinergia.people.models import Person
from sinergia.projects.access import may_submit
from sinergia.review.access import may_run
from sinergia.review.actions.apart import need_apart
from sinergia.review.actions.publishing import write_outcome
from sinergia.review.models import Award, Publication
from sinergia.review.queries.following import (
    due_minor,
    has_enough,
    is_held,
    is_signed,
    left_minor,
    next_in_reserve,
    revocable_in,
)

Follow, Outcome = Award.Follow, Award.Outcome


@transaction.atomic
def decline_award(award: Award, why: str, *, actor: Person, now: datetime) -> Award:
    """Give a grant back before it is paid: its leader does, or an operator by a letter.

    The other side is told. Twice is harmless. Raises Refused without a reason, and for what was
    not won.
    """
    contest = _published(award)
    row = _locked(award)
    leads = may_submit(actor, row.examination.submission.project)
    if not leads and not may_run(actor, contest):
        raise PermissionDenied
    if row.follow == Follow.DECLINED:
        return row
    why = clean(why).strip()
    gaps = [] if is_held(row) else [Gap("award.not_won")]
    gaps += [Gap("award.signed")] if is_signed(row) else []
    gaps += [] if why else [Gap("award.no_reason", "why")]
    if gaps:
        raise Refused(gaps)
    if row.follow == Follow.PROMOTED:
        row.awarded_minor = 0  # it was the money of whoever declined before
    row.follow, row.followed_at, row.followed_why = Follow.DECLINED, now, why
    _save(row)
    _record("award.declined", row, actor=actor, now=now)
    if leads:
        after = reverse("decision:after", args=[contest.call.key])
        _tell(row, operators_of(contest), "review.award_declined", after, now=now)
    else:
        _tell_team(row, "review.declined_for_you", now=now)
    promise("grants.follow_signing", now=now)  # the grant that is prepared of it
    return row


@transaction.atomic
def take_back_declining(award: Award, why: str, *, actor: Person, now: datetime) -> Award:
    """Let a grant stand that was declined by mistake, as long as nobody has moved up since.

    Its people are told. Twice is harmless. Raises Refused without a reason, and too late.
    """
    contest = _published(award)
    if not may_run(actor, contest):
        raise PermissionDenied
    row = _locked(award)
    need_apart(actor, row.examination.submission)
    if row.follow != Follow.DECLINED:
        return row
    why = clean(why).strip()
    is_late = not revocable_in(contest).filter(pk=row.pk).exists()
    gaps = [Gap("award.moved_up")] if is_late else _out_of_reach(contest, row)
    gaps += [] if why else [Gap("award.no_reason", "why")]
    if gaps:
        raise Refused(gaps)
    if row.outcome == Outcome.RESERVE:  # it had moved up before
        row.awarded_minor, row.follow = due_minor(row), Follow.PROMOTED
    else:
        row.follow = Follow.NOTHING
    row.followed_at, row.followed_why = now, why
    _save(row)
    _record("award.kept", row, actor=actor, now=now)
    _tell_team(row, "review.award_kept", now=now)
    promise("grants.follow_signing", now=now)
    return row


@transaction.atomic
def promote_next(contest: Contest, why: str, *, seen: Award, actor: Person, now: datetime) -> Award:
    """Give the next of the reserve list what it asked for, where the money suffices.

    seen: who was shown to move up; pressed twice nobody else does. Raises Refused.
    """
    held = Contest.objects.select_for_update().get(pk=contest.pk)
    if not may_run(actor, held):
        raise PermissionDenied
    row = _locked(seen)
    need_apart(actor, row.examination.submission)
    if row.follow == Follow.PROMOTED:
        return row
    why = clean(why).strip()
    gaps = [] if why else [Gap("award.no_reason", "why")]
    gaps += _against(held, row)
    if gaps:
        raise Refused(gaps)
    row.awarded_minor, row.follow = due_minor(row), Follow.PROMOTED
    row.followed_at, row.followed_why = now, why
    _save(row)
    _record("award.promoted", row, actor=actor, now=now)
    promise("review.tell_promoted", now=now, once=f"promoted:{row.key}", key=row.key)
    return row


def _against(contest: Contest, row: Award) -> list[Gap]:
    """What keeps somebody on the reserve list."""
    if not Publication.objects.filter(contest=contest, stage="published").exists():
        return [Gap("award.not_published")]
    reach, first = _out_of_reach(contest, row), next_in_reserve(contest)
    if first is None or first.pk != row.pk:
        return reach[:1] if has_enough(row) else [Gap("award.not_next")]
    return reach


def _out_of_reach(contest: Contest, row: Award) -> list[Gap]:
    """What keeps a grant from being given (once more): as many as may be are won, or no money."""
    if has_enough(row):
        return [Gap("award.has_won")]
    needed, left = row.awarded_minor or due_minor(row), left_minor(contest)
    if left is None or needed <= left:
        return []
    currency = row.examination.submission.currency
    values: dict[str, str | int] = {"left": left, "due": needed, "currency": currency}
    return [Gap("award.no_money", values=values)]


def _published(award: Award) -> Contest:
    contest = Contest.objects.select_for_update().get(pk=award.examination.contest_id)
    if not Publication.objects.filter(contest=contest, stage="published").exists():
        raise PermissionDenied
    return contest


def _locked(award: Award) -> Award:
    rows = Award.objects.select_for_update(of=("self",))
    names = ("examination__contest__call", "examination__submission__project", "sitting")
    return rows.select_related(*names).get(pk=award.pk)


def _save(row: Award) -> None:
    row.save(update_fields=["awarded_minor", "follow", "followed_at", "followed_why"])


def _tell_team(row: Award, code: str, *, now: datetime) -> None:
    submission = row.examination.submission
    people = [one.person for one in memberships_of(submission.organisation)]
    url = reverse("applications:submission", args=[submission.key])
    _tell(row, people, code, url, now=now)


def _tell(row: Award, people: Iterable[Person], code: str, url: str, *, now: datetime) -> None:
    submission = row.examination.submission
    contest = row.examination.contest.call.name
    for person in people:
        tell(
            person, code, now=now, about=row, url=url,
            number=submission.shown_number, contest=contest, why=row.followed_why,
        )  # fmt: skip


def _record(verb: str, row: Award, *, actor: Person, now: datetime) -> None:
    codes: dict[str, str | int] = {"number": row.examination.submission.shown_number}
    detail: dict[str, str | int] = {"why": row.followed_why}
    if verb == "award.declined":
        record("award.declined", about=row, actor=actor, at=now, codes=codes, detail=detail)
    elif verb == "award.kept":
        record("award.kept", about=row, actor=actor, at=now, codes=codes, detail=detail)
    else:
        record("award.promoted", about=row, actor=actor, at=now, codes=codes, detail=detail)
    write_outcome(row, actor=actor, now=now)
