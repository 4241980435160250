"""The supplementary agreement on a change: kept as it was made, and as it came back signed."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from sinergia.base.files.actions import keep_upload
from sinergia.base.files.models import Upload
from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.grants.actions.locking import locked, need_to_enter
from sinergia.grants.actions.papers import digest_of, keep_paper
from sinergia.grants.models import Change, Grant, GrantPaper
from sinergia.grants.queries.changes import supplement_of
from sinergia.people.models import Person


@transaction.atomic
def keep_supplement(
    change: Change,
    upload: Upload,
    fields: Mapping[str, str],
    *,
    number: str,
    on: date | None,
    actor: Person,
    now: datetime,
) -> GrantPaper:
    """Keep a supplementary agreement as it was made, with what was typed into its places."""
    grant, row = _in_force(change, actor)
    made = keep_paper(
        grant, GrantPaper.Kind.SUPPLEMENT, upload, fields,
        number=number, on=on, plan=row.made, actor=actor, now=now,
    )  # fmt: skip
    record("grant.supplement_made", about=grant, actor=actor, at=now, codes=digest_of(made))
    return made


@transaction.atomic
def sign_supplement(change: Change, upload: Upload, *, actor: Person, now: datetime) -> GrantPaper:
    """Put the scan, or the detached signature, to the paper that was made last; once.

    Raises Refused where none was made.
    """
    grant, row = _in_force(change, actor)
    paper = supplement_of(row)
    if paper is None:
        raise Refused([Gap("supplement.of_nothing")])
    if paper.signed_at is not None:
        return paper
    file = keep_upload(upload, actor=actor, now=now)
    if file.is_signature:
        paper.signature = file
    else:
        paper.signed = file
    paper.signed_at = now
    paper.save(update_fields=["signed", "signature", "signed_at"])
    codes: dict[str, str | int] = {"digest": file.digest}
    record("grant.supplement_signed", about=grant, actor=actor, at=now, codes=codes)
    return paper


def _in_force(change: Change, actor: Person) -> tuple[Grant, Change]:
    """A request that made a plan, with its grant. Raises Refused for any other."""
    grant = locked(change.grant)
    need_to_enter(actor, grant)
    row = Change.objects.select_related("made", "base", "grant").get(pk=change.pk)
    if row.made is None:
        raise Refused([Gap("supplement.not_in_force")])
    return grant, row
