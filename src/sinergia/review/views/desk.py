"""The desk of an expert: what they have to read, how far they are, how long it is still."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods

from sinergia.base.tables.paging import Order, page_of
from sinergia.base.ui.acting import is_done
from sinergia.calls.http import in_zone_of
from sinergia.calls.queries.contests import day_of
from sinergia.people.http import SignedInRequest, for_signed_in
from sinergia.review.access import has_signed
from sinergia.review.actions.statements import confirm_no_conflict
from sinergia.review.forms.statements import TiesForm
from sinergia.review.http import own_expert
from sinergia.review.models import Expert, Sheet
from sinergia.review.queries.course import term_of
from sinergia.review.queries.decision import is_decided
from sinergia.review.queries.reading import next_of, queue_of, rules_for, stages_of
from sinergia.review.queries.statements import unconfirmed
from sinergia.review.words import explain
from sinergia.review.words.desk import named_said, queue_said, tabs_said
from sinergia.review.words.sheets import left_until_results


@require_GET
@for_signed_in
def desk(request: SignedInRequest, key: UUID) -> HttpResponse:
    """The queue of one expert in one contest."""
    expert = own_expert(request, key)
    context = {
        "expert": expert,
        "contest": expert.contest,
        "left": left_until_results(expert.contest, now=timezone.now()),
        "term": term_of(expert.contest),
        "today": day_of(timezone.now(), expert.contest),
    }
    with in_zone_of(expert.contest):
        return render(request, "review/sheets/desk.html", context | _queue(request, expert))


@require_http_methods(["GET", "POST"])
@for_signed_in
def confirm(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Say of what was given after the signature to what one is tied; the rest may be read."""
    expert, language = own_expert(request, key), get_language() or "ru"
    given = list(unconfirmed(expert)) if has_signed(expert) else []
    named = named_said(given, rules_for(given), language, is_signed=True)
    form = TiesForm(named, request.POST if request.method == "POST" else None)
    act = partial(confirm_no_conflict, expert, actor=request.user, now=timezone.now())
    if not named or is_done(form, lambda: act(form.seen(), ties=form.ties()), explain):
        return redirect("review:desk", key)
    status = 422 if form.is_bound else 200
    context = {"expert": expert, "contest": expert.contest, "form": form}
    return render(request, "review/sheets/confirm.html", context, status=status)


def _queue(request: SignedInRequest, expert: Expert) -> dict[str, object]:
    """The rows that are asked for, how many there are in each stage, the next to begin with."""
    person, asked = request.user, request.GET.get("stage", "")
    stage = asked if asked in Sheet.Stage.values else ""
    stages, rows = stages_of(expert, person), queue_of(expert, person)
    rows = rows.filter(stage=stage) if stage else rows
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = page_of(rows, order=Order("id"), after=after, before=before)
    is_ready = bool(stages) or has_signed(expert)
    return {
        "page": page,
        "rows": queue_said(page.rows, rules_for(page.rows), get_language() or "ru"),
        "tabs": tabs_said(stages, stage, reverse("review:desk", args=[expert.key])),
        "stage": stage,
        "all": sum(stages.values()),
        "signed": stages.get(Sheet.Stage.SIGNED, 0),
        "next": next_of(expert, person) if stages.get(Sheet.Stage.GIVEN) else None,
        "is_decided": is_decided(expert.contest),
        "is_ready": is_ready,
        "unconfirmed": unconfirmed(expert).count() if is_ready else 0,
        "query": f"stage={stage}" if stage else "",
    }
