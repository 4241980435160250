"""Heads whose term of office has ended or ends soon."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from sinergia.base.tables.paging import Order, count_up_to, page_of
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.organisations.queries.waiting import terms_ending
from sinergia.organisations.words.inside import heads_said


@require_GET
@for_staff
def terms(request: StaffRequest) -> HttpResponse:
    """The one that ended longest ago comes first."""
    today = timezone.localdate()
    ending = terms_ending(request.centre, today=today)
    page = page_of(
        ending,
        order=Order("until"),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {
        "page": page,
        "rows": heads_said(page.rows, today=today),
        "total": count_up_to(ending),
    }
    return render(request, "register/terms.html", context)
