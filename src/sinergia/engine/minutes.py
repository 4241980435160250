"""Minutes of a session: typed, written as canonical bytes, read back to the same.

Members and applications are named inside by their keys, so that whoever must not see a row is
shown the rest.
"""

from datetime import date, datetime
from hashlib import sha256
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from sinergia.engine.seal import canonical

SCHEMA: Literal["sinergia-minutes/1"] = "sinergia-minutes/1"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Seat(_Strict):
    """A member in the order of the paper."""

    key: str
    name: str
    post: str
    role: str
    is_voting: bool
    is_present: bool


class Recused(_Strict):
    """Who took no part in a question. reason: "" where the machine found it."""

    member: str
    reason: str


class Ballot(_Strict):
    """How a member voted."""

    member: str
    choice: Literal["for", "against", "abstain"]
    dissent: str = ""


class Cut(_Strict):
    """A line of the budget that is cut, by so many minor units."""

    line: str
    what: str
    minor: int


class AwardLine(_Strict):
    """A row of the list of winners, as it was decided. rating: a decimal, "" for none."""

    examination: str
    at: int
    number: str
    title: str
    organisation: str
    outcome: str
    rating: str
    asked_minor: int
    awarded_minor: int
    reason: str


class Proposal(_Strict):
    """What is proposed about an application; each kind of question fills its own.

    moved: an outcome. final: a rating, as a decimal. sheet, expert: whose assessment it is.
    awards: the list of winners that was decided on; in minutes it stands once, by itself.
    """

    moved: str = ""
    offered_minor: int | None = None
    cuts: tuple[Cut, ...] = ()
    final: str = ""
    sheet: str = ""
    expert: str = ""
    awards: tuple[AwardLine, ...] = Field(default=(), exclude=True)


class About(_Strict):
    """The application that a question is about."""

    examination: str
    code: str
    number: str
    title: str
    organisation: str
    asked_minor: int


class Followed(_Strict):
    """What an adopted ruling did at once. before: the rating till then, a decimal, "" for none.

    is_done: False where what it was about could be changed no more.
    """

    is_done: bool
    before: str = ""


class Question(_Strict):
    """A question of the agenda, who took part, what came of it. needed: of its quorum.

    followed: of an adopted ruling about a rating or an assessment.
    """

    number: int
    kind: str
    about: About | None
    question: str
    reason: str
    proposal: Proposal
    recused: tuple[Recused, ...]
    ballots: tuple[Ballot, ...]
    taking_part: int
    needed: int
    in_favour: int
    against: int
    abstained: int
    by_chair: bool
    decision: str
    decided_at: datetime | None
    followed: Followed | None = None


class Minutes(_Strict):
    """Minutes, whole. closed_at: none of a draft."""

    schema_name: Literal["sinergia-minutes/1"] = Field(default=SCHEMA, alias="schema")
    contest: str
    contest_key: str
    fund: str
    centre: str
    year: int
    currency: str
    time_zone: str
    rules_code: str
    rules_version: int
    rules_digest: str
    order_number: str
    order_on: date
    quorum: int
    number: str
    form: str
    place: str
    begins_at: datetime
    ends_at: datetime | None
    closed_at: datetime | None
    has_quorum: bool
    seats: tuple[Seat, ...]
    questions: tuple[Question, ...]
    awards: tuple[AwardLine, ...] = ()


def written(minutes: Minutes) -> tuple[bytes, str]:
    """The minutes as RFC 8785 JSON, and the SHA-256 of it, hex."""
    content = canonical(minutes.model_dump(mode="json", by_alias=True))
    return content, sha256(content).hexdigest()


def read(content: bytes) -> Minutes:
    """What `written` wrote. Raises ValueError for anything else."""
    return Minutes.model_validate_json(content)


def without(minutes: Minutes, *, examinations: set[str], numbers: set[int]) -> Minutes:
    """The minutes as those read them who must not see some applications or some questions.

    Of a list of winners from whose question they are recused, nothing is left.
    """
    kept = tuple(
        one
        for one in minutes.questions
        if one.number not in numbers
        and (one.about is None or one.about.examination not in examinations)
    )
    lists = {one.number for one in minutes.questions if one.kind == "list"}
    awards = () if lists & numbers else minutes.awards
    left = tuple(one for one in awards if one.examination not in examinations)
    return minutes.model_copy(update={"questions": kept, "awards": left})
