"""Those who joined, for the organisers: their list, confirming, days, papers, certificates."""

from datetime import date
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.asking import rows_keyed
from sinergia.base.tables.paging import Order, Page, count_up_to, page_of
from sinergia.base.tables.sent import TABLES, file_response, table_response
from sinergia.base.ui.acting import is_done
from sinergia.base.ui.squares import square_of
from sinergia.engine.refusal import Refused
from sinergia.grants.access import door_code
from sinergia.grants.actions.attendance import write_day
from sinergia.grants.actions.certifying import give_certificates
from sinergia.grants.actions.forgetting import forget_joiner
from sinergia.grants.actions.queueing import confirm, refuse
from sinergia.grants.forms.joining import HoursForm, JoinersForm, day_asked
from sinergia.grants.http import kept_grant
from sinergia.grants.models import Grant, Joiner
from sinergia.grants.papers import joining as papers
from sinergia.grants.queries import joiners as queries
from sinergia.grants.queries.grants import today_of
from sinergia.grants.queries.joiners import JoinersFilter
from sinergia.grants.views.together.reaching import framed, joiner_of, paper_of, verified_at
from sinergia.grants.words import explain
from sinergia.grants.words import together as words
from sinergia.people.http import SignedInRequest, for_signed_in

PAGE = 50
SORT, IN_LINE = Order("name_folded"), Order("queued_at")


@require_GET
@for_signed_in
def people(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Who asks, waits, is in the project; those who ask are confirmed here.

    Of those who have not confirmed their address, or wait for a parent, only how many.
    """
    grant = kept_grant(request, key)
    asked = JoinersFilter.from_query(request.GET.dict())
    rows = queries.asked_joiners(queries.joiners_of(grant), asked)
    order = IN_LINE if asked.part in ("asked", "waiting") else SORT
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = page_of(rows, order=order, after=after, before=before, size=PAGE)
    context = framed(request, grant, "people") | {
        "page": page,
        "rows": [_line(one) for one in page.rows],
        "total": count_up_to(rows),
        "unready": queries.unready_of(grant),
        "asked": asked,
        "form": JoinersForm(asked, list(grant.roles.order_by("pk"))),
        "may_settle": any(one.stage in ("asked", "waiting", "confirmed") for one in page.rows),
    }
    return render(request, "together/people.html", context)


@require_GET
@for_signed_in
def export(request: SignedInRequest, key: UUID, form: str) -> HttpResponse:
    """Exactly those whom the address asks for, as a file."""
    grant = kept_grant(request, key)
    if form not in TABLES:
        raise Http404
    asked = JoinersFilter.from_query(request.GET.dict())
    rows = queries.asked_joiners(queries.joiners_of(grant), asked).order_by("name_folded", "pk")
    head, lines = papers.joiners_head(), list(papers.joiners_lines(rows))
    return table_response(f"people.{form}", head, lines, sheet=_("People"))


@require_POST
@for_signed_in
def settle(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Confirm those who were ticked, or, asked once more, do not take them."""
    grant, query = kept_grant(request, key), request.GET.urlencode()
    rows = list(rows_keyed(queries.joiners_of(grant), request.POST.getlist("chosen")))
    verb = request.POST.get("verb", "")
    back = f"{reverse('together:people', args=[key])}?{query}"
    if verb not in ("confirm", "refuse", "refuse-indeed") or not rows:
        messages.error(request, _("Tick somebody in the list first."))
    elif verb == "refuse":
        context = framed(request, grant, "people") | {"rows": rows, "query": query, "back": back}
        return render(request, "together/refuse.html", context)
    else:
        act = confirm if verb == "confirm" else refuse
        _tell_settled(request, act(rows, actor=request.user, now=timezone.now()))
    return redirect(back)


@require_GET
@for_signed_in
def person(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """One who joined: what they said, days, the certificate."""
    grant = kept_grant(request, key)
    found = joiner_of(grant, row)
    days = list(queries.days_of(found))
    context = framed(request, grant, "people") | {
        "row": found,
        "kind": words.KINDS[Joiner.Stage(found.stage)],
        "parent": getattr(found, "parent", None),
        "days": [(one, words.hours_said(one.minutes)) for one in days],
        "hours": words.hours_said(sum(one.minutes for one in days)),
        "number": queries.place_in_line(found) if found.stage == "waiting" else 0,
    }
    return render(request, "together/person.html", context)


@require_http_methods(["GET", "POST"])
@for_signed_in
def forget(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """Somebody took their consent back by a letter: ask once more, then empty the row."""
    grant = kept_grant(request, key)
    found = joiner_of(grant, row)
    if request.method == "GET":
        context = framed(request, grant, "people") | {"row": found}
        return render(request, "together/forget.html", context)
    forget_joiner(found, actor=request.user, now=timezone.now())
    messages.success(request, _("What was written of them is erased."))
    return redirect("together:people", key)


@require_GET
@for_signed_in
def paper(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """Somebody's certificate, to be printed for them."""
    found = joiner_of(grant := kept_grant(request, key), row)
    found.role.grant = grant
    return paper_of(found, verified_at(request, found))


@require_POST
@for_signed_in
def certify(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Give a certificate to everybody who was there, or to one of them."""
    grant, row = kept_grant(request, key), request.POST.get("row", "")
    rows = None if not row else list(queries.joiners_of(grant).filter(key=_key(row)))
    try:
        given = give_certificates(grant, rows, actor=request.user, now=timezone.now())
    except Refused as refusal:
        messages.error(request, " ".join(explain(gap) for gap in refusal.gaps))
    else:
        said = ngettext("%(count)s certificate given.", "%(count)s certificates given.", given)
        messages.success(request, said % {"count": given})
    if rows:
        return redirect("together:person", key, rows[0].key)
    return redirect("together:people", key)


@require_http_methods(["GET", "POST"])
@for_signed_in
def days(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Who was there on a day and how long; written by hours."""
    grant = kept_grant(request, key)
    on = day_asked(request.GET.dict(), today_of(grant))
    form, page = _hours(request, grant, on)
    write = partial(write_day, grant, on, actor=request.user, now=timezone.now())
    if is_done(form, lambda: write(minutes=form.changed()), explain):
        messages.success(request, _("Who was there is noted."))
        return redirect(f"{reverse('together:days', args=[key])}?{_place(request, on)}")
    context = framed(request, grant, "days") | {
        "form": form,
        "page": page,
        "on": on,
        "rows": [(one, form[str(one.key)]) for one in form.rows.values()],
        "today": today_of(grant),
    }
    return render(request, "together/days.html", context, status=422 if form.is_bound else 200)


@require_GET
@for_signed_in
def attendance(request: SignedInRequest, key: UUID) -> HttpResponse:
    """The attendance list of a day to be signed, as a PDF."""
    grant, now = kept_grant(request, key), timezone.now()
    on, rows = day_asked(request.GET.dict(), today_of(grant)), list(queries.confirmed_of(grant))
    content = papers.attendance_list(grant, rows, on=on, language=get_language() or "ru", now=now)
    return file_response(content, "attendance.pdf", is_inline=True)


@require_GET
@for_signed_in
def door(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Today's code for the door; whoever is in the project notes themselves by it."""
    grant = kept_grant(request, key)
    today = today_of(grant)
    code = door_code(grant, today)
    address = request.build_absolute_uri(reverse("together:here", args=[code]))
    side, path = square_of(address)
    context = framed(request, grant, "door") | {"side": side, "path": path, "address": address}
    is_on = grant.stage == Grant.Stage.UNDER_WAY
    return render(request, "together/door.html", context | {"today": today, "is_on": is_on})


def _line(row: Joiner) -> tuple[Joiner, str, str, str]:
    """A row of the list: its state, the kind of the badge, hours."""
    minutes: int = row.minutes  # type: ignore[attr-defined]  # counted with each by the query
    hours = words.hours_said(minutes) if minutes else ""
    return row, str(row.get_stage_display()), words.KINDS[Joiner.Stage(row.stage)], hours


def _place(request: SignedInRequest, on: date) -> str:
    """The page of the list at which somebody is, on a day."""
    query = request.GET.copy()
    query["on"] = f"{on:%Y-%m-%d}"
    return query.urlencode()


def _tell_settled(request: SignedInRequest, number: int) -> None:
    if not number:
        told = _(
            "Nobody’s state was changed. Those are confirmed who wait for your word; who is on the "
            "waiting list gets a free place by turn."
        )
        messages.warning(request, told)
        return
    told = ngettext(
        "Settled: %(number)s person. Whoever left an address is written to.",
        "Settled: %(number)s people. Whoever left an address is written to.",
        number,
    )
    messages.success(request, told % {"number": number})


def _hours(request: SignedInRequest, grant: Grant, on: date) -> tuple[HoursForm, Page[Joiner]]:
    """A page of those who are noted on a day. Sent: those of the page that was opened."""
    rows = queries.noted_on(grant, on)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = page_of(rows, order=SORT, after=after, before=before, size=PAGE)
    sent = list(request.POST)
    shown = list(rows_keyed(rows, sent).order_by("name_folded", "pk")) if sent else page.rows
    return HoursForm(shown, queries.days_on(grant, on), request.POST or None), page


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
