"""Minutes of registration and admission, to be taken away."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from sinergia.applications.papers.minutes import docx_of
from sinergia.applications.queries.minutes import minutes_of
from sinergia.base.tables.sent import file_response
from sinergia.calls.http import our_contest
from sinergia.organisations.http import StaffRequest, for_staff


@require_GET
@for_staff
def minutes(request: StaffRequest, key: UUID) -> HttpResponse:
    """Minutes of registration and admission as DOCX, in the reader's language."""
    contest = our_contest(request, key)
    language = get_language() or "ru"
    content = docx_of(minutes_of(contest), language=language, now=timezone.now())
    return file_response(content, "minutes.docx")
