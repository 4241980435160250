"""Public pages of contests that are held here."""

from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from sinergia.base.tables.paging import Count, Order, count_up_to, page_of
from sinergia.base.tables.sent import file_response
from sinergia.calls.forms.contests import EligibilityForm
from sinergia.calls.forms.questions import AskForm
from sinergia.calls.http import clock_of, in_zone_of
from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import (
    begins_in,
    left_until,
    may_write_for,
    public_calls,
    public_contests,
    rules_of,
)
from sinergia.calls.queries.eligibility import eligibility_of
from sinergia.calls.queries.questions import answered, may_ask_now, own_questions
from sinergia.calls.words.calendar import calendar_of
from sinergia.calls.words.contests import found_said, outlined, tabs_said
from sinergia.people.http import for_everyone

ANSWERS, LONGEST_SEARCH = 10, 200  # on a page; characters
TABS = {
    "open": Contest.Stage.OPEN,
    "announced": Contest.Stage.ANNOUNCED,
    "ended": Contest.Stage.CLOSED,
}

ORDERS = {  # what ends or begins first goes first; of what has ended the latest year
    "open": Order("contest__closes_at"),
    "announced": Order("contest__opens_at"),
}


@require_safe
@for_everyone
def contests(request: HttpRequest) -> HttpResponse:
    """Contests that are open, announced, ended; open ones first."""
    chosen = request.GET.get("of", "open")
    tab = chosen if chosen in TABS else "open"
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    order = ORDERS.get(tab, Order("contest_year", is_descending=True))
    rows = public_calls(TABS[tab], now=timezone.now())
    page = page_of(rows, order=order, after=after, before=before)
    context = {"page": page, "tabs": tabs_said(tab), "query": f"of={tab}"}
    return render(request, "calls/contests.html", context)


@require_safe
@for_everyone
def contest(request: HttpRequest, key: UUID) -> HttpResponse:
    """A contest: what it is for, when, by which rules; whether one may apply."""
    found = _found(key)
    form = EligibilityForm(request.GET if "number" in request.GET else None)
    number = form.cleaned_data["number"] if form.is_valid() else ""
    now = timezone.now()
    context = _by_rules(found, number) | _asked(request, found, now=now)
    context |= _moments(request, found, now=now) | {
        "contest": found,
        "versions": list(found.rules.exclude(frozen_at=None).order_by("-version")),
        "extensions": list(found.extensions.order_by("pk")),
        "form": form,
    }
    with in_zone_of(found):
        return render(request, "calls/contest.html", context)


@require_safe
@for_everyone
def calendar(request: HttpRequest, key: UUID) -> HttpResponse:
    """The contest's moments for a calendar."""
    found = _found(key)
    address = request.build_absolute_uri(f"/calls/{key}/")
    return file_response(calendar_of(found, address), "contest.ics")


def _by_rules(contest: Contest, number: str) -> dict[str, object]:
    """The rules in words, and what they say of an organisation by its number."""
    kept, language = rules_of(contest), get_language() or "ru"
    if kept is None:
        return {}
    told = eligibility_of(number, contest, kept.rules) if number else None
    answer = found_said(told, kept.rules, language) if told is not None else None
    return {"outline": outlined(kept.rules, language), "answer": answer}


def _moments(request: HttpRequest, contest: Contest, *, now: datetime) -> dict[str, object]:
    """How long there is still, and by whose clock moments are told."""
    return {
        "now": now,
        "left": left_until(contest, now),
        "begins": begins_in(contest, now),
        "may_write": may_write_for(contest, now),
        "clock": clock_of(request, contest),
    }


def _asked(request: HttpRequest, contest: Contest, *, now: datetime) -> dict[str, object]:
    """What was answered, and what whoever reads has asked and waits for."""
    typed = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    rows, person = answered(contest, typed), request.user
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    order = Order("changed_at", is_descending=True)  # a corrected answer comes up again
    page = page_of(rows, order=order, after=after, before=before, size=ANSWERS)
    is_whole = not (page.next_key or page.previous_key)
    return {
        "answers": page,
        "total": Count(len(page.rows), is_capped=False) if is_whole else count_up_to(rows),
        "typed": typed,
        "query": urlencode({"q": typed}) if typed else "",
        "takes_questions": may_ask_now(contest, now),
        "ask": AskForm() if person.is_authenticated else None,
        "own": list(own_questions(person, contest)) if person.is_authenticated else [],
    }


def _found(key: UUID) -> Contest:
    found = public_contests().filter(call__key=key).first()
    if found is None:
        raise Http404
    return found
