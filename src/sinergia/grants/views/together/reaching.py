"""What pages of projects and of people who join have in common."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from sinergia.base.tables.sent import file_response
from sinergia.grants.access import may_keep, may_open_own
from sinergia.grants.models import Grant, Joiner
from sinergia.grants.papers import joining as papers
from sinergia.grants.queries import joiners as queries
from sinergia.grants.queries.together import ShownProject, public_project, shown_project
from sinergia.grants.words.together import crumbs_of, served_said, tabs_of
from sinergia.people.http import SignedInRequest
from sinergia.support.queries.consent_texts import ConsentText


def open_project(key: UUID) -> tuple[Grant, ShownProject]:
    """A project that everybody may open; closed and missing look alike."""
    grant = public_project(key)
    shown = shown_project(grant) if grant is not None else None
    if grant is None or shown is None:
        raise Http404
    return grant, shown


def own_row(row: UUID, token: str, salt: str = "joiner") -> Joiner:
    """The row of a link that we wrote; a forged one finds nothing, as a missing one."""
    found = queries.joiner_keyed(row) if may_open_own(row, token, salt) else None
    if found is None:
        raise Http404
    return found


def joiner_of(grant: Grant, row: UUID) -> Joiner:
    """Somebody who joined it."""
    found = queries.joiner_in(grant, row)
    if found is None:
        raise Http404
    return found


def text_agreed_to() -> ConsentText:
    """What one agrees to today by joining, in the reader's language."""
    found = queries.consent_text(get_language() or "ru", on=timezone.localdate())
    if found is None:
        raise Http404
    return found


def framed(request: SignedInRequest, grant: Grant, here: str = "") -> dict[str, object]:
    """What every page of the organisers shows around itself."""
    keeps = may_keep(request.user, grant)
    return {
        "grant": grant,
        "keeps": keeps,
        "crumbs": crumbs_of(grant, is_below=here != "inside"),
        "tabs": tabs_of(grant, here, keeps=keeps) if here else [],
    }


def paper_of(row: Joiner, address: str) -> HttpResponse:
    """A certificate as a PDF, with the address where it is verified."""
    days = list(queries.days_of(row))
    if not row.certificate or not days or not row.name:
        raise Http404
    served = served_said([one.on for one in days], sum(one.minutes for one in days))
    language, now = get_language() or "ru", timezone.now()
    content = papers.certificate(row, address, served, language=language, now=now)
    return file_response(content, f"certificate-{row.certificate}.pdf")


def verified_at(request: HttpRequest, found: Joiner) -> str:
    """The address where a certificate is verified, whole."""
    number = found.certificate or "-"
    return request.build_absolute_uri(reverse("together:certificate", args=[number]))
