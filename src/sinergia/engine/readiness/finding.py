"""Every gap between a document and the rules, what hinders first."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sinergia.engine.project.document import Document
from sinergia.engine.readiness.applicant import applicant_advice, applicant_gaps
from sinergia.engine.readiness.budget import budget_advice, budget_gaps
from sinergia.engine.readiness.facts import Facts
from sinergia.engine.readiness.fields import field_gaps, is_asked, style_advice
from sinergia.engine.readiness.plan import plan_advice, plan_gaps
from sinergia.engine.refusal import Gap
from sinergia.packs.rules import Rules

# What to mend first where much is open: what nobody mends in an evening, then what counts most.
_FIRST = (
    "call.",
    "applicant.",
    "money.",
    "dates.",
    "event.",
    "field.missing",
    "rows.few",
    "field.unfilled",
)


@dataclass(frozen=True)
class Readiness:
    """blocking: what hinders a submission, the most pressing first. advice: the rest."""

    blocking: Sequence[Gap]
    advice: Sequence[Gap]

    @property
    def is_ready(self) -> bool:
        """Whether nothing hinders."""
        return not self.blocking


def readiness_of(document: Document, rules: Rules, facts: Facts) -> Readiness:
    """Compare a document with the rules of a call; each thing is said of a field once. Pure."""
    hindering = _once(_all_gaps(document, rules, facts))
    advice = _once(_all_advice(document, rules, facts))
    told = {(gap.code, gap.path) for gap in hindering}
    rest = [gap for gap in advice if (gap.code, gap.path) not in told]
    return Readiness(sorted(hindering, key=_pressing), rest)


def _all_gaps(document: Document, rules: Rules, facts: Facts) -> Iterator[Gap]:
    if facts.now is not None and facts.closes_at is not None and facts.now > facts.closes_at:
        yield Gap("call.closed")
    yield from (one for one in document.faults if is_asked(one.path, rules))
    yield from field_gaps(document, rules, facts)
    yield from plan_gaps(document, rules, facts)
    yield from budget_gaps(document, rules)
    if facts.applicant is not None:
        yield from applicant_gaps(document, rules, facts, facts.applicant)


def _all_advice(document: Document, rules: Rules, facts: Facts) -> Iterator[Gap]:
    yield from style_advice(document)
    yield from plan_advice(document)
    yield from budget_advice(document, rules)
    if facts.applicant is not None:
        yield from applicant_advice(rules, facts.applicant)


def _once(gaps: Iterable[Gap]) -> list[Gap]:
    """The same thing is said of a field once."""
    kept: dict[tuple[str, str], Gap] = {}
    for gap in gaps:
        kept.setdefault((gap.code, gap.path), gap)
    return list(kept.values())


def _pressing(gap: Gap) -> int:
    for place, beginning in enumerate(_FIRST):
        if gap.code.startswith(beginning):
            return place
    return len(_FIRST)
