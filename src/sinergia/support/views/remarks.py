"""Remarks beside a project: all of them, those of a section, one thread, a new one."""

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.drafts.words import Block, Step
from sinergia.base.tables.paging import Order, count_up_to, page_of
from sinergia.base.ui.acting import is_done
from sinergia.packs.rules.fields import SECTIONS
from sinergia.people.http import SignedInRequest, for_signed_in, is_fragment
from sinergia.projects.http import project_of
from sinergia.projects.models import Project
from sinergia.projects.queries.writing import Written, readiness_for, written
from sinergia.projects.words.form import Shown, blocks_of
from sinergia.projects.words.outline import is_asked, outline_of
from sinergia.support.actions import remarks as actions
from sinergia.support.forms.remarks import AnswerForm, RemarkForm
from sinergia.support.models import Thread
from sinergia.support.queries import remarks as queries
from sinergia.support.queries.remarks import ThreadFilter
from sinergia.support.words import explain
from sinergia.support.words.remarks import STATES, ThreadShown, places_of, shown_at, shown_in_list

NEWEST = Order("id", is_descending=True)


@require_GET
@for_signed_in
def waiting(request: SignedInRequest) -> HttpResponse:
    """Threads of every project that one may read; first those that wait for one's answer."""
    asked = ThreadFilter.from_query({"state": request.GET.get("state", "waiting")})
    rows = queries.asked_for(queries.threads_for(request.user), asked, request.user)
    context = _listed(request, rows, asked, reverse("remarks:waiting"))
    context["total"] = count_up_to(rows)
    context["threads"] = shown_in_list(context["page"].rows, request.user)
    return render(request, "support/waiting.html", context)


@require_GET
@for_signed_in
def remarks(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Every thread of a project, the latest first."""
    project = project_of(request, key)
    asked, told = ThreadFilter.from_query(request.GET.dict()), written(project)
    rows = queries.asked_for(queries.threads_of(project), asked, request.user)
    context = _listed(request, rows, asked, reverse("remarks:remarks", args=[key]))
    context |= {"project": project, "sections": _outline(told)}
    context["threads"] = shown_at(context["page"].rows, told, request.user)
    return render(request, "support/remarks.html", context)


@require_GET
@for_signed_in
def section(request: SignedInRequest, key: UUID, name: str) -> HttpResponse:
    """A section as it is read, its remarks beside each field; for the form those alone."""
    project = project_of(request, key)
    told = written(project)
    if name not in SECTIONS or not is_asked(name, told.rules):
        raise Http404
    rows = queries.asked_for(queries.threads_of(project), ThreadFilter("open", name), request.user)
    threads = shown_at(list(rows), told, request.user)
    context = {"project": project, "name": name, "threads": threads}
    if is_fragment(request):
        return render(request, "support/_beside.html", context)
    context |= {"blocks": _beside(told, name, threads), "outline": _outline(told, here=name)}
    return render(request, "support/section.html", context)


@require_http_methods(["GET", "POST"])
@for_signed_in
def new(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Say something about a field, or about some words of it."""
    project = project_of(request, key)
    told, asked = written(project), request.GET.get("path", "")
    given = {"path": asked, "quote": request.GET.get("quote", "")[: actions.QUOTED]}
    form = RemarkForm(places_of(told, asked), request.POST or None, initial=given)

    def begin() -> None:
        now = timezone.now()
        actions.begin_thread(project, form.given(), actor=request.user, now=now)

    if is_done(form, begin, explain):
        messages.success(request, _("The remark is written."))
        return redirect("remarks:remarks", key)
    text = queries.text_at(told.fields.values(), asked)
    context = {"project": project, "form": form, "text": text}
    return render(request, "support/remark.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@for_signed_in
def thread(request: SignedInRequest, key: UUID) -> HttpResponse:
    """One thread; what is sent is an answer, and with the second button it is resolved, too."""
    found, form = _thread(request, key), AnswerForm(request.POST or None)
    act = partial(_answer, request, found, form)
    if is_done(form, act, explain):
        return _back(found.project, found)
    (shown,) = shown_at([found], written(found.project), request.user)
    context = {"project": found.project, "shown": shown, "form": form}
    return render(request, "support/thread.html", context, status=422 if form.is_bound else 200)


@require_POST
@for_signed_in
def resolve(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Nothing is left to be done about it."""
    found = _thread(request, key)
    actions.resolve_thread(found, actor=request.user, now=timezone.now())
    messages.success(request, _("The remark is resolved."))
    return _back(found.project, found)


@require_POST
@for_signed_in
def reopen(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Take it up again."""
    found = _thread(request, key)
    actions.reopen_thread(found, actor=request.user, now=timezone.now())
    return _back(found.project, found)


@require_POST
@for_signed_in
def take_back(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Take one's own words back."""
    remark = queries.remark_for(request.user, key)
    if remark is None:
        raise Http404
    actions.take_back_remark(remark, actor=request.user, now=timezone.now())
    return redirect("remarks:thread", remark.thread.key)


def _answer(request: SignedInRequest, found: Thread, form: AnswerForm) -> None:
    now = timezone.now()
    actions.answer_thread(found, form.cleaned_data["text"], actor=request.user, now=now)
    if "resolve" in request.POST:
        actions.resolve_thread(found, actor=request.user, now=now)


def _thread(request: SignedInRequest, key: UUID) -> Thread:
    """Hidden and missing look alike."""
    found = queries.threads_for(request.user).filter(key=key).first()
    if found is None:
        raise Http404
    return found


def _back(project: Project, found: Thread) -> HttpResponse:
    return redirect(reverse("remarks:remarks", args=[project.key]) + f"?state=all#t-{found.key}")


def _listed(
    request: SignedInRequest, rows: QuerySet[Thread], asked: ThreadFilter, url: str
) -> dict[str, Any]:
    """A page of threads, and the ways to those in other states."""
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    return {
        "page": page_of(rows, order=NEWEST, after=after, before=before),
        "tabs": _tabs(url, asked),
        "query": asked.to_query(),
        "asked": asked,
    }


def _outline(told: Written, *, here: str = "") -> list[Step]:
    return outline_of(told, readiness_for(told, now=timezone.now()), here=here)


def _beside(
    told: Written, name: str, threads: Sequence[ThreadShown]
) -> list[tuple[Block, list[ThreadShown]]]:
    """Each field of a section with its threads."""
    shown = Shown(get_language() or "ru", readiness_for(told, now=timezone.now()))
    return [
        (block, [one for one in threads if block.name in (one.name, one.thread.path)])
        for block in blocks_of(told, name, shown)
    ]


def _tabs(url: str, asked: ThreadFilter) -> list[tuple[str, str, bool]]:
    """The ways to threads by their state: label, address, whether it is here."""
    here = asked.state or "open"
    return [
        (str(label), f"{url}?{ThreadFilter(state, asked.section).to_query()}", state == here)
        for state, label in STATES.items()
    ]
