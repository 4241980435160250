"""Taking whoever is erased out of what was told of visits: notes, reports, captions, quotes."""

from collections.abc import Sequence
from datetime import datetime

from sinergia.base.journal.actions import Keyed
from sinergia.engine.naming import names_any
from sinergia.exchange.actions.consents import end_all
from sinergia.exchange.models import (
    Delegate,
    PhotoPerson,
    PressSentence,
    Quote,
    ReportVersion,
    SessionPhoto,
    VisitConsent,
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
            gone += _sentences(row) + _reports(row) + _captions(row)
    return gone


def _sentences(row: Delegate) -> int:
    changed = []
    for one in PressSentence.objects.filter(version__visit=row.visit_id):
        if names_any(f"{one.text}\n{one.fact}", [row.name]):
            one.text = "" if names_any(one.text, [row.name]) else one.text
            one.fact = "" if names_any(one.fact, [row.name]) else one.fact
            changed.append(one)
    PressSentence.objects.bulk_update(changed, ["text", "fact"])
    return len(changed)


def _reports(row: Delegate) -> int:
    changed = []
    for one in ReportVersion.objects.filter(visit=row.visit_id):
        before = (one.introduction, one.conclusions)
        one.introduction, one.conclusions = (_without(text, row.name) for text in before)
        if before != (one.introduction, one.conclusions):
            changed.append(one)
    ReportVersion.objects.bulk_update(changed, ["introduction", "conclusions"])
    return len(changed)


def _captions(row: Delegate) -> int:
    changed = []
    for one in SessionPhoto.objects.filter(session__visit=row.visit_id):
        if names_any(f"{one.caption}\n{one.consent}", [row.name]):
            one.caption = "" if names_any(one.caption, [row.name]) else one.caption
            one.consent = "" if names_any(one.consent, [row.name]) else one.consent
            changed.append(one)
    SessionPhoto.objects.bulk_update(changed, ["caption", "consent"])
    return len(changed)


def _without(text: str, name: str) -> str:
    return "\n".join(line for line in text.splitlines() if not names_any(line, [name]))
