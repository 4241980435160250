"""What the rules of a contest say. Sums are whole minor units; scores and weights are decimals.

Every value of a fund's act stands here and nowhere in code: new rules are a new file. What the
fields mean for a person who writes rules is told in docs/developers/rules.md.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints

from sinergia.packs.rules.grants import Grants
from sinergia.packs.rules.values import Code, Days, Minor, Months, Named, Number, Part, Strict, Text

SCHEMA = "sinergia-rules/1"


class Source(Strict):
    """Where the rules come from. read_on: the day on which somebody compared them with the act."""

    title: Text
    number: str = ""
    issued_on: date | None = None
    read_on: date
    note: Named | None = None


class Timetable(Strict):
    """Dates that the act names, offered when a call is made; the call holds its own."""

    intake_from: date | None = None
    intake_to: date | None = None
    results_by: date | None = None
    project_from: date | None = None
    project_to: date | None = None
    most_months: Months | None = None


class Direction(Strict):
    """What projects are about. topics: examples that the form offers."""

    code: Code
    name: Named
    topics: tuple[Named, ...] = ()


class Category(Strict):
    """A size of grants: above one sum, up to and with another; or long ones, whatever the sum."""

    code: Code
    name: Named
    above_minor: Minor = 0
    up_to_minor: Minor | None = None
    over_months: Months | None = None  # a long one: only these directions
    most_months: Months | None = None
    directions: tuple[Code, ...] = ()


class Option(Strict):
    """What may be chosen in a cell."""

    code: Code
    name: Named


class CellRule(Strict):
    """One cell of a field's rows. longest: characters; lines: of its text, in place of those.

    choices: in order.
    """

    is_required: bool = False
    longest: Annotated[int, Field(ge=1, le=100_000)] | None = None
    lines: Annotated[int, Field(ge=1, le=1_000)] | None = None
    choices: tuple[Option, ...] = ()


class FieldRule(Strict):
    """One field of the project. longest: characters. most: rows or files. clause: of the act.

    cells: what is said of single cells; further ones are asked only where they stand here.

    is_public: of rules that were kept before `registration.public_fields`, which alone says it.
    """

    is_required: bool = True
    longest: Annotated[int, Field(ge=1, le=100_000)] | None = None
    least: Annotated[int, Field(ge=0, le=1_000)] = 0
    most: Annotated[int, Field(ge=1, le=1_000)] | None = None
    is_public: bool = False
    help: Named | None = None
    clause: str = ""
    cells: dict[str, CellRule] | None = None

    def cell(self, name: str) -> CellRule:
        """What is said of a cell; nothing is of most of them."""
        return (self.cells or {}).get(name, CellRule())


class Question(Strict):
    """What a call asks beside the project. when: shown if another answer is one of some."""

    code: Code
    text: Named
    help: Named | None = None
    kind: Literal["text", "number", "yes_no", "choice"] = "text"
    is_required: bool = True
    longest: Annotated[int, Field(ge=1, le=20_000)] = 1_000
    choices: tuple[Named, ...] = ()
    when: "Condition | None" = None

    @property
    def values(self) -> tuple[str, ...]:
        """What may be answered, as it is kept; nothing where one writes."""
        if self.kind == "yes_no":
            return ("yes", "no")
        return tuple(str(number) for number in range(1, len(self.choices) + 1))


class Condition(Strict):
    """An answer on which a question hangs. values: numbers of choices from 1; yes, no."""

    question: Code
    values: tuple[str, ...]


class Article(Strict):
    """A line of the budget's order. under: the article that it is part of."""

    code: Annotated[str, StringConstraints(pattern=r"^\d{1,2}(\.\d{1,2})?$")]
    name: Named
    help: Named | None = None
    most_share: Part | None = None  # of the request: a rule, not advice
    most_minor: Minor | None = None


class Advice(Strict):
    """A norm that is advice and no demand: it never hinders a submission."""

    code: Code
    kind: Literal["share_of_request", "sum_of_line", "price_of_line"]
    articles: tuple[str, ...]
    share: Part | None = None
    most_minor: Minor | None = None
    text: Named


class Budget(Strict):
    """Articles, what may not be paid, what is advised. own_share: least of the request.

    posts: articles each line of which pays somebody of the head and the team, by their part.
    """

    articles: tuple[Article, ...]
    least_minor: Minor = 0
    most_minor: Minor | None = None
    own_share: Part = Decimal(0)
    is_comment_required: bool = True
    forbidden: tuple[Named, ...] = ()
    advice: tuple[Advice, ...] = ()
    posts: tuple[str, ...] | None = None


class Applicant(Strict):
    """Who may apply. legal_forms: codes of the state's classifier, empty for any.

    A code that ends in 00 stands for every form that begins alike; excluded ones go before it.
    age_months: since the registration, by the last day of intake; age_months_small: for requests
    up to small_up_to_minor. overlap_share: of the text of two own applications. overlapping_grants:
    as many of its grants may be under way at the same time as the project.
    """

    legal_forms: tuple[Annotated[str, StringConstraints(pattern=r"^\d{5}$")], ...] = ()
    excluded_forms: tuple[Annotated[str, StringConstraints(pattern=r"^\d{5}$")], ...] = ()
    is_region_own: bool = False
    age_months: Annotated[int, Field(ge=0, le=240)] = 0
    age_months_small: Annotated[int, Field(ge=0, le=240)] | None = None
    small_up_to_minor: Minor = 0
    per_direction: Annotated[int, Field(ge=1, le=100)] | None = None
    per_organisation: Annotated[int, Field(ge=1, le=100)] | None = None
    wins: Annotated[int, Field(ge=1, le=100)] | None = None
    overlap_share: Part | None = None
    overlapping_grants: Annotated[int, Field(ge=0, le=100)] | None = None


class Refusal(Strict):
    """A ground on which an application is not admitted, with its clause of the act."""

    code: Code
    clause: Text
    text: Named


class Check(Strict):
    """One check of admission. by: the machine from what is known, or a person elsewhere."""

    code: Code
    by: Literal["machine", "person"]
    text: Named
    refusal: Code | None = None


class Criterion(Strict):
    """What experts score. weights: {category: weight}; by 0 it is hidden and not scored."""

    code: Code
    name: Named
    help: Named | None = None
    weights: dict[Code, Number]


class Scale(Strict):
    """Scores of one criterion: from least to most by step."""

    least: Number = Decimal(0)
    most: Number = Decimal(10)
    step: Annotated[Number, Field(gt=0)] = Decimal(1)


class Scoring(Strict):
    """Criteria and their scale. most: the greatest rating, the same in every category.

    weight_words: what weights are called for experts; rounding: decimals of a rating.
    """

    scale: Scale = Scale()
    most: Annotated[Number, Field(gt=0)] = Decimal(100)
    average: Literal["mean", "median"] = "mean"
    decimals: Annotated[int, Field(ge=0, le=4)] = 2
    criteria: tuple[Criterion, ...]


class Further(Strict):
    """When one more expert is called, and how that sheet counts.

    counts: `all` sheets are averaged; `closest`: as many as there are experts for each, those
    whose ratings lie closest together, of two sets equally close the higher.
    """

    divergence: Number | None = None  # of two ratings, in points
    near_line: Number | None = None
    most: Annotated[int, Field(ge=1, le=10)] = 1
    counts: Literal["all", "closest"] = "all"


class Review(Strict):
    """Independent experts. blind: fields of the project, and `applicant`, that they do not see.

    excluded: what keeps an expert from an application beside what always does.
    """

    experts: Annotated[int, Field(ge=1, le=20)] = 2
    blind: tuple[str, ...] = ()
    excluded: tuple[Literal["municipality"], ...] = ()
    further: Further = Further()
    unfounded_most: Annotated[int, Field(ge=1, le=1_000)] | None = None
    are_comments_shown: bool = False


class Selection(Strict):
    """How winners are found. lines: {category: least rating}; ties: what decides, in order.

    scores: of whom everybody is told rating, place and line; of the rest that they applied.
    """

    line: Number | None = None
    lines: dict[Code, Number] = {}
    ties: tuple[Literal["submitted_earlier", "asked_less", "lot"], ...] = ("submitted_earlier",)
    may_award_less: bool = True
    scores: Literal["all", "winners"] = "all"


class Terms(Strict):
    """Terms of the act: calendar days, and working days where the name says so.

    register: after it was submitted; admit: after the intake ends; approve: after the commission
    adopted the list; sign: after the results.
    """

    register_workdays: Days = 5
    admit_days: Days = 15
    approve_workdays: Days = 5
    sign_days: Days = 45


class Signing(Strict):
    """The document that confirms a submission: in which ways it may come."""

    ways: tuple[Literal["none", "paper", "scan", "signature"], ...] = ("none",)
    within_days: Days = 0  # after the intake ends; 0: by its end


class Registration(Strict):
    """What happens to what came in. correction: until the intake ends, or so many working days.

    public_fields: of the project, and `asked`, `total`: what everybody sees once it is registered.
    """

    correction_workdays: Days | None = None
    public_fields: tuple[str, ...] = ()


class Rules(Strict):
    """The rules of a contest, whole. is_training: for contests of practice alone."""

    schema_name: Annotated[Literal["sinergia-rules/1"], Field(alias="schema")]
    code: Code
    name: Named
    summary: Named
    source: Source
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    committee: Named
    is_training: bool = False
    timetable: Timetable = Timetable()
    directions: tuple[Direction, ...]
    categories: tuple[Category, ...]
    fields: dict[str, FieldRule]
    questions: tuple[Question, ...] = ()
    budget: Budget
    applicant: Applicant = Applicant()
    refusals: tuple[Refusal, ...]
    checks: tuple[Check, ...] = ()
    scoring: Scoring
    review: Review = Review()
    selection: Selection = Selection()
    terms: Terms = Terms()
    signing: Signing = Signing()
    registration: Registration = Registration()
    grants: Grants = Grants()

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    def category_of(
        self, asked_minor: int, *, months: int | None = None, direction: str = ""
    ) -> Category | None:
        """The size of a request; a long project's own one goes first. None where no size fits."""
        for one in self.categories:
            if one.over_months is not None:
                is_long = months is not None and months > one.over_months
                if is_long and (not one.directions or direction in one.directions):
                    return one
        for one in self.categories:
            is_under = one.up_to_minor is None or asked_minor <= one.up_to_minor
            if one.over_months is None and one.above_minor < asked_minor and is_under:
                return one
        return None

    def criteria_of(self, category: str) -> list[Criterion]:
        """What is scored in a category: those of any weight there."""
        return [one for one in self.scoring.criteria if one.weights.get(category)]
