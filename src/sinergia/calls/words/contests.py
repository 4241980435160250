"""Rules and steps of a contest in words and figures for pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sinergia.calls.queries.eligibility import Eligibility
from sinergia.calls.words import explain
from sinergia.calls.words.questions import Put, put_by
from sinergia.engine.blind import is_applicant_hidden, shown_rules
from sinergia.engine.contest import Step
from sinergia.engine.readiness import sentence_for, shown
from sinergia.engine.refusal import Gap
from sinergia.engine.shown import decimal_shown, money_shown
from sinergia.packs.rules import Rules


@dataclass(frozen=True)
class Outline:
    """What of rules stands on a page: names in the reader's language."""

    directions: Sequence[str]
    sizes: Sequence[str]
    weights: Sequence[tuple[str, Sequence[str]]]  # criterion, its weight in each size
    scale: tuple[str, str, str]  # least, most, greatest rating
    hidden: str  # what experts do not see
    questions: Sequence[Put]  # asked beside the project
    forbidden: Sequence[str]
    checks: Sequence[str]
    source: Sequence[str]


@dataclass(frozen=True)
class Answer:
    """What a self-check comes to. kind: of the notice that tells it."""

    kind: str
    title: str
    faults: Sequence[str] = ()


def outlined(rules: Rules, language: str) -> Outline:
    """The rules as whoever thinks of applying reads them."""
    sizes = [one.code for one in rules.categories]
    scale = rules.scoring.scale
    return Outline(
        directions=[one.name.told(language) for one in rules.directions],
        sizes=[one.name.told(language) for one in rules.categories],
        weights=[
            (one.name.told(language), [_weight(one.weights[size], language) for size in sizes])
            for one in rules.scoring.criteria
        ],
        scale=(
            decimal_shown(scale.least, language),
            decimal_shown(scale.most, language),
            decimal_shown(rules.scoring.most, language),
        ),
        hidden=_hidden(rules),
        questions=put_by(rules, language),
        forbidden=[one.told(language) for one in rules.budget.forbidden],
        checks=[one.text.told(language) for one in rules.checks],
        source=[part for part in (rules.source.title, rules.source.number) if part],
    )


def found_said(found: Eligibility, rules: Rules, language: str) -> Answer:
    """What a self-check tells: never more than the register shows to everybody."""
    if not found.is_number:
        return Answer("bad", _("This is no OGRN and no INN: look at the digits."))
    if found.organisation is None:
        title = _("The register does not know this number yet. You may apply: fill in your card.")
        return Answer("info", title)
    name = {"name": found.organisation.short_name or found.organisation.name}
    if not found.gaps and found.up_to_minor is not None:
        sum_told = money_shown(found.up_to_minor, rules.currency, language)
        title = _(
            "%(name)s: by the register nothing speaks against applying for at most %(sum)s. For "
            "more the organisation is too young."
        )
        return Answer("warn", title % (name | {"sum": sum_told}))
    if not found.gaps:
        title = _("%(name)s: by the register nothing speaks against applying.") % name
        return Answer("ok", title)
    faults = [rule_said(gap, rules, language) for gap in found.gaps]
    return Answer("bad", _("%(name)s: by the rules this hinders") % name, faults)


def rule_said(gap: Gap, rules: Rules, language: str) -> str:
    """A gap of readiness as a sentence."""
    values = shown(gap.values, currency=rules.currency, language=language)
    return _(sentence_for(gap, rules, language)) % values


def missing_said(gaps: Sequence[Gap]) -> list[str]:
    """What has to be there before a step, a sentence each."""
    return [explain(gap) for gap in gaps]


def step_said(step: Step) -> tuple[str, str, list[str]]:
    """A step: its title, its button, and what follows from it."""
    told: dict[Step, tuple[str, str, list[str]]] = {
        "announce": (
            _("Announce the contest"),
            _("Announce"),
            [
                _("Everybody sees the page of the contest, its dates and its rules."),
                _("Dates and the sum stand from now on; an end can be extended, with a reason."),
                _("Rules can still be replaced until the intake opens."),
            ],
        ),
        "open": (
            _("Open the intake"),
            _("Open"),
            [
                _("The rules are frozen: a correction is a new version with a reason."),
                _("Organisations can begin and hand in applications from this moment."),
            ],
        ),
        "close": (
            _("End the intake"),
            _("End the intake"),
            [
                _("Nothing is taken in any more; drafts stay with their authors."),
                _("What was handed in can be registered and screened."),
            ],
        ),
    }
    return told[step]


def tabs_said(chosen: str) -> list[tuple[str, str, bool]]:
    """Headings under which contests are listed: words, address, which one is shown."""
    named = [("open", _("Open now")), ("announced", _("Announced ones")), ("ended", _("Ended"))]
    return [(words, f"?of={code}", code == chosen) for code, words in named]


def _hidden(rules: Rules) -> str:
    """What experts do not see of an application."""
    left = shown_rules(rules)
    fields = len(rules.fields.keys() - left.fields.keys())
    fields += bool(rules.questions) and not left.questions
    if is_applicant_hidden(rules):
        told = _("Experts do not see who applies.")
    elif not fields:
        return _("Experts see applications whole, and who applies.")
    else:
        told = _("Experts see who applies.")
    said = ngettext(
        "%(count)d field of the project is hidden from them.",
        "%(count)d fields of the project are hidden from them.",
        fields,
    )
    return f"{told} {said % {'count': fields}}" if fields else told


def _weight(weight: Decimal, language: str) -> str:
    """A criterion of no weight is not scored: it shows a dash."""
    if not weight:
        return "–"
    return decimal_shown(weight, language)
