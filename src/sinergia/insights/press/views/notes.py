"""A press note of a decision, a project, a closed grant: read, written, published, as a file."""

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sinergia.base.tables.sent import file_response
from sinergia.base.ui.acting import form_page, is_done
from sinergia.engine.press import Line, NoteSaid, beside_facts, not_in
from sinergia.engine.refusal import Refused
from sinergia.exchange.forms.press import NoteForm
from sinergia.exchange.papers import press as papers
from sinergia.exchange.views.publication import never_kept
from sinergia.exchange.views.reaching import renew_clashes
from sinergia.insights.press import access, actions
from sinergia.insights.press.queries import notes as queries
from sinergia.insights.press.queries.notes import Thing
from sinergia.insights.press.words import explain
from sinergia.insights.press.words.facts import address_of, facts_of, name_of, note_said
from sinergia.people.http import SignedInRequest, for_everyone, for_signed_in, reader_of
from sinergia.people.queries import names_of

VERSIONS_SHOWN = 50


@dataclass(frozen=True)
class Opened:
    """A note as it stands now. left: what the facts give and it has not; number: its version."""

    thing: Thing
    lines: list[Line]
    left: list[Line]
    number: int


@require_safe
@for_everyone
def note(request: HttpRequest, kind: str, key: UUID, language: str) -> HttpResponse:
    """The note as it goes out; before it is published, for those who write it."""
    thing, said = _said(request, kind, key, language)
    context = _named(thing, kind, key, language) | {
        "note": said,
        "is_inside": _writes(request, thing),
        "published": queries.published(thing, language),
        "is_open": access.is_open(thing, is_told=queries.is_public(thing)),
    }
    return never_kept(render(request, "press/note.html", context))


@require_http_methods(["GET", "POST"])
@for_signed_in
def write(request: SignedInRequest, kind: str, key: UUID, language: str) -> HttpResponse:
    """Each sentence with the field it came from, and what has changed since it was kept."""
    opened = _opened(_written(request, kind, key, language), language)
    form = NoteForm(opened.lines, request.POST or None)
    if is_done(form, partial(_save, request, opened, form, language), explain):
        messages.success(request, _("The note is saved."))
        return redirect("note:write", kind, key, language)
    renew_clashes(form)
    context = _named(opened.thing, kind, key, language) | {
        "left": opened.left,
        "number": opened.number,
        "versions": _versions(opened.thing, language),
    }
    return form_page(request, "press/write.html", form, **context)


@require_safe
@for_signed_in
def version(
    request: SignedInRequest, kind: str, key: UUID, language: str, number: str
) -> HttpResponse:
    """What stood there at an earlier time."""
    thing = _written(request, kind, key, language)
    found = queries.numbered(thing, language, number)
    if found is None:
        raise Http404
    lines = beside_facts(queries.sentences_of(found), facts_of(thing, language))
    context = _named(thing, kind, key, language) | {"version": found, "lines": lines}
    return render(request, "press/version.html", context)


@require_POST
@for_signed_in
def publish(request: SignedInRequest, kind: str, key: UUID, language: str) -> HttpResponse:
    """Let everybody read what was looked at."""
    thing = _written(request, kind, key, language)
    text = request.POST.get("seen", "")
    seen = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
    publish = partial(actions.publish_note, thing, language, seen=seen)
    try:
        publish(actor=request.user, now=timezone.now())
        messages.success(request, _("Everybody may read the note now."))
    except Refused as refusal:
        messages.error(request, " ".join(explain(gap) for gap in refusal.gaps))
    return redirect("note:note", kind, key, language)


@require_POST
@for_signed_in
def put_away(request: SignedInRequest, kind: str, key: UUID, language: str) -> HttpResponse:
    """Let nobody outside read it again."""
    thing = _written(request, kind, key, language)
    actions.put_note_away(thing, language, actor=request.user, now=timezone.now())
    messages.success(request, _("The note is read by nobody outside now."))
    return redirect("note:note", kind, key, language)


@require_safe
@for_everyone
def docx(request: HttpRequest, kind: str, key: UUID, language: str) -> HttpResponse:
    """The note for an office program."""
    _thing, said = _said(request, kind, key, language)
    with translation.override(language):
        content = papers.docx_of(said, now=timezone.now())
    return never_kept(file_response(content, f"press-{language}.docx"))


@require_safe
@for_everyone
def pdf(request: HttpRequest, kind: str, key: UUID, language: str) -> HttpResponse:
    """The note on paper."""
    _thing, said = _said(request, kind, key, language)
    with translation.override(language):
        content = papers.pdf_of(said, now=timezone.now())
    return never_kept(file_response(content, f"press-{language}.pdf"))


def _save(request: SignedInRequest, opened: Opened, form: NoteForm, language: str) -> None:
    """Keep what was typed, after the button that was pressed. do: `up:line`, or nothing."""
    pressed, _colon, code = request.POST.get("do", "").partition(":")
    keep = partial(actions.save_note, opened.thing, language)
    kept = form.kept(pressed, code, opened.left)
    keep(kept, seen=opened.number, actor=request.user, now=timezone.now())


def _opened(thing: Thing, language: str) -> Opened:
    facts, last = facts_of(thing, language), queries.versions_of(thing, language).first()
    lines = beside_facts(queries.sentences_of(last), facts, _("written by hand"))
    return Opened(thing, lines, not_in(lines, facts), last.number if last is not None else 0)


def _said(request: HttpRequest, kind: str, key: UUID, language: str) -> tuple[Thing, NoteSaid]:
    """Those who write it read what was kept last, everybody what was published."""
    thing = _thing(kind, key, language)
    if _writes(request, thing):
        found = queries.versions_of(thing, language).first()
    else:
        published = queries.published(thing, language)
        is_open = access.is_open(thing, is_told=queries.is_public(thing))
        if published is None or not is_open:
            raise Http404
        found = published.version
    lines = beside_facts(queries.sentences_of(found), facts_of(thing, language))
    return thing, note_said(thing, lines, language, found.number if found is not None else 0)


def _thing(kind: str, key: UUID, language: str) -> Thing:
    is_known = kind in queries.KINDS and language in queries.LANGUAGES
    thing = queries.thing_of(kind, key) if is_known else None
    if thing is None:
        raise Http404
    return thing


def _writes(request: HttpRequest, thing: Thing) -> bool:
    reader = reader_of(request)
    return reader is not None and access.may_write(reader, thing)


def _written(request: SignedInRequest, kind: str, key: UUID, language: str) -> Thing:
    thing = _thing(kind, key, language)
    if not access.may_write(request.user, thing):
        raise Http404
    return thing


def _named(thing: Thing, kind: str, key: UUID, language: str) -> dict[str, object]:
    return {
        "kind": kind,
        "key": key,
        "language": language,
        "name": name_of(thing),
        "crumbs": [(name_of(thing), address_of(thing) if queries.is_public(thing) else "")],
    }


def _versions(thing: Thing, language: str) -> list[tuple[object, str]]:
    rows = list(queries.versions_of(thing, language)[:VERSIONS_SHOWN])
    names = names_of(one.by for one in rows)
    return [(one, names.get(one.by, "")) for one in rows]
