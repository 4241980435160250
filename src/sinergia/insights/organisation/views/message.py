"""A message to exactly the organisations that are filtered."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods

from sinergia.engine.refusal import Refused
from sinergia.insights.organisation.forms import MessageForm
from sinergia.insights.organisation.queries.filters import OrganisationFilter, Reader
from sinergia.insights.organisation.queries.names import Names
from sinergia.insights.organisation.queries.rows import found, served
from sinergia.insights.organisation.views.listing import asking, said_of_all
from sinergia.notices.actions import Addressee, draft_mailing
from sinergia.notices.actions.mailings import MOST
from sinergia.notices.models import Mailing
from sinergia.notices.words import explain
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.organisations.models import Organisation
from sinergia.organisations.queries.addressees import mailboxes_of

CLOSED = Organisation.Status.CLOSED


@dataclass(frozen=True)
class Whom:
    """Whom a filter finds. ours: those that the centre serves; closed: of these."""

    said: list[str]
    total: int
    ours: int
    closed: int
    list_url: str


@require_http_methods(["GET", "POST"])
@for_staff
def message(request: StaffRequest) -> HttpResponse:
    """Write the text; what stands in the list and is served by the centre is written to."""
    asked, names, reader = asking(request)
    whom = _whom(asked, names, reader)
    form = MessageForm(request.POST or None, closed=whom.closed)
    if form.is_valid():
        mailing = _drafted(request, form, asked, reader)
        if mailing is not None:
            return redirect("register:mailing", mailing.key)
    context = {"form": form, "whom": whom, "crumbs": _crumbs()}
    status = 422 if form.is_bound else 200
    return render(request, "organisations/message.html", context, status=status)


def _whom(asked: OrganisationFilter, names: Names, reader: Reader) -> Whom:
    """Whom the filter finds; those who are closed are counted only where it does not ask for them.

    Who filters closed ones means them.
    """
    everybody = found(asked, reader)
    ours = everybody.filter(served(reader))
    closed = 0 if asked.status == CLOSED else ours.filter(status=CLOSED).count()
    return Whom(
        said=list(said_of_all(asked, reader, names).values()),
        total=everybody.count(),
        ours=ours.count(),
        closed=closed,
        list_url=f"{reverse('organisations:list')}?{asked.to_query()}",
    )


def _drafted(
    request: StaffRequest, form: MessageForm, asked: OrganisationFilter, reader: Reader
) -> Mailing | None:
    given = form.cleaned_data
    try:
        mailing: Mailing = draft_mailing(
            given["subject"],
            given["text"],
            scope_kind="centre",
            scope_key=request.centre.key,
            addressees=_addressees(
                asked, reader, is_news=given["is_news"], but_closed=form.leaves_closed_out()
            ),
            actor=request.user,
            now=timezone.now(),
            query=asked.to_query(),
            is_news=given["is_news"],
            reply_to=request.user.email,
        )
    except Refused as refusal:
        for gap in refusal.gaps:
            form.add_error(gap.path or None, explain(gap))
        return None
    return mailing


def _addressees(
    asked: OrganisationFilter, reader: Reader, *, is_news: bool, but_closed: bool
) -> Iterator[Addressee]:
    """Those whom the centre serves; news go only to people who agreed to letters."""
    ours = found(asked, reader).filter(served(reader))
    written_to = ours.exclude(status=CLOSED) if but_closed else ours
    for one in mailboxes_of(written_to, most=MOST + 1):
        yield Addressee(
            kind="organisation",
            key=one.organisation.key,
            name=one.organisation.name,
            address=one.address,
            language=one.person.language if one.person else "ru",
            person_id=one.person.pk if one.person else None,
            may_write=one.agrees or not is_news,
        )


def _crumbs() -> list[tuple[str, str]]:
    home = (str(pgettext_lazy("menu", "Home")), reverse("web:home"))
    above = [home, (_("Organisations"), reverse("organisations:list"))]
    return [*above, (_("Mailing to what is filtered"), "")]
