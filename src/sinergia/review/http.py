"""What pages of review have in common."""

from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper
from django.http import Http404

from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import contests, contests_of, rules_of
from sinergia.organisations.http import StaffRequest
from sinergia.packs.rules.schema import Rules
from sinergia.people.http import SignedInRequest
from sinergia.review.access import may_keep_minutes, run_by
from sinergia.review.models import Expert, Sheet
from sinergia.review.queries.commission import (
    has_something_hidden,
    hidden_examinations,
    hidden_submissions,
)
from sinergia.review.queries.decision import written_awards
from sinergia.review.queries.experts import experts_by
from sinergia.review.queries.sheets import sheets_read_by


def run_contest(request: StaffRequest, key: UUID) -> Contest:
    """A contest whose review whoever asks runs; hidden and missing look alike.

    With `is_decided`: whether awards are written, after which its pages offer no act on sheets;
    and `is_apart`: whether something of it may be hidden from whoever asks, too.
    """
    rows = contests_of(request.centre).filter(run_by(request.user), call__key=key)
    apart = ExpressionWrapper(has_something_hidden(request.user), BooleanField())
    held = rows.annotate(is_decided=Exists(written_awards()), is_apart=apart).first()
    if held is None:
        raise Http404
    return held


def own_expert(request: SignedInRequest, key: UUID) -> Expert:
    """The expert that whoever asks is, by its key."""
    found = experts_by(request.user).filter(key=key).first()
    if found is None:
        raise Http404
    return found


def own_sheet(request: SignedInRequest, key: UUID) -> Sheet:
    """A sheet that whoever asks may read; what is not theirs, or no more, is not there."""
    found = sheets_read_by(request.user).filter(key=key).first()
    if found is None:
        raise Http404
    return found


def run_under_rules(request: StaffRequest, key: UUID) -> tuple[Contest, Rules]:
    """The same contest with its rules as they stand; without any there is no review."""
    contest = run_contest(request, key)
    kept = rules_of(contest)
    if kept is None:
        raise Http404
    return contest, kept.rules


def hidden_here(request: SignedInRequest, contest: Contest) -> set[int]:
    """Applications (primary keys of examinations) from which whoever asks is recused.

    Of these they see neither sheets nor a rating nor the decision, in whichever part they look.
    """
    if not getattr(contest, "is_apart", True):
        return set()
    rows = hidden_examinations(request.user, contest).order_by()
    return set(rows.values_list("pk", flat=True))


def not_seen(request: SignedInRequest, contest: Contest) -> set[int]:
    """The same as primary keys of what was handed in, whether it is under review yet or not."""
    if not getattr(contest, "is_apart", True):
        return set()
    rows = hidden_submissions(request.user, contest).order_by()
    return set(rows.values_list("pk", flat=True))


def minuted_contest(request: SignedInRequest, key: UUID) -> Contest:
    """A contest whose commission whoever asks keeps the minutes of, by the key of its call."""
    found = contests().filter(call__key=key).first()
    if found is None or not may_keep_minutes(request.user, found):
        raise Http404
    return found
