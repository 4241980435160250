"""What of a visit everybody may read: previewed, with who has not agreed; published, put away."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from sinergia.base.tables.sent import file_response
from sinergia.base.ui.acting import tell_gaps
from sinergia.engine.refusal import Refused
from sinergia.exchange import access
from sinergia.exchange.actions.press import publish_item, put_item_away
from sinergia.exchange.http import visit_of
from sinergia.exchange.models import Visit
from sinergia.exchange.papers.report import docx_of, pdf_of
from sinergia.exchange.queries import press as queries
from sinergia.exchange.queries.reports import LONGEST_NUMBER, ReportSaid, report_numbered
from sinergia.exchange.views.reaching import BEGUN, crumbs_of, prepared_visit, tabs_of
from sinergia.exchange.words import explain
from sinergia.exchange.words.consents import standings_of
from sinergia.exchange.words.public_report import public_report, thought_said
from sinergia.exchange.words.publication import (
    items_said,
    left_out_said,
    photos_said,
    practices_said,
)
from sinergia.people.http import SignedInRequest, for_everyone, for_signed_in, reader_of
from sinergia.people.models import Person

Act = tuple[Callable[..., object], str]


@require_GET
@for_signed_in
def publication(request: SignedInRequest, key: UUID) -> HttpResponse:
    """What is and would be published, who has not agreed, what is left out therefore."""
    visit = _begun(prepared_visit(request, key))
    context = {
        "visit": visit,
        "items": items_said(visit, queries.published_items(visit)),
        "is_open": visit.course.is_public and visit.stage in access.PUBLISHED,
        "thought": thought_said(visit),
        "crumbs": crumbs_of(visit),
        "tabs": tabs_of(request, visit, "publication"),
    }
    context |= _withheld(queries.press_facts(visit, now=timezone.now()))
    return render(request, "exchange/press/publication.html", context)


@require_POST
@for_signed_in
def item(request: SignedInRequest, key: UUID, name: str, act: str) -> HttpResponse:
    """Publish a paper as it was previewed, or put it away again."""
    visit, seen = _begun(prepared_visit(request, key)), request.POST.get("seen", "")
    number = int(seen) if seen.isdecimal() and len(seen) <= LONGEST_NUMBER else -1
    verbs: dict[str, Act] = {
        "publish": (partial(publish_item, seen=number), _("Everybody reads it now.")),
        "put-away": (put_item_away, _("It is put away again.")),
    }
    if name not in queries.ITEMS or act not in verbs:
        raise Http404
    verb, said = verbs[act]
    try:
        verb(visit, name, actor=request.user, now=timezone.now())
        messages.success(request, said)
    except Refused as refusal:
        tell_gaps(request, refusal, explain)
    return redirect("press:publication", key)


@require_safe
@for_everyone
def report(request: HttpRequest, key: UUID) -> HttpResponse:
    """The report as everybody reads it; before it is published, for whoever prepares."""
    visit, reader = visit_of(request, key), reader_of(request)
    context = {
        "visit": visit,
        "report": _report(request, visit),
        "is_public": queries.published_item(visit, queries.REPORT),
        "crumbs": publication_crumbs(reader, visit),
    }
    return never_kept(render(request, "exchange/press/report.html", context))


@require_safe
@for_everyone
def report_docx(request: HttpRequest, key: UUID) -> HttpResponse:
    """The same for an office program, made anew each time."""
    visit, language = visit_of(request, key), get_language() or "ru"
    report, now = _report(request, visit), timezone.now()
    content = docx_of(report, language=language, now=now, is_signed=False)
    return never_kept(file_response(content, "visit-report.docx"))


@require_safe
@for_everyone
def report_pdf(request: HttpRequest, key: UUID) -> HttpResponse:
    """The same as PDF."""
    visit, language = visit_of(request, key), get_language() or "ru"
    content = pdf_of(_report(request, visit), language=language, now=timezone.now())
    return never_kept(file_response(content, "visit-report.pdf"))


def publication_crumbs(reader: Person | None, visit: Visit) -> list[tuple[str, str]]:
    """The way to what is published: for whoever prepares by their page of it."""
    if reader is None or not access.may_prepare(reader, visit):
        return crumbs_of(visit)
    return crumbs_of(
        visit, (_("Press and publication"), reverse("press:publication", args=[visit.key]))
    )


def never_kept(response: HttpResponse) -> HttpResponse:
    """What somebody may take back any moment is kept by nobody on the way."""
    response["Cache-Control"] = "private, no-store"
    return response


def _withheld(facts: queries.PressFacts) -> dict[str, object]:
    """Who agreed to what, and what is left out therefore."""
    return {
        "standings": standings_of(facts.report.delegates, facts.agreed),
        "quotes": len(facts.quotes),
        "agreed_quotes": sum(one.pk in facts.agreed.quotes for one in facts.quotes),
        "left_out": left_out_said(facts),
        "photos": photos_said(facts.report.visit, facts.agreed),
        "practices": practices_said(facts),
    }


def _report(request: HttpRequest, visit: Visit) -> ReportSaid:
    """What was published; for whoever prepares, what would be."""
    item, reader = queries.published_item(visit, queries.REPORT), reader_of(request)
    is_ours = reader is not None and access.may_prepare(reader, visit)
    is_open = visit.course.is_public and visit.stage in access.PUBLISHED
    if visit.stage not in BEGUN or not (is_ours or (item is not None and is_open)):
        raise Http404
    shown = queries.number_to_publish(visit, queries.REPORT) if is_ours else item and item.number
    written = report_numbered(visit, str(shown or 0))
    return public_report(queries.press_facts(visit, now=timezone.now()), written)


def _begun(visit: Visit) -> Visit:
    if visit.stage not in BEGUN:
        raise Http404
    return visit
