"""A press note: read as it goes out, written sentence by sentence, saved as DOCX and PDF."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from sinergia.base.tables.sent import file_response
from sinergia.base.ui.acting import form_page, is_done
from sinergia.engine.press import Line, NoteSaid
from sinergia.exchange import access
from sinergia.exchange.actions.press import save_press
from sinergia.exchange.forms.press import NoteForm
from sinergia.exchange.http import visit_of
from sinergia.exchange.models import Visit
from sinergia.exchange.papers import press as papers
from sinergia.exchange.queries import press as queries
from sinergia.exchange.views.publication import never_kept, publication_crumbs
from sinergia.exchange.views.reaching import BEGUN, prepared_visit, renew_clashes
from sinergia.exchange.words import explain
from sinergia.exchange.words.press import left_of, lines_of, note_said
from sinergia.exchange.words.publication import note_title
from sinergia.people.http import SignedInRequest, for_everyone, for_signed_in, reader_of
from sinergia.people.queries import names_of

VERSIONS_SHOWN = 50


@dataclass(frozen=True)
class Opened:
    """A note as it stands now. left: what the facts give and it has not; number: its version."""

    visit: Visit
    side: str
    language: str
    lines: Sequence[Line]
    left: Sequence[Line]
    number: int


@require_safe
@for_everyone
def note(request: HttpRequest, key: UUID, side: str, language: str) -> HttpResponse:
    """The note as it goes out; before it is published, for the centres of both sides."""
    visit = _readable(request, key, side, language)
    reader = reader_of(request)
    with translation.override(language):
        title = note_title(side, language)
    context = {
        "visit": visit,
        "note": _said(request, visit, side, language),
        "side": side,
        "title": title,
        "is_public": queries.published_item(visit, queries.press_item(side, language)),
        "is_inside": access.may_read_press(reader, visit),
        "may_write": reader is not None and access.may_prepare(reader, visit),
        "crumbs": publication_crumbs(reader, visit),
    }
    return never_kept(render(request, "exchange/press/note.html", context))


@require_http_methods(["GET", "POST"])
@for_signed_in
def write(request: SignedInRequest, key: UUID, side: str, language: str) -> HttpResponse:
    """The workspace: each sentence with the field it came from; quotes that are not agreed, too."""
    visit = _noted(prepared_visit(request, key), side, language)
    opened = _opened(visit, side, language)
    form = NoteForm(opened.lines, request.POST or None)
    if is_done(form, partial(_save, request, opened, form), explain):
        messages.success(request, _("The note is saved."))
        return redirect("press:write", key, side, language)
    renew_clashes(form)
    context = {"visit": visit, "side": side, "language": language, "left": opened.left}
    context |= {"title": note_title(side, language), "versions": _versions(visit, side, language)}
    context |= {"number": opened.number, "crumbs": publication_crumbs(request.user, visit)}
    return form_page(request, "exchange/press/write.html", form, **context)


@require_GET
@for_signed_in
def version(
    request: SignedInRequest, key: UUID, side: str, language: str, number: str
) -> HttpResponse:
    """What stood there at an earlier time."""
    visit = _noted(prepared_visit(request, key), side, language)
    found = queries.press_numbered(visit, side, language, number)
    if found is None:
        raise Http404
    lines = lines_of(queries.press_facts(visit, now=timezone.now()), side, language, found)
    context = {"visit": visit, "version": found, "lines": lines, "side": side}
    context |= {"language": language, "crumbs": publication_crumbs(request.user, visit)}
    return render(request, "exchange/press/version.html", context)


@require_safe
@for_everyone
def docx(request: HttpRequest, key: UUID, side: str, language: str) -> HttpResponse:
    """The note for an office program, made anew each time."""
    visit = _readable(request, key, side, language)
    with translation.override(language):
        content = papers.docx_of(_said(request, visit, side, language), now=timezone.now())
    return never_kept(file_response(content, f"press-{side}-{language}.docx"))


@require_safe
@for_everyone
def pdf(request: HttpRequest, key: UUID, side: str, language: str) -> HttpResponse:
    """The note on paper, made anew each time."""
    visit = _readable(request, key, side, language)
    with translation.override(language):
        content = papers.pdf_of(_said(request, visit, side, language), now=timezone.now())
    return never_kept(file_response(content, f"press-{side}-{language}.pdf"))


def _opened(visit: Visit, side: str, language: str) -> Opened:
    facts = queries.press_facts(visit, now=timezone.now())
    last = queries.latest_press(visit, side, language)
    lines = lines_of(facts, side, language, last)
    left, number = left_of(facts, side, language, lines), last.number if last is not None else 0
    return Opened(visit, side, language, lines, left, number)


def _save(request: SignedInRequest, opened: Opened, form: NoteForm) -> None:
    """Keep what was typed, after the button that was pressed. do: `up:days`, or nothing."""
    act, _colon, code = request.POST.get("do", "").partition(":")
    kept = form.kept(act, code, opened.left)
    keep = partial(save_press, opened.visit, opened.side, opened.language, kept)
    keep(seen=opened.number, actor=request.user, now=timezone.now())


def _said(request: HttpRequest, visit: Visit, side: str, language: str) -> NoteSaid:
    """Both centres read what was kept last, everybody what was published."""
    if access.may_read_press(reader_of(request), visit):
        version = queries.latest_press(visit, side, language)
    else:
        item = queries.published_item(visit, queries.press_item(side, language))
        kept = str(item.number) if item is not None else ""
        version = queries.press_numbered(visit, side, language, kept)
        if version is None:
            raise Http404
    lines = lines_of(queries.press_facts(visit, now=timezone.now()), side, language, version)
    number = version.number if version is not None else 0
    return note_said(visit, lines, language, number)


def _readable(request: HttpRequest, key: UUID, side: str, language: str) -> Visit:
    visit = _noted(visit_of(request, key), side, language)
    if access.may_read_press(reader_of(request), visit):
        return visit
    is_open = visit.course.is_public and visit.stage in access.PUBLISHED
    if not is_open or queries.published_item(visit, queries.press_item(side, language)) is None:
        raise Http404
    return visit


def _noted(visit: Visit, side: str, language: str) -> Visit:
    """A visit that has begun, and a note that there is."""
    if (side, language) not in queries.NOTES or visit.stage not in BEGUN:
        raise Http404
    return visit


def _versions(visit: Visit, side: str, language: str) -> list[tuple[object, str]]:
    rows = list(queries.press_versions(visit, side, language)[:VERSIONS_SHOWN])
    names = names_of(one.by for one in rows)
    return [(one, names.get(one.by, "")) for one in rows]
