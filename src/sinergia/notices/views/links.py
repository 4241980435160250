"""The one link of a letter: opens without signing in, shows what the letter says."""

from contextlib import AbstractContextManager, nullcontext
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from sinergia.notices import words
from sinergia.notices.access import may_open_link
from sinergia.notices.actions.links import give_up_letters, note_opened, take_letters_again
from sinergia.notices.models import Choice, Notice, Recipient
from sinergia.notices.queries.links import Linked, is_silent, linked_by
from sinergia.notices.queries.mailings import names_by_mailbox, sample_of
from sinergia.notices.queries.notices import choice_of, notices_in
from sinergia.people.http import for_everyone, keep_off_referrers


@require_safe
@for_everyone
@keep_off_referrers
def link(request: HttpRequest, key: UUID, token: str) -> HttpResponse:
    """Show the message and note that it was opened; a look ahead by a program is no opening."""
    linked = _linked(key, token)
    if _is_read_by_somebody(request):
        note_opened(linked, now=timezone.now())
    with _in_the_language_of(request, linked):
        return render(request, "notices/link.html", _shown(linked))


@csrf_exempt  # a mail program posts here by itself; the token proves that it has the letter
@require_http_methods(["GET", "POST"])
@for_everyone
@keep_off_referrers
def stop(request: HttpRequest, key: UUID, token: str) -> HttpResponse:
    """Give such letters up, or take them again; answered at once (RFC 8058: no redirect)."""
    linked = _linked(key, token)
    if request.method == "POST":
        act = take_letters_again if "again" in request.POST else give_up_letters
        act(linked, now=timezone.now())
    context = {
        "is_given_up": _is_given_up(linked),
        "is_mailing": isinstance(linked, Recipient),
        "address": linked.address if isinstance(linked, Recipient) else linked.person.email,
        "link": words.path_to(key),
    }
    with _in_the_language_of(request, linked):
        return render(request, "notices/stop.html", context)


def _linked(key: UUID, token: str) -> Linked:
    """The message behind a link; a forged link and a forgotten message are answered alike."""
    linked = linked_by(key) if may_open_link(key, token) else None
    if linked is None:
        raise Http404
    return linked


def _is_read_by_somebody(request: HttpRequest) -> bool:
    """Whether a browser shows it to a person, as far as it says so."""
    purposes = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
    told = " ".join(request.headers.get(name, "") for name in purposes)
    return request.method == "GET" and "prefetch" not in told and "preview" not in told


def _is_given_up(linked: Linked) -> bool:
    if isinstance(linked, Recipient):
        return is_silent(linked.address)
    return choice_of(linked.person).email in (Choice.Email.URGENT, Choice.Email.NEVER)


def _in_the_language_of(request: HttpRequest, linked: Linked) -> AbstractContextManager[None]:
    """Speak as the letter did, unless whoever reads has chosen a language here."""
    if settings.LANGUAGE_COOKIE_NAME in request.COOKIES:
        return nullcontext()
    reader = linked if isinstance(linked, Recipient) else linked.person
    return translation.override(reader.language)


def _shown(linked: Linked) -> dict[str, object]:
    """What the page says, as the letter did."""
    context: dict[str, object] = {"stop_url": words.leave_path(linked.key)}
    if isinstance(linked, Recipient):
        names = names_by_mailbox(linked.mailing, [linked.address_folded])
        said = sample_of(linked, names.get(linked.address_folded, [linked.name]))
        return context | {"said": words.Said(said.subject, said.text)}
    found = [linked] if isinstance(linked, Notice) else list(notices_in(linked))
    return context | {"lines": words.lines_of(found)}
