"""Joining a project without an account: asking, proving the address, a parent's word, leaving."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from sinergia.base.errands.actions import promise
from sinergia.base.journal.actions import record
from sinergia.engine.joining import Asking, joining_gaps, needs_parent
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean_line, fold
from sinergia.grants.actions.forgetting import close_pictures_with, forget_rows
from sinergia.grants.actions.queueing import (
    give_places,
    is_taking,
    locked_role,
    put_in_queue,
    row_of,
    tell_of_gone,
    write_to,
)
from sinergia.grants.models import Grant, JoinedAgain, Joiner, JoinerParent, Role
from sinergia.grants.queries.joiners import joiner_under, known_before
from sinergia.people.models import Person
from sinergia.places.models import Municipality

Stage = Joiner.Stage


@dataclass(frozen=True)
class Asked:
    """What somebody says who joins. agreed_version: of the consent they saw; 0: none.

    key: made with the form, where it is sent twice; else one is made here.
    """

    name: str
    email: str
    age: int
    municipality: Municipality | None = None
    parent_name: str = ""
    parent_email: str = ""
    agreed_version: int = 0
    key: UUID = field(default_factory=uuid4)


@transaction.atomic
def join(
    role: Role, asked: Asked, *, language: str, person: Person | None, now: datetime
) -> Joiner:
    """Note that somebody would join; a letter asks whether the address is theirs.

    Nothing is asked for yet: no place is taken till the address is proven, and under 18 till a
    parent agrees. Under one address one asks once: the letter goes again, at most once an hour,
    and nothing of the row is changed, for anybody may have typed that address.
    Raises Refused with everything that is against it.
    """
    row = locked_role(role)
    gaps = [] if is_taking(row, now) else [Gap("role.not_taking")]
    told = Asking(
        asked.age, asked.email, clean_line(asked.parent_name), asked.parent_email,
        agrees=bool(asked.agreed_version),
    )  # fmt: skip
    gaps += joining_gaps(told, least_age=row.least_age)
    if gaps:
        raise Refused(gaps)
    found = row.joiners.filter(email=asked.email.casefold()).first()
    if found is not None:
        write_to(found, "own", now=now, mark=f"{now:%Y-%m-%dT%H}")
        return found
    made = make_joiner(row, asked, language=language, person=person, now=now)
    codes: dict[str, str | int] = {"role": str(row.key)}
    record("joiner.asked", about=made, actor=person or made, at=now, codes=codes)
    write_to(made, "own", now=now)
    return made


@transaction.atomic
def prove(joiner: Joiner, *, now: datetime) -> Joiner:
    """Note that the address is theirs, who opened the link of the letter. Twice is harmless.

    Then a place is asked for; under 18 a parent is written to first. Of who was erased: nothing.
    Raises Refused where nobody is taken any more: the letter may be older than the project's end.
    """
    role = locked_role(joiner.role)
    row = row_of(joiner)
    if row.proven_at is not None or row.stage != Stage.ASKED or not row.name:
        return row
    _need_taking(role, now)
    row.proven_at = now
    row.save(update_fields=["proven_at"])
    record("joiner.proven", about=row, actor=row, at=now)
    if needs_parent(row.age) and row.parent_agreed_at is None:
        ask_parent(row, now=now)
    else:
        put_in_queue(row, role, now=now)
    return row


def ask_parent(row: Joiner, *, now: datetime) -> None:
    """Have the letter to a parent written, at most once a day."""
    JoinerParent.objects.filter(joiner=row).update(asked_at=now)
    mark = f"{now:%Y-%m-%d}"
    once = f"joining:parent:{row.key}:{mark}"
    promise("grants.write_to_parent", now=now, once=once, key=row.key, mark=mark)


@transaction.atomic
def agree_as_parent(joiner: Joiner, *, now: datetime) -> Joiner:
    """Note a parent's consent, by the link of the letter to them. Twice is harmless.

    Raises Refused where nobody is taken any more.
    """
    role = locked_role(joiner.role)
    row = row_of(joiner)
    if row.parent_agreed_at is not None or row.stage != Stage.ASKED or not row.name:
        return row
    _need_taking(role, now)
    row.parent_agreed_at = now
    row.save(update_fields=["parent_agreed_at"])
    record("joiner.parent_agreed", about=row, actor=row, at=now)
    if row.proven_at is not None:
        put_in_queue(row, role, now=now)
    return row


@transaction.atomic
def refuse_as_parent(joiner: Joiner, *, now: datetime) -> Joiner:
    """A parent does not agree, or not any more: everything about both is erased at once."""
    role = locked_role(joiner.role)
    row = row_of(joiner)
    record("joiner.parent_refused", about=row, actor=row, at=now)
    if row.stage == Stage.CONFIRMED:
        tell_of_gone(role.grant, now=now)
    forget_rows([row], stage=Stage.REFUSED, actor=row, now=now)
    give_places(role, now=now)
    return row_of(joiner)


@transaction.atomic
def leave(joiner: Joiner, *, actor: Person | None = None, now: datetime) -> Joiner:
    """Give a place, or a turn, back; the first who waits gets it. Twice is harmless.

    The door has looked whether the row is theirs. Days on which they were there stay. actor: of the
    organisers, who note it for somebody; none: they themselves.
    """
    role = locked_role(joiner.role)
    row = row_of(joiner)
    if row.stage in (Stage.LEFT, Stage.REFUSED):
        return row
    row.stage = Stage.LEFT
    row.save(update_fields=["stage"])
    record("joiner.left", about=row, actor=actor or row, at=now)
    give_places(role, now=now)
    return row


@transaction.atomic
def come_back(joiner: Joiner, *, now: datetime) -> Joiner:
    """Ask for a place anew after leaving: at the end of the line. Raises Refused where none are.

    Nothing for who was erased: without an age nobody knows whether a parent has to agree.
    """
    role = locked_role(joiner.role)
    row = row_of(joiner)
    if row.stage != Stage.LEFT or not row.name or row.age is None:
        return row
    _need_taking(role, now)
    record("joiner.came_back", about=row, actor=row, at=now)
    if row.proven_at is None or (needs_parent(row.age) and row.parent_agreed_at is None):
        # Asked anew: they and the parent have as long to answer as whoever asks for the first time.
        row.stage, row.queued_at, row.asked_at = Stage.ASKED, None, now
        row.save(update_fields=["stage", "queued_at", "asked_at"])
        if row.proven_at is not None:
            ask_parent(row, now=now)
    else:
        put_in_queue(row, role, now=now)
    return row


@transaction.atomic
def change_own(
    joiner: Joiner, given: Mapping[str, object], *, actor: Person | None = None, now: datetime
) -> Joiner:
    """Mend one's name or municipality. Raises Refused for the name that a certificate says.

    Who was erased stays erased: nothing is written of them again. actor: of the organisers, who
    mend it for somebody; none: they themselves.
    """
    locked_role(joiner.role)
    row = row_of(joiner)
    if not row.name:
        return row
    name = clean_line(str(given["name"]))
    if name == row.name and given.get("municipality") == row.municipality:
        return row
    if row.certificate and name != row.name:
        raise Refused([Gap("joiner.certified", "name")])
    row.name, row.name_folded = name, fold(name)[:200]
    row.municipality = given.get("municipality")  # type: ignore[assignment]  # a row or none
    row.save(update_fields=["name", "name_folded", "municipality"])
    record("joiner.changed", about=row, actor=actor or row, at=now)
    return row


@transaction.atomic
def say_shown(joiner: Joiner, *, is_shown: bool, now: datetime) -> Joiner:
    """Agree to be shown in pictures, or take it back: pictures with them are closed at once."""
    locked_role(joiner.role)
    row = row_of(joiner)
    if (row.shown_at is not None) == is_shown or not row.name:
        return row
    row.shown_at = now if is_shown else None
    row.save(update_fields=["shown_at"])
    if is_shown:
        record("joiner.shown", about=row, actor=row, at=now)
    else:
        record("joiner.not_shown", about=row, actor=row, at=now)
        close_pictures_with([row], actor=row, now=now)
    return row


@transaction.atomic
def send_links_again(grant: Grant, address: str, *, now: datetime) -> None:
    """Send one's own links once more, at most once an hour; nothing to strangers."""
    for row in joiner_under(grant, address):
        write_to(row, "own", now=now, mark=f"{now:%Y-%m-%dT%H}")


def _need_taking(role: Role, now: datetime) -> None:
    if not is_taking(role, now):
        raise Refused([Gap("role.not_taking")])


def make_joiner(
    role: Role, asked: Asked, *, language: str, person: Person | None, now: datetime
) -> Joiner:
    """Make the row of somebody who was looked at, and of a parent; the caller holds the lock."""
    name = clean_line(asked.name)
    before = known_before(role, asked.email.casefold(), fold(name)[:200])
    made = Joiner.objects.create(
        key=asked.key,
        role=role,
        name=name,
        name_folded=fold(name)[:200],
        email=asked.email.casefold(),
        age=asked.age,
        municipality=asked.municipality,
        language=language,
        person=person,
        asked_at=now,
        agreed_version=asked.agreed_version,
    )
    if before is not None:
        JoinedAgain.objects.create(joiner=made, of=before)
    if needs_parent(asked.age):
        parent = clean_line(asked.parent_name)
        JoinerParent.objects.create(joiner=made, name=parent, email=asked.parent_email.casefold())
    return made
