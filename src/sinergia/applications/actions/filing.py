"""The writing of a batch of rows in one transaction: newcomers, applications, records."""

from collections.abc import Sequence
from datetime import datetime

from sinergia.applications.actions.judging import Verdict, judge
from sinergia.applications.actions.planning import Plan
from sinergia.applications.actions.records import (
    answer_doubts,
    index_filed,
    keep_records,
    raise_doubts,
)
from sinergia.applications.actions.rows import FiledRow
from sinergia.applications.models import Application
from sinergia.applications.queries.filing import Known, filed_and_won
from sinergia.base.tables.models import Load
from sinergia.calls.actions import Words
from sinergia.calls.models import Outcome
from sinergia.engine.text import fold
from sinergia.engine.uniting import Found
from sinergia.organisations.actions import (
    Newcomer,
    add_identifiers,
    register_organisations,
    write_counts,
)


class Batch:
    """The writing of some rows: newcomers, applications, records, doubts, index, counts.

    Part of the caller's transaction; `known` is kept in step so that repeats find each other.
    """

    def __init__(
        self, plan: Plan, words: Words, known: dict[str, Known], *, load: Load | None, now: datetime
    ) -> None:
        self.plan, self.words, self.known = plan, words, known
        self.load, self.now = load, now
        self.touched: set[int] = set()  # organisations whose counts change

    def file(self, rows: Sequence[FiledRow]) -> list[Verdict]:
        """Judge and write the rows in their order; repeats in one batch go in rounds."""
        verdicts: list[Verdict] = []
        rest = list(rows)
        while rest:
            taken: list[FiledRow] = []
            later: list[FiledRow] = []
            seen: set[str] = set()
            for row in rest:
                (later if row.number and row.number in seen else taken).append(row)
                seen.add(row.number)
            verdicts += self._file_once(taken)
            rest = later
        filed, won = filed_and_won()
        write_counts(sorted(self.touched), filed=filed, won=won)
        return sorted(verdicts, key=lambda verdict: verdict.row.row)

    def _file_once(self, rows: Sequence[FiledRow]) -> list[Verdict]:
        verdicts = [judge(row, self.plan, self.known.get(row.number)) for row in rows]
        written = [verdict for verdict in verdicts if verdict.is_written]
        self._enter_newcomers(written)
        new = [verdict for verdict in written if verdict.row.number not in self.known]
        old = [verdict for verdict in written if verdict.row.number in self.known]
        self._create(new)
        self._update(old)
        keep_records(written, self.known, load=self.load, now=self.now)
        raise_doubts(written, self.known, now=self.now)
        return verdicts

    def _enter_newcomers(self, verdicts: Sequence[Verdict]) -> None:
        made = self.plan.made
        newcomers: dict[Found, Newcomer] = {}
        additions: list[tuple[int, str, str, str]] = []
        for verdict in verdicts:
            owner = verdict.owner
            if owner is None or owner in made or owner in newcomers:
                continue
            if owner.known is not None:
                additions += self._added_numbers(owner)
                made[owner] = owner.known
                continue
            place = self.plan.municipality_of(verdict.row, verdict.region)
            name = self.plan.names.get(owner) or owner.ogrn or owner.inn
            newcomers[owner] = Newcomer(
                name=name,
                ogrn=owner.ogrn,
                inn=owner.inn,
                region_id=verdict.region.pk if verdict.region else None,
                municipality_id=place.pk if place else None,
            )
        add_identifiers(additions)
        entered = register_organisations(list(newcomers.values()), now=self.now)
        made.update(zip(newcomers, (one.pk for one in entered), strict=True))

    def _added_numbers(self, owner: Found) -> list[tuple[int, str, str, str]]:
        """Numbers that the file gives to a known organisation which had none of that kind."""
        if owner.known is None:
            return []
        ogrn, inn = self.plan.uniting.register.numbers[owner.known]
        added = (owner.known, "" if ogrn else owner.ogrn, "" if inn else owner.inn, "")
        return [added] if added[1] or added[2] else []

    def _create(self, verdicts: Sequence[Verdict]) -> None:
        made = [
            Application(
                fund=self.plan.fund,
                number=verdict.row.number,
                currency=self.plan.fund.currency,
                **self._values(verdict),
            )
            for verdict in verdicts
        ]
        Application.objects.bulk_create(made)
        for application in made:
            self.known[application.number] = Known(
                application.pk, application.organisation_id, application.region_id
            )
            if application.organisation_id:
                self.touched.add(application.organisation_id)
        index_filed(verdicts, self.known, is_new=True)

    def _update(self, verdicts: Sequence[Verdict]) -> None:
        pks = [self.known[verdict.row.number].pk for verdict in verdicts]
        rows = Application.objects.select_for_update().in_bulk(pks)
        changed: set[str] = set()
        for verdict in verdicts:
            known = self.known[verdict.row.number]
            application = rows[known.pk]
            self.touched.update(filter(None, [application.organisation_id]))
            values = self._values(verdict)
            if verdict.owner is None:  # what a person or an earlier row settled stays
                del values["organisation_id"]
            if verdict.region is None:
                del values["region_id"]
            for name, value in values.items():
                setattr(application, name, value)
            changed |= set(values)
            known.organisation_id = application.organisation_id
            known.region_id = application.region_id
            self.touched.update(filter(None, [application.organisation_id]))
        if rows:
            columns = sorted(name.removesuffix("_id") for name in changed)
            Application.objects.bulk_update(rows.values(), columns, batch_size=50)
            answer_doubts(verdicts, self.known, now=self.now)
            index_filed(verdicts, self.known, is_new=False)

    def _values(self, verdict: Verdict) -> dict[str, object]:
        row, words = verdict.row, self.words
        status = words.statuses[fold(row.status)] if row.status else None
        direction = words.directions[fold(row.direction)] if row.direction else None
        place = self.plan.municipality_of(row, verdict.region)
        title = row.title or row.number
        return {
            "organisation_id": self.plan.made[verdict.owner] if verdict.owner else None,
            "call_id": words.calls[row.contest_key, row.year].pk,
            "contest_year": row.year,
            "title": title,
            "title_folded": fold(title)[:300],
            "direction_id": direction.pk if direction else None,
            "region_id": verdict.region.pk if verdict.region else None,
            "municipality_id": place.pk if place else None,
            "asked_minor": row.asked_minor,
            "awarded_minor": row.awarded_minor,
            "status_id": status.pk if status else None,
            "outcome": status.outcome if status else Outcome.UNKNOWN,
            "decided_on": row.decided_on,
        }
