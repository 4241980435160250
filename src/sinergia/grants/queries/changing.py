"""Requests for changes as a list asks for them: one filter for the page and its numbers."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from sinergia.base.asking import ListFilter, one_of
from sinergia.engine.text import fold
from sinergia.grants.models import Change, Grant
from sinergia.grants.queries.listing import MINE, numbered


@dataclass(frozen=True)
class ChangeFilter(ListFilter):
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
        given = cls.texts_of(query)
        given["stage"] = one_of(given["stage"], Change.Stage.values)
        given["kind"] = one_of(given["kind"], Change.Kind.values)
        given["who"] = given["who"] if given["who"] == MINE else ""
        return cls(**given)


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
        found &= named | numbered(word, "grant__number", "grant__application__number")
    return rows.filter(found)


def counts_of(rows: QuerySet[Change]) -> dict[str, int]:
    """How many of some requests there are at each stage; one query."""
    told = {stage: Count("pk", filter=Q(stage=stage)) for stage in Change.Stage.values}
    counted: dict[str, int] = rows.order_by().aggregate(**told, all=Count("pk"))
    return counted
