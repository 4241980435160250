"""A section of a project: written whole by its button, or field by field as one types."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sinergia.base.drafts.actions import parse_move
from sinergia.base.drafts.http import OPENED, Sent, Writing, told_at, versions_of
from sinergia.base.drafts.words import clock
from sinergia.engine.drafts import Path
from sinergia.engine.project import PROJECT, questions_put
from sinergia.packs.rules.fields import ANSWERS, SECTIONS
from sinergia.people.http import SignedInRequest, for_signed_in, for_writers
from sinergia.people.words import theirs_of
from sinergia.projects.actions.history import take_out_row
from sinergia.projects.actions.rows import move_row
from sinergia.projects.actions.saving import save_fields
from sinergia.projects.http import project_of
from sinergia.projects.models import Project
from sinergia.projects.queries.adopting import taken_of
from sinergia.projects.queries.writing import Written, readiness_for, written
from sinergia.projects.words import explain
from sinergia.projects.words.adopting import origins_of
from sinergia.projects.words.correcting import opened_of
from sinergia.projects.words.form import Shown, blocks_of, sums_of, wrong_said
from sinergia.projects.words.outline import is_asked, outline_of
from sinergia.projects.words.registered import registered_said


@require_http_methods(["GET", "POST"])
@for_writers
def section(request: SignedInRequest, key: UUID, name: str) -> HttpResponse:
    """The fields of a section; without a script they are saved by its button, all at once."""
    project = project_of(request, key)
    if name not in SECTIONS:
        raise Http404
    if request.method == "POST":
        return _sent(request, project, name)
    told = written(project)
    if not is_asked(name, told.rules):
        return redirect("projects:project", key)  # by the rules of another contest it was
    return _page(request, told, name, more=request.GET.get("add", ""))


@require_POST
@for_signed_in
def save(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Save one text; answer by its new version, or by what somebody else saved meanwhile."""
    return _writing(request, project_of(request, key)).saved(request.POST)


@require_POST
@for_signed_in
def take_out(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Take a row out; what stood in it is kept in the history."""
    return _writing(request, project_of(request, key)).taken_out(request.POST)


@require_POST
@for_signed_in
def move(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Put a row one place up or down; answer by the order in which they stand then."""
    return _writing(request, project_of(request, key)).moved(request.POST)


def _writing(request: SignedInRequest, project: Project) -> Writing:
    who, now = request.user, timezone.now()
    return Writing(
        PROJECT,
        save=partial(save_fields, project, actor=who, now=now),
        take_out=partial(take_out_row, project, actor=who, now=now),
        move=partial(move_row, project, actor=who, now=now),
        explain=explain,
        theirs=theirs_of,
        told=partial(_told, project),
    )


def _told(project: Project, path: Path) -> dict[str, object]:
    """What the page shows after a change there: when, what is wrong, what the budget comes to.

    saves: how many it counts; of two answers on their way at once it tells the later.
    """
    told, language = written(project), get_language() or "ru"
    saves = sum(field.version for field in told.fields.values())
    answer = told_at(path) | {"wrong": wrong_said(told, path, language), "saves": saves}
    if path.field == "lines":
        answer["sums"] = sums_of(told, language)
    return answer


def _sent(request: SignedInRequest, project: Project, name: str) -> HttpResponse:
    """What becomes of a section that was sent whole."""
    before = _put(project, name)
    sent = _writing(request, project).sent(request.POST)
    if not sent.is_saved:
        return _page(request, written(project), name, sent)
    return _go_on(request, project, name, is_more_asked=not _put(project, name) <= before)


def _put(project: Project, name: str) -> set[str]:
    """Codes of the questions that are put on this page."""
    if ANSWERS not in SECTIONS[name]:
        return set()
    told = written(project)
    return {one.code for one in questions_put(told.rules.questions, told.document.texts)}


def _go_on(
    request: SignedInRequest, project: Project, name: str, *, is_more_asked: bool
) -> HttpResponse:
    """After a whole section is saved: the same page, where it has more to fill in, or the next."""
    here = reverse("projects:section", args=[project.key, name])
    if "remove" in request.POST:
        messages.success(request, _("The row is taken out. The history keeps what stood in it."))
        return redirect(here)
    if asked := parse_move(PROJECT, request.POST.get("move", "")):
        return redirect(f"{here}#r-{asked[0].field}-{asked[0].row}")
    messages.success(request, _("Saved at %(time)s.") % {"time": clock(timezone.now())})
    more = request.POST.get("add", "")
    if more in SECTIONS[name]:
        return redirect(f"{here}?add={more}#b-{more}")
    if is_more_asked:
        return redirect(here)
    return redirect("projects:project", project.key)


def _registered(project: Project, now: datetime) -> list[tuple[str, str]]:
    return registered_said(project.organisation, today=timezone.localdate(now))


def _page(
    request: SignedInRequest,
    told: Written,
    name: str,
    sent: Sent = OPENED,
    more: str = "",
) -> HttpResponse:
    project, language, now = told.project, get_language() or "ru", timezone.now()
    readiness, opened = readiness_for(told, now=now, is_whole=False), opened_of(project, now)
    origins = origins_of(taken_of(project), told.values)
    shown = Shown(language, readiness, sent.kept, sent.theirs, more, is_form=True, origins=origins)
    context = {
        "project": project,
        "name": name,
        "opened": opened,
        "outline": outline_of(told, readiness, here=name, closed=opened.closed if opened else ()),
        "blocks": blocks_of(told, name, shown),
        "sums": sums_of(told, language)["whole"] if name == "budget" else None,
        "versions": versions_of(told.fields, sent.seen),
        "refused": sent.said,
        "conflicts": len(shown.theirs),
        "is_taken": bool(origins),
        "registered": _registered(project, now) if name == "organisation" else (),
    }
    return render(request, "projects/section.html", context, status=sent.status)
