"""Practices taken home, across all of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sinergia.base.tables.paging import Order, count_up_to, page_of
from sinergia.people.http import for_everyone
from sinergia.practices.forms.taken import TakenForm
from sinergia.practices.queries.adoptions import RELATED, confirmed_for
from sinergia.practices.queries.taken import TakenFilter, regions_taking_part, taken_home
from sinergia.practices.words.adopted import ground_said


@require_safe
@for_everyone
def taken(request: HttpRequest) -> HttpResponse:
    """List who took which practice home, as the address asks, the latest first."""
    asked = TakenFilter.from_query(request.GET.dict())
    rows = taken_home(asked)
    page = page_of(
        rows.select_related(*RELATED),
        order=Order("id", is_descending=True),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    form = TakenForm(asked, list(regions_taking_part()))
    spoke = confirmed_for(page.rows)
    told = [(one, ground_said(one, spoke.get(one.pk))) for one in page.rows]
    context = {"page": page, "told": told, "total": count_up_to(rows), "asked": asked, "form": form}
    return render(request, "practices/taken.html", context)
