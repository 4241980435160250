"""Requests for changes as a list asks for them: one filter for the page and its numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet

from sinergia.engine.text import clean_line, fold
from sinergia.grants.models import Change, Grant
from sinergia.grants.queries.listing import MINE

LONGEST_WORDS = 200  # characters of what is searched


@dataclass(frozen=True)
class ChangeFilter:
    """What a reader asked to see; junk in an address means nothing.

    q: words of project, organisation, number. stage, kind: of the model. who: MINE for those
    about grants that one runs.
    """

    q: str = ""
    stage: str = ""
    kind: str = ""
    who: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "ChangeFilter":
        """Read the query of an address."""
        given = {one.name: clean_line(str(query.get(one.name, ""))) for one in fields(cls)}
        given["q"] = given["q"][:LONGEST_WORDS]
        given["stage"] = given["stage"] if given["stage"] in Change.Stage.values else ""
        given["kind"] = given["kind"] if given["kind"] in Change.Kind.values else ""
        given["who"] = given["who"] if given["who"] == MINE else ""
        return cls(**given)

    @property
    def values(self) -> dict[str, str]:
        """What is asked, by name; empty ones left out."""
        given = {one.name: str(getattr(self, one.name)) for one in fields(self)}
        return {name: value for name, value in given.items() if value}

    def to_query(self, **more: str) -> str:
        """Write an address's query without what is empty; `more` overrides or adds."""
        return urlencode({name: value for name, value in (self.values | more).items() if value})

    def with_(self, **changes: str) -> "ChangeFilter":
        """The same with something else asked."""
        return replace(self, **changes)


def asked_of(rows: QuerySet[Change], asked: ChangeFilter, *, mine: Q) -> QuerySet[Change]:
    """Those of some requests that are asked for, in no order yet. mine: grants one runs."""
    found = Q()
    if asked.stage:
        found &= Q(stage=asked.stage)
    if asked.kind:
        found &= Q(kind=asked.kind)
    if asked.who:
        found &= Q(grant__in=Grant.objects.filter(mine).order_by().values("pk"))
    for word in fold(asked.q).split():
        named = Q(grant__application__title_folded__contains=word)
        named |= Q(grant__organisation__name_folded__contains=word)
        number = Q(grant__number__contains=word) | Q(grant__application__number__contains=word)
        found &= named | number
    return rows.filter(found)


def counts_of(rows: QuerySet[Change]) -> dict[str, int]:
    """How many of some requests there are at each stage; one query."""
    told = {stage: Count("pk", filter=Q(stage=stage)) for stage in Change.Stage.values}
    counted: dict[str, int] = rows.order_by().aggregate(**told, all=Count("pk"))
    return counted
