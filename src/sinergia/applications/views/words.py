"""The page on which a fund's words get their meaning."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from sinergia.applications.actions.words import map_statuses
from sinergia.applications.forms.settling import WordsForm
from sinergia.applications.queries.words import rows_with, status_words
from sinergia.base.tables.paging import Order, page_of
from sinergia.people.http import SignedInRequest, for_administrators


@require_http_methods(["GET", "POST"])
@for_administrators
def words(request: SignedInRequest) -> HttpResponse:
    """Status words of every fund, those without a meaning first in sight."""
    is_all = request.GET.get("all") == "yes"
    page = page_of(
        status_words(only_unknown=not is_all),
        order=Order("word_folded"),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        size=50,
    )
    form = WordsForm(page.rows, request.POST or None)
    if form.is_valid():
        meanings = {UUID(key): outcome for key, outcome in form.cleaned_data.items()}
        changed = map_statuses(meanings, actor=request.user, now=timezone.now())
        messages.success(
            request,
            ngettext("%s word has a new meaning.", "%s words have a new meaning.", changed)
            % changed,
        )
        return redirect(request.get_full_path())
    counts = rows_with(page.rows)
    context = {
        "page": page,
        "form": form,
        "rows": [(word, form[str(word.key)], counts.get(word.pk, 0)) for word in page.rows],
        "is_all": is_all,
        "query": "all=yes" if is_all else "",
    }
    status = 422 if form.is_bound else 200
    return render(request, "applications/words.html", context, status=status)
