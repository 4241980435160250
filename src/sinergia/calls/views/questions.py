"""Questions about a contest: asked by anybody who is signed in, answered by its centre."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sinergia.base.tables.paging import Order, page_of
from sinergia.base.ui.acting import is_done
from sinergia.calls.actions import questions as actions
from sinergia.calls.forms.questions import AnswerForm, AskForm, HideForm, answer_initial
from sinergia.calls.http import in_zone_of, our_contest
from sinergia.calls.models import Contest, ContestQuestion
from sinergia.calls.queries.contests import public_contests
from sinergia.calls.queries.questions import PARTS, asked_in
from sinergia.calls.words import explain
from sinergia.calls.words.questions import part_tabs
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.people.http import SignedInRequest, for_signed_in

FORMER_SHOWN = 20  # earlier texts of one answer


@require_http_methods(["GET", "POST"])
@for_signed_in
def ask(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Ask about a contest; the form stands on its page, too."""
    contest = get_object_or_404(public_contests(), call__key=key)
    form = AskForm(request.POST or None)

    def send() -> None:
        text, now = form.cleaned_data["question"], timezone.now()
        actions.ask_question(contest, text, actor=request.user, now=now)

    if is_done(form, send, explain):
        messages.success(request, _("Asked. You will be told when there is an answer."))
        return redirect(reverse("calls:contest", args=[key]) + "#questions-title")
    context = {"contest": contest, "form": form}
    return render(request, "calls/ask.html", context, status=422 if form.is_bound else 200)


@require_GET
@for_staff
def asked(request: StaffRequest, key: UUID) -> HttpResponse:
    """What is asked about a contest: what has no answer first, the oldest above."""
    contest, chosen = our_contest(request, key), request.GET.get("of", "waiting")
    part = chosen if chosen in PARTS else "waiting"
    order = Order("asked_at", is_descending=part != "waiting")
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = page_of(asked_in(contest, part), order=order, after=after, before=before)
    context = {"contest": contest, "page": page, "tabs": part_tabs(contest, part)}
    with in_zone_of(contest):
        return render(request, "calls/asked.html", context | {"query": f"of={part}"})


@require_http_methods(["GET", "POST"])
@for_staff
def answer(request: StaffRequest, key: UUID, question: UUID) -> HttpResponse:
    """Answer a question for everybody, or correct the answer."""
    contest = our_contest(request, key)
    found = _question(contest, question)
    form = AnswerForm(request.POST or None, initial=answer_initial(found))

    def publish() -> None:
        given, now = form.given(), timezone.now()
        actions.answer_question(found, given, actor=request.user, now=now)

    return _decided(request, found, form, publish, "calls/answer.html")


@require_http_methods(["GET", "POST"])
@for_staff
def hide(request: StaffRequest, key: UUID, question: UUID) -> HttpResponse:
    """Keep a question from the page of its contest, with a reason for whoever asked."""
    contest = our_contest(request, key)
    found = _question(contest, question)
    initial = {"reason": found.hidden_reason, "seen": found.version}
    form = HideForm(request.POST or None, initial=initial)

    def put_away() -> None:
        told, now = form.cleaned_data, timezone.now()
        reason, seen = told["reason"], told["seen"]
        actions.hide_question(found, reason, seen=seen, actor=request.user, now=now)

    return _decided(request, found, form, put_away, "calls/hide.html")


def _decided(
    request: StaffRequest,
    question: ContestQuestion,
    form: AnswerForm | HideForm,
    act: Callable[[], None],
    template: str,
) -> HttpResponse:
    """Act, and go back to what waits; or show the form with what is against it."""
    contest = question.contest
    if is_done(form, act, explain):
        messages.success(request, _("Done. Whoever asked is told."))
        return redirect("calls:asked", contest.call.key)
    if form.is_bound:  # what stands now is on the page: pressed once more, one knows it
        typed = request.POST.copy()
        typed["seen"] = str(question.version)
        form.data = typed
    former = list(question.former.order_by("-pk")[:FORMER_SHOWN])
    context = {"contest": contest, "question": question, "form": form, "former": former}
    with in_zone_of(contest):
        return render(request, template, context, status=422 if form.is_bound else 200)


def _question(contest: Contest, key: UUID) -> ContestQuestion:
    found = contest.questions.select_related("asked_by", "contest__call").filter(key=key).first()
    if found is None:
        raise Http404
    return found
