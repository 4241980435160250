"""One grant: how it stands, its plan, its files; who looks after it."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sinergia.base.files.http import respond_with
from sinergia.base.files.models import StoredFile
from sinergia.base.ui.acting import is_done
from sinergia.engine.project import Broken
from sinergia.grants import access
from sinergia.grants.actions import terms
from sinergia.grants.forms.signing import CuratorForm
from sinergia.grants.http import decided_grant, seen_grant
from sinergia.grants.models import Grant
from sinergia.grants.queries import grants as queries
from sinergia.grants.queries.agreement import account_of, seen_of
from sinergia.grants.queries.changes import open_change
from sinergia.grants.queries.closing import has_practice, is_reported, is_told_there
from sinergia.grants.queries.money import money_of, tranches_of
from sinergia.grants.words import explain
from sinergia.grants.words.grant import (
    KINDS,
    Step,
    conditions_said,
    next_step,
    tranches_said,
)
from sinergia.grants.words.steps import (
    step_of_change,
    step_to_close,
    step_to_close_there,
    step_when_closed,
    step_when_declined,
)
from sinergia.grants.words.tabs import crumbs_of, tabs_of
from sinergia.organisations.access import may_speak_for
from sinergia.organisations.http import acting_centre
from sinergia.organisations.queries.inside import names_by_key
from sinergia.organisations.queries.roles import staff_serving
from sinergia.organisations.queries.teams import staff_rows
from sinergia.people.http import SignedInRequest, for_signed_in
from sinergia.people.models import Person

FILES = ("condition", "made", "signed", "signature")


@require_GET
@for_signed_in
def grant(request: SignedInRequest, key: UUID) -> HttpResponse:
    """How it stands, what is next, what is missing before the signing."""
    found = seen_grant(request, key)
    rights = _rights(request, found)
    context = rights | frame(request, found, "grant") | _standing(found, rights)
    return render(request, "grants/grant.html", context)


@require_GET
@for_signed_in
def plan(request: SignedInRequest, key: UUID) -> HttpResponse:
    """The accepted document: events, lines with what the grant pays, its versions."""
    found = seen_grant(request, key)
    rows = list(queries.plans_of(found))
    wanted = request.GET.get("version", "")
    chosen = next((one for one in rows if str(one.version) == wanted), rows[0])
    try:
        told = queries.thawed_plan(chosen, found)
    except Broken:
        told = None
    context: dict[str, object] = {"plan": told, "chosen": chosen, "versions": rows}
    context |= {"articles": _articles(found)} | frame(request, found, "plan")
    return render(request, "grants/plan.html", context)


@require_GET
@for_signed_in
def file(request: SignedInRequest, key: UUID, row: UUID, which: str) -> HttpResponseBase:
    """A file of a condition or of a paper, for who sees the grant."""
    found = seen_grant(request, key)
    kept = _file(found, row, which) if which in FILES else None
    if kept is None:
        raise Http404
    return respond_with(kept, asked=request.headers)


@require_http_methods(["GET", "POST"])
@for_signed_in
def curator(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Who of the centre looks after it."""
    found = decided_grant(request, key)
    initial = {"curator": str(found.curator.key) if found.curator else ""}
    form = CuratorForm(_staff_of(found), request.POST or None, initial=initial)
    name = partial(terms.name_curator, found, actor=request.user, now=timezone.now())
    if is_done(form, lambda: name(form.chosen()), explain):
        messages.success(request, _("Saved."))
        return redirect("grants:grant", key)
    return form_page(request, found, form, (_("Curator"), _("Save")))


def form_page(
    request: SignedInRequest,
    found: Grant,
    form: Any,  # noqa: ANN401  # a form, rows of them, or none
    said: tuple[str, str],
    template: str = "grants/form.html",
    **more: object,
) -> HttpResponse:
    """The page of a form about a grant. said: its title, its button."""
    context = {"grant": found, "form": form, "heading": said[0], "button": said[1]} | more
    context["crumbs"] = crumbs_of(found, acting_centre(request), is_below=True)
    is_bound = form is not None and form.is_bound
    return render(request, template, context, status=422 if is_bound else 200)


def frame(request: SignedInRequest, found: Grant, here: str) -> dict[str, object]:
    """What all pages of a grant show around themselves."""
    return {
        "grant": found,
        "kind": KINDS[Grant.Stage(found.stage)],
        "tabs": tabs_of(found, here),
        "crumbs": crumbs_of(found, acting_centre(request)),
    }


def _rights(request: SignedInRequest, found: Grant) -> dict[str, bool]:
    """What whoever reads may do; each is asked once."""
    decides, keeps = access.may_decide(request.user, found), access.may_keep(request.user, found)
    enters = decides or access.enters_own(found, keeps=keeps)
    return {
        "decides": decides,
        "enters": enters,
        "declines": enters or may_speak_for(request.user, found.organisation),
        "keeps": keeps,
    }


def _standing(found: Grant, rights: Mapping[str, bool]) -> dict[str, object]:
    today, language = queries.today_of(found), get_language() or "ru"
    conditions = list(queries.conditions_of(found))
    is_open = found.stage == Grant.Stage.PREPARING
    met_by = {one.met_by for one in conditions if one.met_by is not None}
    names = names_by_key(list(met_by)) if met_by else {}
    papers = list(queries.papers_of(found))
    made = next((one for one in papers if one.kind == "agreement"), None)
    seen = seen_of(found, today=today) if is_open and conditions else {}
    rules = queries.grants_rules(found)
    tranches = tranches_said(tranches_of(found), rules, today)
    step = _later_step(found, rights) or next_step(
        found,
        conditions,
        tranches,
        today=today,
        may_enter=rights["enters"],
        has_agreement=made is not None and not queries.is_made_before(made),
    )
    return {
        "conditions": conditions_said(conditions, rules, seen, names, language),
        "tranches": tranches,
        "papers": papers,
        "is_agreement_old": is_open and queries.is_made_before(made),
        "step": step,
        "money": money_of(found),
        "account": account_of(found),
        "is_late": is_open and found.sign_by is not None and found.sign_by < today,
    }


def _later_step(found: Grant, rights: Mapping[str, bool]) -> Step | None:
    """What an open change, a final report, a closing ask for; before the rest."""
    keeps, decides = rights["keeps"], rights["decides"]
    if found.stage == Grant.Stage.CLOSED:
        return step_when_closed(found, keeps=keeps, has_practice=has_practice(found))
    if found.stage == Grant.Stage.DECLINED and rights["enters"]:
        return step_when_declined(found)
    if found.stage != Grant.Stage.UNDER_WAY:
        return None
    change = open_change(found)
    told = step_of_change(change, found, keeps=keeps, decides=decides) if change else None
    if told is not None:
        return told
    if is_reported(found):
        return step_to_close(found, decides=decides)
    is_over = found.ends_on < queries.today_of(found) and is_told_there(found)
    return step_to_close_there(found, decides=decides) if is_over else None


def _articles(found: Grant) -> dict[str, str]:
    rules, language = queries.contest_rules(found), get_language() or "ru"
    articles = rules.budget.articles if rules is not None else ()
    return {one.code: one.name.told(language) for one in articles}


def _file(found: Grant, row: UUID, which: str) -> StoredFile | None:
    if which == "condition":
        condition = queries.condition_keyed(found, row)
        return condition.file if condition is not None else None
    paper = queries.papers_of(found).filter(key=row).first()
    kept: StoredFile | None = getattr(paper, which) if paper is not None else None
    return kept


def _staff_of(found: Grant) -> list[Person]:
    if found.centre is None:
        return list(staff_serving(found.organisation))
    return [one.person for one in staff_rows(found.centre)]
