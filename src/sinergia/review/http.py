"""What pages of review have in common."""

from uuid import UUID

from django.db.models import Exists
from django.http import Http404

from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import contests, contests_of, rules_of
from sinergia.organisations.http import StaffRequest
from sinergia.packs.rules.schema import Rules
from sinergia.people.http import SignedInRequest
from sinergia.review.access import may_keep_minutes, run_by
from sinergia.review.models import Expert, Sheet
from sinergia.review.queries.commission import ever_seated, hidden_examinations
from sinergia.review.queries.decision import written_awards
from sinergia.review.queries.experts import experts_by
from sinergia.review.queries.sheets import sheets_read_by


def run_contest(request: StaffRequest, key: UUID) -> Contest:
    """A contest whose review whoever asks runs; hidden and missing look alike.

    With `is_decided`: whether awards are written, after which its pages offer no act on sheets;
    and `has_seat`: whether whoever asks was or is in its commission, too.
    """
    rows = contests_of(request.centre).filter(run_by(request.user), call__key=key)
    seats = Exists(ever_seated(request.user))
    held = rows.annotate(is_decided=Exists(written_awards()), has_seat=seats).first()
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
    if not getattr(contest, "has_seat", True):
        return set()
    rows = hidden_examinations(request.user, contest).order_by()
    return set(rows.values_list("pk", flat=True))


def minuted_contest(request: SignedInRequest, key: UUID) -> Contest:
    """A contest whose commission whoever asks keeps the minutes of, by the key of its call."""
    found = contests().filter(call__key=key).first()
    if found is None or not may_keep_minutes(request.user, found):
        raise Http404
    return found
