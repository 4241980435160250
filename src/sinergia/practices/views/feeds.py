"""Feeds of other installations: which are read, how that went; added, read now, removed."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.ui.acting import is_done
from sinergia.organisations.http import for_loaders, for_naming
from sinergia.people.http import SignedInRequest
from sinergia.practices.access import may_keep_feeds
from sinergia.practices.actions import feeds as actions
from sinergia.practices.forms.feeds import FeedForm
from sinergia.practices.models import Feed
from sinergia.practices.queries import feeds as queries
from sinergia.practices.words import explain
from sinergia.practices.words.feed import feed_address
from sinergia.practices.words.feeds import lines_of


@require_GET
@for_loaders
def feeds(request: SignedInRequest) -> HttpResponse:
    """Whose practices come here, and how reading them went."""
    return _page(request, FeedForm())


@require_POST
@for_naming
def add(request: SignedInRequest) -> HttpResponse:
    """Have a feed read from now on; the worker reads it at once."""
    form, now = FeedForm(request.POST), timezone.now()

    def act() -> None:
        feed = actions.add_feed(form.cleaned_data["address"], actor=request.user, now=now)
        actions.ask_to_read(feed, now=now, is_urgent=True)

    if not is_done(form, act, explain):
        return _page(request, form, status=422)
    messages.success(request, _("Added. It is being read: look again in a minute."))
    return redirect("practices:feeds")


@require_POST
@for_naming
def read(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Have it read now."""
    actions.ask_to_read(_feed(key), now=timezone.now(), is_urgent=True)
    messages.success(request, _("It is being read: look again in a minute."))
    return redirect("practices:feeds")


@require_http_methods(["GET", "POST"])
@for_naming
def remove(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Read it no more, after asking once more."""
    feed = _feed(key)
    if request.method == "GET":
        return render(request, "practices/remove_feed.html", {"feed": feed})
    actions.remove_feed(feed, actor=request.user, now=timezone.now())
    messages.success(request, _("It is read no more; its practices left the catalogue."))
    return redirect("practices:feeds")


def _feed(key: UUID) -> Feed:
    found = queries.feed_by(key)
    if found is None:
        raise Http404
    return found


def _page(request: SignedInRequest, form: FeedForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "lines": lines_of(queries.feeds()),
        "may_keep": may_keep_feeds(request.user),
        "own": feed_address(),
    }
    return render(request, "practices/feeds.html", context, status=status)
