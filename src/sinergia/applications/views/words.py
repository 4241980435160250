"""The page on which a fund's words get their meaning."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from sinergia.applications.actions.words import map_statuses
from sinergia.applications.forms.settling import WordsForm
from sinergia.applications.queries.words import rows_with, status_words
from sinergia.base.tables.paging import Order, Page, page_of
from sinergia.calls.models import StatusWord
from sinergia.people.http import SignedInRequest, for_administrators


@require_http_methods(["GET", "POST"])
@for_administrators
def words(request: SignedInRequest) -> HttpResponse:
    """Status words of every fund, those without a meaning first in sight."""
    is_all = request.GET.get("all") == "yes"
    page = _page(request, status_words(only_unknown=not is_all))
    form = WordsForm(page.rows, request.POST or None)
    if form.is_valid():
        _map(request, form)
        return redirect(request.get_full_path())
    counts = rows_with(page.rows)
    rows = [(word, form[str(word.key)], counts.get(word.pk, 0)) for word in page.rows]
    query = "all=yes" if is_all else ""
    context = {"page": page, "form": form, "rows": rows, "is_all": is_all, "query": query}
    status = 422 if form.is_bound else 200
    return render(request, "applications/words.html", context, status=status)


def _map(request: SignedInRequest, form: WordsForm) -> None:
    meanings = {UUID(key): outcome for key, outcome in form.cleaned_data.items()}
    changed = map_statuses(meanings, actor=request.user, now=timezone.now())
    told = ngettext("%s word has a new meaning.", "%s words have a new meaning.", changed)
    messages.success(request, told % changed)


def _page(request: SignedInRequest, rows: QuerySet[StatusWord]) -> Page[StatusWord]:
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    return page_of(rows, order=Order("word_folded"), after=after, before=before, size=50)
