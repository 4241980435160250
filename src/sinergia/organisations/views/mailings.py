"""Messages of a centre to many: looked at, sent once, and what became of each."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.tables.paging import Order, Page, page_of
from sinergia.base.tables.sent import TABLES, table_response
from sinergia.base.ui.acting import tell_gaps
from sinergia.engine.refusal import Refused
from sinergia.notices import actions, papers, words
from sinergia.notices.forms import MailingForm, PhonedForm
from sinergia.notices.models import Mailing, Recipient
from sinergia.notices.queries import mailings as queries
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.organisations.models import Centre
from sinergia.organisations.queries.addressees import closed_among, left_among, phones_of
from sinergia.organisations.queries.merging import living_keys
from sinergia.people.http import is_fragment

SCOPE = "centre"
AT = {
    "mailing": "register:mailing",
    "send": "register:send_mailing",
    "rewrite": "register:rewrite_mailing",
    "drop": "register:drop_mailing",
    "phoned": "register:mailing_phoned",
    "unphoned": "register:mailing_unphoned",
    "again": "register:mailing_again",
}
FIRST = 10  # of those whom a draft will not reach


@require_GET
@for_staff
def mailings(request: StaffRequest) -> HttpResponse:
    """The centre's messages to many, the newest first."""
    page = page_of(
        queries.mailings_of(SCOPE, request.centre.key),
        order=Order("made_at", is_descending=True),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {"page": page, "rows": queries.with_counts(page.rows), "at": AT}
    return render(request, "register/mailings/list.html", context)


@require_GET
@for_staff
def mailing(request: StaffRequest, key: UUID) -> HttpResponse:
    """A draft to be looked at, or what became of a message."""
    found = _mailing(request, key)
    if found.stage in (Mailing.Stage.GATHERING, Mailing.Stage.DRAFT):
        context = _draft(found) | _chosen(request, found)
        return render(request, "register/mailings/draft.html", context)
    counts = queries.counts_of(found)
    context = {"mailing": found, "counts": counts, "at": AT, "done": counts.total - counts.waiting}
    if is_fragment(request):
        return render(request, "notices/_mailing_progress.html", context)
    return render(
        request, "register/mailings/detail.html", context | _results(request, found, counts)
    )


@require_http_methods(["GET", "POST"])
@for_staff
def rewrite(request: StaffRequest, key: UUID) -> HttpResponse:
    """Change the words of a draft."""
    found = _mailing(request, key)
    form = MailingForm(request.POST or None, initial={"subject": found.subject, "text": found.text})
    if form.is_valid():
        subject, text = form.cleaned_data["subject"], form.cleaned_data["text"]
        try:
            actions.rewrite_mailing(key, subject, text, actor=request.user, now=timezone.now())
        except Refused as refusal:
            for gap in refusal.gaps:
                form.add_error(gap.path or None, words.explain(gap))
        else:
            return redirect("register:mailing", key)
    context = {"mailing": found, "form": form, "back_url": reverse("register:mailing", args=[key])}
    status = 422 if form.is_bound else 200
    return render(request, "register/mailings/rewrite.html", context, status=status)


@require_POST
@for_staff
def send(request: StaffRequest, key: UUID) -> HttpResponse:
    """Send it, once."""
    gone = left_among(_mailing(request, key))
    try:
        actions.send_mailing(key, actor=request.user, now=timezone.now(), gone=gone)
    except Refused as refusal:
        tell_gaps(request, refusal, words.explain)
    return redirect("register:mailing", key)


@require_POST
@for_staff
def drop(request: StaffRequest, key: UUID) -> HttpResponse:
    """Throw a draft away."""
    _mailing(request, key)
    try:
        actions.drop_mailing(key, actor=request.user, now=timezone.now())
    except Refused as refusal:
        tell_gaps(request, refusal, words.explain)
        return redirect("register:mailing", key)
    messages.success(request, _("The draft is thrown away; nobody was written to."))
    return redirect("register:mailings")


@require_POST
@for_staff
def phoned(request: StaffRequest, key: UUID, recipient: UUID) -> HttpResponse:
    """Note that somebody was told by phone, and what was agreed."""
    row = _recipient(request, key, recipient)
    form = PhonedForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("The note is too long."))
        return redirect(_back(request, row))
    note = form.cleaned_data["note"]
    actions.note_phoned(row.key, note, actor=request.user, now=timezone.now())
    messages.success(request, _("Noted. It can be taken back among those who were phoned."))
    return redirect(_back(request, row))


@require_POST
@for_staff
def unphoned(request: StaffRequest, key: UUID, recipient: UUID) -> HttpResponse:
    """Take that back."""
    row = _recipient(request, key, recipient)
    actions.forget_phoned(row.key, actor=request.user, now=timezone.now())
    return redirect(_back(request, row))


@require_POST
@for_staff
def again(request: StaffRequest, key: UUID, recipient: UUID) -> HttpResponse:
    """Try a mailbox that sent a letter back."""
    row = _recipient(request, key, recipient)
    if actions.try_recipient_again(row.key, actor=request.user, now=timezone.now()):
        messages.success(request, _("The letter goes once more."))
    else:
        messages.error(request, _("There is nothing to send again."))
    return redirect(_back(request, row))


@require_GET
@for_staff
def export(request: StaffRequest, key: UUID, form: str) -> HttpResponse:
    """Those of one part, with their telephones, as a file."""
    if form not in TABLES:
        raise Http404
    found = _mailing(request, key)
    rows = queries.recipients_of(found, _part(request)).order_by("name_folded", "pk")
    lines = papers.lines(_shown(list(rows), request.centre))
    return table_response(f"mailing.{form}", papers.head(), lines, sheet=_("Mailings"))


def _draft(found: Mailing) -> dict[str, object]:
    counts = queries.counts_of(found)
    parts = ("came_back", "no_address", "withheld")
    rows = {
        part: list(queries.recipients_of(found, part).order_by("name_folded", "pk")[:FIRST])
        for part in parts
    }
    return {
        "mailing": found,
        "counts": counts,
        "samples": queries.first_letters(found),
        "tiles": words.tiles_of(counts, is_sent=False, url=_url(found)),
        "broken": _shown(rows["came_back"]),
        "no_address": _shown(rows["no_address"]),
        "withheld": _shown(rows["withheld"]),
        "closed": closed_among(found),
        "at": AT,
    }


def _chosen(request: StaffRequest, found: Mailing) -> dict[str, object]:
    """Recipients of a draft: those that one of its numbers opens."""
    names, part = words.draft_part_names(), request.GET.get("part", "")
    if part not in names:
        return {}
    page = _recipients(request, found, part)
    return {
        "part": part,
        "part_name": names[part],
        "page": page,
        "rows": _shown(page.rows),
        "query": f"part={part}",
    }


def _recipients(request: StaffRequest, found: Mailing, part: str) -> Page[Recipient]:
    return page_of(
        queries.recipients_of(found, part),
        order=Order("name_folded"),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )


def _results(request: StaffRequest, found: Mailing, counts: queries.Counts) -> dict[str, object]:
    part = _part(request)
    page = _recipients(request, found, part)
    return {
        "tiles": words.tiles_of(counts, is_sent=True, url=_url(found)),
        "chat": words.mailing_for_chat(found),
        "tabs": words.tabs_of(counts, part),
        "part": part,
        "page": page,
        "rows": _shown(page.rows, request.centre),
        "total": getattr(counts, part),
        "query": f"part={part}",
    }


def _shown(rows: Sequence[Recipient], centre: Centre | None = None) -> list[queries.Shown]:
    """Each with its page, of the organisation that it is by now; with its telephone for a centre.

    Of one that has left to another centre no telephone is told. Who is no organisation has no page.
    """
    homes = living_keys([row.of_key for row in rows if row.kind == "organisation"])
    known = phones_of(list(homes.values()), centre=centre) if centre and homes else {}
    return [
        queries.Shown(row, reverse("register:inside", args=[home]), known.get(home, ""))
        if (home := homes.get(row.of_key)) is not None
        else queries.Shown(row, "", "")
        for row in rows
    ]


def _part(request: StaffRequest) -> str:
    asked = request.GET.get("part", "")
    return asked if asked in queries.PARTS else "to_phone"


def _url(found: Mailing) -> str:
    return reverse("register:mailing", args=[found.key])


def _back(request: StaffRequest, row: Recipient) -> str:
    return f"{_url(row.mailing)}?part={_part(request)}"


def _mailing(request: StaffRequest, key: UUID) -> Mailing:
    found = queries.mailing_of(SCOPE, request.centre.key, key)
    if found is None:
        raise Http404
    return found


def _recipient(request: StaffRequest, key: UUID, recipient: UUID) -> Recipient:
    found = queries.recipient_of(_mailing(request, key), recipient)
    if found is None:
        raise Http404
    return found
