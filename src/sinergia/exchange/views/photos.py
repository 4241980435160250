"""Pictures of a session: added, looked at, shown by a second person, hidden, taken out."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sinergia.base.files.http import receive, respond_with
from sinergia.base.tables.paging import Order, page_of
from sinergia.base.ui.acting import form_page, is_done
from sinergia.exchange import access
from sinergia.exchange.actions import photos as actions
from sinergia.exchange.forms.holding import PhotoForm, ShowForm
from sinergia.exchange.forms.press import PeopleForm
from sinergia.exchange.http import inside_visit, visit_of
from sinergia.exchange.models import Session, SessionPhoto, Visit
from sinergia.exchange.queries.commitments import delegates_of
from sinergia.exchange.queries.consents import people_in
from sinergia.exchange.queries.holding import any_photo_in, public_photos
from sinergia.exchange.views.reaching import BEGUN, crumbs_of, photo_of, session_of
from sinergia.exchange.words import explain
from sinergia.exchange.words.publication import pictures_said
from sinergia.people.http import SignedInRequest, for_everyone, for_signed_in, reader_of


@require_http_methods(["GET", "POST"])
@for_signed_in
def add(request: SignedInRequest, key: UUID, session: UUID) -> HttpResponse:
    """Add a picture; it is private."""
    visit, now = inside_visit(request, key), timezone.now()
    if not access.may_add_photo(request.user, visit):
        raise Http404
    found = session_of(visit, session)
    form = PhotoForm(request.POST or None, receive(request, PhotoForm, now=now))

    if is_done(form, partial(_keep, request, found, form), explain):
        messages.success(request, _("The picture is kept. Those of the visit alone see it."))
        return redirect("commitments:session", key, session)
    context = {"visit": visit, "session": found, "crumbs": crumbs_of(visit)}
    return form_page(request, "exchange/there/photo.html", form, **context)


@require_safe
@for_everyone
def photos(request: HttpRequest, key: UUID) -> HttpResponse:
    """Every picture that everybody may see, page by page."""
    visit = visit_of(request, key)
    rows = public_photos(visit) if visit.stage in BEGUN else public_photos(visit).none()
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = page_of(rows, order=Order("session__starts_at"), after=after, before=before)
    context = {"visit": visit, "page": page, "photos": pictures_said(visit, page.rows)}
    context |= {"total": rows.count(), "crumbs": crumbs_of(visit)}
    return render(request, "exchange/there/photos.html", context)


@require_safe
@for_everyone
def photo(request: HttpRequest, key: UUID, photo: UUID) -> HttpResponseBase:
    """A picture: for those of the visit, and for everybody once it is public."""
    visit = visit_of(request, key)
    found = photo_of(visit, photo)
    is_open = found.file.is_public and found.session.removed_at is None
    if not (is_open or access.may_read_inside(reader_of(request), visit)):
        raise Http404
    is_small = "small" in request.GET
    given = respond_with(found.file, is_inline=True, is_small=is_small, asked=request.headers)
    given["Cache-Control"] = "private, no-store"  # who is in it may take their consent back
    return given


@require_http_methods(["GET", "POST"])
@for_signed_in
def show(request: SignedInRequest, key: UUID, photo: UUID) -> HttpResponse:
    """A picture whole; there a second person of the centre lets it become public."""
    visit = inside_visit(request, key)
    found, may_show = photo_of(visit, photo), access.may_prepare(request.user, visit)
    if request.method == "POST" and not may_show:
        raise Http404
    form = ShowForm(request.POST or None, initial={"consent": found.consent})

    if is_done(form, partial(_show, request, found, form), explain):
        messages.success(request, _("The picture is public now."))
        return redirect("commitments:session", key, found.session.key)
    context = {"visit": visit, "photo": found, "crumbs": crumbs_of(visit)}
    context |= {"may_show": may_show, "is_own": not access.may_show_photo(request.user, found)}
    context |= _people(visit, found, may_show=may_show)
    context["may_take_out"] = access.may_take_out_photo(request.user, found)
    return form_page(request, "exchange/there/show.html", form, **context)


@require_POST
@for_signed_in
def act(request: SignedInRequest, key: UUID, photo: UUID, act: str) -> HttpResponse:
    """Hide a picture again, take it out, put it back."""
    verbs = {
        "hide": (actions.hide_photo, _("The picture is private again.")),
        "take-out": (actions.take_out_photo, _("The picture is taken out. It can be put back.")),
        "put-back": (actions.put_back_photo, _("The picture is back, for those of the visit.")),
    }
    visit = inside_visit(request, key)
    found = _any(visit, photo)
    if act not in verbs or not access.may_take_out_photo(request.user, found):
        raise Http404
    verb, said = verbs[act]
    verb(found, actor=request.user, now=timezone.now())
    messages.success(request, said)
    return redirect("commitments:session", key, found.session.key)


def _people(visit: Visit, found: SessionPhoto, *, may_show: bool) -> dict[str, object]:
    """Who can be recognised in a picture; whoever prepares the visit says so."""
    people = people_in(found)
    chosen = {"people": [str(one.key) for one in people]}
    form = PeopleForm(delegates_of(visit), initial=chosen) if may_show else None
    return {"people": people, "people_form": form}


def _keep(request: SignedInRequest, found: Session, form: PhotoForm) -> None:
    told, now = form.cleaned_data, timezone.now()
    caption, consent = told["caption"], told["consent"]
    actions.add_photo(found, told["file"], caption, consent, actor=request.user, now=now)


def _show(request: SignedInRequest, found: SessionPhoto, form: ShowForm) -> None:
    consent, now = form.cleaned_data["consent"], timezone.now()
    actions.show_photo(found, consent, actor=request.user, now=now)


def _any(visit: Visit, key: UUID) -> SessionPhoto:
    """A picture, also one that was taken out."""
    found = any_photo_in(visit, key)
    if found is None:
        raise Http404
    return found
