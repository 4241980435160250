"""Projects for everybody: their list, one page through its whole life, nameless rows, joining."""

from functools import partial
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_http_methods, require_safe

from sinergia.base.files.http import respond_with
from sinergia.base.tables.paging import Order, count_up_to, page_of
from sinergia.base.tables.sent import TABLES, file_response, table_response
from sinergia.base.ui.acting import form_page, is_done
from sinergia.engine.joining import OF_AGE, Asking, joining_gaps
from sinergia.grants.access import may_keep, may_look
from sinergia.grants.actions.joining import join
from sinergia.grants.forms.joining import JoinForm, RegionForm, TogetherForm
from sinergia.grants.models import Grant, Role
from sinergia.grants.papers import joining as papers
from sinergia.grants.papers.card import share_card
from sinergia.grants.queries import together as queries
from sinergia.grants.queries.grants import grant_keyed
from sinergia.grants.queries.joiners import consent_text, people_in
from sinergia.grants.queries.together import TogetherFilter
from sinergia.grants.views.together.reaching import open_project, text_agreed_to
from sinergia.grants.words import explain
from sinergia.grants.words import together as words
from sinergia.people.http import for_everyone, reader_of
from sinergia.people.models import Person
from sinergia.places.queries import municipalities_in
from sinergia.support.queries.consent_texts import ConsentText

PAGE_SECONDS = 60  # a page that was closed may be seen so much longer in somebody's browser
PICTURE_SECONDS = 300
SHOWN = 20  # entries of the diary on one page
ENDS = {"": Order("ends_on"), "live": Order("ends_on")}
LATEST = Order("ends_on", is_descending=True)


@require_safe
@for_everyone
def projects(request: HttpRequest) -> HttpResponse:
    """Projects in which one can join, what ends first before; or others that are asked for."""
    asked = TogetherFilter.from_query(request.GET.dict())
    rows = queries.asked_projects(queries.public_projects(), asked, today=timezone.localdate())
    page = page_of(
        queries.with_joined(rows),
        order=ENDS.get(asked.part, LATEST),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {
        "page": page,
        "rows": [(one, _phase(one)) for one in page.rows],
        "total": count_up_to(rows),
        "asked": asked,
        "form": TogetherForm(asked, list(queries.regions_with_projects())),
    }
    return render(request, "together/list.html", context)


@require_safe
@for_everyone
def project(request: HttpRequest, key: UUID) -> HttpResponse:
    """A project as everybody sees it, from the announcement to its results."""
    grant, shown = open_project(key)
    reader = reader_of(request)
    context = _shown(grant, shown) | {
        "page": page_of(
            queries.shown_diary(grant),
            order=Order("on", is_descending=True),
            after=request.GET.get("after", ""),
            before=request.GET.get("before", ""),
            size=SHOWN,
        ),
        "is_ours": reader is not None and may_keep(reader, grant),
        "card_url": f"{words.project_link(grant)}card.png",
        "url": words.project_link(grant),
    }
    return _polite(request, render(request, "together/project.html", context))


@require_safe
@for_everyone
def card(request: HttpRequest, key: UUID) -> HttpResponse:
    """The picture that a network shows beside a link to it."""
    grant, shown = open_project(key)
    told = [(one.value, one.label) for one in words.figures_said(shown)]
    name = grant.organisation.short_name or grant.organisation.name
    site = settings.SITE_URL.partition("://")[2]
    state = words.phase_said(shown.phase)
    title, says = grant.application.title, grant.page.promise
    content = share_card(title, name, says, state, told, site=site)
    response = file_response(content, "card.png", is_inline=True)
    response.headers["Cache-Control"] = f"public, max-age={PICTURE_SECONDS}"
    return response


@require_safe
@for_everyone
@xframe_options_exempt
def embed(request: HttpRequest, key: UUID) -> HttpResponse:
    """A small page for a frame: of the organisation's own site alone."""
    grant, shown = open_project(key)
    host = grant.page.embed_host
    if not host:
        raise Http404
    context = _shown(grant, shown) | {"url": words.project_link(grant)}
    response = render(request, "together/embed.html", context)
    response._csp_replace = {"frame-ancestors": [host]}  # type: ignore[attr-defined]  # noqa: SLF001  # django-csp's own way
    return _polite(request, response)


@require_safe
@for_everyone
def picture(request: HttpRequest, key: UUID, row: UUID) -> HttpResponseBase:
    """A picture of the diary: for everybody once it is open, before for whom it waits."""
    reader, grant = reader_of(request), queries.public_project(key)
    found = queries.picture_in(grant, row) if grant is not None else None
    if found is None or not queries.is_shown(found):
        inside = grant_keyed(reader, key) if reader is not None else None
        found = queries.picture_in(inside, row) if inside is not None else None
        if (
            found is None
            or reader is None
            or not (queries.is_shown(found) or may_look(reader, found))
        ):
            raise Http404
    is_small = "small" in request.GET
    given = respond_with(found.file, is_inline=True, is_small=is_small, asked=request.headers)
    given["Cache-Control"] = f"private, max-age={PAGE_SECONDS}"
    return given


@require_http_methods(["GET", "POST"])
@for_everyone
def join_role(request: HttpRequest, key: UUID, row: UUID) -> HttpResponse:
    """Join in a role; whoever is signed in need not type a name.

    The answer is the same whether the address is there already: only its mailbox is told.
    """
    grant, shown = open_project(key)
    role = next((one for one in shown.roles if one.row.key == row and one.is_open), None)
    if role is None:
        return redirect("together:project", key)
    text, person = text_agreed_to(), reader_of(request)
    form = _form(request, grant, text)
    save = partial(_save, role.row, form, person)
    if is_done(form, save, explain):
        return redirect("together:thanks", key)
    _tell_rest(form, role.row)
    context = {"grant": grant, "role": role, "text": text}
    context |= {"places": words.places_said(role.left), "when": _when(role.row)}
    return form_page(request, "together/join.html", form, **context)


@require_safe
@for_everyone
def thanks(request: HttpRequest, key: UUID) -> HttpResponse:
    """A letter is on its way: it says what comes next."""
    grant, _shown_project = open_project(key)
    return render(request, "together/thanks.html", {"grant": grant})


@require_safe
@for_everyone
def consent(request: HttpRequest, version: str) -> HttpResponse:
    """What one agrees to, in one version."""
    number = int(version) if version.isascii() and version.isdecimal() else -1
    found = consent_text(get_language() or "ru", on=timezone.localdate(), version=number)
    if found is None:
        raise Http404
    return render(request, "together/consent.html", {"text": found})


@require_safe
@for_everyone
def joined(request: HttpRequest) -> HttpResponse:
    """Who joined, row by row and without a name: what the region's figure counts."""
    region = request.GET.get("region", "")[:20]
    rows = queries.joined_rows(region)
    page = page_of(
        rows,
        order=Order("queued_at", is_descending=True),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {
        "page": page,
        "rows": [(one, papers.month_of(one)) for one in page.rows],
        "total": count_up_to(rows),
        "people": people_in(rows),
        "form": RegionForm(region, list(queries.regions_with_projects())),
        "region": region,
        "query": f"region={region}" if region else "",
    }
    return render(request, "together/joined.html", context)


@require_safe
@for_everyone
def export_joined(request: HttpRequest, form: str) -> HttpResponse:
    """The same rows as a file."""
    if form not in TABLES:
        raise Http404
    rows = queries.joined_rows(request.GET.get("region", "")[:20]).order_by("queued_at", "pk")
    head, lines = papers.nameless_head(), list(papers.nameless_lines(rows.iterator()))
    return table_response(f"joined.{form}", head, lines, sheet=_("Who joined"))


def _save(role: Role, form: JoinForm, person: Person | None) -> None:
    asked, language = form.asked(), get_language() or "ru"
    is_own = person is not None and person.email.casefold() == asked.email
    join(role, asked, language=language, person=person if is_own else None, now=timezone.now())


def _tell_rest(form: JoinForm, role: Role) -> None:
    """Beside what was mistyped say at once what the rules have against the rest."""
    if not form.errors:
        return
    told = form.cleaned_data
    asking = Asking(
        told.get("age") or max(OF_AGE, role.least_age),  # mistyped: nothing depends on it yet
        told.get("email", ""), told.get("parent_name", ""), told.get("parent_email", ""),
        agrees=told.get("agrees", False),
    )  # fmt: skip
    for gap in joining_gaps(asking, least_age=role.least_age):
        if gap.path not in form.errors:
            form.add_error(gap.path, explain(gap))


def _shown(grant: Grant, shown: queries.ShownProject) -> dict[str, object]:
    return {
        "grant": grant,
        "shown": shown,
        "phase": words.phase_said(shown.phase),
        "kind": words.PHASE_KINDS[shown.phase],
        "life": words.life_said(shown.phase),
        "figures": words.figures_said(shown),
        "roles": [
            (one, words.places_said(one.left), _when(one.row)) for one in shown.roles if one.is_open
        ],
    }


def _when(role: Role) -> str:
    return words.when_said(role.starts_on, role.ends_on)


def _phase(grant: Grant) -> tuple[str, str]:
    phase = words.phase_of_row(grant, timezone.localdate())
    return (words.phase_said(phase), words.PHASE_KINDS[phase]) if phase else ("", "neutral")


def _form(request: HttpRequest, grant: Grant, text: ConsentText) -> JoinForm:
    reader, region = reader_of(request), grant.organisation.region_id
    initial: dict[str, object] = {"version": text.version}
    if reader is not None:
        initial |= {"name": reader.name, "email": reader.email}
    towns = list(municipalities_in([region])) if region else []
    return JoinForm(towns, request.POST or None, initial=initial)


def _polite(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let a visitor's own browser keep a page for a minute; it holds a token, so nobody else."""
    if reader_of(request) is None:
        response.headers["Cache-Control"] = f"private, max-age={PAGE_SECONDS}"
    return response
