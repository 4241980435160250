"""Press notes of a visit: the versions kept, what is published, the shapes in which it is read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from sinergia.exchange.models import (
    Organiser,
    PressSentence,
    PressVersion,
    PublicItem,
    Quote,
    Session,
    Visit,
)
from sinergia.exchange.queries.consents import Agreed, Withheld, agreed_in, quotes_of, withheld_of
from sinergia.exchange.queries.reports import LONGEST_NUMBER, ReportFacts, facts_of, latest_report

SIDES = tuple(Organiser.Side.values)
LANGUAGES = ("ru", "en")
REPORT, FEEDBACK = "report", "feedback"


def press_item(side: str, language: str) -> str:
    """How a note is called among what is published."""
    return f"press-{side}-{language}"


NOTES = tuple((side, language) for side in SIDES for language in LANGUAGES)
ITEMS = (*(press_item(*note) for note in NOTES), REPORT, FEEDBACK)


@dataclass(frozen=True)
class PressFacts:
    """What a note is made of. is_feedback_public: whether everybody reads the averages."""

    report: ReportFacts
    hosts: Sequence[str]
    quotes: Sequence[Quote]
    agreed: Agreed
    withheld: Withheld
    is_feedback_public: bool


def press_facts(visit: Visit, *, now: datetime) -> PressFacts:
    """Read all that a note is made of; while a visit goes on, nothing that is still to come."""
    until = now if visit.stage == Visit.Stage.UNDER_WAY else None
    agreed, report = agreed_in(visit), facts_of(visit, until=until)
    return PressFacts(
        report=report,
        hosts=_hosts(report.sessions),
        quotes=quotes_of(visit),
        agreed=agreed,
        withheld=withheld_of(visit, agreed),
        is_feedback_public=published_item(visit, FEEDBACK) is not None,
    )


def press_versions(visit: Visit, side: str, language: str) -> QuerySet[PressVersion]:
    """Every version of a note, the latest first."""
    rows = PressVersion.objects.filter(visit=visit, side=side, language=language)
    return rows.order_by("-number")


def latest_press(visit: Visit, side: str, language: str) -> PressVersion | None:
    """The version that was kept last."""
    return press_versions(visit, side, language).first()


def press_numbered(visit: Visit, side: str, language: str, number: str) -> PressVersion | None:
    """One version, by its number as an address names it."""
    if not number.isdecimal() or len(number) > LONGEST_NUMBER:
        return None
    return press_versions(visit, side, language).filter(number=number).first()


def sentences_of(version: PressVersion) -> list[PressSentence]:
    """What a version holds, in order; what was emptied with a person is not there any more."""
    rows = version.sentences.select_related(
        "quote__delegate__organisation", "quote__delegate__municipality"
    )
    return [one for one in rows.order_by("place") if one.text or one.quote is not None]


def published_items(visit: Visit) -> dict[str, PublicItem]:
    """What everybody reads, by name."""
    return {one.name: one for one in PublicItem.objects.filter(visit=visit)}


def published_item(visit: Visit, name: str) -> PublicItem | None:
    """One paper, where everybody reads it."""
    return PublicItem.objects.filter(visit=visit, name=name).first()


def number_to_publish(visit: Visit, name: str) -> int:
    """The version that would be read by everybody; 0: the facts alone."""
    if name == REPORT:
        report = latest_report(visit)
        return report.number if report is not None else 0
    if name == FEEDBACK:
        return 0
    _press, side, language = name.split("-")
    note = latest_press(visit, side, language)
    return note.number if note is not None else 0


def _hosts(sessions: Sequence[Session]) -> list[str]:
    """Each host once, in the order in which they received; hidden ones are not told."""
    found = [one.host for one in sessions if one.host is not None and one.host.is_public]
    return list(dict.fromkeys(one.short_name or one.name for one in found))
