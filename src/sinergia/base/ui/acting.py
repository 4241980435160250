"""A form is acted on, and what a rule has against it is told by its fields."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sinergia.engine.refusal import Gap, Refused


def is_done(form: Form, act: Callable[[], object], explain: Callable[[Gap], str]) -> bool:
    """Act on what was typed; say whether it was valid and nothing was against it.

    explain: gives the sentence for a gap.
    """
    if not form.is_valid():
        return False
    try:
        act()
    except Refused as refusal:
        for gap in refusal.gaps:
            form.add_error(gap.path if gap.path in form.fields else None, explain(gap))
        return False
    return True


def form_page(
    request: HttpRequest, template: str, form: Form, /, **context: object
) -> HttpResponse:
    """A page with a form: 422 where what was typed was not taken."""
    status = 422 if form.is_bound else 200
    return render(request, template, {"form": form, **context}, status=status)


def tell_gaps(request: HttpRequest, refusal: Refused, explain: Callable[[Gap], str]) -> None:
    """Say above the next page what a rule has against an act that has no form."""
    for gap in refusal.gaps:
        messages.error(request, explain(gap))
