"""The operator's board: how the review goes, its term, reminders, further experts."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sinergia.base.asking import read_key
from sinergia.base.tables.cutting import cut
from sinergia.base.ui.acting import is_done
from sinergia.calls.http import in_zone_of
from sinergia.calls.models import Contest
from sinergia.engine.refusal import Refused
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.packs.rules.schema import Rules
from sinergia.review.actions import course as actions
from sinergia.review.forms.course import TermForm
from sinergia.review.http import hidden_here, run_contest, run_under_rules
from sinergia.review.queries import calling
from sinergia.review.queries.course import board_of, term_of
from sinergia.review.queries.reminding import reminding_of
from sinergia.review.words import course as words
from sinergia.review.words import explain


@require_GET
@for_staff
def board(request: StaffRequest, key: UUID) -> HttpResponse:
    """How the review of a contest goes."""
    contest, rules = run_under_rules(request, key)
    with in_zone_of(contest):
        return render(request, "review/course/board.html", _board(request, contest, rules))


@require_http_methods(["GET", "POST"])
@for_staff
def term(request: StaffRequest, key: UUID) -> HttpResponse:
    """By which day sheets are to be signed."""
    contest = run_contest(request, key)
    form = TermForm(request.POST or None, initial={"day": term_of(contest)})

    def act() -> None:
        day = form.cleaned_data["day"]
        actions.set_term(contest, day, actor=request.user, now=timezone.now())

    if is_done(form, act, explain):
        messages.success(request, _("Saved."))
        return redirect("course:board", key)
    status = 422 if form.is_bound else 200
    context = {"contest": contest, "form": form}
    return render(request, "review/course/term.html", context, status=status)


@require_http_methods(["GET", "POST"])
@for_staff
def remind(request: StaffRequest, key: UUID) -> HttpResponse:
    """A reminder to chosen experts: looked at, then sent, once a day at most."""
    contest, now = run_contest(request, key), timezone.now()
    asked = request.POST if request.method == "POST" else request.GET
    keys = [str(one) for one in map(read_key, asked.getlist("expert")) if one is not None]
    if request.method == "POST":
        told = len(actions.remind_experts(contest, keys, actor=request.user, now=now))
        said = ngettext("%(count)s expert reminded.", "%(count)s experts reminded.", told)
        messages.success(request, said % {"count": told})
        return redirect("course:board", key)
    found = reminding_of(contest, keys, now=now)
    context = {"contest": contest, "found": found, "term": term_of(contest)}
    return render(request, "review/course/remind.html", context)


@require_http_methods(["GET", "POST"])
@for_staff
def further(request: StaffRequest, key: UUID) -> HttpResponse:
    """Applications that need one more expert, with whom to call; accepted as they are chosen."""
    contest, rules = run_under_rules(request, key)
    if request.method == "POST":
        _call(request, contest, rules)
        return redirect("course:further", key)
    return render(request, "review/course/further.html", _further(request, contest, rules))


def _board(request: StaffRequest, contest: Contest, rules: Rules) -> dict[str, object]:
    hidden, who = hidden_here(request, contest), request.GET.get("who", "")
    told = board_of(contest, rules, hidden=hidden, now=timezone.now())
    number = calling.number_needing(contest, rules, hidden=hidden)
    rows = words.of_experts(told, who)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = cut(rows, lambda one: str(one.expert.key), after=after, before=before)
    return {
        "contest": contest,
        "board": told,
        "tabs": words.tabs_said(contest, "board"),
        "tiles": words.tiles_said(told, contest, number),
        "forecast": words.forecast_said(told),
        "flags": words.flags_said(told, contest),
        "tables": [
            (_("Sheets signed by day"), _("Day"), words.days_said(told, contest)),
            (_("Applications by signed sheets"), _("Sheets"), words.signed_said(told, contest)),
        ],
        "who": words.who_said(told, who),
        "experts": [(one, *words.state_said(one)) for one in page.rows],
        "page": page,
        "query": f"who={who}" if who in words.WHO else "",
    }


def _further(request: StaffRequest, contest: Contest, rules: Rules) -> dict[str, object]:
    language = get_language() or "ru"
    hidden = hidden_here(request, contest)
    needs = [one for one in calling.needs_of(contest, rules) if one.examination.pk not in hidden]
    proposal = calling.propose_further(contest, rules, needs, now=timezone.now())
    return {
        "contest": contest,
        "tabs": words.tabs_said(contest, "further"),
        "pairs": [
            (need, one, words.need_said(need, rules, language), words.late_said(one))
            for need, one in proposal.pairs
        ],
        "unread": [(need, words.need_said(need, rules, language)) for need in proposal.unread],
    }


def _call(request: StaffRequest, contest: Contest, rules: Rules) -> None:
    """Call the experts that were left chosen, and say how many were."""
    pairs = [pair for pair in map(_pair, request.POST.getlist("pair")) if pair is not None]
    try:
        made = actions.call_further(contest, rules, pairs, actor=request.user, now=timezone.now())
    except Refused as refusal:
        messages.error(request, explain(refusal.gaps[0]))
        return
    said = ngettext("%(count)s expert called.", "%(count)s experts called.", len(made))
    messages.success(request, said % {"count": len(made)})


def _pair(text: str) -> tuple[UUID, UUID] | None:
    """Keys of an application and of an expert, as the page names them together."""
    application, _colon, expert = text.partition(":")
    first, second = read_key(application), read_key(expert)
    return (first, second) if first is not None and second is not None else None
