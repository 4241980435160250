"""The report of a visit as everybody reads it: whoever has not agreed is not in it."""

from dataclasses import replace

from django.utils.translation import gettext as _

from sinergia.exchange.models import ReportVersion, Visit
from sinergia.exchange.queries.consents import Purpose, agreed_in, withheld_of, words_agreed
from sinergia.exchange.queries.feedback import summary_of
from sinergia.exchange.queries.holding import public_photos
from sinergia.exchange.queries.press import PressFacts
from sinergia.exchange.queries.reports import ReportSaid
from sinergia.exchange.words.reports import feedback_said, report_said
from sinergia.practices.models import Practice


def public_report(facts: PressFacts, written: ReportVersion | None) -> ReportSaid:
    """The facts that are public; of its texts the lines that name nobody who has not agreed."""
    whole, withheld, agreed = facts.report, facts.withheld, facts.agreed
    shown = replace(
        whole,
        delegates=[one for one in whole.delegates if agreed.has(Purpose.NAMED, one.pk)],
        practices=[one for one in whole.practices if one.stage == Practice.Stage.PUBLISHED],
        photos=public_photos(whole.visit).count(),
    )
    told = written or ReportVersion(number=0)
    texts = ReportVersion(
        number=told.number,
        introduction=withheld.lines_without(told.introduction),
        conclusions=withheld.lines_without(told.conclusions),
    )
    said = report_said(shown, texts, is_public=True)
    return replace(said, feedback=thought_said(whole.visit) if facts.is_feedback_public else [])


def thought_said(visit: Visit) -> list[str]:
    """What delegates thought: averages, then the words of those who agreed, without names."""
    agreed = agreed_in(visit)
    words = words_agreed(visit, agreed, withheld_of(visit, agreed))
    return [*feedback_said(summary_of(visit)), *(_("“%(text)s”") % {"text": one} for one in words)]
