"""What django-allauth did to an account, journalled; and the letters about it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.base.letters.actions import send_letter
from sinergia.people.models import Person


class Readable(Protocol):
    """A letter, ready, in its reader's language."""

    @property
    def subject(self) -> str:
        """Its one line."""
        ...

    @property
    def text(self) -> str:
        """The rest."""
        ...

    @property
    def language(self) -> str:
        """Of both."""
        ...


@transaction.atomic
def note_change(
    person: Person,
    verb: str,
    *,
    codes: Mapping[str, str],
    now: datetime,
    detail: Mapping[str, str] | None = None,
) -> None:
    """Journal a change that allauth made to the ways into an account. detail: is erasable."""
    record(verb, about=person, actor=person, at=now, codes=codes, detail=detail)


@transaction.atomic
def send_written(letter: Readable, *, to: str, is_secret: bool, now: datetime) -> None:
    """Promise a letter of service; one that holds a code is forgotten once it went."""
    send_letter(
        to,
        subject=letter.subject,
        text=letter.text,
        language=letter.language,
        now=now,
        is_secret=is_secret,
    )
