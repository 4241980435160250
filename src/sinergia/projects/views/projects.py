"""One's projects: listed, begun, seen whole, kept, shared, put away."""

from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.tables.paging import Order, page_of
from sinergia.base.ui.acting import is_done
from sinergia.calls.models import Contest, ContestRules
from sinergia.calls.queries.contests import left_until
from sinergia.calls.queries.corrections import last_correction
from sinergia.engine.refusal import Refused
from sinergia.engine.text import fold
from sinergia.organisations.queries.roles import organisation_within, organisations_of
from sinergia.people.http import SignedInRequest, for_signed_in
from sinergia.projects.access import may_begin, may_share
from sinergia.projects.actions import starting
from sinergia.projects.forms.starting import AimForm, BeginForm
from sinergia.projects.http import project_of
from sinergia.projects.models import Project
from sinergia.projects.queries import projects as queries
from sinergia.projects.queries.adopting import taken_of
from sinergia.projects.queries.writing import Written, readiness_for, written
from sinergia.projects.words import explain
from sinergia.projects.words.adopting import origins_of
from sinergia.projects.words.correcting import Opened, opened_of
from sinergia.projects.words.form import Shown, blocks_of, sums_of
from sinergia.projects.words.outline import NOW, findings_of, outline_of

EARLIER = 50  # projects offered to be copied


@require_GET
@for_signed_in
def projects(request: SignedInRequest) -> HttpResponse:
    """Projects of one's organisations, and those shared with one's centre."""
    typed = request.GET.get("q", "").strip()
    rows = queries.projects_of(request.user).filter(title_folded__contains=fold(typed))
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    order = Order("changed_at", is_descending=True)
    context = {
        "page": page_of(rows, order=order, after=after, before=before),
        "typed": typed,
        "query": urlencode({"q": typed}) if typed else "",
        "may_begin": organisations_of(request.user).exists(),
        "put_away": queries.removed_projects_of(request.user).count(),
    }
    return render(request, "projects/projects.html", context)


@require_GET
@for_signed_in
def put_away(request: SignedInRequest) -> HttpResponse:
    """Projects that were put away, the latest first; each may be taken back."""
    rows, order = queries.removed_projects_of(request.user), Order("removed_at", is_descending=True)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = page_of(rows, order=order, after=after, before=before)
    return render(request, "projects/put_away.html", {"page": page})


@require_http_methods(["GET", "POST"])
@for_signed_in
def new(request: SignedInRequest) -> HttpResponse:
    """Begin a project: from nothing or from an earlier one, for a contest or for none yet."""
    form = _begin_form(request)
    if form is None:
        return render(request, "projects/nobody.html")
    made: list[Project] = []

    def begin() -> None:
        now, given = timezone.now(), form.given()
        made.append(starting.begin_project(form.whose(), given, actor=request.user, now=now))

    if is_done(form, begin, explain):
        return redirect("projects:project", made[0].key)
    status = 422 if form.is_bound else 200
    return render(request, "projects/new.html", {"form": form}, status=status)


@require_GET
@for_signed_in
def project(request: SignedInRequest, key: UUID) -> HttpResponse:
    """How far a project has come: its sections, what matters now, what is advised."""
    found, now, language = project_of(request, key), timezone.now(), get_language() or "ru"
    told = written(found)
    opened = opened_of(found, now)
    context = _state(told, language, now=now, opened=opened) | {
        "left": left_until(found.contest, now) if found.contest is not None else None,
        "corrected": _corrected(found),
        "aim": AimForm(_contests(request, found), initial=_aimed(found)),
        "may_share": may_share(request.user, found),
    }
    return render(request, "projects/project.html", context)


@require_GET
@for_signed_in
def whole(request: SignedInRequest, key: UUID) -> HttpResponse:
    """A project on one page, to be read and printed."""
    told, language = written(project_of(request, key)), get_language() or "ru"
    origins = origins_of(taken_of(told.project), told.values)
    shown = Shown(language, readiness_for(told, now=timezone.now()), origins=origins)
    sections = [
        (step, blocks_of(told, step.name, shown)) for step in outline_of(told, shown.readiness)
    ]
    context = {"project": told.project, "sections": sections}
    context["sums"] = sums_of(told, language)
    return render(request, "projects/whole.html", context)


@require_POST
@for_signed_in
def aim(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Write by the rules of another contest."""
    found, now = project_of(request, key), timezone.now()
    form = AimForm(_contests(request, found), request.POST)
    try:
        if form.is_valid():
            starting.aim_project(found, form.chosen(), actor=request.user, now=now)
            messages.success(request, _("The rules of the contest hold for this project now."))
    except Refused as refusal:
        messages.error(request, explain(refusal.gaps[0]))
    return redirect("projects:project", key)


@require_POST
@for_signed_in
def share(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Let the resource centre read and write, or no longer."""
    found, is_shared = project_of(request, key), request.POST.get("with") == "centre"
    starting.share_project(found, is_shared=is_shared, actor=request.user, now=timezone.now())
    said = _("The resource centre can read and write here now.")
    messages.success(request, said if is_shared else _("The resource centre reads here no more."))
    return redirect("projects:project", key)


@require_http_methods(["GET", "POST"])
@for_signed_in
def remove(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Put a project away, after asking once more."""
    found = project_of(request, key)
    if request.method == "GET":
        return render(request, "projects/remove.html", {"project": found})
    try:
        starting.remove_project(found, actor=request.user, now=timezone.now())
    except Refused as refusal:
        messages.error(request, explain(refusal.gaps[0]))
        return redirect("projects:project", key)
    messages.success(request, _("The project is put away. It can be taken back from the list."))
    return redirect("projects:projects")


@require_POST
@for_signed_in
def take_back(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Take a project back that was put away."""
    found = queries.removed_projects_of(request.user).filter(key=key).first()
    if found is None:
        raise Http404
    starting.take_back_project(found, actor=request.user, now=timezone.now())
    return redirect("projects:project", key)


def _begin_form(request: SignedInRequest) -> BeginForm | None:
    """The form with what this person may choose; none for who may begin nothing."""
    asked = request.GET.get("organisation", "")
    own = list(organisations_of(request.user)[:EARLIER])
    served = organisation_within(request.user, asked)
    is_own = served is None or served in own
    if served is not None and may_begin(request.user, served):
        own = [served]
    if not own:
        return None
    earlier = queries.projects_of(request.user).filter(organisation__in=own)
    return BeginForm(
        own,
        queries.contests_for(request.user, now=timezone.now()),
        earlier.order_by("-changed_at", "-pk")[:EARLIER],
        request.POST or None,
        initial={"contest": request.GET.get("contest", ""), "copy": request.GET.get("copy", "")},
        is_own=is_own,
    )


def _contests(request: SignedInRequest, found: Project) -> list[Contest]:
    """For which contests it may be written: what is open or announced, and the one it is for."""
    rows = list(queries.contests_for(request.user, now=timezone.now()))
    is_another = found.contest is not None and found.contest not in rows
    return [found.contest, *rows] if is_another and found.contest is not None else rows


def _aimed(found: Project) -> dict[str, str]:
    return {"contest": str(found.contest.call.key) if found.contest is not None else ""}


def _corrected(found: Project) -> ContestRules | None:
    """The latest correction of the rules since the project was begun."""
    if found.contest is None:
        return None
    return last_correction(found.contest, since=found.made_at)


def _state(
    told: Written, language: str, *, now: datetime, opened: Opened | None
) -> dict[str, object]:
    """How far a project has come, and what there is to mend."""
    readiness = readiness_for(told, now=now)
    blocking = findings_of(readiness.blocking, told, language)
    return {
        "project": told.project,
        "opened": opened,
        "outline": outline_of(told, readiness, closed=opened.closed if opened else ()),
        "first": blocking[:NOW],
        "rest": blocking[NOW:],
        "advice": findings_of(readiness.advice, told, language),
        "sums": sums_of(told, language)["whole"] if told.document.lines else None,
    }
