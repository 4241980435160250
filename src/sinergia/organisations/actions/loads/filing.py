"""The writing of a batch of rows in one transaction."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from sinergia.base.search.actions import NewRow, index_new
from sinergia.engine.uniting import Found
from sinergia.organisations.actions.history import change_organisations
from sinergia.organisations.actions.loads.asking import close_agreed, raise_questions
from sinergia.organisations.actions.loads.foresight import Foresight
from sinergia.organisations.actions.loads.judging import (
    Verdict,
    is_in_order,
    judge,
)
from sinergia.organisations.actions.loads.keeping import (
    NewRecord,
    in_other_letters,
    keep_fields,
    keep_links,
    keep_new_records,
    keep_records,
    new_record,
    write_kpps,
)
from sinergia.organisations.actions.loads.planning import Origin, Plan
from sinergia.organisations.actions.loads.rows import RegisterRow
from sinergia.organisations.actions.loads.words import forms_by_code
from sinergia.organisations.actions.register import (
    Newcomer,
    add_identifiers,
    enter_organisations,
)
from sinergia.organisations.models import LegalForm, Organisation
from sinergia.organisations.queries.loads import Known, known_organisations
from sinergia.places.models import Municipality, Region
from sinergia.places.queries import municipalities_by_oktmo, regions_by_code

DATES = ("registered_on", "closed_on")


def judge_rows(
    judged: Sequence[tuple[RegisterRow, Verdict | None]], plan: Plan, *, is_locked: bool
) -> tuple[list[Verdict], dict[int, Known]]:
    """Decide about rows that were read over; give what was read of their organisations as well."""
    numbers = {row.row: _number(row, plan) for row, verdict in judged if verdict is None}
    known: dict[int, Known] = {}
    if numbers:
        pks = sorted(set(numbers.values()))
        known = known_organisations(pks, plan.terms.source, is_locked=is_locked)
    verdicts = [
        judge(row, plan, known[numbers[row.row]]) if verdict is None else verdict
        for row, verdict in judged
    ]
    return verdicts, known


def file_rows(
    rows: Sequence[RegisterRow], plan: Plan, origin: Origin, ahead: Foresight | None = None
) -> list[Verdict]:
    """Judge and write rows; part of the caller's transaction. ahead: of those that come next."""
    ahead = ahead or Foresight(plan)
    judged = [(row, ahead.verdict_of(row)) for row in rows]
    verdicts, known = judge_rows(judged, plan, is_locked=True)
    written = [verdict for verdict in verdicts if verdict.is_written]
    entered = _enter([verdict for verdict in written if verdict.is_entering], plan, origin, ahead)
    changed = {
        pk: verdict
        for verdict in written
        if verdict.owner is not None and (pk := verdict.owner.known) in known and pk is not None
    }
    _change(changed, plan, origin, known)
    kept = {pk: verdict for pk, verdict in changed.items() if verdict.is_kept}
    keep_records(kept | _read_anew(verdicts, plan), plan, origin)
    said = entered | kept
    keep_fields(said, known)
    keep_links(said, known, plan.terms.source, origin)
    raise_questions(written, plan, origin, known)
    return verdicts


def _read_anew(verdicts: Sequence[Verdict], plan: Plan) -> dict[int, Verdict]:
    """Rows that say what they said before, otherwise written."""
    told = ((in_other_letters(verdict, plan), verdict) for verdict in verdicts)
    return {pk: verdict for pk, verdict in told if pk is not None}


def _number(row: RegisterRow, plan: Plan) -> int:
    """The register's number of whom a row is about; it is known there."""
    owner = plan.owner_of_row(row)
    number = plan.number_of(owner) if owner is not None else None
    if number is None:
        raise LookupError(row.row)
    return number


def _enter(
    verdicts: Sequence[Verdict], plan: Plan, origin: Origin, ahead: Foresight
) -> dict[int, Verdict]:
    """Enter newcomers; give each with the number it got."""
    resolved = Resolved(verdict.said for verdict in verdicts)
    newcomers = (newcomer_of(verdict, resolved) for verdict in verdicts)
    made, words = enter_organisations(newcomers, len(verdicts), now=origin.now)
    entered = {one.pk: verdict for one, verdict in zip(made, verdicts, strict=True)}
    for pk, verdict in entered.items():
        if verdict.owner is not None:
            plan.made[verdict.owner] = pk
    records: list[NewRecord] = []

    def beside() -> Iterator[NewRow]:
        """Words as they go to the index; while the database keeps it, what comes next is done."""
        for row, (pk, verdict) in zip(words, entered.items(), strict=True):
            yield row
            records.append(new_record(pk, verdict, plan, origin))
        ahead.look(len(entered))

    index_new(beside())
    keep_new_records(records)
    return entered


def _change(
    changed: Mapping[int, Verdict], plan: Plan, origin: Origin, known: Mapping[int, Known]
) -> None:
    resolved = Resolved(verdict.outcome.taken for verdict in changed.values())
    given = [
        (known[pk].organisation, resolved.values(verdict.outcome.taken) | _shown(verdict))
        for pk, verdict in changed.items()
        if verdict.outcome.taken or verdict.is_shown
    ]
    change_organisations(
        given,
        actor_key=origin.actor_key,
        now=origin.now,
        source=plan.terms.source.code,
        load_key=origin.load_key,
    )
    kpps = {
        pk: (known[pk].kpp, verdict.outcome.taken["kpp"])
        for pk, verdict in changed.items()
        if "kpp" in verdict.outcome.taken
    }
    write_kpps(kpps, plan.terms.source, origin)
    numbers = [_added(verdict.owner, plan) for verdict in changed.values()]
    add_identifiers(one for one in numbers if one is not None)
    close_agreed(list(changed.values()), plan, origin)


def _shown(verdict: Verdict) -> dict[str, object]:
    """What a request hid is shown once a file names it by its number."""
    return {"is_public": True} if verdict.is_shown else {}


def _added(owner: Found | None, plan: Plan) -> tuple[int, str, str, str] | None:
    """Numbers that the file gives to a known organisation which had none of that kind."""
    if owner is None or owner.known is None:
        return None
    held = plan.uniting.register.numbers.get(owner.known, ("", ""))
    ogrn = "" if held[0] else owner.ogrn
    inn = "" if held[1] else owner.inn
    return (owner.known, ogrn, inn, "") if ogrn or inn else None


class Resolved:
    """Rows for the codes of some values: regions, towns, legal forms."""

    def __init__(self, values: Iterable[Mapping[str, str]]) -> None:
        told = list(values)
        self._regions: Mapping[str, Region] = regions_by_code(_all(told, "region"))
        self._towns: Mapping[str, Municipality] = municipalities_by_oktmo(
            _all(told, "municipality")
        )
        self._forms: Mapping[str, LegalForm] = forms_by_code(_all(told, "legal_form"))

    def values(self, said: Mapping[str, str]) -> dict[str, object]:
        """Fields of an organisation with what is to be written there; a KPP is none of them."""
        return {name: self._value(name, text) for name, text in said.items() if name != "kpp"}

    def town(self, said: Mapping[str, str]) -> Municipality | None:
        """The town that is said."""
        return self._towns.get(said.get("municipality", ""))

    def form(self, said: Mapping[str, str]) -> LegalForm | None:
        """The legal form that is said."""
        return self._forms.get(said.get("legal_form", ""))

    def _value(self, name: str, text: str) -> object:
        if name in DATES:
            return day_of(text)
        rows: dict[str, Mapping[str, object]] = {
            "region": self._regions,
            "municipality": self._towns,
            "legal_form": self._forms,
        }
        return rows[name].get(text) if name in rows else text


def newcomer_of(verdict: Verdict, resolved: Resolved) -> Newcomer:
    """An organisation as a row has it. Whoever has a day of closing is closed."""
    said, owner = verdict.said, verdict.owner
    town, form = resolved.town(said), resolved.form(said)
    registered, closed = (day_of(said.get(name, "")) for name in DATES)
    if not is_in_order(said):
        closed = None
    unknown = Organisation.Status.CLOSED if closed else Organisation.Status.UNKNOWN
    return Newcomer(
        name=said.get("name") or said.get("short_name") or verdict.row.subject,
        short_name=said.get("short_name", ""),
        ogrn=owner.ogrn if owner else "",
        inn=owner.inn if owner else "",
        kpp=said.get("kpp", ""),
        region_id=verdict.region_id,
        municipality_id=town.pk if town else None,
        legal_form_id=form.pk if form else None,
        status=said.get("status") or unknown,
        registered_on=registered,
        closed_on=closed,
        address=said.get("address", ""),
        site=said.get("site", ""),
    )


def day_of(text: str) -> date | None:
    """A date as it is kept in what was said."""
    return date.fromisoformat(text) if text else None


def _all(told: Iterable[Mapping[str, str]], name: str) -> set[str]:
    return {said[name] for said in told if said.get(name)}
