"""One's own page by the link of the letter, a parent's page, the code at the door, certificates."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from sinergia.base.asking import row_keyed
from sinergia.base.tables.paper import initials_of
from sinergia.base.ui.acting import form_page, is_done, tell_gaps
from sinergia.engine.refusal import Refused
from sinergia.grants.access import door_code, own_token
from sinergia.grants.actions import joining as actions
from sinergia.grants.actions.attendance import note_own
from sinergia.grants.actions.forgetting import forget_joiner
from sinergia.grants.actions.queueing import is_taking
from sinergia.grants.forms.joining import AddressForm, OwnForm
from sinergia.grants.models import Grant, Joiner
from sinergia.grants.queries import joiners as queries
from sinergia.grants.queries.grants import today_of, whole_grants
from sinergia.grants.views.together.reaching import own_row, paper_of, verified_at
from sinergia.grants.words import explain
from sinergia.grants.words import together as words
from sinergia.grants.words.own_acts import Act, acts_of, done_said, refusal_of_parent
from sinergia.people.http import for_everyone, keep_off_referrers, reader_of
from sinergia.places.queries import municipalities_in
from sinergia.support.forms.trainings import NumberForm

READ = "joining_code"  # the session's word for the code that was read at a door
OWN = "joining_own"  # and for the rows whose links were opened on this device
MOST_OWN = 10
Stage = Joiner.Stage


@require_http_methods(["GET", "POST"])
@keep_off_referrers
@for_everyone
def own(request: HttpRequest, row: UUID, token: str) -> HttpResponse:
    """What one signed up for, and all that belongs to it; pressed, that the address is theirs."""
    found = own_row(row, token)
    if request.method == "POST":
        _try(request, partial(actions.prove, found, now=timezone.now()))
        return redirect("together:own", row, token)
    _remember(request, found)
    takes = is_taking(found.role, timezone.now())
    number = queries.place_in_line(found) if found.stage == Stage.WAITING else 0
    context = _of(found, token) | {
        "standing": words.standing_said(found, number, is_taking=takes),
        "takes": takes,
        **_served(found),
        "is_here": _may_note(request, found),
        "acts": acts_of(found),
    }
    return render(request, "together/own.html", context)


@require_http_methods(["GET", "POST"])
@keep_off_referrers
@for_everyone
def act(request: HttpRequest, row: UUID, token: str, act: str) -> HttpResponse:
    """Leave, come back, agree to be shown or not, be erased: ask once more, then do it."""
    found, verbs = own_row(row, token), _verbs(request)
    offered = next((one for one in acts_of(found) if one.code == act), None)
    if act not in verbs or (offered is None and request.method == "GET"):
        raise Http404
    if offered is None and act != "here":  # pressed twice, or not theirs to do any more
        return redirect("together:own", row, token)
    if request.method == "GET":
        return _ask_once_more(request, found, token, offered, "own")
    if _try(request, partial(verbs[act], found)):
        messages.success(request, done_said(act))
    return redirect("together:own", row, token)


@require_http_methods(["GET", "POST"])
@keep_off_referrers
@for_everyone
def change(request: HttpRequest, row: UUID, token: str) -> HttpResponse:
    """Mend one's name or town."""
    found = own_row(row, token)
    if not found.name:  # erased: nothing is left to be mended
        raise Http404
    region, town = found.role.grant.organisation.region_id, found.municipality
    towns = list(municipalities_in([region])) if region else []
    initial = {"name": found.name, "municipality": str(town.key) if town else ""}
    form = OwnForm(towns, request.POST or None, initial=initial)
    now = timezone.now()
    if is_done(form, lambda: actions.change_own(found, form.given(), now=now), explain):
        messages.success(request, _("Saved."))
        return redirect("together:own", row, token)
    return form_page(request, "together/change.html", form, **_of(found, token))


@require_GET
@keep_off_referrers
@for_everyone
def certificate(request: HttpRequest, row: UUID, token: str) -> HttpResponse:
    """One's own certificate."""
    found = own_row(row, token)
    return paper_of(found, verified_at(request, found))


@require_http_methods(["GET", "POST"])
@keep_off_referrers
@for_everyone
def parent(request: HttpRequest, row: UUID, token: str) -> HttpResponse:
    """A parent reads what their child joins, and agrees or, asked once more, does not."""
    found, now = own_row(row, token, "parent"), timezone.now()
    verbs = {"agree": actions.agree_as_parent, "refuse": actions.refuse_as_parent}
    if request.method == "POST":
        if verb := verbs.get(request.POST.get("says", "")):
            _try(request, partial(verb, found, now=now))
        return redirect("together:parent", row, token)
    if request.GET.get("says") == "refuse" and found.name:
        return _ask_once_more(request, found, token, refusal_of_parent(), "parent")
    text = queries.consent_text(get_language() or "ru", on=timezone.localdate(now))
    return render(request, "together/parent.html", _of(found, token) | {"text": text})


@require_http_methods(["GET", "POST"])
@keep_off_referrers
@for_everyone
def here(request: HttpRequest, code: str) -> HttpResponse:
    """The code at the door was read: whoever is known here is led to their own page.

    Others have their link sent once more; the answer is the same for whoever is not in it.
    """
    grant = _grant_of(code)
    request.session[READ] = code
    found = _known(request, grant)
    if found is not None:
        return redirect("together:own", found.key, own_token(found.key))
    form = AddressForm(request.POST or None)
    if form.is_valid():
        actions.send_links_again(grant, form.cleaned_data["email"], now=timezone.now())
        said = _("If this address is on the list, the letter with your link is there in a minute.")
        messages.success(request, said)
        return redirect("together:here", code)
    return form_page(request, "together/here.html", form, grant=grant)


@require_safe
@for_everyone
def verify(request: HttpRequest) -> HttpResponse:
    """Type a number; what is found has a page of its own."""
    form, is_missing = NumberForm(request.GET or None), False
    if form.is_valid():
        found = queries.certificate_by(form.cleaned_data["number"])
        if found is not None:
            return redirect("together:certificate", found.certificate)
        is_missing = True
    return render(request, "together/verify.html", {"form": form, "is_missing": is_missing})


@require_safe
@for_everyone
def certified(request: HttpRequest, number: str) -> HttpResponse:
    """What a number stands for: the project, days and hours; of the person only initials."""
    found = queries.certificate_by(number)
    if found is None:
        raise Http404
    days = list(queries.days_of(found))
    context = {
        "number": found.certificate,
        "initials": initials_of(found.name),
        "role": found.role,
        "grant": found.role.grant,
        "served": words.served_said([one.on for one in days], sum(one.minutes for one in days)),
    }
    return render(request, "together/certificate.html", context)


def _ask_once_more(
    request: HttpRequest, found: Joiner, token: str, asked: Act | None, page: str
) -> HttpResponse:
    back = reverse(f"together:{page}", args=[found.key, token])
    context = _of(found, token) | {"act": asked, "back": back}
    return render(request, "together/act.html", context)


def _try(request: HttpRequest, act: Callable[[], object]) -> bool:
    """Do it, or say why it cannot be done."""
    try:
        act()
    except Refused as refusal:
        tell_gaps(request, refusal, explain)
        return False
    return True


def _verbs(request: HttpRequest) -> dict[str, Callable[[Joiner], object]]:
    now = timezone.now()
    return {
        "leave": lambda row: actions.leave(row, now=now),
        "return": lambda row: actions.come_back(row, now=now),
        "show": lambda row: actions.say_shown(row, is_shown=True, now=now),
        "hide": lambda row: actions.say_shown(row, is_shown=False, now=now),
        "forget": lambda row: forget_joiner(row, actor=row, now=now),
        "here": lambda row: note_own(row, request.session.get(READ, ""), now=now),
    }


def _served(found: Joiner) -> dict[str, object]:
    days = list(queries.days_of(found))
    return {
        "days": [(one.on, words.hours_said(one.minutes)) for one in days],
        "hours": words.hours_said(sum(one.minutes for one in days)),
    }


def _of(found: Joiner, token: str) -> dict[str, object]:
    grant, role = found.role.grant, found.role
    page = getattr(grant, "page", None)
    return {
        "row": found,
        "role": role,
        "grant": grant,
        "token": token,
        "when": words.when_said(role.starts_on, role.ends_on),
        "is_page_open": page is not None and page.is_open,
    }


def _grant_of(code: str) -> Grant:
    """Whose code stands at the door; only on its own day. A forged one finds nothing."""
    under_way = whole_grants().filter(stage=Grant.Stage.UNDER_WAY)
    grant = row_keyed(under_way, code.partition(".")[0])
    if grant is None or not constant_time_compare(code, door_code(grant, today_of(grant))):
        raise Http404
    return grant


def _may_note(request: HttpRequest, found: Joiner) -> bool:
    """Whether today's code was read on this device, by somebody who is in and not noted yet."""
    grant, code = found.role.grant, request.session.get(READ, "")
    if found.stage != Stage.CONFIRMED or not code:
        return False
    today = today_of(grant)
    is_right = constant_time_compare(code, door_code(grant, today))
    return is_right and not found.days.filter(on=today).exists()


def _known(request: HttpRequest, grant: Grant) -> Joiner | None:
    """Whose device it is: whoever is signed in, or opened their own link on it."""
    reader = reader_of(request)
    rows = queries.not_left(grant)
    found = rows.filter(person=reader).first() if reader is not None else None
    if found is not None:
        return found
    return rows.filter(key__in=request.session.get(OWN, [])).first()


def _remember(request: HttpRequest, found: Joiner) -> None:
    """Know this device again when the code at the door is read on it."""
    kept = [one for one in request.session.get(OWN, []) if one != str(found.key)]
    request.session[OWN] = [*kept, str(found.key)][-MOST_OWN:]
