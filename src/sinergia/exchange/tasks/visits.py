"""What the worker runs for programmes, agreements and visits."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone, translation

from sinergia.base.errands.marks import in_one_transaction
from sinergia.base.letters.actions import send_letter
from sinergia.exchange.actions.agreements import go_on_silently, warn_of_end
from sinergia.exchange.actions.hosts import note_asked
from sinergia.exchange.actions.own import erase_travel
from sinergia.exchange.actions.telling import tell_people
from sinergia.exchange.actions.visits import bring_on_by_days
from sinergia.exchange.models import Confirmation, ProgrammeVersion, Visit
from sinergia.exchange.queries.agreements import to_go_on, to_warn_of
from sinergia.exchange.queries.delays import is_past, step_keyed
from sinergia.exchange.queries.delegation import travel_to_erase
from sinergia.exchange.queries.hosts import asked_of
from sinergia.exchange.queries.sessions import all_sessions_of
from sinergia.exchange.queries.telling import addressees_of, changes_of, version_keyed
from sinergia.exchange.queries.visits import to_bring_on
from sinergia.exchange.words.changes import as_text
from sinergia.exchange.words.hosts import LetterSaid, asking_of, changed_for, late_for
from sinergia.exchange.words.telling import delegate_letter

LANGUAGES = ("ru", "en")
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
    tell_people(people, "exchange.programme_told", values, visit=visit, url=url, now=now)
    for delegate in told.delegates:
        if delegate.person is None:
            letter = delegate_letter("programme", delegate.email, visit, values["ru"])
            _send(letter, _about(visit), once=f"programme:{visit.key}:{number}:{delegate.key}")
    for host in told.hosts:
        once = f"programme:{visit.key}:{number}:{host.address}"
        letter = changed_for(visit, version, host)
        _send(letter, _about(visit), once=once, is_secret=bool(host.asked))
        note_asked(host.asked, now=now)


@in_one_transaction
def tell_late(key: str, undone: str = "") -> None:
    """Tell the hosts of the later sessions and the delegates that one is late, or is not."""
    step = step_keyed(key)
    if step is None or (step.undone_at is not None) != bool(undone):
        return  # it was taken back before anybody was told
    visit, now = step.visit, timezone.now()
    there = step.sessions.filter(session__removed_at=None)
    rows = list(there.select_related("session__confirmation", "session__visit"))
    minutes = max((row.session.late_minutes for row in rows), default=0)
    values = {language: {"visit": visit.name, "minutes": str(minutes)} for language in LANGUAGES}
    url = reverse("visits:programme", args=[visit.key])
    told = addressees_of(visit, (), ())
    tell_people(told.people, "exchange.late", values, visit=visit, url=url, now=now, urgent=True)
    for delegate in told.delegates:
        if delegate.person is None:
            letter = delegate_letter("late", delegate.email, visit, values["ru"])
            _send(letter, _about(visit), once=f"late:{key}:{undone}:{delegate.key}")
    for row in rows:
        asked: Confirmation | None = getattr(row.session, "confirmation", None)
        if asked is not None and asked.email:
            letter = late_for(asked, row.session.late_minutes)
            _send(letter, _about(visit), once=f"late:{key}:{undone}:{row.session.key}")


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
    """Forget how delegates travelled, and what they needed, 30 days after their visit."""
    for pk in travel_to_erase(today=timezone.localdate()):
        erase_travel(pk)


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
