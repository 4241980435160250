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
    counts = {"heads": count_up_to(heads), "papers": count_up_to(papers)}
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    is_papers = request.GET.get("of") == "papers"
    context: dict[str, object] = {"is_papers": is_papers, **counts}
    if is_papers:
        some = page_of(papers, order=Order("ends_on"), after=after, before=before)
        context |= {"page": some, "rows": papers_said(some.rows, today=today)}
        context |= {"query": "of=papers", "total": counts["papers"]}
    else:
        of_heads = page_of(heads, order=Order("until"), after=after, before=before)
        context |= {"page": of_heads, "rows": heads_said(of_heads.rows, today=today)}
        context |= {"query": "", "total": counts["heads"]}
    return render(request, "register/terms.html", context)
