"""Sessions are written, changed, copied, taken out and brought back."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sinergia.base.asking import key_text
from sinergia.base.ui.acting import is_done, tell_gaps
from sinergia.engine.refusal import Refused
from sinergia.exchange.actions import sessions as actions
from sinergia.exchange.actions.sessions import Stale
from sinergia.exchange.forms.sessions import (
    MoveForm,
    Offered,
    SessionForm,
    differing,
    initial_new,
    initial_of,
)
from sinergia.exchange.http import our_session, our_visit
from sinergia.exchange.models import Session, Visit
from sinergia.exchange.queries.sessions import (
    hosts_offered,
    name_by,
    practices_for,
    session_by,
    sessions_of,
    themes_for,
    towns_for,
    zone_of,
)
from sinergia.exchange.words import explain
from sinergia.exchange.words.there import in_zone_of
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.organisations.models import Organisation
from sinergia.practices.models import Practice

LOOK = "look"  # the button that looks for a host, or practices, and keeps what is typed
PRACTICES = "practices"  # its value where practices are looked for


@require_http_methods(["GET", "POST"])
@for_staff
def add(request: StaffRequest, key: UUID) -> HttpResponse:
    """Write a new session."""
    visit = our_visit(request, key)
    form, made = form_for(request, visit), list[Session]()

    def write() -> None:
        given, now = form.given(), timezone.now()
        made.append(actions.add_session(visit, given, actor=request.user, now=now))

    if is_done(form, write, explain):
        messages.success(request, _("The session is in the programme."))
        return back_to(visit, made[0].key)
    return _form_page(request, visit, form, {})


@require_http_methods(["GET", "POST"])
@for_staff
def change(request: StaffRequest, key: UUID, session: UUID) -> HttpResponse:
    """Change a session; whoever comes second sees what stands now, and chooses."""
    found = our_session(request, key, session)
    form = form_for(request, found.visit, found)

    def write() -> None:
        given, seen, now = form.given(), form.cleaned_data["seen"], timezone.now()
        actions.change_session(found, given, seen=seen, actor=request.user, now=now)

    try:
        if is_done(form, write, explain):
            messages.success(request, _("Saved."))
            return back_to(found.visit, found.key)
    except Stale:
        return _stale_page(request, found.visit, session)
    return _form_page(request, found.visit, form, {"session": found})


@require_POST
@for_staff
def copy(request: StaffRequest, key: UUID, session: UUID) -> HttpResponse:
    """The same once more, and its form: something will be otherwise."""
    found = our_session(request, key, session)
    try:
        made = actions.copy_session(found, actor=request.user, now=timezone.now())
    except Refused as refusal:
        return refused(request, found.visit, refusal)
    messages.success(request, _("Copied. Change what is otherwise."))
    return redirect("visits:change_session", key, made.key)


@require_POST
@for_staff
def remove(request: StaffRequest, key: UUID, session: UUID) -> HttpResponse:
    """Take a session out; it may be brought back."""
    found = our_session(request, key, session)
    form = MoveForm(request.POST)
    seen = form.cleaned_data["seen"] if form.is_valid() else 0
    try:
        actions.remove_session(found, seen=seen, actor=request.user, now=timezone.now())
    except Stale as stale:
        return meanwhile(request, found.visit, stale)
    except Refused as refusal:
        return refused(request, found.visit, refusal)
    messages.success(request, _("Taken out. It may be brought back."))
    return redirect("visits:programme", key)


@require_POST
@for_staff
def restore(request: StaffRequest, key: UUID, session: UUID) -> HttpResponse:
    """Bring back what was taken out."""
    found = our_session(request, key, session)
    try:
        actions.restore_session(found, actor=request.user, now=timezone.now())
    except Refused as refusal:
        return refused(request, found.visit, refusal)
    return back_to(found.visit, found.key)


def form_for(request: StaffRequest, visit: Visit, session: Session | None = None) -> SessionForm:
    """The form of a session. While a host is looked for, what was typed is not judged."""
    typed, zone = request.POST or None, zone_of(visit)
    is_looking = typed is not None and LOOK in typed
    initial = initial_of(session, zone) if session else _initial(request.GET, visit)
    host = str((typed or initial).get("host") or "")
    kept = session.host if session is not None else None
    words = typed.get("host_words", "") if typed is not None and is_looking else ""
    hosts = hosts_offered(key_text(host), kept, words=words)
    if words and kept is None and len(hosts) == 1:
        host = str(hosts[0].key)  # the only one that was found is meant
    chosen = next((one for one in hosts if str(one.key) == host), None)
    practices = _practices(visit, chosen, session, typed or QueryDict())
    offered = Offered(zone, hosts, towns_for(visit), themes_for(visit), practices)
    if typed is not None and is_looking:
        form = SessionForm(offered, initial=_typed(typed) | {"host": host})
        if typed[LOOK] == PRACTICES:
            return _looked_for_practices(form, _ticked(typed))
        return _looked_for(form, words)
    return SessionForm(offered, typed, initial=initial)


def _practices(
    visit: Visit, host: Organisation | None, session: Session | None, typed: QueryDict
) -> list[Practice]:
    """What may be shown, found by words where some are typed; what is ticked or shown stays."""
    words = typed.get("practice_words", "")
    found = practices_for(visit, host, words=words, chosen=_ticked(typed))
    shown = [row.practice for row in session.practices.all()] if session is not None else []
    return [*found, *(one for one in shown if one not in found)]


def _ticked(typed: QueryDict) -> list[str]:
    return [key for one in typed.getlist("practices") if (key := key_text(one))]


def _looked_for(form: SessionForm, words: str) -> SessionForm:
    """The form opens where one looks for a host, and says so where nobody was found."""
    field = form.fields["host_words"]
    field.widget.attrs["autofocus"] = True
    if words.strip() and len(form.offered.hosts) < 1:
        field.help_text = _("The register finds nobody by these words: try fewer, or the number.")
    return form


def _looked_for_practices(form: SessionForm, ticked: Sequence[str]) -> SessionForm:
    """The same where one looks for a practice; those that were ticked stay, found or not."""
    field = form.fields.get("practice_words")
    if field is not None:
        field.widget.attrs["autofocus"] = True
        if {str(one.key) for one in form.offered.practices} <= set(ticked):
            field.help_text = _("No practice that can be shown there has these words: try fewer.")
    return form


def back_to(visit: Visit, session: object) -> HttpResponseRedirect:
    """The programme, at a session."""
    page = reverse("visits:programme", args=[visit.key])
    return HttpResponseRedirect(f"{page}#session-{session}")


def refused(request: HttpRequest, visit: Visit, refusal: Refused) -> HttpResponse:
    """Back to the programme, with what a rule has against it."""
    tell_gaps(request, refusal, explain)
    return redirect("visits:programme", visit.key)


def meanwhile(request: StaffRequest, visit: Visit, stale: Stale) -> HttpResponse:
    """What somebody else has made of a session, what was wanted, and the choice between both."""
    asked = request.POST.copy()
    asked["seen"] = str(stale.theirs.version)
    asked.pop("csrfmiddlewaretoken", None)
    context = {
        "visit": visit,
        "theirs": stale.theirs,
        "who": name_by(stale.theirs.changed_by),
        "asked": list(asked.items()),
        "wanted": request.resolver_match.url_name if request.resolver_match else "",
    }
    with in_zone_of(visit):
        return render(request, "exchange/programme/meanwhile.html", context, status=409)


def _form_page(
    request: StaffRequest, visit: Visit, form: SessionForm, context: dict[str, object]
) -> HttpResponse:
    status = 422 if form.is_bound else 200
    told = context | {"visit": visit, "form": form, "look": LOOK}
    return render(request, "exchange/programme/session.html", told, status=status)


def _stale_page(request: StaffRequest, visit: Visit, key: UUID) -> HttpResponse:
    """The form with every letter that was typed, and beside it what stands now."""
    now = session_by(visit, key)
    typed = request.POST.copy()
    typed["seen"] = str(now.version if now else 0)
    request.POST = typed  # type: ignore[assignment]  # a copy of it
    form = form_for(request, visit, now)
    standing = initial_of(now, zone_of(visit)) if now else {}
    context = {
        "visit": visit,
        "session": now,
        "form": form,
        "look": LOOK,
        "against": differing(form, standing),
        "who": name_by(now.changed_by) if now else "",
    }
    return render(request, "exchange/programme/session.html", context, status=409)


def _initial(asked: QueryDict, visit: Visit) -> dict[str, object]:
    """A new session of a day that is asked for; a host and a theme where a link names them."""
    day = _day(asked.get("day", ""))
    zone = zone_of(visit)
    last = [one for one in sessions_of(visit) if one.starts_at.astimezone(zone).date() == day]
    begins = max((one.ends_at for one in last), default=None)
    given = initial_new(day or visit.starts_on, begins, zone)
    return given | {"host": asked.get("host", ""), "themes": asked.getlist("theme")}


def _day(typed: str) -> date | None:
    try:
        return parse_date(typed)
    except ValueError:
        return None


def _typed(typed: QueryDict) -> dict[str, object]:
    """What was typed, to be shown again."""
    several = ("themes", "practices")
    return {name: typed.getlist(name) if name in several else typed[name] for name in typed}
