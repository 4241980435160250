"""What experts sign: the words that the program brings, and what was signed."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from django.db.models import QuerySet

from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import rules_of
from sinergia.review.access import OPEN
from sinergia.review.models import Expert, Sheet, Statement
from sinergia.review.queries.sheets import CONTENT, is_decided_about

Kind = Statement.Kind


@dataclass(frozen=True)
class Wording:
    """What is signed, to the letter, in one language. version: of the words."""

    version: int
    words: str


def wording_of(kind: str, contest: Contest, language: str) -> Wording:
    """The words in force, with the names of the contest and of whoever holds it."""
    table = _texts()[kind]
    words = str(table["en" if language == "en" else "ru"]).strip()
    named = {"{contest}": contest.call.name, "{centre}": contest.centre.organisation.name}
    for place, name in named.items():
        words = words.replace(place, name)
    return Wording(int(table["version"]), words)


def statements_of(expert: Expert) -> dict[str, Statement]:
    """What stands signed by an expert, by its kind."""
    return {one.kind: one for one in expert.statements.filter(ended_at=None)}


def to_sign(signed: dict[str, Statement]) -> list[str]:
    """What is not signed yet, in the order in which it is signed."""
    return [kind for kind in Kind.values if kind not in signed]


def shows_applicants(contest: Contest) -> bool:
    """Whether experts see whose an application is: the rules hide it, or do not."""
    kept = rules_of(contest)
    return kept is not None and "applicant" not in kept.rules.review.blind


def unconfirmed(expert: Expert) -> QuerySet[Sheet]:
    """What was given to an expert who has not said yet whether anything ties them to it."""
    whole = Sheet.objects.filter(expert=expert, stage__in=OPEN, confirmed_at=None)
    rows = whole.filter(~is_decided_about())
    beside = (
        "examination__submission__organisation__municipality",
        "examination__submission__frozen",
    )
    return rows.select_related(*beside).defer(CONTENT).order_by("pk")


def unsigned_experts(experts: QuerySet[Expert]) -> QuerySet[Expert]:
    """Those of accepted experts who have something to sign still."""
    rows = experts.filter(stage=Expert.Stage.ACCEPTED)
    whole = rows
    for kind in Kind.values:
        signed = Statement.objects.filter(kind=kind, ended_at=None)
        whole = whole.filter(pk__in=signed.values("expert"))
    return rows.exclude(pk__in=whole.values("pk"))


@lru_cache(maxsize=1)
def _texts() -> dict[str, dict[str, str | int]]:
    file = files("sinergia.review") / "consents" / "expert.toml"
    return tomllib.loads(file.read_text("utf-8"))
