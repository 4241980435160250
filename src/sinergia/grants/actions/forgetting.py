"""Forgetting who joined: at their wish, with their account, a year after the project's end."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from sinergia.base.files.actions import withdraw_publication
from sinergia.base.journal.actions import Keyed, record
from sinergia.base.letters.actions import erase_letters_about
from sinergia.engine.joining import kept_until
from sinergia.grants.actions.queueing import give_places, locked_role, row_of
from sinergia.grants.models import DiaryPicture, Grant, Joiner, JoinerParent
from sinergia.grants.queries.joiners import joiners_that_are, never_proven, parented_by
from sinergia.notices.actions.erasing import erase_recipient
from sinergia.people.models import Person
from sinergia.people.queries.held import addresses_to_erase

Stage = Joiner.Stage
EMPTIED = ("name", "name_folded", "email")


def forget_rows(
    rows: Sequence[Joiner], *, actor: Keyed, now: datetime, stage: str = "", keeps: bool = False
) -> None:
    """Empty what is written of these; days stay as numbers, pictures with them are closed.

    stage: they have from now on, "" as they are. keeps: the number of a certificate, by which its
    paper is still known, without saying whose it is.
    """
    close_pictures_with(rows, actor=actor, now=now)
    for row in rows:
        about = f"grants.joiner:{row.key}"
        parent = JoinerParent.objects.filter(joiner=row).first()
        for address in (row.email, parent.email if parent is not None else ""):
            if address:
                erase_letters_about(about, address)
        JoinerParent.objects.filter(joiner=row).delete()
        erase_recipient("joiner", row.key)
        for picture in DiaryPicture.objects.filter(people=row):
            picture.people.remove(row)
        for name in (*EMPTIED, *([] if keeps else ["certificate"])):
            setattr(row, name, "")
        row.age, row.person, row.shown_at = None, None, None
        row.stage = stage or row.stage
        row.save()


@transaction.atomic
def forget_joiner(joiner: Joiner, *, actor: Keyed, now: datetime) -> Joiner:
    """Empty what is written of somebody; who was there stays as a number, nameless.

    Their place goes to who waits, their certificate is nobody's. Twice is harmless.
    """
    role = locked_role(joiner.role)
    row = row_of(joiner)
    if not row.name and not row.email and row.person_id is None:
        return row
    forget_rows([row], stage=Stage.LEFT, actor=actor, now=now)
    record("joiner.forgotten", about=row, actor=actor, at=now)
    give_places(role, now=now)
    return row


@transaction.atomic
def erase_joiners_of(person: Person, *, now: datetime) -> int:
    """Empty every row that is theirs, and what is written of them as a parent; give how many.

    Call it before their address is emptied. A child whose parent is erased keeps their place: the
    consent was given.
    """
    addresses = addresses_to_erase(person)
    rows = list(joiners_that_are(person, addresses))
    for row in rows:
        forget_joiner(row, actor=person, now=now)
    children = list(parented_by(addresses))
    for child in children:
        for address in addresses:
            erase_letters_about(f"grants.joiner:{child.key}", address)
    JoinerParent.objects.filter(joiner__in=children).delete()
    return len(rows) + len(children)


@transaction.atomic
def forget_those_of(grant: Grant, *, today: date, actor: Keyed, now: datetime) -> int:
    """Empty all who joined a project that ended so long ago; counts, days and numbers stay."""
    row = Grant.objects.select_for_update(of=("self",)).get(pk=grant.pk)
    if today <= kept_until(row.ends_on, row.closed_on):
        return 0
    rows = list(Joiner.objects.filter(role__grant=row).exclude(name="", email=""))
    if rows:
        forget_rows(rows, actor=actor, now=now, keeps=True)
        codes: dict[str, str | int] = {"rows": len(rows)}
        record("grant.joiners_forgotten", about=row, actor=actor, at=now, codes=codes)
    return len(rows)


@transaction.atomic
def forget_unproven(*, now: datetime) -> int:
    """Delete those who never confirmed their address, or whose parent never answered."""
    rows = list(never_proven(now).select_related("parent"))
    for row in rows:
        parent = getattr(row, "parent", None)
        for address in (row.email, parent.email if parent is not None else ""):
            if address:
                erase_letters_about(f"grants.joiner:{row.key}", address)
        row.delete()
    return len(rows)


def close_pictures_with(rows: Sequence[Joiner], *, actor: Keyed, now: datetime) -> None:
    """Close every picture in which one of these can be recognised."""
    found = DiaryPicture.objects.filter(people__in=rows, agreed_at__isnull=False).distinct()
    for picture in found.select_related("file").order_by("pk"):
        withdraw_publication(picture.file, actor=actor, now=now)
        picture.agreed_by, picture.agreed_at = None, None
        picture.save(update_fields=["agreed_by", "agreed_at"])
        record("diary.picture_closed", about=picture, actor=actor, at=now)
