"""Taking whoever is erased out of what was told of visits: notes, reports, captions, words."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from sinergia.base.journal.actions import Keyed
from sinergia.engine.naming import names_any
from sinergia.engine.seal import canonical
from sinergia.exchange.actions.consents import end_all
from sinergia.exchange.actions.publishing import SCHEMA
from sinergia.exchange.models import (
    Asked,
    Commitment,
    CommitmentTurn,
    Delegate,
    PhotoPerson,
    PressSentence,
    ProgrammeVersion,
    Quote,
    ReportVersion,
    Session,
    SessionPhoto,
    VisitConsent,
    VisitCourse,
)
from sinergia.exchange.queries.telling import pictures_in

REST = "…"  # instead of a text of which nothing is left, where one has to be
IDEA = ("idea", "idea_folded", "first_step", "why_not", "ground")
INSIDE = ("heads", "transport", "note")  # of a session
# Free words in which somebody may be named: how they hang on a visit, the fields, what is left.
WORDS: Sequence[tuple[Any, str, Sequence[str], str]] = (
    (PressSentence, "version__visit", ("text", "fact"), ""),
    (ReportVersion, "visit", ("introduction", "conclusions"), ""),
    (SessionPhoto, "session__visit", ("caption", "consent"), ""),
    (Session, "visit", INSIDE, ""),
    (ProgrammeVersion, "visit", ("note",), ""),
    (Commitment, "visit", IDEA, REST),
    (CommitmentTurn, "commitment__visit", ("words", "ground"), ""),
    (Asked, "commitment__visit", ("words", "ground"), ""),
    (VisitCourse, "visit", ("why_cancelled", "note"), ""),
)


def forget_published(rows: Sequence[Delegate], *, by: Keyed, now: datetime) -> int:
    """Take these out of everything that was told, of every version; give how many texts went.

    Call it before their names are emptied: by these they are found.
    """
    end_all(rows, by=by, now=now)
    pks = [row.pk for row in rows]
    VisitConsent.objects.filter(delegate__in=pks).update(told="")
    PhotoPerson.objects.filter(delegate__in=pks).delete()
    gone = Quote.objects.filter(delegate__in=pks).update(text="", name="", post="", removed_at=now)
    for row in rows:
        if row.name:
            gone += sum(_mute(row, *where) for where in WORDS) + _mute_told(row)
    return gone


def _mute(row: Delegate, model: Any, at: str, fields: Sequence[str], rest: str) -> int:  # noqa: ANN401  # a model
    """Take the lines out of some texts of a visit that name whoever travelled with it."""
    changed = []
    for one in model.objects.filter(**{at: row.visit_id}):
        before = {name: getattr(one, name) for name in fields}
        after = {name: _without(text, row.name, rest) for name, text in before.items()}
        if after != before:
            for name, text in after.items():
                setattr(one, name, text)
            changed.append(one)
    model.objects.bulk_update(changed, fields)
    return len(changed)


def _mute_told(row: Delegate) -> int:
    """The same for the programme as it was told; its checksum is that of what is left."""
    changed = []
    for version in ProgrammeVersion.objects.filter(visit=row.visit_id):
        told = pictures_in(version)
        left = {
            key: {**one, **{name: _without(one[name], row.name) for name in INSIDE}}
            for key, one in told.items()
        }
        if left != told:
            version.content = canonical({"schema": SCHEMA, "values": left})
            version.digest = sha256(version.content).hexdigest()
            changed.append(version)
    ProgrammeVersion.objects.bulk_update(changed, ["content", "digest"])
    return len(changed)


def _without(text: str, name: str, rest: str = "") -> str:
    if not names_any(text, [name]):
        return text
    return "\n".join(one for one in text.splitlines() if not names_any(one, [name])) or rest
