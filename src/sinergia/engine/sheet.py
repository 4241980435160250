"""The sheet of an expert: which texts it has, what they come to, what hinders signing it.

Texts stand at `scores/CODE` and `comments/CODE` for every criterion that weighs anything in the
category of the application, at three prompts, at `recommendation` and at `sum`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sinergia.engine.drafts import Fields, Path
from sinergia.engine.money import read_money
from sinergia.engine.numbers import Unreadable, read_decimal
from sinergia.engine.rating import rating_of
from sinergia.engine.refusal import Gap
from sinergia.packs.rules.schema import Rules, Scale

SCHEMA = "sheet/1"
SCORES, COMMENTS = "scores", "comments"
PROMPTS = ("strong", "lowers", "mend")  # strong side, what lowers the score, what to mend
RECOMMENDATION, SUM = "recommendation", "sum"
SUPPORT, LESS, REFUSE = "support", "less", "refuse"
MOST_BUTTONS = 21  # scores that a page can offer one beside the other


@dataclass(frozen=True)
class SheetFields(Fields):
    """Every path is known beforehand: a criterion that weighs nothing has none."""

    def parse(self, text: str) -> Path | None:
        """Read a path; none for one that is not here."""
        return Path(text) if text in self.kinds else None


@dataclass(frozen=True)
class Subject:
    """What a sheet is about: the application's category and the sum that it asks for."""

    rules: Rules
    category: str
    asked_minor: int

    @property
    def fields(self) -> SheetFields:
        """Which texts the sheet has."""
        kinds: dict[str, str] = {}
        for code in self.weights:
            kinds |= {f"{SCORES}/{code}": "score", f"{COMMENTS}/{code}": "text"}
        kinds |= dict.fromkeys(PROMPTS, "text") | {RECOMMENDATION: "choice"}
        return SheetFields(kinds | ({SUM: "money"} if self.may_propose else {}), {})

    @property
    def weights(self) -> dict[str, Decimal]:
        """By criterion, in the order of the rules."""
        category = self.category
        return {one.code: one.weights[category] for one in self.rules.criteria_of(category)}

    @property
    def may_propose(self) -> bool:
        """Whether a smaller sum may be proposed: not where the rules hide the budget."""
        return self.rules.selection.may_award_less and "lines" not in self.rules.review.blind

    @property
    def recommendations(self) -> tuple[str, ...]:
        """What may be recommended."""
        return (SUPPORT, LESS, REFUSE) if self.may_propose else (SUPPORT, REFUSE)


@dataclass(frozen=True)
class Filled:
    """A sheet as it stands. proposed_minor: none where no sum is proposed.

    faults: what is typed and cannot be; missing: what is not there yet.
    """

    scores: Mapping[str, Decimal]
    rating: Decimal | None
    recommendation: str
    proposed_minor: int | None
    faults: list[Gap]
    missing: list[Gap]


def read_sheet(texts: Mapping[str, str], subject: Subject) -> Filled:
    """Read texts by path; what is no text of this sheet is left out."""
    faults: list[Gap] = []
    scores = _scores(texts, subject, faults)
    proposed = _proposed(texts.get(SUM, ""), subject, faults)
    recommendation = texts.get(RECOMMENDATION, "")
    if recommendation and recommendation not in subject.recommendations:
        faults.append(Gap("sheet.no_such_recommendation", RECOMMENDATION))
    scoring = subject.rules.scoring
    rating = rating_of([scores], subject.weights, decimals=scoring.decimals)
    filled = Filled(scores, rating, recommendation, proposed, faults, [])
    told = {gap.path for gap in faults}
    missing = [gap for gap in _missing(texts, filled, subject) if gap.path not in told]
    return Filled(scores, rating, recommendation, proposed, faults, missing)


def steps_of(scale: Scale) -> list[Decimal]:
    """Every score of a scale, the least first; none where they are too many to be chosen from."""
    number = int((scale.most - scale.least) / scale.step) + 1
    if number > MOST_BUTTONS:
        return []
    return [scale.least + scale.step * at for at in range(number)]


def is_on(scale: Scale, score: Decimal) -> bool:
    """Whether a scale has such a score."""
    return scale.least <= score <= scale.most and (score - scale.least) % scale.step == 0


def plain(value: Decimal) -> str:
    """A decimal without needless noughts: 7, 2.5."""
    return f"{value.normalize():f}"


def _scores(texts: Mapping[str, str], subject: Subject, faults: list[Gap]) -> dict[str, Decimal]:
    scale, scores = subject.rules.scoring.scale, {}
    for code in subject.weights:
        path = f"{SCORES}/{code}"
        try:
            score = read_decimal(texts.get(path, ""))
        except Unreadable:
            score = scale.least - 1  # no score either
        if score is not None and is_on(scale, score):
            scores[code] = score
        elif score is not None:
            names = ("least", "most", "step")
            values = {name: plain(getattr(scale, name)) for name in names}
            faults.append(Gap("sheet.off_scale", path, values))
    return scores


def _proposed(text: str, subject: Subject, faults: list[Gap]) -> int | None:
    if not subject.may_propose:
        return None
    try:
        minor = read_money(text, currency=subject.rules.currency)
    except Unreadable as error:
        code = "sheet.sum_negative" if error.code == "negative" else "sheet.sum_unreadable"
        faults.append(Gap(code, SUM))
        return None
    if minor is not None and minor > subject.asked_minor:
        asked, currency = subject.asked_minor, subject.rules.currency
        faults.append(Gap("sheet.sum_above", SUM, {"asked": asked, "currency": currency}))
        return None
    return minor


def _missing(texts: Mapping[str, str], filled: Filled, subject: Subject) -> Iterator[Gap]:
    for code in subject.weights:
        if code not in filled.scores:
            yield Gap("sheet.no_score", f"{SCORES}/{code}")
    for prompt in PROMPTS:
        if not texts.get(prompt, "").strip():
            yield Gap("sheet.no_comment", prompt)
    if not filled.recommendation:
        yield Gap("sheet.no_recommendation", RECOMMENDATION)
    if filled.recommendation == LESS and filled.proposed_minor is None:
        yield Gap("sheet.no_sum", SUM)
