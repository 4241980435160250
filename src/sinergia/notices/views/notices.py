"""One's own messages: the list, one of them, and what comes by e-mail."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.letters.actions import trust_address
from sinergia.base.letters.queries import broken_address
from sinergia.base.tables.paging import Order, Page, count_up_to, page_of
from sinergia.notices import words
from sinergia.notices.actions.links import see_notice
from sinergia.notices.actions.notices import choose, see_all
from sinergia.notices.forms import ChoiceForm
from sinergia.notices.models import Notice
from sinergia.notices.queries.notices import choice_of, notices_of, unseen_of
from sinergia.people.http import SignedInRequest, for_signed_in


@require_GET
@for_signed_in
def notices(request: SignedInRequest) -> HttpResponse:
    """What the reader was told: all of it, the unseen first, or the unseen alone."""
    only_unseen = request.GET.get("show") == "unseen"
    found = unseen_of(request.user) if only_unseen else notices_of(request.user)
    page = _page(request, found)
    context = {
        "page": page,
        "lines": words.lines_of(page.rows),
        "total": count_up_to(found),
        "only_unseen": only_unseen,
        "query": "show=unseen" if only_unseen else "",
    }
    return render(request, "notices/list.html", context)


@require_GET
@for_signed_in
def notice(request: SignedInRequest, key: UUID) -> HttpResponse:
    """One message; looking at it is having seen it."""
    found = get_object_or_404(notices_of(request.user), key=key)
    see_notice(found, now=timezone.now())
    said = words.said_by(found)
    link = settings.SITE_URL + found.url if found.url else ""
    context = {"notice": found, "said": said, "for_chat": words.for_chat(said, link)}
    return render(request, "notices/detail.html", context)


@require_POST
@for_signed_in
def seen(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Mark one message as seen without opening it."""
    see_notice(get_object_or_404(notices_of(request.user), key=key), now=timezone.now())
    return redirect("notices:list")


@require_POST
@for_signed_in
def seen_all(request: SignedInRequest) -> HttpResponse:
    """Mark everything as seen."""
    count = see_all(request.user, now=timezone.now())
    told = ngettext("%d message is marked as seen.", "%d messages are marked as seen.", count)
    messages.success(request, told % count if count else _("There was nothing unseen."))
    return redirect("notices:list")


@require_http_methods(["GET", "POST"])
@for_signed_in
def choices(request: SignedInRequest) -> HttpResponse:
    """What comes by e-mail and when."""
    choice, now = choice_of(request.user), timezone.now()
    initial = {name: getattr(choice, name) for name in ChoiceForm.base_fields}
    form = ChoiceForm(request.POST or None, initial=initial, now=now)
    if form.is_valid():
        choose(request.user, form.cleaned_data, now=now)
        messages.success(request, _("Saved: letters come as chosen here."))
        return redirect("notices:choices")
    context = {"form": form, "broken": broken_address(request.user.email)}
    status = 422 if form.is_bound else 200
    return render(request, "notices/choices.html", context, status=status)


@require_POST
@for_signed_in
def trust(request: SignedInRequest) -> HttpResponse:
    """Try one's own mailbox again after it refused letters."""
    trust_address(request.user.email, actor=request.user, now=timezone.now())
    messages.success(request, _("The next letter goes to your mailbox again."))
    return redirect("notices:choices")


def _page(request: SignedInRequest, found: QuerySet[Notice]) -> Page[Notice]:
    """The unseen first, the newest first in both parts."""
    return page_of(
        found,
        order=Order("is_unseen", is_descending=True),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
