"""Telling people something, and what they do with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import models, transaction

from sinergia.base.errands.actions import Promised, promise, promise_many, take_back
from sinergia.base.journal.actions import record
from sinergia.base.letters.actions import send_letter
from sinergia.engine.quiet import next_hour, next_loud
from sinergia.notices.models import Choice, Digest, Notice
from sinergia.notices.queries.notices import choice_of, choices_of, unseen_of, waiting_for_digest
from sinergia.people.models import Person

# A digest goes this long after its hour: whoever was told just before it is in it.
AFTER_THE_HOUR = timedelta(minutes=1)
Email = Choice.Email


@dataclass(frozen=True)
class Message:
    """One message of many, as `tell` takes it."""

    person: Person
    code: str
    values: Mapping[str, str]
    about: models.Model
    url: str


def tell(
    person: Person,
    code: str,
    *,
    now: datetime,
    about: models.Model | None = None,
    url: str = "",
    urgent: bool = False,
    **values: str,
) -> Notice:
    """Tell `person` something in the site and, as they chose, by e-mail after the commit.

    code: `<folder>.<name>`, whose sentence is `<folder>/notices/<code>.txt`; its first line is
    the subject. values: what the sentence names; nothing personal about others.
    about: what it is about. url: a path of this site where it is looked at.
    urgent: goes at once, whatever the hour, unless they want no letters at all.
    """
    notice = Notice.objects.create(
        person=person,
        code=code,
        values=values,
        **(_named(about) if about else {}),
        url=url,
        is_urgent=urgent,
        made_at=now,
    )
    _promise_letter(notice, now=now)
    return notice


def tell_urgently(messages: Sequence[Message], *, now: datetime) -> list[Notice]:
    """Tell each of many people something urgent; a few hundred at once, five queries for all."""
    notices = Notice.objects.bulk_create(
        Notice(
            person=one.person,
            code=one.code,
            values=dict(one.values),
            **_named(one.about),
            url=one.url,
            is_urgent=True,
            made_at=now,
        )
        for one in messages
    )
    choices = choices_of(one.person for one in messages)
    promises = (
        Promised(_once(one), arguments=_arguments(one))
        for one in notices
        if _wants_letters(one.person, choices[one.person.pk])
    )
    promise_many("notices.mail_notice", promises, now=now)
    return notices


def give_receipt(
    person: Person, code: str, *, now: datetime, about: models.Model, url: str, **values: str
) -> Notice:
    """Tell `person` what they have just done; its letter goes at once, and is not called urgent."""
    notice = Notice.objects.create(
        person=person, code=code, values=values, **_named(about), url=url, made_at=now
    )
    _promise_letter(notice, is_receipt=True, now=now)
    return notice


@transaction.atomic
def mail_notice(key: UUID, *, subject: str, text: str, leave_url: str, now: datetime) -> None:
    """Have one message's letter go, once; not if it was looked at meanwhile."""
    notice = Notice.objects.select_for_update().get(key=key)
    if notice.mailed_at or not notice.is_unseen:
        return
    person = notice.person
    letter = send_letter(
        person.email,
        subject=subject,
        text=text,
        language=person.language,
        now=now,
        about=f"notice:{notice.key}",
        once=f"notice:{notice.key}",
        leave_url=leave_url,
    )
    notice.mailed_at, notice.letter_key = now, letter.key
    notice.save(update_fields=["mailed_at", "letter_key"])


@transaction.atomic
def open_digest(person: Person, on: date, *, now: datetime) -> Digest | None:
    """Gather what waits for `person` into the letter of the day `on`; none where nothing does.

    It is made once a day: a second time gives nothing, and what was told since waits.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    waiting = list(waiting_for_digest(person))
    if not waiting or Digest.objects.filter(person=person, on=on).exists():
        return None
    digest = Digest.objects.create(person=person, on=on, made_at=now)
    Notice.objects.filter(pk__in=[one.pk for one in waiting]).update(digest=digest, mailed_at=now)
    return digest


def mail_digest(digest: Digest, *, subject: str, text: str, leave_url: str, now: datetime) -> None:
    """Have a digest's letter go; in the same transaction as `open_digest`."""
    send_letter(
        digest.person.email,
        subject=subject,
        text=text,
        language=digest.person.language,
        now=now,
        about=f"digest:{digest.key}",
        once=f"digest:{digest.key}",
        leave_url=leave_url,
    )


def promise_digest(choice: Choice, *, now: datetime) -> None:
    """Have the next daily letter of a person written at their hour; one a day.

    Where the day's letter went before they chose a later hour, the next one is of tomorrow.
    """
    zone = ZoneInfo(choice.time_zone)
    at = next_hour(now, choice.digest_hour, zone=zone)
    on = at.astimezone(zone).date()
    if Digest.objects.filter(person=choice.person, on=on).exists():
        at = next_hour(at, choice.digest_hour, zone=zone)
        on = at.astimezone(zone).date()
    promise(
        "notices.send_digest",
        now=now,
        after=at + AFTER_THE_HOUR - now,
        once=f"digest:{choice.person.key}:{on.isoformat()}",
        person=choice.person.key,
        on=on.isoformat(),
    )


@transaction.atomic
def see(notices: models.QuerySet[Notice], *, now: datetime) -> int:
    """Note that these were looked at by their reader; give how many were new to them."""
    return notices.filter(is_unseen=True).update(is_unseen=False, seen_at=now)


def see_about(thing: models.Model, *, now: datetime) -> int:
    """Note that what was told of a thing so far needs no look: the thing is done."""
    return see(Notice.objects.filter(**_named(thing)), now=now)


def see_unless_of(thing: models.Model, readers: Sequence[Person], *, now: datetime) -> set[int]:
    """The same for all but `readers`, with whom it stays; give whoever of these was told of it."""
    told = Notice.objects.filter(**_named(thing))
    see(told.exclude(person__in=readers), now=now)
    return set(told.filter(person__in=readers).values_list("person", flat=True))


def see_all(person: Person, *, now: datetime) -> int:
    """Note that a person has looked at everything."""
    return see(unseen_of(person), now=now)


@transaction.atomic
def choose(person: Person, wanted: Mapping[str, str | int], *, now: datetime) -> Choice:
    """Remember what a person wants by e-mail. wanted: fields of Choice."""
    Person.objects.select_for_update().get(pk=person.pk)
    choice = choice_of(person)
    changed = {name: value for name, value in wanted.items() if getattr(choice, name) != value}
    if choice.pk and not changed:
        return choice
    for name, value in changed.items():
        setattr(choice, name, value)
    choice.save()
    record("notices.chosen", about=person, actor=person, at=now, codes={"email": choice.email})
    is_moved = choice.email == Email.DIGEST and {"digest_hour", "time_zone"} & changed.keys()
    if is_moved:  # the letter of the hour that was
        take_back("notices.send_digest", f"digest:{person.key}:")
    if choice.email == Email.DIGEST and waiting_for_digest(person).exists():
        promise_digest(choice, now=now)
    return choice


def loud_moment(choice: Choice, *, now: datetime) -> datetime:
    """The first moment at which a letter that is not urgent may come."""
    zone = ZoneInfo(choice.time_zone)
    return next_loud(now, begins=choice.quiet_from, ends=choice.quiet_to, zone=zone)


def _named(thing: models.Model) -> dict[str, str]:
    """How messages name what they are about."""
    kind = thing._meta.label_lower  # noqa: SLF001  # Django's own name
    return {"about_kind": kind, "about_key": str(getattr(thing, "key", None) or thing.pk)}


def _promise_letter(notice: Notice, *, is_receipt: bool = False, now: datetime) -> None:
    """Promise the letter that the reader wants of this message, if any."""
    choice = choice_of(notice.person)
    if not _wants_letters(notice.person, choice):
        return
    cannot_wait = notice.is_urgent or is_receipt
    if cannot_wait or choice.email == Email.AT_ONCE:
        at = now if cannot_wait else loud_moment(choice, now=now)
        one = Promised(_once(notice), at - now, _arguments(notice, is_receipt=is_receipt))
        promise_many("notices.mail_notice", [one], now=now)
    elif choice.email == Email.DIGEST:
        promise_digest(choice, now=now)


def _wants_letters(person: Person, choice: Choice) -> bool:
    return person.is_active and not person.machine and choice.email != Email.NEVER


def _once(notice: Notice) -> str:
    return f"notice:{notice.key}"


def _arguments(notice: Notice, *, is_receipt: bool = False) -> dict[str, str]:
    return {"key": str(notice.key), "receipt": "yes" if is_receipt else ""}
