"""A sheet as its page shows it: criteria with their scale, prompts, what it comes to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sinergia.base.drafts.models import DraftText
from sinergia.base.drafts.words import Block, Box, Theirs
from sinergia.calls.models import Contest
from sinergia.engine.blind import is_applicant_hidden
from sinergia.engine.rating import half_up
from sinergia.engine.readiness import Readiness
from sinergia.engine.refusal import Gap
from sinergia.engine.sheet import (
    COMMENTS,
    PROMPTS,
    RECOMMENDATION,
    SCORES,
    SUM,
    Filled,
    Subject,
    plain,
    read_sheet,
    steps_of,
)
from sinergia.engine.shown import decimal_shown, money_shown
from sinergia.packs.rules.fields import SECTIONS
from sinergia.packs.rules.schema import Rules
from sinergia.projects.words.fields import SECTIONS as TITLES
from sinergia.projects.words.form import Shown, sections_of
from sinergia.review.models import Sheet
from sinergia.review.queries.reading import Reading, ShownFile
from sinergia.review.words import explain

PROMPT_WORDS: Mapping[str, tuple[Promise, Promise]] = {
    "strong": (gettext_lazy("The strong side"), gettext_lazy("What speaks for this project.")),
    "lowers": (
        gettext_lazy("What lowers the score"),
        gettext_lazy("Where it is weak, and by which place of the application one sees it."),
    ),
    "mend": (
        gettext_lazy("What to mend"),
        gettext_lazy("What would make it stronger, whether it wins or not."),
    ),
}


@dataclass(frozen=True)
class Typed:
    """What the page knows beside what is saved: texts that were not, and what is against them."""

    texts: Mapping[str, str] = field(default_factory=dict)
    theirs: Mapping[str, Theirs] = field(default_factory=dict)
    gaps: Sequence[Gap] = ()


@dataclass(frozen=True)
class CriterionShown:
    """One criterion. steps: scores that are offered, as typed and as read; own: code and score."""

    name: str
    weight: str
    help: str
    score: Box
    comment: Box
    steps: Sequence[tuple[str, str]]
    least: str
    most: str
    own: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class SheetShown:
    """The form of a sheet. money: where a sum may be proposed."""

    criteria: Sequence[CriterionShown]
    boxes: Sequence[Box]
    rating: str
    given: str


@dataclass(frozen=True)
class SectionShown:
    """A section of the application: its blocks, each with its files."""

    name: str
    title: str
    blocks: Sequence[tuple[Block, Sequence[ShownFile]]]


@dataclass(frozen=True)
class Line:
    """A criterion of a sheet that is read. product: the score by its weight."""

    name: str
    weight: str
    score: str
    product: str
    comment: str


@dataclass(frozen=True)
class Summary:
    """A sheet as it is read before and after signing. texts: label and text."""

    lines: Sequence[Line]
    rating: str
    facts: Sequence[tuple[str, str]]
    texts: Sequence[tuple[str, str]]


def title_of(sheet: Sheet, rules: Rules) -> str:
    """What the application is called; its code alone where the rules hide the title."""
    title = sheet.examination.submission.title
    return "" if "title" in rules.review.blind else title


def headed(sheet: Sheet, rules: Rules, language: str) -> list[tuple[str, str]]:
    """What is known of the application in short, without what is hidden."""
    submission, blind = sheet.examination.submission, rules.review.blind
    facts = []
    if not is_applicant_hidden(rules):
        facts.append((_("Number"), submission.shown_number))
    if "direction" not in blind:
        facts.append((_("Direction"), direction_said(rules, submission.direction, language)))
    if "lines" not in blind:
        asked = money_shown(submission.asked_minor, submission.currency, language)
        facts.append((_("Sum asked"), asked))
    return facts


def direction_said(rules: Rules, code: str, language: str) -> str:
    """A direction by its name; a dash where the rules hide it."""
    found = next((one for one in rules.directions if one.code == code), None)
    return "—" if found is None or "direction" in rules.review.blind else found.name.told(language)


def sections_said(reading: Reading, language: str) -> list[SectionShown]:
    """The application by sections, those of which nothing is asked or shown left out."""
    shown = Shown(language, Readiness([], []))
    beside: dict[str, list[ShownFile]] = {}
    for one in reading.files:
        beside.setdefault(one.handed_in.field, []).append(one)
    blocks = sections_of(reading.told, shown)
    return [
        SectionShown(
            name,
            _("Organisation") if name == "organisation" else str(TITLES[name]),
            [(one, beside.get(one.name, ())) for one in blocks[name]],
        )
        for name in SECTIONS
        if blocks[name]
    ]


def sheet_shown(
    texts: Mapping[str, DraftText],
    subject: Subject,
    typed: Typed,
    own: Mapping[str, Sequence[tuple[str, Decimal]]],
    language: str,
) -> SheetShown:
    """The form with what is saved and what is typed."""
    maker = _Maker(texts, subject, typed, language)
    boxes = [maker.box(name, "text", *map(str, PROMPT_WORDS[name])) for name in PROMPTS]
    boxes.append(
        replace(maker.box(RECOMMENDATION, "choice", _("Recommendation")), groups=_groups(subject))
    )
    if subject.may_propose:
        asked = money_shown(subject.asked_minor, subject.rules.currency, language)
        help_ = _("If it differs from what is asked for: at most %(asked)s.") % {"asked": asked}
        box = maker.box(SUM, "money", _("Proposed sum"), help_)
        boxes.append(replace(box, is_required=False))
    values = {path: text.value for path, text in texts.items()}
    said = counted_said(read_sheet(values, subject), subject, language)
    return SheetShown(
        [maker.criterion(code, own.get(code, ())) for code in subject.weights], boxes, **said
    )


def counted_said(filled: Filled, subject: Subject, language: str) -> dict[str, str]:
    """What the sheet comes to so far: its rating, and how many criteria are scored."""
    given = {"given": len(filled.scores), "all": len(subject.weights)}
    return {
        "rating": rating_said(filled.rating, subject, language),
        "given": _("scored %(given)d of %(all)d") % given,
    }


def rating_said(rating: Decimal | None, subject: Subject, language: str) -> str:
    """72.5 of 100; a dash where nothing is scored."""
    if rating is None:
        return "—"
    values = {
        "rating": decimal_shown(rating, language),
        "most": decimal_shown(subject.rules.scoring.most, language),
    }
    return _("%(rating)s of %(most)s") % values


def summary_of(texts: Mapping[str, str], subject: Subject, language: str) -> Summary:
    """A sheet to be read."""
    filled, rules = read_sheet(texts, subject), subject.rules
    lines = []
    for one in rules.criteria_of(subject.category):
        weight, score = subject.weights[one.code], filled.scores.get(one.code)
        product = "—"
        if score is not None:
            exact = Fraction(score) * Fraction(weight)
            product = decimal_shown(half_up(exact, rules.scoring.decimals), language)
        shown = "—" if score is None else decimal_shown(score, language)
        comment = texts.get(f"{COMMENTS}/{one.code}", "")
        lines.append(
            Line(one.name.told(language), decimal_shown(weight, language), shown, product, comment)
        )
    facts = [(_("Recommendation"), recommendation_said(filled.recommendation) or "—")]
    if filled.proposed_minor is not None:
        proposed = money_shown(filled.proposed_minor, rules.currency, language)
        facts.append((_("Proposed sum"), proposed))
    said = [(str(PROMPT_WORDS[name][0]), texts.get(name, "")) for name in PROMPTS]
    return Summary(lines, rating_said(filled.rating, subject, language), facts, said)


def recommendation_said(code: str) -> str:
    """A recommendation in words."""
    return str(dict(Sheet.Recommendation.choices).get(code, ""))


def gaps_said(gaps: Iterable[Gap], subject: Subject, language: str) -> list[tuple[str, str, str]]:
    """What hinders signing: where, what, the field on the page."""
    names = {one.code: one.name.told(language) for one in subject.rules.scoring.criteria}
    found = []
    for gap in gaps:
        head, _slash, code = gap.path.partition("/")
        label = names.get(code, "") if code else _label(head)
        found.append((label, explain(gap), f"f-{gap.path.replace('/', '-')}" if gap.path else ""))
    return found


def left_until_results(contest: Contest, *, now: datetime) -> timedelta | None:
    """How long it is until the last moment of the day of results; none where none is set."""
    if contest.results_on is None:
        return None
    day = contest.results_on + timedelta(days=1)
    return datetime.combine(day, time(), ZoneInfo(contest.time_zone)) - now


def _label(name: str) -> str:
    named = {RECOMMENDATION: _("Recommendation"), SUM: _("Proposed sum")}
    return str(PROMPT_WORDS[name][0]) if name in PROMPT_WORDS else named.get(name, "")


def _groups(subject: Subject) -> list[tuple[str, list[tuple[str, str]]]]:
    return [("", [(code, recommendation_said(code)) for code in subject.recommendations])]


class _Maker:
    def __init__(
        self, texts: Mapping[str, DraftText], subject: Subject, typed: Typed, language: str
    ) -> None:
        self.texts, self.subject, self.typed, self.language = texts, subject, typed, language
        self.rules = {one.code: one for one in subject.rules.scoring.criteria}
        self.said: dict[str, list[str]] = {}
        for gap in typed.gaps:
            self.said.setdefault(gap.path, []).append(explain(gap))

    def box(self, path: str, kind: str, label: str, help_: str = "") -> Box:
        saved = self.texts.get(path)
        value, version = (saved.value, saved.version) if saved is not None else ("", 0)
        return Box(
            path=path,
            kind=kind,
            label=label,
            help=help_,
            value=self.typed.texts.get(path, value),
            version=version,
            said=self.said.get(path, ()),
            theirs=self.typed.theirs.get(path),
        )

    def criterion(self, code: str, own: Sequence[tuple[str, Decimal]]) -> CriterionShown:
        rule, scale = self.rules[code], self.subject.rules.scoring.scale
        comment = self.box(f"{COMMENTS}/{code}", "text", _("Comment"))
        return CriterionShown(
            name=rule.name.told(self.language),
            weight=decimal_shown(self.subject.weights[code], self.language),
            help=rule.help.told(self.language) if rule.help else "",
            score=self.box(f"{SCORES}/{code}", "score", _("Score")),
            comment=replace(comment, is_required=False),
            steps=[(plain(one), decimal_shown(one, self.language)) for one in steps_of(scale)],
            least=decimal_shown(scale.least, self.language),
            most=decimal_shown(scale.most, self.language),
            own=[(name, decimal_shown(score, self.language)) for name, score in own],
        )
