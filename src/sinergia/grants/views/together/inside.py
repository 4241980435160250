"""A project's page for its organisers: the promise, opened and closed, the diary, the roles."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.files.http import receive
from sinergia.base.tables.paging import Order, Page, page_of
from sinergia.base.ui.acting import form_page, is_done
from sinergia.engine.refusal import Refused
from sinergia.grants import access
from sinergia.grants.actions import diary, roles, showing
from sinergia.grants.forms.joining import AgreeForm, EntryForm, PageForm, PictureForm, RoleForm
from sinergia.grants.http import grant_with, kept_grant, seen_grant
from sinergia.grants.models import DiaryEntry, DiaryPicture, Grant, Role
from sinergia.grants.queries import together as queries
from sinergia.grants.queries.grants import today_of
from sinergia.grants.queries.joiners import counts_of
from sinergia.grants.views.together.reaching import framed
from sinergia.grants.words import explain
from sinergia.grants.words import together as words
from sinergia.people.http import SignedInRequest, for_signed_in
from sinergia.people.models import Person

WAYS = {"open": True, "close": False}
SHOWN = 20  # entries of the diary on one page
PICTURES = 50  # that wait for a second look
LATEST = Order("on", is_descending=True)


@require_GET
@for_signed_in
def inside(request: SignedInRequest, key: UUID) -> HttpResponse:
    """How the page stands, what waits, roles, the diary.

    Who only sees the grant reads of the diary what everybody does; who runs it is shown the
    pictures that wait for a second look, too.
    """
    grant = seen_grant(request, key)
    page, keeps = getattr(grant, "page", None), access.may_keep(request.user, grant)
    runs = access.may_run(request.user, grant)
    context = framed(request, grant, "inside") | {
        "page": page,
        "tiles": words.chosen_parts(grant, counts_of(grant), keeps=keeps),
        "roles": [_role_said(one) for one in queries.roles_of(grant)],
        "diary": _diary(request, grant, keeps=keeps),
        "waiting": queries.waiting_pictures(grant)[:PICTURES] if runs and not keeps else [],
        "runs": runs,
        "url": words.project_link(grant),
        "code": words.embed_code(grant) if page is not None and page.embed_host else "",
    }
    return render(request, "together/inside.html", context)


@require_http_methods(["GET", "POST"])
@for_signed_in
def write(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Write the promise, and which site may show the page."""
    grant = kept_grant(request, key)
    page = getattr(grant, "page", None)
    initial = {"promise": page.promise, "embed": page.embed_host} if page is not None else None
    form = PageForm(request.POST or None, initial=initial)

    def act() -> None:
        told, now = form.cleaned_data, timezone.now()
        showing.write_page(grant, told["promise"], told["embed"], actor=request.user, now=now)

    if is_done(form, act, explain):
        messages.success(request, _("Saved."))
        return redirect("together:inside", key)
    return _page(request, grant, form, _("What everybody reads"), _("Save"))


@require_POST
@for_signed_in
def turn(request: SignedInRequest, key: UUID, way: str) -> HttpResponse:
    """Open the page to everybody, or close it."""
    grant = kept_grant(request, key)
    if way not in WAYS:
        raise Http404
    try:
        showing.turn_page(grant, is_open=WAYS[way], actor=request.user, now=timezone.now())
    except Refused as refusal:
        messages.error(request, " ".join(explain(gap) for gap in refusal.gaps))
    else:
        told = _("The page is open: everybody sees it.") if WAYS[way] else _("The page is closed.")
        messages.success(request, told)
    return redirect("together:inside", key)


@require_http_methods(["GET", "POST"])
@for_signed_in
def new_entry(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Write what happened on a day; it is for the project's people till it is shown."""
    return _entry_page(request, kept_grant(request, key), None)


@require_http_methods(["GET", "POST"])
@for_signed_in
def entry(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """Write it anew."""
    grant = kept_grant(request, key)
    return _entry_page(request, grant, _entry(grant, row))


@require_POST
@for_signed_in
def entry_act(request: SignedInRequest, key: UUID, row: UUID, act: str) -> HttpResponse:
    """Show an entry to everybody, take it back, take it out, put it back."""
    found = _entry(kept_grant(request, key), row)
    verbs = {
        "publish": partial(diary.publish_entry, is_open=True),
        "take-back": partial(diary.publish_entry, is_open=False),
        "take-out": partial(diary.shelve_entry, is_away=True),
        "put-back": partial(diary.shelve_entry, is_away=False),
    }
    if act not in verbs:
        raise Http404
    verbs[act](found, actor=request.user, now=timezone.now())
    return redirect("together:inside", key)


@require_http_methods(["GET", "POST"])
@for_signed_in
def new_picture(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """Add a picture to an entry; it is closed."""
    grant, now = kept_grant(request, key), timezone.now()
    found = _entry(grant, row)
    form = PictureForm(request.POST or None, receive(request, PictureForm, now=now))

    def act() -> None:
        told = form.cleaned_data
        add = partial(diary.add_picture, found, told["file"], told["caption"], told["consent"])
        add(actor=request.user, now=now)

    if is_done(form, act, explain):
        messages.success(
            request, _("The picture is kept. Till a second person agrees it is closed.")
        )
        return redirect("together:inside", key)
    return _page(request, grant, form, _("A picture"), _("Add the picture"))


@require_http_methods(["GET", "POST"])
@for_signed_in
def look(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """A picture whole; there a second person lets it be shown."""
    grant = seen_grant(request, key)
    found, may = _picture(request, grant, row), _may_agree(request.user, grant)
    rows = list(queries.recognisable_in(grant)) if may else []
    form = AgreeForm(rows, request.POST or None, initial={"consent": found.consent})
    if request.method == "POST" and not may:
        raise Http404
    if is_done(form, partial(_agree, request.user, found, form), explain):
        messages.success(request, _("The picture is shown now where its entry is."))
        return redirect("together:inside", key)
    context = framed(request, grant) | {"picture": found, "may": may}
    context |= {"is_own": found.by == request.user.key, "people": list(found.people.all())}
    return form_page(request, "together/picture.html", form, **context)


@require_POST
@for_signed_in
def picture_act(request: SignedInRequest, key: UUID, row: UUID, act: str) -> HttpResponse:
    """Close a picture again, take it out, put it back."""
    grant = grant_with(request, key, _may_agree)
    found, now = _picture(request, grant, row), timezone.now()
    if act == "hide":
        diary.hide_picture(found, actor=request.user, now=now)
    elif act in ("take-out", "put-back"):
        diary.shelve_picture(found, is_away=act == "take-out", actor=request.user, now=now)
    else:
        raise Http404
    return redirect("together:inside", key)


@require_http_methods(["GET", "POST"])
@for_signed_in
def new_role(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Write a role in which people may join."""
    return _role_page(request, kept_grant(request, key), None)


@require_http_methods(["GET", "POST"])
@for_signed_in
def role(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """Write it anew: more places go to those who wait."""
    grant = kept_grant(request, key)
    found = queries.role_in(grant, row)
    if found is None:
        raise Http404
    return _role_page(request, grant, found.row)


def _entry_page(request: SignedInRequest, grant: Grant, found: DiaryEntry | None) -> HttpResponse:
    initial = {"on": found.on, "text": found.text} if found else {"on": today_of(grant)}
    form = EntryForm(request.POST or None, initial=initial)

    def act() -> None:
        told, now = form.cleaned_data, timezone.now()
        write = partial(diary.write_entry, grant, told["on"], told["text"], entry=found)
        write(actor=request.user, now=now)

    if is_done(form, act, explain):
        messages.success(request, _("Saved."))
        return redirect("together:inside", grant.key)
    return _page(request, grant, form, _("An entry of the diary"), _("Save"))


def _role_page(request: SignedInRequest, grant: Grant, found: Role | None) -> HttpResponse:
    form = RoleForm(request.POST or None, initial=_role_initial(found) if found else None)

    def act() -> None:
        roles.write_role(grant, form.offered(), role=found, actor=request.user, now=timezone.now())

    if is_done(form, act, explain):
        messages.success(request, _("Saved."))
        return redirect("together:inside", grant.key)
    return _page(request, grant, form, found.name if found else _("A new role"), _("Save"))


def _role_initial(found: Role) -> dict[str, object]:
    names = ("name", "about", "where", "starts_on", "ends_on", "places", "least_age", "confirms")
    told: dict[str, object] = {name: getattr(found, name) for name in (*names, "is_open")}
    return told | {"hours": round(found.day_minutes / 60, 2)}


def _page(
    request: SignedInRequest, grant: Grant, form: object, heading: str, button: str
) -> HttpResponse:
    context = framed(request, grant) | {"heading": heading, "button": button}
    return form_page(request, "together/form.html", form, **context)  # type: ignore[arg-type]  # a form


def _agree(person: Person, found: DiaryPicture, form: AgreeForm) -> None:
    consent, now = form.cleaned_data["consent"], timezone.now()
    diary.agree_picture(found, consent, form.chosen(), actor=person, now=now)


def _may_agree(person: Person, grant: Grant) -> bool:
    return access.may_keep(person, grant) or access.may_run(person, grant)


def _entry(grant: Grant, row: UUID) -> DiaryEntry:
    found = queries.entry_in(grant, row)
    if found is None:
        raise Http404
    return found


def _role_said(one: queries.ShownRole) -> tuple[queries.ShownRole, str, str]:
    row = one.row
    return one, words.places_said(one.left), words.when_said(row.starts_on, row.ends_on)


def _diary(request: SignedInRequest, grant: Grant, *, keeps: bool) -> Page[DiaryEntry]:
    return page_of(
        queries.whole_diary(grant) if keeps else queries.shown_diary(grant),
        order=LATEST,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        size=SHOWN,
    )


def _picture(request: SignedInRequest, grant: Grant, row: UUID) -> DiaryPicture:
    found = queries.picture_in(grant, row)
    if found is None or not (queries.is_shown(found) or access.may_look(request.user, found)):
        raise Http404
    return found
