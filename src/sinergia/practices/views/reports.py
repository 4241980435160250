"""Adoptions across installations: our own told to the home, others' received and decided."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.tables.paging import Order, page_of
from sinergia.base.ui.parts import WAITING, waiting_tabs
from sinergia.engine.practice.report import GONE, LONGEST, Report, read_report
from sinergia.engine.refusal import Refused
from sinergia.people.http import SignedInRequest, for_everyone, for_signed_in
from sinergia.practices.access import may_lead_adoption
from sinergia.practices.actions import reporting
from sinergia.practices.actions.reported import decide_reported, receive_report
from sinergia.practices.http import published_practice
from sinergia.practices.models import Adoption, Practice
from sinergia.practices.queries import feeds as queries
from sinergia.practices.queries.adoptions import adoptions_of
from sinergia.practices.reading.reports import SIGNATURE
from sinergia.practices.words import explain
from sinergia.practices.words.feeds import state_said


@csrf_exempt  # another installation posts here by itself; its signature is the proof
@require_POST
@for_everyone
def receive(request: HttpRequest) -> HttpResponse:
    """Take what another installation tells of an adoption; a person decides on it later."""
    content, signature = request.read(LONGEST + 1), request.headers.get(SIGNATURE, "")
    try:
        report = read_report(content, signature, home=settings.SITE_URL)
        kept = receive_report(_practice_of(report), report, now=timezone.now())
    except Refused as refusal:
        code = refusal.gaps[0].code
        status = 429 if code == "report.too_many" else 400
        return JsonResponse({"fault": code, "words": explain(refusal.gaps[0])}, status=status)
    if kept is None:
        return JsonResponse({"fault": "report.other_key"}, status=409)
    return JsonResponse({"taken": kept.number}, status=202)


@require_GET
@for_signed_in
def reported(request: SignedInRequest) -> HttpResponse:
    """What other installations say of practices that one writes, the latest first."""
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    waiting, order = (
        queries.reported_waiting(request.user),
        Order("received_at", is_descending=True),
    )
    is_waiting = request.GET.get("waiting") == "yes"
    rows = waiting if is_waiting else queries.reported_to(request.user)
    page = page_of(rows, order=order, after=after, before=before)
    words = _("Await your word") + f" · {waiting.count()}"
    context = {"page": page, "rows": [(one, state_said(one)) for one in page.rows]}
    context |= {"tabs": waiting_tabs(reverse("practices:reported"), words, is_waiting=is_waiting)}
    context |= {"query": WAITING if is_waiting else ""}
    return render(request, "practices/reported.html", context)


@require_POST
@for_signed_in
def decide(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Accept or decline one of them."""
    found = queries.reported_to(request.user).filter(key=key).first()
    if found is None:
        raise Http404
    is_accepted, now = request.POST.get("decision") == "accept", timezone.now()
    seen, said = request.POST.get("seen", ""), _("Accepted: it stands on the page of the practice.")
    try:
        decide_reported(found, is_accepted=is_accepted, seen=seen, actor=request.user, now=now)
        messages.success(request, said if is_accepted else _("Declined: nobody sees it."))
    except Refused as refusal:
        messages.error(request, explain(refusal.gaps[0]))
    return redirect("practices:reported")


@require_http_methods(["GET", "POST"])
@for_signed_in
def report(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Say what the home of a practice would be told, and tell it, or no longer."""
    found, now = _foreign(request, key), timezone.now()
    if request.method == "GET":
        context = {"adoption": found, "report": queries.report_of(found)}
        return render(request, "practices/report.html", context)
    if request.POST.get("end"):
        reporting.end_report(found, actor=request.user, now=now)
        messages.success(request, _("Its home is told to show it no more."))
    else:
        reporting.agree_to_report(found, actor=request.user, now=now)
        messages.success(request, _("Its home is told; people there accept it or not."))
    return redirect("projects:adoption", key)


def _practice_of(report: Report) -> Practice:
    """Of which practice; what is told no more is taken also where it left the catalogue."""
    known = queries.reported_before(report) if report.state == GONE else None
    return known.practice if known is not None else published_practice(report.practice)


def _foreign(request: SignedInRequest, key: UUID) -> Adoption:
    """An adoption of a practice of another site, led by whoever asks."""
    rows = adoptions_of(request.user).filter(practice__organisation=None)
    found = rows.select_related("practice__foreign__feed").filter(key=key).first()
    if found is None or not may_lead_adoption(request.user, found):
        raise Http404
    return found
