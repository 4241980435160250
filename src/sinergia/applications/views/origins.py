"""Of which project an application to a fund elsewhere is."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sinergia.applications.access import may_tell_origin
from sinergia.applications.actions.origins import forget_origin, tell_origin
from sinergia.applications.forms.origins import OriginForm
from sinergia.applications.models import Application
from sinergia.applications.queries.origins import is_handed_in_here, origin_of, projects_to_name
from sinergia.applications.queries.records import detailed
from sinergia.applications.words import explain
from sinergia.base.ui.acting import is_done
from sinergia.people.http import SignedInRequest, for_signed_in


@require_http_methods(["GET", "POST"])
@for_signed_in
def origin(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Say of which project it is."""
    found = _theirs(request, key)
    told, projects = origin_of(found), projects_to_name(request.user, found)
    initial = {"project": told.project.key, "ground": told.ground} if told is not None else {}
    form = OriginForm(projects, request.POST or None, initial=initial)

    def act() -> None:
        said, now = form.cleaned_data["ground"], timezone.now()
        tell_origin(found, form.chosen(), said, actor=request.user, now=now)

    if is_done(form, act, lambda gap: explain(gap.code)):
        messages.success(request, _("It is noted of which project the application is."))
        return redirect("applications:detail", key)
    context = {"application": found, "form": form, "told": told}
    status = 422 if form.is_bound else 200
    return render(request, "applications/origin.html", context, status=status)


@require_POST
@for_signed_in
def forget(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Take it back."""
    forget_origin(_theirs(request, key), actor=request.user, now=timezone.now())
    messages.success(request, _("It is not said any more of which project the application is."))
    return redirect("applications:detail", key)


def _theirs(request: SignedInRequest, key: UUID) -> Application:
    found = detailed().filter(key=key).first()
    if found is None or not may_tell_origin(request.user, found) or is_handed_in_here(found):
        raise Http404
    return found
