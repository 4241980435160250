"""People whom the organisers write down from their words: who has no address, or came to the door.

What their own link does for others the organisers do for them: mending the name, not coming.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.engine.joining import Asking, joining_gaps, needs_parent
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean_line, fold
from sinergia.grants.actions.joining import Asked, change_own, leave, make_joiner
from sinergia.grants.actions.queueing import goes_on, locked_role, put_in_queue, row_of
from sinergia.grants.models import Joiner, Role
from sinergia.grants.queries.joiners import JOINED, READY
from sinergia.people.models import Person

Stage = Joiner.Stage


@transaction.atomic
def write_down(role: Role, asked: Asked, *, language: str, actor: Person, now: datetime) -> Joiner:
    """Write somebody down who agreed on paper, under 18 with a parent's signature.

    A place is theirs at once where there is one, else the next turn; nobody is written to. It need
    not be open to everybody, but the project must go on. Raises Refused with everything against it,
    also where somebody of that name is in the list: the same person would be counted twice. The
    same form sent again writes nobody; one that was gone back to, and says another, does.
    """
    row, name = locked_role(role, actor), clean_line(asked.name)
    known = Joiner.objects.filter(key=asked.key).first()
    if known is not None and (known.role_id, known.name, known.age) == (row.pk, name, asked.age):
        return known
    key = uuid4() if known is not None else asked.key
    refused = _gaps(row, asked, now)
    if refused:
        raise Refused(refused)
    given = replace(asked, key=key, email="", parent_email="")
    made = make_joiner(row, given, language=language, person=None, now=now)
    made.written_by = actor.key
    made.parent_agreed_at = now if needs_parent(asked.age) else None
    made.save(update_fields=["written_by", "parent_agreed_at"])
    codes: dict[str, str | int] = {"role": str(row.key)}
    record("joiner.written_down", about=made, actor=actor, at=now, codes=codes)
    put_in_queue(made, row, now=now)
    return made


@transaction.atomic
def mend_written(
    joiner: Joiner, given: Mapping[str, object], *, actor: Person, now: datetime
) -> Joiner:
    """Mend the name or municipality of whom the organisers wrote down; see `change_own`."""
    _need_written(joiner, actor)
    return change_own(joiner, given, actor=actor, now=now)


@transaction.atomic
def note_leaving(joiner: Joiner, *, actor: Person, now: datetime) -> Joiner:
    """Note that whom the organisers wrote down does not come; see `leave`."""
    _need_written(joiner, actor)
    return leave(joiner, actor=actor, now=now)


@transaction.atomic
def note_return(joiner: Joiner, *, actor: Person, now: datetime) -> Joiner:
    """Note that they come after all, at the end of the line. Raises Refused once it is over."""
    role = _need_written(joiner, actor)
    row = row_of(joiner)
    if row.stage not in (Stage.LEFT, Stage.REFUSED) or not row.name:
        return row
    if not goes_on(role, now):
        raise Refused([Gap("role.not_taking")])
    record("joiner.came_back", about=row, actor=actor, at=now)
    put_in_queue(row, role, now=now)
    return row


def _need_written(joiner: Joiner, actor: Person) -> Role:
    """Whoever has a link of their own decides by it."""
    role = locked_role(joiner.role, actor)
    if joiner.written_by is None:
        raise PermissionDenied
    return role


def _gaps(role: Role, asked: Asked, now: datetime) -> list[Gap]:
    gaps = [] if goes_on(role, now) else [Gap("role.not_taking")]
    told = Asking(
        asked.age, "", clean_line(asked.parent_name),
        agrees=bool(asked.agreed_version), is_on_paper=True,
    )  # fmt: skip
    gaps += joining_gaps(told, least_age=role.least_age)
    known = role.joiners.filter(READY, name_folded=fold(clean_line(asked.name))[:200])
    if known.exclude(stage__in=(Stage.LEFT, Stage.REFUSED)).exists():
        gaps.append(Gap("joiner.known_name", "name"))
    elif known.filter(JOINED).exists():
        gaps.append(Gap("joiner.was_here", "name"))
    return gaps
