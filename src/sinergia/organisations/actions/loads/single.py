"""One row filed by itself, after a person has said what could not be known."""

from collections.abc import Container, Iterator
from dataclasses import dataclass

from sinergia.engine.uniting import Found
from sinergia.organisations.actions.arrivals import ask_about_moves
from sinergia.organisations.actions.loads.filing import Resolved, file_rows, newcomer_of
from sinergia.organisations.actions.loads.judging import verdict_of
from sinergia.organisations.actions.loads.keeping import keep_fields, keep_links, keep_records
from sinergia.organisations.actions.loads.planning import Origin, Plan, Terms, plan_file
from sinergia.organisations.actions.loads.rows import (
    NOTHING_VERIFIED,
    Glance,
    RegisterRow,
    Verified,
)
from sinergia.organisations.actions.loads.words import ensure_forms
from sinergia.organisations.actions.register import register_organisations
from sinergia.organisations.models import Organisation, Question
from sinergia.organisations.queries.loads import served_by
from sinergia.places.models import Municipality, Region
from sinergia.places.queries import municipalities_by_oktmo, municipality_of


@dataclass(frozen=True)
class _RowAlone:
    """A file of one row."""

    row: RegisterRow
    headings: str = ""

    def glances(self, *, with_cells: bool = False) -> Iterator[Glance]:
        """The words of the row."""
        texts = self.row.texts
        identity = "" if self.row.ogrn or self.row.inn else self.row.identity
        told = texts | {"identity": identity}
        yield Glance._make(
            [self.row.row, *(told.get(name, "") for name in Glance._fields[1:-1]), b""]
        )

    def rows(
        self,
        *,
        after: int = 0,
        only: Container[int] | None = None,
        verified: Verified = NOTHING_VERIFIED,
    ) -> Iterator[RegisterRow]:
        """The row."""
        yield self.row


def enter_row(row: RegisterRow, question: Question, *, kind: str, origin: Origin) -> Organisation:
    """Enter the organisation of a row that has no valid number; part of a transaction."""
    plan = _plan(row, question)
    owner = Found(None, row.ogrn, row.inn)
    verdict = verdict_of(row, plan, owner)
    is_public = kind != Organisation.Kind.GROUP  # a group is shown when its people say so
    newcomer = newcomer_of(verdict, Resolved([verdict.said]))
    newcomer = newcomer._replace(kind=kind, is_public=is_public)
    made = register_organisations([newcomer], now=origin.now, entered_by=origin.actor_key)[0]
    said = {made.pk: verdict}
    keep_records(said, plan, origin)
    keep_fields(said, {})
    keep_links(said, {}, question.source, origin)
    return made


def file_row(row: RegisterRow, question: Question, place: int | None, *, origin: Origin) -> None:
    """Write what a row says, now that it is known whose it is and where; part of a transaction.

    place: the region in which whoever answers may write, beside those of whoever loaded.
    """
    plan = _plan(row, question, place)
    if question.organisation_id is not None:
        plan.asked.answered[row.identity] = question.organisation_id
    file_rows([row], plan, origin)
    if origin.load_key is not None:
        ask_about_moves(origin.load_key, since=origin.now, now=origin.now)


def value_meant(field: str, text: str) -> object:
    """What a text of a question is written as."""
    return Resolved([{field: text}]).values({field: text})[field] if field != "kpp" else text


def town_meant(row: RegisterRow, region: object) -> Municipality | None:
    """The town of a row in a region."""
    if not isinstance(region, Region):
        return None
    code = row.texts.get("oktmo", "")[:8]
    town = municipalities_by_oktmo({code}).get(code) if code else None
    if town is not None and town.region_id == region.pk:
        return town
    return municipality_of(region, row.texts.get("municipality", ""))


def _plan(row: RegisterRow, question: Question, place: int | None = None) -> Plan:
    """The terms are those on which the file was loaded."""
    served = served_by(question.centre)
    if served is not None and place is not None:
        served |= {place}
    plan = plan_file(_RowAlone(row), Terms(question.source, question.centre, served=served))
    ensure_forms(plan.met.forms)
    return plan
