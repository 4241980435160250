"""Heads whose term of office has ended or ends soon, and papers that do."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from sinergia.base.tables.paging import Order, count_up_to, page_of
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.organisations.queries.roles import served
from sinergia.organisations.queries.waiting import papers_ending, terms_ending
from sinergia.organisations.words.inside import heads_said, papers_said


@require_GET
@for_staff
def terms(request: StaffRequest) -> HttpResponse:
    """Heads, or papers; the one that ended longest ago comes first."""
    today, theirs = timezone.localdate(), served(request.centre)
    heads, papers = terms_ending(theirs, today=today), papers_ending(theirs, today=today)
    context: dict[str, object] = {"heads": count_up_to(heads), "papers": count_up_to(papers)}
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    if request.GET.get("of") == "papers":
        some = page_of(papers, order=Order("ends_on"), after=after, before=before)
        rows, more = papers_said(some.rows, today=today), {"page": some, "is_papers": True}
    else:
        of_heads = page_of(heads, order=Order("until"), after=after, before=before)
        rows, more = heads_said(of_heads.rows, today=today), {"page": of_heads, "is_papers": False}
    return render(request, "register/terms.html", context | more | {"rows": rows})
