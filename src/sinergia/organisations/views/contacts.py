"""Pages of the people whom a centre knows."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.tables.paging import Order, count_up_to, page_of
from sinergia.base.ui.templatetags.ui import mistakes
from sinergia.engine.refusal import Refused
from sinergia.organisations.actions import contacts as actions
from sinergia.organisations.forms.contacts import ContactForm, FilterForm, PostForm
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.organisations.models import Contact, Post
from sinergia.organisations.queries.contacts import ContactFilter, asked_for, contacts_of
from sinergia.organisations.queries.inside import names_by_key
from sinergia.organisations.views.saving import is_saved
from sinergia.organisations.words import explain
from sinergia.places.models import Municipality
from sinergia.places.queries import municipalities_in, regions_in


@require_GET
@for_staff
def contacts(request: StaffRequest) -> HttpResponse:
    """Everybody the centre knows, or those whom the address asks for."""
    asked = ContactFilter.from_query(request.GET.dict())
    found = asked_for(request.centre, asked)
    page = page_of(
        found,
        order=Order("name_folded"),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {
        "page": page,
        "total": count_up_to(found),
        "asked": asked,
        "form": FilterForm(asked, list(regions_in(request.centre.regions.values("region")))),
    }
    return render(request, "register/contacts/list.html", context)


@require_http_methods(["GET", "POST"])
@for_staff
def new(request: StaffRequest) -> HttpResponse:
    """Write down somebody with the first post."""
    form, post = _form(request, {}), PostForm(request.POST or None)
    if form.is_valid() and post.is_valid():
        now, actor = timezone.now(), request.user
        enter = partial(actions.enter_contact, request.centre, form.given(), actor=actor, now=now)
        if _is_saved(post, enter):
            messages.success(request, _("Written down."))
            return redirect("register:contacts")
    status = 422 if form.is_bound else 200
    context = {"form": form, "post_form": post, "errors": [*mistakes(form), *mistakes(post)]}
    return render(request, "register/contacts/new.html", context, status=status)


@require_http_methods(["GET", "POST"])
@for_staff
def contact(request: StaffRequest, key: UUID) -> HttpResponse:
    """Somebody the centre knows: what stands here, and writing it anew."""
    known = _known(request, key)
    form = _form(request, _initial(known), known.municipality)
    save = partial(actions.change_contact, known, actor=request.user, now=timezone.now())
    if form.is_valid() and is_saved(form, save):
        messages.success(request, _("Saved."))
        return redirect("register:contact", key)
    writer = names_by_key([known.entered_by]).get(known.entered_by, "")
    context = {"contact": known, "form": form, "writer": writer}
    status = 422 if form.is_bound else 200
    return render(request, "register/contacts/detail.html", context, status=status)


@require_POST
@for_staff
def confirm(request: StaffRequest, key: UUID) -> HttpResponse:
    """Note that the person has confirmed it."""
    known = _known(request, key)
    try:
        actions.confirm_contact(known, actor=request.user, now=timezone.now())
    except Refused as refusal:
        messages.error(request, explain(refusal.gaps[0].code))
        return redirect("register:contacts")
    messages.success(request, _("Confirmed."))
    return redirect("register:contact", key)


@require_http_methods(["GET", "POST"])
@for_staff
def remove(request: StaffRequest, key: UUID) -> HttpResponse:
    """Ask once more, then forget somebody for good."""
    known = _known(request, key)
    if request.method == "GET":
        return render(request, "register/contacts/remove.html", {"contact": known})
    actions.remove_contact(known, actor=request.user, now=timezone.now())
    messages.success(request, _("Forgotten, together with posts and places on lists."))
    return redirect("register:contacts")


@require_http_methods(["GET", "POST"])
@for_staff
def add_post(request: StaffRequest, key: UUID) -> HttpResponse:
    """Note one more post of somebody."""
    known, form = _known(request, key), PostForm(request.POST or None)
    save = partial(actions.add_post, known, actor=request.user, now=timezone.now())
    if form.is_valid() and _is_saved(form, save):
        return redirect("register:contact", key)
    return _post_page(request, known, form)


@require_http_methods(["GET", "POST"])
@for_staff
def change_post(request: StaffRequest, key: UUID, post: UUID) -> HttpResponse:
    """Write what is known of a post now."""
    known = _known(request, key)
    held = get_object_or_404(known.posts, key=post)
    form = PostForm(request.POST or None, initial=_initial_post(held))
    save = partial(actions.change_post, held, actor=request.user, now=timezone.now())
    if form.is_valid() and is_saved(form, save):
        return redirect("register:contact", key)
    return _post_page(request, known, form, held)


@require_http_methods(["GET", "POST"])
@for_staff
def remove_post(request: StaffRequest, key: UUID, post: UUID) -> HttpResponse:
    """Ask once more, then forget a post."""
    known = _known(request, key)
    held = get_object_or_404(known.posts, key=post)
    if request.method == "GET":
        context = {"contact": known, "held": held}
        return render(request, "register/contacts/remove_post.html", context)
    actions.remove_post(held, actor=request.user, now=timezone.now())
    messages.success(request, _("The post is removed."))
    return redirect("register:contact", key)


def _known(request: StaffRequest, key: UUID) -> Contact:
    found: Contact = get_object_or_404(contacts_of(request.centre), key=key)
    return found


def _form(
    request: StaffRequest, initial: dict[str, object], kept: Municipality | None = None
) -> ContactForm:
    """kept: where they are by what is written, be it in a region that is served no more."""
    places = list(municipalities_in(request.centre.regions.values("region")))
    places += [kept] if kept is not None and kept not in places else []
    return ContactForm(places, request.POST or None, initial=initial)


def _initial(known: Contact) -> dict[str, object]:
    given: dict[str, object] = {
        name: getattr(known, name) for name in ("name", "email", "phone", "told_by", "note")
    }
    return given | {"municipality": known.municipality and str(known.municipality.key)}


def _initial_post(held: Post) -> dict[str, object]:
    return {name: getattr(held, name) for name in PostForm.base_fields}


def _is_saved(form: PostForm, save: Callable[[dict[str, object]], object]) -> bool:
    """Save a new post; False where a rule says no, which the form then tells."""
    try:
        save(form.given())
    except Refused as refusal:
        for gap in refusal.gaps:
            form.add_error(gap.path or None, explain(gap.code))
        return False
    return True


def _post_page(
    request: StaffRequest, known: Contact, form: PostForm, held: Post | None = None
) -> HttpResponse:
    context = {"contact": known, "form": form, "held": held}
    status = 422 if form.is_bound else 200
    return render(request, "register/contacts/post.html", context, status=status)
