"""What the worker runs for programmes, agreements and visits."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone, translation

from sinergia.base.errands.marks import in_one_transaction
from sinergia.base.letters.actions import send_letter
from sinergia.exchange.actions.agreements import go_on_silently, warn_of_end
from sinergia.exchange.actions.hosts import note_asked
from sinergia.exchange.actions.own import erase_travel
from sinergia.exchange.actions.telling import (
    forget_asked_before,
    forget_asked_long_ago,
    tell_people,
)
from sinergia.exchange.actions.visits import AWAITED, NEWS, bring_on_by_days, values_told
from sinergia.exchange.models import ProgrammeStep, ProgrammeVersion, Visit
from sinergia.exchange.queries.agreements import to_go_on, to_warn_of
from sinergia.exchange.queries.delays import is_past, step_keyed
from sinergia.exchange.queries.delegation import travel_to_erase
from sinergia.exchange.queries.hosts import asked_of, to_be_told
from sinergia.exchange.queries.sessions import all_sessions_of
from sinergia.exchange.queries.telling import (
    Addressees,
    HostAddressee,
    addressees_of,
    all_called_off,
    changes_of,
    hosts_to_call,
    late_sessions,
    organisers_to_write,
    version_keyed,
)
from sinergia.exchange.queries.visits import to_bring_on, visit_keyed
from sinergia.exchange.words.changes import as_text
from sinergia.exchange.words.hosts import (
    LetterSaid,
    asking_of,
    changed_for,
    late_for,
    stage_for,
)
from sinergia.exchange.words.telling import MOST_NAMES, beside_letter, programme_text

LANGUAGES = ("ru", "en")
PROGRAMME, LATE = "exchange.programme_told", "exchange.late"
CALLED = ("cancelled", "after_all")  # news that hosts and organisers wait for
AHEAD = timedelta(days=1)  # somewhere it is tomorrow already


@in_one_transaction
def ask_host(key: str) -> None:
    """Send a host the letter with their link; nothing where the session is gone meanwhile."""
    asked = asked_of(key)
    if asked is not None and asked.email and asked.session.removed_at is None:
        _send(asking_of(asked), f"exchange.host:{asked.session.key}", is_secret=True)


@in_one_transaction
def tell_programme(key: str, number: str) -> None:
    """Tell everybody whom a version of a programme concerns, once; nobody of what is over."""
    version, now = version_keyed(key, int(number)), timezone.now()
    if version is None or is_past(version.visit, now=now):
        return
    visit = version.visit
    changes = changes_of(version)
    told = addressees_of(visit, changes, list(all_sessions_of(visit)))
    values = {language: _values(version, language) for language in LANGUAGES}
    url = reverse("visits:programme", args=[visit.key])
    people = [*told.people, *told.beside]
    tell_people(people, PROGRAMME, values, visit=visit, url=url, now=now)
    whole = values["ru"] | {"programme": programme_text(version)}
    for delegate in told.delegates:
        if delegate.person is None:
            letter = beside_letter(PROGRAMME, delegate.email, visit, whole)
            _send(letter, _about(visit), once=f"programme:{visit.key}:{number}:{delegate.key}")
    for host in told.hosts:
        once = f"programme:{visit.key}:{number}:{host.address}"
        letter = changed_for(visit, version, host)
        _send(letter, _about(visit), once=once, is_secret=bool(host.asked))
        note_asked(host.asked, now=now)
    forget_asked_before(visit)


@in_one_transaction
def tell_late(key: str, undone: str = "") -> None:
    """Tell whomever it concerns that one is late, or is not: the later hosts, all who travel.

    Both centres and the organisers, too; who sees to it learns whom no letter reaches.
    """
    step = step_keyed(key)
    if step is None or (step.undone_at is not None) != bool(undone):
        return  # it was taken back before anybody was told
    visit, now = step.visit, timezone.now()
    sessions, once = late_sessions(step), f"late:{key}:{undone}"
    minutes = max((one.late_minutes for one, _address in sessions), default=0)
    told = addressees_of(visit, (), ())
    _tell_of_delay(step, told, minutes, now=now)
    values = {"visit": visit.name, "minutes": str(minutes)}
    for address in [*_without_account(told), *organisers_to_write(visit, told)]:
        _send(beside_letter(LATE, address, visit, values), _about(visit), once=f"{once}:{address}")
    for session, address in sessions:
        if address:
            letter = late_for(session, address, session.late_minutes)
            _send(letter, _about(visit), once=f"{once}:{session.key}")


@in_one_transaction
def write_of_visit(key: str, news: str, at: str) -> None:
    """Write of a visit that is approved, moved or cancelled to whoever has no account.

    Hosts and organisers learn that it is cancelled, and that it takes place after all; nobody
    learns what is not so any more.
    """
    visit = visit_keyed(key)
    if visit is None or (visit.stage == Visit.Stage.CANCELLED) != (news == "cancelled"):
        return
    if news not in CALLED and (visit.stage not in AWAITED or is_past(visit, now=timezone.now())):
        return  # taken a step back, or over
    once, values = f"{news}:{visit.key}:{at}", values_told(visit)
    told = all_called_off(visit, is_undone=news != "cancelled")
    addresses = _without_account(told)
    hosts: Sequence[HostAddressee] = ()
    if news in CALLED:
        addresses += organisers_to_write(visit, told)
        hosts = told.hosts
    for address in addresses:
        letter = beside_letter(NEWS[news], address, visit, values)
        _send(letter, _about(visit), once=f"{once}:{address}")
    for host in hosts:
        letter = stage_for(news, visit, host, values["why"])
        _send(letter, _about(visit), once=f"{once}:host:{host.address}", is_secret=bool(host.asked))


def follow_days() -> None:
    """Bring visits on whose first day has come, or whose last has passed, where they go to."""
    now = timezone.now()
    for pk in to_bring_on(today=timezone.localdate() + AHEAD):
        bring_on_by_days(pk, now=now)


def follow_terms() -> None:
    """Begin the next term of agreements that go on by themselves; tell of those that end."""
    now, today = timezone.now(), timezone.localdate()
    for pk in to_go_on(today=today):
        go_on_silently(pk, today=today, now=now)
    for pk in to_warn_of(today=today):
        warn_of_end(pk, today=today, now=now)


def forget_travel() -> None:
    """Forget how delegates travelled, what they needed, and hosts of before, 30 days after."""
    today = timezone.localdate()
    for pk in travel_to_erase(today=today):
        erase_travel(pk)
    forget_asked_long_ago(today=today)


def _tell_of_delay(step: ProgrammeStep, told: Addressees, minutes: int, *, now: datetime) -> None:
    """Notices of a delay: to who sees to it with whom to call, to the others without."""
    visit = step.visit
    url = reverse("visits:programme", args=[visit.key])
    leads = [one.person for one in told.delegates if one.is_lead and one.person is not None]
    holding = {one.pk: one for one in [*leads, *to_be_told(visit)] if one.key != step.by}
    others = {one.pk: one for one in [*told.people, *told.beside] if one.pk not in holding}
    call = "; ".join(hosts_to_call(step)[:MOST_NAMES])
    for people, names in ((holding, call), (others, "")):
        said = {"visit": visit.name, "minutes": str(minutes), "call": names}
        values = dict.fromkeys(LANGUAGES, said)
        tell_people(people.values(), LATE, values, visit=visit, url=url, now=now, urgent=True)


def _without_account(told: Addressees) -> list[str]:
    return [one.email for one in told.delegates if one.person is None]


def _values(version: ProgrammeVersion, language: str) -> dict[str, str]:
    """What the notice of a version names, in a language."""
    visit = version.visit
    with translation.override(language), timezone.override(ZoneInfo(visit.time_zone)):
        changes = as_text(changes_of(version)) if version.number > 1 else ""
    return {
        "visit": visit.name,
        "number": str(version.number),
        "changes": changes,
        "note": version.note,
    }


def _about(visit: Visit) -> str:
    return f"exchange.visit:{visit.key}"


def _send(letter: LetterSaid, about: str, *, once: str = "", is_secret: bool = False) -> None:
    send_letter(
        letter.to,
        subject=letter.subject,
        text=letter.text,
        language=letter.language,
        now=timezone.now(),
        about=about,
        is_secret=is_secret,
        once=once,
    )
