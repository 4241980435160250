"""Pages of resource centres and of those who work there."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.ui.acting import tell_gaps
from sinergia.engine.refusal import Refused
from sinergia.organisations import access
from sinergia.organisations.actions import centres as actions
from sinergia.organisations.forms.centres import CentreForm
from sinergia.organisations.forms.teams import LeavingForm, StaffInvitationForm
from sinergia.organisations.http import found_by, other_capacity
from sinergia.organisations.models import Centre, CentreStaff, Organisation
from sinergia.organisations.queries import teams as queries
from sinergia.organisations.queries.claims import public_finds
from sinergia.organisations.queries.invitations import CENTRE, open_invitations
from sinergia.organisations.views.inviting import letter_about, link_shown
from sinergia.organisations.views.saving import is_saved
from sinergia.organisations.words import explain
from sinergia.people.access import may_administer
from sinergia.people.http import SignedInRequest, for_administrators, for_signed_in
from sinergia.people.queries import invitations_to
from sinergia.people.words import explain as explain_invitation


@require_GET
@for_administrators
def centres(request: SignedInRequest) -> HttpResponse:
    """Every centre of the installation, and finding the organisation that becomes one."""
    typed, heads = request.GET.get("q", "")[:200], queries.heads_by_centre()
    context = {
        "rows": [(one, heads.get(one.pk, [])) for one in queries.centres()],
        "q": typed,
        "found": public_finds(typed),
    }
    return render(request, "register/centres/list.html", context)


@require_http_methods(["GET", "POST"])
@for_administrators
def make(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Make a centre of an organisation."""
    known = queries.centres().filter(organisation__key=key).first()
    if known is not None and request.method == "POST":  # the second press
        return redirect("register:invite_staff", known.key)
    organisation = found_by(queries.may_become_centres(), key)
    form = _centre_form(request, organisation, None)
    if form.is_bound and form.is_valid():
        save = partial(actions.make_centre, organisation, actor=request.user, now=timezone.now())
        made = _saved(form, save)
        if made is not None:
            messages.success(request, _("The centre is made. Now invite its head."))
            return redirect("register:invite_staff", made.key)
    context = {"organisation": organisation, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "register/centres/form.html", context, status=status)


@require_http_methods(["GET", "POST"])
@for_administrators
def change(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Say which regions a centre serves, and by which clock it works."""
    centre = _centre(request, key)
    form = _centre_form(request, centre.organisation, centre)
    if form.is_bound and form.is_valid():
        save = partial(actions.change_centre, centre, actor=request.user, now=timezone.now())
        if _saved(form, save) is not None:
            messages.success(request, _("Saved."))
            return redirect("register:centre", key)
    context = {"organisation": centre.organisation, "centre": centre, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "register/centres/form.html", context, status=status)


@require_GET
@for_signed_in
def centre(request: SignedInRequest, key: UUID) -> HttpResponse:
    """A centre as those who work there see it: regions, people, links that are open."""
    found, now = _centre(request, key), timezone.now()
    leads = access.may_lead(request.user, found)
    context = {
        "centre": found,
        "staff": list(queries.staff_rows(found)),
        "former": list(queries.former_staff(found)) if leads else [],
        "leads": leads,
        "links": open_invitations(CENTRE, found.key, now=now) if leads else [],
        "offer": other_capacity(request, found),
        "back": request.get_full_path(),
    }
    return render(request, "register/centres/centre.html", context)


@require_http_methods(["GET", "POST"])
@for_signed_in
def invite(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Take somebody in by a link."""
    found = _led(request, key)
    has_head = queries.heads_of_centre(found).exists()
    form = StaffInvitationForm(request.POST or None, has_head=has_head)
    if form.is_valid():
        return _invited(request, found, form)
    context = {"centre": found, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "register/centres/invite.html", context, status=status)


@require_POST
@for_signed_in
def withdraw(request: SignedInRequest, key: UUID, invitation: UUID) -> HttpResponse:
    """Make a link worthless."""
    found = _led(request, key)
    asked = get_object_or_404(invitations_to(CENTRE, found.key), key=invitation)
    try:
        actions.withdraw_from_centre(found, asked, actor=request.user, now=timezone.now())
    except Refused as refusal:
        tell_gaps(request, refusal, explain_invitation)
    else:
        messages.success(request, _("The link is good no longer."))
    return redirect("register:centre", key)


@require_POST
@for_signed_in
def role(request: SignedInRequest, key: UUID, person: UUID) -> HttpResponse:
    """Give somebody of the centre another role."""
    work, wanted = _work(request, key, person), request.POST.get("role", "")
    if wanted not in CentreStaff.Role.values:
        messages.error(request, _("Choose one of the roles."))
        return redirect("register:centre", key)
    change_it = partial(actions.change_staff_role, work.centre, person, wanted)
    try:
        change_it(actor=request.user, now=timezone.now())
    except Refused as refusal:
        for gap in refusal.gaps:
            messages.error(request, explain(gap.code))
    else:
        messages.success(request, _("The role is changed."))
    return redirect("register:centre", key)


@require_http_methods(["GET", "POST"])
@for_signed_in
def end(request: SignedInRequest, key: UUID, person: UUID) -> HttpResponse:
    """Ask once more, then let somebody of the centre go; of oneself, leave."""
    work = _work(request, key, person) if request.method == "GET" else _ended(request, key, person)
    form = _leaving_form(request, work)
    if form.is_valid():
        now = timezone.now()
        leave = partial(actions.end_work, work.centre, person, actor=request.user, now=now)
        if is_saved(form, lambda given: leave(**form.parting())):
            messages.success(request, _("Done: the work at the centre is given up."))
            still_sees = queries.centres_seen_by(request.user).filter(key=key).exists()
            return redirect("register:centre", key) if still_sees else redirect("web:desk")
    context = {"work": work, "form": form, "is_own": work.person == request.user}
    status = 422 if form.is_bound else 200
    return render(request, "register/centres/end.html", context, status=status)


def _invited(request: SignedInRequest, centre: Centre, form: StaffInvitationForm) -> HttpResponse:
    now, email, role = timezone.now(), form.cleaned_data["email"], form.cleaned_data["role"]
    made = actions.invite_to_centre(
        centre,
        role,
        email=email,
        ends_at=form.ends_at(now),
        actor=request.user,
        now=now,
        letter=letter_about(centre, role, email),
    )
    return link_shown(request, *made, centre, back=reverse("register:centre", args=[centre.key]))


def _centre(request: SignedInRequest, key: UUID) -> Centre:
    found: Centre = get_object_or_404(queries.centres_seen_by(request.user), key=key)
    return found


def _led(request: SignedInRequest, key: UUID) -> Centre:
    found = _centre(request, key)
    if not access.may_lead(request.user, found):
        raise PermissionDenied
    return found


def _work(request: SignedInRequest, key: UUID, person: UUID) -> CentreStaff:
    found: CentreStaff = get_object_or_404(
        queries.staff_rows(_centre(request, key)), person__key=person
    )
    return found


def _ended(request: SignedInRequest, key: UUID, person: UUID) -> CentreStaff:
    """Work that the first press may have ended, by which the centre closed to whoever left."""
    if person == request.user.key:
        own: CentreStaff = get_object_or_404(queries.ever_worked(request.user), centre__key=key)
        return own
    there = queries.ever_at_centre(_centre(request, key))
    found: CentreStaff = get_object_or_404(there, person__key=person)
    return found


def _centre_form(
    request: SignedInRequest, organisation: Organisation, centre: Centre | None
) -> CentreForm:
    region = organisation.region
    initial: dict[str, object] = {
        "time_zone": (region.time_zone if region else "") or "Europe/Moscow",
        "regions": [region.code] if region else [],
    }
    if centre is not None:
        served = [region.code for region in queries.regions_served(centre)]
        initial = {"time_zone": centre.time_zone, "regions": served}
    offered, typed = queries.free_regions(centre), request.POST or None
    return CentreForm(offered, typed, initial=initial, now=timezone.now())


def _saved(form: CentreForm, save: Callable[..., Centre]) -> Centre | None:
    """Save; none where a rule says no, which the form then tells."""
    try:
        return save(form.chosen(), form.cleaned_data["time_zone"])
    except Refused as refusal:
        for gap in refusal.gaps:
            form.add_error(gap.path or None, explain(gap.code))
    return None


def _leaving_form(request: SignedInRequest, work: CentreStaff) -> LeavingForm:
    is_own = work.person == request.user
    if not (is_own or access.may_lead(request.user, work.centre)):
        raise PermissionDenied
    is_last = queries.is_last_head(work) and (is_own or not may_administer(request.user))
    others = queries.staff_rows(work.centre).exclude(pk=work.pk).filter(person__is_active=True)
    heirs = [(str(one.person.key), one.person) for one in others]
    typed = request.POST if request.method == "POST" else None
    return LeavingForm(heirs, typed, is_last=is_last)
