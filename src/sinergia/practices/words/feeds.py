"""What is said of feeds of other installations, and of what is told back."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sinergia.engine.refusal import Gap
from sinergia.practices.models import Adoption, AdoptionReport, Feed, ReportedAdoption
from sinergia.practices.words import explain


@dataclass(frozen=True)
class Line:
    """A feed, how it stands with it: the kind of its badge and the words; what went wrong."""

    feed: Feed
    kind: str
    state: str
    fault: str


def lines_of(feeds: Iterable[Feed]) -> list[Line]:
    """Each with its state in words."""
    return [_line(one) for one in feeds]


def fault_of(report: AdoptionReport) -> str:
    """Why the home of a practice could not be told; "" where nothing was against it."""
    return explain(Gap(report.fault, values=report.fault_values)) if report.fault else ""


def state_said(reported: ReportedAdoption) -> str:
    """The state of an adoption at another installation."""
    known = dict(Adoption.State.choices)
    return str(known.get(Adoption.State(reported.state), reported.state))


def _line(feed: Feed) -> Line:
    if feed.fault:
        fault = explain(Gap(feed.fault, values=feed.fault_values))
        return Line(feed, "bad", _("could not be read"), fault)
    if feed.read_at is None:
        return Line(feed, "neutral", _("not read yet"), "")
    return Line(feed, "ok", _("is read"), "")
