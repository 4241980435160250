"""Whether a certificate is genuine: by its number, for everybody."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from sinergia.base.tables.paper import initials_of
from sinergia.people.http import for_everyone
from sinergia.support.forms.trainings import NumberForm
from sinergia.support.queries.enrolments import certificate_by
from sinergia.support.words.trainings import in_zone_of


@require_safe
@for_everyone
def verify(request: HttpRequest) -> HttpResponse:
    """Type a number; what is found has a page of its own."""
    form = NumberForm(request.GET or None)
    is_missing = False
    if form.is_valid():
        found = certificate_by(form.cleaned_data["number"])
        if found is not None:
            return redirect("trainings:certificate", found.certificate)
        is_missing = True
    return render(request, "trainings/verify.html", {"form": form, "is_missing": is_missing})


@require_safe
@for_everyone
def certificate(request: HttpRequest, number: str) -> HttpResponse:
    """What a number stands for: the training, its day and hours; of the person only initials."""
    found = certificate_by(number)
    if found is None:
        raise Http404
    with in_zone_of(found.training):
        context = {
            "number": found.certificate,
            "initials": initials_of(found.name),
            "training": found.training,
        }
        return render(request, "trainings/certificate.html", context)
