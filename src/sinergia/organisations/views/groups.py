"""Pages of groups without a legal entity."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sinergia.base.asking import row_keyed
from sinergia.engine.refusal import Refused
from sinergia.organisations.actions import groups as actions
from sinergia.organisations.forms.groups import GroupForm, ToldGroupForm
from sinergia.organisations.http import StaffRequest, chosen_capacity, for_staff
from sinergia.organisations.models import Organisation
from sinergia.organisations.queries.merging import home_of, plan_of
from sinergia.organisations.queries.register import with_words
from sinergia.organisations.queries.roles import centre_of, served
from sinergia.organisations.queries.teams import regions_served
from sinergia.organisations.words import explain
from sinergia.organisations.words.merging import gaps_said, portions_shown
from sinergia.people.http import SignedInRequest, for_signed_in
from sinergia.places.queries import municipalities_in, regions

MOST_FOUND = 20


@require_http_methods(["GET", "POST"])
@for_signed_in
def new(request: SignedInRequest) -> HttpResponse:
    """Begin one's own group; who acts as staff writes one down from its people's words."""
    form = _form(request)
    if form.is_valid():
        group = _saved(request, form)
        if group is not None:
            messages.success(request, _("Written down. Nobody sees it until its people show it."))
            return redirect("register:inside", group.key)
    context = {"form": form, "is_told": isinstance(form, ToldGroupForm)}
    status = 422 if form.is_bound else 200
    return render(request, "register/groups/new.html", context, status=status)


@require_http_methods(["GET", "POST"])
@for_staff
def join(request: StaffRequest, key: UUID) -> HttpResponse:
    """Find the organisation that a group registered, look at what moves, and make them one."""
    theirs, home = served(request.centre), home_of(key)
    if home is not None and theirs.filter(pk=home.pk).exists():
        return redirect("register:inside", home.key)  # pressed twice
    group = get_object_or_404(theirs.filter(kind=Organisation.Kind.GROUP), key=key)
    chosen = _chosen(request, theirs)
    if request.method == "GET" or chosen is None:
        status = 200 if request.method == "GET" else 422
        return _joining(request, group, chosen, status=status)
    return _joined(request, group, chosen)


def _form(request: SignedInRequest) -> GroupForm:
    """Of who acts as staff, with the words of whom they write down."""
    typed = request.POST if request.method == "POST" else None
    capacity = chosen_capacity(request)
    if capacity is None or not capacity.is_staff:
        return GroupForm(regions(), typed)
    theirs = regions_served(centre_of(capacity))
    return ToldGroupForm(theirs, municipalities_in(theirs.values("pk")), typed)


def _saved(request: SignedInRequest, form: GroupForm) -> Organisation | None:
    write = actions.write_group if isinstance(form, ToldGroupForm) else actions.begin_group
    region, town = form.place()
    try:
        return write(
            region, form.given(), actor=request.user, now=timezone.now(), municipality=town
        )
    except Refused as refusal:
        for gap in refusal.gaps:
            path = gap.path if gap.path in form.fields else None
            form.add_error(path, explain(gap.code, **gap.values))
    return None


def _chosen(request: StaffRequest, theirs: QuerySet[Organisation]) -> Organisation | None:
    """The organisation that `into` names, where the centre serves it."""
    named = request.POST.get("into") or request.GET.get("into", "")
    return row_keyed(theirs.filter(kind=Organisation.Kind.REGISTERED), named)


def _joined(request: StaffRequest, group: Organisation, chosen: Organisation) -> HttpResponse:
    try:
        done = actions.join_group(group.key, chosen.key, actor=request.user, now=timezone.now())
    except Refused as refusal:
        return _joining(request, group, chosen, gaps=gaps_said(refusal.gaps), status=422)
    messages.success(request, _("The group is a part of the organisation now."))
    return redirect("register:merge_done", done.key)


def _joining(
    request: StaffRequest,
    group: Organisation,
    chosen: Organisation | None,
    *,
    gaps: list[tuple[str, str]] | None = None,
    status: int,
) -> HttpResponse:
    typed = request.GET.get("q", "")[:200]
    registered = served(request.centre).filter(kind=Organisation.Kind.REGISTERED)
    found = with_words(registered, typed) if typed.strip() else registered.none()
    rows = found.select_related("region", "municipality").order_by("name_folded", "pk")
    context = {
        "group": group,
        "chosen": chosen,
        "q": typed,
        "found": list(rows[:MOST_FOUND]),
        "portions": portions_shown(plan_of(chosen, group), centre=request.centre) if chosen else [],
        "gaps": gaps or [],
    }
    return render(request, "register/groups/join.html", context, status=status)
