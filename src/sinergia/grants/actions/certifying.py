"""Certificates of who joined: a number for each who was there, for nobody else."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef

from sinergia.base.journal.actions import record
from sinergia.base.journal.queries import said_in_all
from sinergia.engine.refusal import Gap, Refused
from sinergia.grants.access import may_keep
from sinergia.grants.actions.queueing import write_to
from sinergia.grants.models import Attendance, Grant, Joiner
from sinergia.grants.queries.grants import today_of
from sinergia.people.models import Person
from sinergia.support.actions.certifying import a_tail

GIVEN = "grant.certificates_given"  # in the journal


@transaction.atomic
def give_certificates(
    grant: Grant,
    rows: Sequence[Joiner] | None = None,
    *,
    actor: Person,
    now: datetime,
    tail: Callable[[], str] = a_tail,
) -> int:
    """Give a number to these, or to everybody who was there and has none. Give how many.

    Raises Refused where one of `rows` was not there on any day, or where nobody was.
    """
    kept = Grant.objects.select_for_update(of=("self",))
    row = kept.select_related("organisation", "award__examination__contest__call").get(pk=grant.pk)
    if not may_keep(actor, row):
        raise PermissionDenied
    there = Joiner.objects.filter(
        Exists(Attendance.objects.filter(joiner=OuterRef("pk"))), role__grant=row
    ).exclude(name="")
    asked = there if rows is None else there.filter(pk__in=[one.pk for one in rows])
    if rows is not None and asked.count() != len({one.pk for one in rows}):
        raise Refused([Gap("joiner.was_not_there")])
    if not there.exists():
        raise Refused([Gap("joiner.nobody_was_there")])
    new = list(asked.filter(certificate="").order_by("name_folded", "pk"))
    # By the journal: who was taken out since has no number, and nobody is to get theirs.
    first = said_in_all(("grants.grant", row.key), GIVEN, "rows") + 1
    for number, one in enumerate(new, start=first):
        one.certificate = f"{today_of(row, now):%y%m%d}-{number:03}-{tail()}"
    Joiner.objects.bulk_update(new, ["certificate"])
    if new:
        codes: dict[str, str | int] = {"rows": len(new)}
        record("grant.certificates_given", about=row, actor=actor, at=now, codes=codes)
    for one in new:
        write_to(one, "certificate", now=now, mark=one.certificate)
    return len(new)
