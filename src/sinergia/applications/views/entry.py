"""The page on which one application is entered by hand."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sinergia.applications.actions.entering import enter_application
from sinergia.applications.forms.entry import EntryForm
from sinergia.applications.models import Application
from sinergia.applications.queries.words import status_words
from sinergia.applications.reading import filed_row
from sinergia.applications.words import explain
from sinergia.calls.queries import funds
from sinergia.engine.refusal import Refused
from sinergia.people.http import SignedInRequest, for_administrators
from sinergia.places.queries import regions


@require_http_methods(["GET", "POST"])
@for_administrators
def new(request: SignedInRequest) -> HttpResponse:
    """Type one application as it stands on paper; the rules are those of a file."""
    form = EntryForm(list(funds()), list(regions()), request.POST or None)
    if form.is_valid() and (filed := _enter(request, form)) is not None:
        messages.success(request, _("The application is entered."))
        return redirect("applications:detail", filed.key)
    words = {word.word for word in status_words(only_unknown=False).order_by("word_folded")[:200]}
    context = {"form": form, "statuses": sorted(words)}
    status = 422 if form.is_bound else 200
    return render(request, "applications/new.html", context, status=status)


def _enter(request: SignedInRequest, form: EntryForm) -> Application | None:
    """Enter what was typed; none where it cannot be read, which the form then tells."""
    fund = get_object_or_404(funds(), code=form.cleaned_data["fund"])
    row = filed_row(0, form.cells(), fund.currency)
    try:
        return enter_application(fund, row, actor=request.user, now=timezone.now())
    except Refused as refusal:
        for gap in refusal.gaps:
            form.add_error(gap.path, explain(gap.code))
    return None
