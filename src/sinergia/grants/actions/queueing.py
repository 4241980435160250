"""Places of a role: asked for, given in order, given back; letters about it."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from sinergia.base.errands.actions import promise
from sinergia.base.journal.actions import record
from sinergia.engine.joining import phase_of, takes_people
from sinergia.grants.access import may_keep
from sinergia.grants.models import Grant, Joiner, Role
from sinergia.grants.queries.grants import today_of
from sinergia.grants.queries.joiners import PARTS, in_line, places_left, team_of
from sinergia.notices.actions import tell
from sinergia.people.models import Person

Stage = Joiner.Stage
NAMES = ("organisation", "application__fund", "award__examination__contest__call", "page")


def locked_role(role: Role, actor: Person | None = None) -> Role:
    """The role under its lock; of whoever does not keep its grant PermissionDenied."""
    rows = Role.objects.select_for_update(of=("self",))
    row = rows.select_related(*(f"grant__{name}" for name in NAMES)).get(pk=role.pk)
    if actor is not None and not may_keep(actor, row.grant):
        raise PermissionDenied
    return row


def row_of(joiner: Joiner) -> Joiner:
    """Read anew under the lock of its role, which every change of it takes."""
    rows = Joiner.objects.select_related("role", "municipality", "parent")
    return rows.get(pk=joiner.pk)


def is_taking(role: Role, now: datetime) -> bool:
    """Whether one may join in a role now: it is open, so is the page, and the project lives."""
    page = getattr(role.grant, "page", None)
    return role.is_open and page is not None and page.is_open and goes_on(role, now)


def goes_on(role: Role, now: datetime) -> bool:
    """Whether its project still takes people, if only from the hands of its organisers."""
    grant = role.grant
    return takes_people(phase_of(grant.stage, ends_on=grant.ends_on, today=today_of(grant, now)))


def put_in_queue(row: Joiner, role: Role, *, now: datetime) -> None:
    """Give a place if there is one, else the next turn; the role is locked by the caller."""
    left = places_left(role)
    row.queued_at = now
    row.stage = _with_a_place(role, row) if left is None or left else Stage.WAITING
    row.save(update_fields=["queued_at", "stage"])
    codes: dict[str, str | int] = {"role": str(role.key), "stage": row.stage}
    record("joiner.queued", about=row, actor=row, at=now, codes=codes)
    write_to(row, "standing", now=now, mark=now.isoformat())
    if row.stage == Stage.ASKED:
        tell_organisers(role.grant, now=now)


def give_places(role: Role, *, now: datetime) -> int:
    """Give free places to those who wait, the first first; each is told. Give how many.

    The role is locked by the caller. Once the project is over nobody is called any more.
    """
    if not goes_on(role, now):
        return 0
    left, waiting = places_left(role), in_line(role)
    called = list(waiting if left is None else waiting[:left])
    for row in called:
        row.stage = _with_a_place(role, row)
        row.save(update_fields=["stage"])
        record("joiner.place_given", about=row, actor=role.grant.organisation, at=now)
        write_to(row, "standing", now=now, mark=now.isoformat())
    if any(row.stage == Stage.ASKED for row in called):
        tell_organisers(role.grant, now=now)
    return len(called)


def write_to(row: Joiner, kind: str, *, now: datetime, mark: str = "") -> None:
    """Have a letter written to one who joins. mark: of a letter that may go again."""
    once = f"joining:{kind}:{row.key}:{mark}"
    promise("grants.write_to_joiner", now=now, once=once, key=row.key, kind=kind, mark=mark)


def tell_organisers(grant: Grant, *, now: datetime) -> None:
    """Tell the organisers that somebody waits for their word: of the first alone, no name."""
    if Joiner.objects.filter(PARTS["asked"], role__grant=grant).count() != 1:
        return
    url = reverse("together:people", args=[grant.key]) + "?part=asked"
    for person in team_of(grant):
        title = grant.application.title
        tell(person, "grants.joiner_asks", now=now, about=grant, url=url, urgent=False, title=title)


def tell_of_gone(grant: Grant, *, now: datetime) -> None:
    """Tell the organisers that somebody who was confirmed is erased: no name, it is gone."""
    url = reverse("together:people", args=[grant.key]) + "?part=confirmed"
    for person in team_of(grant):
        title = grant.application.title
        tell(person, "grants.joiner_gone", now=now, about=grant, url=url, urgent=False, title=title)


def _with_a_place(role: Role, row: Joiner) -> str:
    """Whom the organisers wrote down themselves they need not confirm."""
    return Stage.ASKED if role.confirms and row.written_by is None else Stage.CONFIRMED


@transaction.atomic
def confirm(rows: Sequence[Joiner], *, actor: Person, now: datetime) -> int:
    """Take those who asked into the project, and who was not taken before. Give how many.

    Who was not taken gets a place where there is one, else the last turn, while the project goes
    on; who waits stays in the line, who left or was erased decided so themselves.
    """
    moved = 0
    for role, asked in _by_role(rows, actor):
        for row in asked.filter(stage=Stage.ASKED):
            record("joiner.confirmed", about=row, actor=actor, at=now)
            _move(row, Stage.CONFIRMED, now=now)
            moved += 1
        give_places(role, now=now)
        refused = asked.filter(stage=Stage.REFUSED).exclude(name="")
        for row in refused if goes_on(role, now) else []:
            _take_after_all(row, role, actor=actor, now=now)
            moved += 1
    return moved


@transaction.atomic
def refuse(rows: Sequence[Joiner], *, actor: Person, now: datetime) -> int:
    """Do not take them; their places go to those who wait. Give how many."""
    moved = 0
    for role, asked in _by_role(rows, actor):
        for row in asked.filter(stage__in=(Stage.ASKED, Stage.WAITING, Stage.CONFIRMED)):
            record("joiner.refused", about=row, actor=actor, at=now)
            _move(row, Stage.REFUSED, now=now)
            moved += 1
        give_places(role, now=now)
    return moved


def _by_role(rows: Sequence[Joiner], actor: Person) -> Iterator[tuple[Role, QuerySet[Joiner]]]:
    """Each role under its lock, in one order, with those of `rows` who ask for its places."""
    for number in sorted({one.role_id for one in rows}):
        role = locked_role(Role(pk=number), actor)
        asked = [one.pk for one in rows if one.role_id == number]
        found = role.joiners.filter(pk__in=asked, queued_at__isnull=False)
        yield role, found.order_by("queued_at", "pk")


def _take_after_all(row: Joiner, role: Role, *, actor: Person, now: datetime) -> None:
    """Give a place to whom the organisers had not taken, or the last turn; the role is locked."""
    left = places_left(role)
    record("joiner.taken_after_all", about=row, actor=actor, at=now)
    row.queued_at = now
    row.save(update_fields=["queued_at"])
    _move(row, Stage.CONFIRMED if left is None or left else Stage.WAITING, now=now)


def _move(row: Joiner, stage: str, *, now: datetime) -> None:
    row.stage = stage
    row.save(update_fields=["stage"])
    write_to(row, "standing", now=now, mark=now.isoformat())
