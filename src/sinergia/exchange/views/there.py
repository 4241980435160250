"""On the way: the sessions of a visit, who is there, notes."""

from collections.abc import Mapping
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.asking import read_key
from sinergia.base.tables.paging import Order, Page, page_of
from sinergia.base.ui.acting import form_page, is_done
from sinergia.exchange import access
from sinergia.exchange.actions import attending, noting
from sinergia.exchange.forms.holding import NoteForm, PresentForm
from sinergia.exchange.http import inside_visit
from sinergia.exchange.models import Session, SessionNote, SessionPhoto, Visit
from sinergia.exchange.queries import holding as queries
from sinergia.exchange.queries.commitments import delegates_of
from sinergia.exchange.queries.delegation import own_row
from sinergia.exchange.queries.feedback import is_open
from sinergia.exchange.views.programme.reading import delay_of, session_read
from sinergia.exchange.views.reaching import (
    BEGUN,
    Standing,
    crumbs_of,
    session_of,
    standing_of,
    tabs_of,
    takers,
)
from sinergia.exchange.words import explain
from sinergia.exchange.words.there import days_said, in_zone_of
from sinergia.people.http import SignedInRequest, for_signed_in
from sinergia.people.models import Person

CLASH = 409
PUT_AWAY = 20  # notes that can be brought back: the ones that were put away last


@require_GET
@for_signed_in
def there(request: SignedInRequest, key: UUID) -> HttpResponse:
    """The days of a visit with what there is of each session, and one's own notes."""
    visit, now = inside_visit(request, key), timezone.now()
    known = standing_of(request.user, visit)
    with in_zone_of(visit):
        counts = queries.counts_held(visit, request.user)
        context = delay_of(visit, known, now=now) | {
            "visit": visit,
            "days": days_said(queries.sessions_held(visit), counts),
            "notes": _notes(request, queries.notes_for(visit, request.user)),
            "put_away": queries.notes_put_away(visit, request.user)[:PUT_AWAY],
            "may_take": bool(takers(visit, request.user)),
            "may_answer": is_open(visit, now=now) and own_row(visit, request.user) is not None,
            "crumbs": crumbs_of(visit),
            "tabs": tabs_of(request, visit, "there", known),
        }
        return render(request, "exchange/there/there.html", context)


@require_GET
@for_signed_in
def session(request: SignedInRequest, key: UUID, session: UUID) -> HttpResponse:
    """One session: who is there, notes, pictures, what is taken home."""
    visit = inside_visit(request, key)
    found, known = session_of(visit, session), standing_of(request.user, visit)
    with in_zone_of(visit):
        context = _attended(visit, found, known) | _kept(request, visit, found, known)
        context |= {
            "visit": visit,
            "session": found,
            "told": session_read(visit, found, is_live=known.prepares or known.is_other),
            "host": queries.host_shown(found, request.user),
            "practices": queries.practices_shown(found),
            "may_take": bool(takers(visit, request.user)),
            "crumbs": crumbs_of(visit),
            "tabs": tabs_of(request, visit, "there", known),
        }
        return render(request, "exchange/there/session.html", context)


@require_POST
@for_signed_in
def attend(request: SignedInRequest, key: UUID, session: UUID) -> HttpResponse:
    """Tick who is there, for all; only what was changed in the list is written."""
    visit = inside_visit(request, key)
    if not access.may_hold(request.user, visit) or visit.stage not in BEGUN:
        raise Http404
    found, form = session_of(visit, session), PresentForm(delegates_of(visit), request.POST)
    if form.is_valid():
        present, shown, now = form.chosen("present"), form.chosen("shown"), timezone.now()
        attending.tick_present(found, present, shown=shown, actor=request.user, now=now)
        messages.success(request, _("Who was there is noted."))
    else:
        messages.error(request, _("The delegation was changed meanwhile: tick once more."))
    return redirect("commitments:session", key, session)


@require_POST
@for_signed_in
def be_there(request: SignedInRequest, key: UUID, session: UUID) -> HttpResponse:
    """Somebody is there themselves, or it was a slip."""
    visit = inside_visit(request, key)
    found, own = session_of(visit, session), own_row(visit, request.user)
    if own is None or visit.stage not in BEGUN:
        raise Http404
    is_there, now = request.POST.get("there") == "yes", timezone.now()
    attending.tick_own(found, own, is_there=is_there, actor=request.user, now=now)
    return redirect("commitments:session", key, session)


@require_http_methods(["GET", "POST"])
@for_signed_in
def note(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Write a note: a new one, or one of one's own, by the key that was made on the device."""
    visit = inside_visit(request, key)
    found = _known(visit, request)
    about = queries.session_held(visit, request.GET.get("session", ""))
    about = found.session if found is not None else about
    form = NoteForm(request.POST or None, initial=_opened(found))
    context = {"visit": visit, "note": found, "session": about, "crumbs": crumbs_of(visit)}
    try:
        if is_done(form, partial(_save, request, visit, about, form), explain):
            return redirect(_place(visit, about.key if about else None))
    except noting.Stale as fault:
        return _clash(request, form, context, fault.theirs)
    return form_page(request, "exchange/there/note.html", form, **context)


@require_POST
@for_signed_in
def note_act(request: SignedInRequest, key: UUID, note: UUID, act: str) -> HttpResponse:
    """Share a note with the delegation, keep it for oneself, put it away, take it back."""
    visit = inside_visit(request, key)
    found = queries.own_note(visit, request.user, note)
    if found is None or act not in ("share", "keep", "remove", "take-back"):
        raise Http404
    now, actor = timezone.now(), request.user
    if act in ("share", "keep"):
        noting.share_note(found, is_shared=act == "share", actor=actor, now=now)
    elif act == "remove":
        noting.remove_note(found, actor=actor, now=now)
        context = {"visit": visit, "note": found, "crumbs": crumbs_of(visit)}
        return render(request, "exchange/there/note_removed.html", context)
    else:
        noting.take_back_note(found, actor=actor)
    return redirect(_place(visit, found.session.key if found.session else None))


def _attended(visit: Visit, found: Session, known: Standing) -> dict[str, object]:
    """Who is there."""
    delegates, present = delegates_of(visit), queries.present_at(found)
    own, has_begun = known.own, visit.stage in BEGUN
    return {
        "delegates": [(one, one.pk in present) for one in delegates],
        "present": len(present & {one.pk for one in delegates}),
        "own": own if has_begun else None,
        "is_there": own is not None and own.pk in present,
        "may_hold": has_begun and (known.prepares or (own is not None and own.is_lead)),
    }


def _kept(
    request: SignedInRequest, visit: Visit, found: Session, known: Standing
) -> dict[str, object]:
    """Notes and pictures."""
    return {
        "notes": _notes(request, queries.notes_for(visit, request.user).filter(session=found)),
        "note_form": NoteForm(),
        "photos": list(queries.photos_of(found)),
        "removed": _removed(request.user, found),
        "may_add_photo": known.prepares or known.own is not None,
    }


def _notes(request: SignedInRequest, rows: QuerySet[SessionNote]) -> Page[SessionNote]:
    """A page of notes, the latest first."""
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    return page_of(rows, order=Order("at", is_descending=True), after=after, before=before)


def _removed(person: Person, found: Session) -> list[SessionPhoto]:
    rows = queries.removed_photos_of(found)
    return [one for one in rows[:20] if access.may_take_out_photo(person, one)]


def _save(request: SignedInRequest, visit: Visit, about: Session | None, form: NoteForm) -> None:
    noted, now = form.noted(about), timezone.now()
    noting.save_note(visit, noted, actor=request.user, now=now)


def _clash(
    request: SignedInRequest, form: NoteForm, context: Mapping[str, object], theirs: SessionNote
) -> HttpResponse:
    """Both texts; what is saved next is a change of theirs."""
    again = {"key": theirs.key, "base": theirs.version}
    shown = {**context, "form": form, "theirs": theirs, "again": again}
    return render(request, "exchange/there/note.html", shown, status=CLASH)


def _known(visit: Visit, request: SignedInRequest) -> SessionNote | None:
    """The note that is opened, by `?note=`, or that a sent key names."""
    named = read_key(request.POST.get("key") or request.GET.get("note", ""))
    return queries.own_note(visit, request.user, named) if named is not None else None


def _opened(found: SessionNote | None) -> dict[str, object]:
    if found is None:
        return {}
    return {"key": found.key, "base": found.version, "text": found.text}


def _place(visit: Visit, session: UUID | None) -> str:
    if session is None:
        return reverse("commitments:there", args=[visit.key]) + "#notes"
    return reverse("commitments:session", args=[visit.key, session]) + "#notes"
