"""Doors: every page says who may come in; a page that says nothing is not there."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from http import HTTPStatus
from ipaddress import ip_address
from typing import Concatenate, ParamSpec

from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from allauth.core.internal.cryptokit import generate_user_code, normalize_user_code
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme

from sinergia.people.access import may_administer
from sinergia.people.models import Person
from sinergia.people.queries.accounts import has_factor

P = ParamSpec("P")
MAIL_CODE = "code"  # django-allauth's word for a code from e-mail
AFTER_PROOF = "after_proof"  # the session's word for the page that the second proof stopped
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


class SignedInRequest(HttpRequest):
    """A request whose person is known."""

    user: Person


def reader_of(request: HttpRequest) -> Person | None:
    """Whoever asks; none for a visitor."""
    return request.user if isinstance(request.user, Person) else None


def mark_of(person: Person) -> str:
    """By what a device tells the pages of one reader from those of another; names nobody."""
    return salted_hmac("people.reader", str(person.key)).hexdigest()[:32]


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a part; going back in history asks for the whole page."""
    headers = request.headers
    return headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in headers


def for_everyone(view: Callable[P, HttpResponseBase]) -> Callable[P, HttpResponseBase]:
    """Let anybody in."""

    @wraps(view)
    def open_view(*args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return view(*args, **kwargs)

    open_view.door = "everyone"  # type: ignore[attr-defined]  # the mark `doors` looks for
    return open_view


def for_signed_in(
    view: Callable[Concatenate[SignedInRequest, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Let in whoever has signed in; send others to the sign-in page and back.

    A script that sends what somebody typed says whose page it is: if another person has signed in
    on that device meanwhile, it is told so, and the text waits for its author.
    """

    @wraps(view)
    def admitted(request: SignedInRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        author = request.headers.get("X-Reader")
        if author and author != mark_of(request.user):
            return HttpResponse(status=HTTPStatus.UNAUTHORIZED)
        return view(request, *args, **kwargs)

    guarded = login_required(admitted)
    guarded.door = "signed_in"  # type: ignore[attr-defined]  # the mark `doors` looks for
    return guarded


def for_writers(
    view: Callable[Concatenate[SignedInRequest, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Let in whoever has signed in; a page sent after their session had ended comes back whole."""
    guarded = for_signed_in(view)

    @wraps(guarded)
    def admitted(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.method == "POST" and not request.user.is_authenticated:
            return sent_back(request, HTTPStatus.UNAUTHORIZED)
        return guarded(request, *args, **kwargs)

    return admitted


def sent_back(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    """What was typed and could not be taken, in a page whose button sends it once more."""
    typed = [(name, value) for name, values in request.POST.lists() for value in values]
    fields = [one for one in typed if one[0] != "csrfmiddlewaretoken"]
    context = {"status": int(status), "is_sent_back": True, "fields": fields}
    return render(request, f"errors/{int(status)}.html", context, status=status)


def for_administrators(
    view: Callable[Concatenate[SignedInRequest, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Let in administrators; whoever is signed in without that right learns who can help."""

    @wraps(view)
    def admitted(request: SignedInRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not may_administer(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    guarded = login_required(admitted)
    guarded.door = "administrators"  # type: ignore[attr-defined]  # the mark `doors` looks for
    return guarded


def keep_off_referrers(
    view: Callable[P, HttpResponseBase],
) -> Callable[P, HttpResponseBase]:
    """Keep an address that is itself a secret from other pages, their logs and shared machines.

    What is opened from here learns the site and never the path: not even our own pages do. To
    name nothing at all (no-referrer) is too much: a browser then posts as nobody, and is refused.
    """

    @wraps(view)
    def discreet(*args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        response = view(*args, **kwargs)
        response.headers["Referrer-Policy"] = "strict-origin"
        response.headers["Cache-Control"] = "no-store"
        return response

    return discreet


def before_second_factor(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Keep a page open to whoever still owes a second proof: there they give it, or leave."""
    view.before_second_factor = True  # type: ignore[attr-defined]  # the mark `doors` looks for
    return view


def for_freshly_proven(
    view: Callable[Concatenate[SignedInRequest, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Let in whoever has proved themselves once more within five minutes; ask others to.

    Behind the door of the signed-in. django-allauth asks people with a password or a factor; those
    who have neither prove their mailbox.
    """

    @wraps(view)
    def admitted(request: SignedInRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        need_fresh_proof(request)
        return view(request, *args, **kwargs)

    return admitted


def need_fresh_proof(request: HttpRequest) -> None:
    """Go on only if somebody proved themselves once more just now; raises what asks them to."""
    if not is_freshly_proven(request):
        raise ReauthenticationRequired


def is_freshly_proven(request: HttpRequest) -> bool:
    """Whether somebody proved themselves once more within five minutes.

    Whoever has an app or a passkey does it by these: a stolen password would add another one.
    """
    person = reader_of(request)
    records = get_authentication_records(request, request.user)
    strong = person is not None and has_factor(person)
    again = [
        record["at"]
        for record in records
        if record.get("reauthenticated") and (record["method"] == "mfa" or not strong)
    ]
    return bool(again) and time.time() - again[-1] < REAUTHENTICATION_TIMEOUT


def is_proven_twice(request: HttpRequest, person: Person) -> bool:
    """Whether this session knows its person by two things.

    A passkey asks the device's owner for itself; an app's code comes after something else; a code
    by e-mail counts beside a password alone, and only where nothing better is set up and the
    password did not come by a code from the same mailbox. People of the demo are nobody's.
    """
    if settings.IS_DEMO and person.is_invented:
        return True
    methods = proofs_in(request, person)
    by_mail = {"password", MAIL_CODE} <= methods and not person.password_by_mail
    return "mfa" in methods or (by_mail and not has_factor(person))


def owes_link(person: Person) -> bool:
    """Whether somebody who decides is known by their mailbox alone: an administrator helps then.

    They set no app or passkey up either: whoever holds the mailbox would keep the account so.
    """
    return person.must_use_mfa and person.password_by_mail and not has_factor(person)


def proofs_in(request: HttpRequest, person: Person) -> set[str]:
    """By what this session knows its person, in the words of django-allauth."""
    return {record["method"] for record in get_authentication_records(request, person)}


class MailProof:
    """A code that went to the mailbox of whoever is signed in, kept in their session as a digest.

    Three attempts, fifteen minutes.
    """

    KEPT_AS = "mail_proof"
    ATTEMPTS = 3
    TERM = timedelta(minutes=15)

    def __init__(self, session: SessionBase) -> None:
        self.session = session
        self.kept: dict[str, str | int] = session.get(self.KEPT_AS) or {}

    @classmethod
    def begin(cls, session: SessionBase, *, now: datetime) -> str:
        """Make a code, in place of the one before; give it, to be sent."""
        code = str(generate_user_code(numeric=True, length=8))
        session[cls.KEPT_AS] = {"digest": cls._digest(code), "at": now.isoformat(), "wrong": 0}
        return code

    @property
    def is_waiting(self) -> bool:
        """Whether a code was sent and not yet used up."""
        return bool(self.kept)

    def is_right(self, code: str, *, now: datetime) -> bool:
        """Whether this is the code; it is used up by that, and by the third wrong attempt."""
        if not self.kept:
            return False
        is_late = now - datetime.fromisoformat(str(self.kept["at"])) > self.TERM
        is_same = constant_time_compare(self._digest(code), str(self.kept["digest"]))
        self.kept["wrong"] = int(self.kept["wrong"]) + 1
        if is_same or is_late or int(self.kept["wrong"]) >= self.ATTEMPTS:
            self.kept = {}
        self.session[self.KEPT_AS] = self.kept
        return is_same and not is_late

    @staticmethod
    def _digest(code: str) -> str:
        return salted_hmac("people.mail_proof", normalize_user_code(code)).hexdigest()


def client_address(request: HttpRequest) -> str:
    """The network address a request came from.

    Each of our own proxies adds the address it was asked from at the right of X-Forwarded-For;
    what stands further left was written by whoever asks, and is not believed.
    """
    named = request.headers.get("X-Forwarded-For", "").split(",")
    ours = settings.TRUSTED_PROXIES
    typed = str(named[-ours]).strip() if 0 < ours <= len(named) else ""
    for address in (typed, request.META.get("REMOTE_ADDR", "")):
        try:
            return str(ip_address(address))
        except ValueError:
            continue
    return "0.0.0.0"  # noqa: S104  # nothing is bound: a socket file has no address


def set_language(response: HttpResponse, language: str) -> None:
    """Have pages in a language from now on, on this device."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 24 * 3600,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite="Lax",
    )


def place_to_go(request: HttpRequest, *, otherwise: str = "/") -> str:
    """Take `next` where it is an address of this site, the front page elsewhere."""
    named = request.POST.get("next") or request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        named, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return named if is_ours else otherwise


class doors:  # noqa: N801  # named in settings as a verb's noun, like Django's own functions
    """Middleware: an address without a door answers as if it did not exist.

    Whoever decides and is known by one proof only is a visitor on public pages, and is led to the
    second proof from all others. A part that a page asks for by itself after its session has ended
    is not answered by the page to sign in: what is shown stays where it is.
    """

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; the look at the view comes next."""
        response = self.respond(request)
        if hasattr(request, "awaited"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        args: list[object],
        kwargs: dict[str, object],
    ) -> HttpResponse | None:
        """Refuse what nobody has opened; ask for the second proof where it is owed."""
        if not hasattr(view, "door"):
            raise Http404
        person = request.user
        if not person.is_authenticated and view.door != "everyone" and is_fragment(request):
            return HttpResponse(status=HTTPStatus.UNAUTHORIZED)
        if not (person.is_authenticated and person.must_use_mfa):
            return None
        if request.session.get_expiry_age() > settings.DECIDING_SESSION_AGE:
            request.session.set_expiry(settings.DECIDING_SESSION_AGE)
        if is_proven_twice(request, person) or hasattr(view, "before_second_factor"):
            return None
        if view.door == "everyone":
            request.awaited, request.user = person, AnonymousUser()  # type: ignore[attr-defined]  # told to the page's head
            return None
        request.session[AFTER_PROOF] = request.get_full_path() if request.method == "GET" else "/"
        return redirect("mfa_index")
