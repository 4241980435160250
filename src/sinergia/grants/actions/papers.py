"""Papers of a grant as they were made: kept with what was typed into their places."""

from collections.abc import Mapping
from datetime import date, datetime

from sinergia.base.files.actions import keep_upload
from sinergia.base.files.models import Upload
from sinergia.engine.text import clean_line
from sinergia.grants.models import Grant, GrantPaper, Plan
from sinergia.people.models import Person

LONGEST_NUMBER = 80


def keep_paper(
    grant: Grant,
    kind: GrantPaper.Kind,
    upload: Upload,
    fields: Mapping[str, str],
    *,
    number: str,
    on: date | None,
    plan: Plan | None = None,
    actor: Person,
    now: datetime,
) -> GrantPaper:
    """Keep a paper; whoever may is asked before. plan: it stands on."""
    return GrantPaper.objects.create(
        grant=grant,
        kind=kind,
        plan=plan,
        number=clean_line(number)[:LONGEST_NUMBER],
        on=on,
        fields=dict(fields),
        made=keep_upload(upload, actor=actor, now=now),
        made_at=now,
        made_by=actor.key,
    )


def digest_of(paper: GrantPaper) -> dict[str, str | int]:
    """By what the journal knows a paper: its file's SHA-256, hex."""
    return {"digest": paper.made.digest if paper.made is not None else ""}
