"""Filing rows: what each becomes, and the writing of a batch in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sinergia.applications.actions.planning import Plan
from sinergia.applications.models import Application, Doubt, OutsideRecord
from sinergia.applications.actions.rows import FiledRow, Note
from sinergia.applications.queries.filing import Known, filed_and_won
from sinergia.base.search.actions import index_rows
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
from sinergia.places.models import Region

OWNER_DOUBTS = {"ids_missing", "ids_disagree", "id_unverified"}


@dataclass(slots=True)
class Verdict:
    """What became of one row: created, updated, unchanged, queued or refused."""

    row: FiledRow
    result: str
    notes: list[Note]
    owner: Found | None = None
    region: Region | None = None
    doubts: list[Note] = field(default_factory=list)
    is_written: bool = False  # whether the row says something that was not known


def judge(row: FiledRow, plan: Plan, known: Known | None) -> Verdict:
    """Decide about one row; pure but for `plan`'s memory of municipalities."""
    if row.refusal is not None:
        return Verdict(row, "refused", [row.refusal])
    owner = plan.owner_of(row)
    region = plan.regions.get(row.region)
    verdict = Verdict(row, "created", list(row.notes), owner, region)
    has_owner = owner is not None or (known is not None and known.organisation_id is not None)
    if not has_owner:
        verdict.doubts.append(plan.why_nobody(row))
    if region is None and (known is None or known.region_id is None):
        code = "region_unknown" if row.region else "region_missing"
        verdict.doubts.append(Note(code, row.region[:200]))
    verdict.is_written = known is None or _says_more(verdict, plan, known)
    if known is not None:
        verdict.result = "updated" if verdict.is_written else "unchanged"
    if verdict.doubts:
        verdict.result = "queued"
        verdict.notes += verdict.doubts
    return verdict


def _says_more(verdict: Verdict, plan: Plan, known: Known) -> bool:
    """Whether a row of a known application changes it.

    An earlier version is news only when it is the file's last word on that application.
    """
    row, owner = verdict.row, verdict.owner
    is_last = plan.last_rows.get(row.number) == row.row
    if not is_last and row.digest in known.versions:
        return False
    if owner is not None and _number_of(owner, plan) != known.organisation_id:
        return True
    if verdict.region is not None and known.region_id is None:
        return True
    return row.digest != known.current


def _number_of(owner: Found, plan: Plan) -> int | None:
    """The register's number of an owner; -1 for a newcomer who is not entered yet."""
    return owner.known if owner.known is not None else plan.made.get(owner, -1)


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
        self.numbers: dict[str, int] = {}  # of applications written here

    def file(self, rows: Sequence[FiledRow]) -> list[Verdict]:
        """Judge and write the rows in their order; repeats in one batch go in rounds."""
        verdicts: list[Verdict] = []
        rest = list(rows)
        while rest:
            taken, later, seen = [], [], set()
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
        self._keep_records(written)
        self._raise_doubts(written)
        return verdicts

    def _enter_newcomers(self, verdicts: Sequence[Verdict]) -> None:
        made = self.plan.made
        newcomers: dict[Found, Newcomer] = {}
        additions: list[tuple[int, str, str]] = []
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

    def _added_numbers(self, owner: Found) -> list[tuple[int, str, str]]:
        """Numbers that the file gives to a known organisation which had none of that kind."""
        assert owner.known is not None
        ogrn, inn = self.plan.uniting.register.numbers[owner.known]
        added = (owner.known, "" if ogrn else owner.ogrn, "" if inn else owner.inn)
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
        for application, verdict in zip(made, verdicts, strict=True):
            self.known[application.number] = Known(
                application.pk, application.organisation_id, application.region_id
            )
            if application.organisation_id:
                self.touched.add(application.organisation_id)
        self._index(verdicts, is_new=True)

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
            self._settle_doubts(verdicts)
            self._index(verdicts, is_new=False)

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

    def _keep_records(self, verdicts: Sequence[Verdict]) -> None:
        """Keep each row as filed; what was current until now becomes an earlier version."""
        known = self.known
        old = [known[verdict.row.number].pk for verdict in verdicts]
        OutsideRecord.objects.filter(application__in=old, is_current=True).update(is_current=False)
        records = []
        for verdict in verdicts:
            row, one = verdict.row, known[verdict.row.number]
            one.last_version += 1
            one.current = row.digest
            one.versions[row.digest] = one.last_version
            records.append(
                OutsideRecord(
                    application_id=one.pk,
                    version=one.last_version,
                    is_current=True,
                    content=row.content,
                    digest=row.digest,
                    load=self.load,
                    row=row.row,
                    kept_at=self.now,
                )
            )
        OutsideRecord.objects.bulk_create(records)

    def _raise_doubts(self, verdicts: Sequence[Verdict]) -> None:
        raised = []
        for verdict in verdicts:
            one = self.known[verdict.row.number]
            for doubt in verdict.doubts:
                if doubt.code not in one.doubts:
                    one.doubts.add(doubt.code)
                    raised.append(
                        Doubt(
                            application_id=one.pk,
                            code=doubt.code,
                            value=doubt.value[:200],
                            raised_at=self.now,
                        )
                    )
        Doubt.objects.bulk_create(raised)

    def _settle_doubts(self, verdicts: Sequence[Verdict]) -> None:
        """A later row that says who it is, or where, answers what was asked about the earlier."""
        for verdict in verdicts:
            one = self.known[verdict.row.number]
            still = {doubt.code for doubt in verdict.doubts}
            if answered := one.doubts - still:
                Doubt.objects.filter(
                    application=one.pk, code__in=answered, settled_at__isnull=True
                ).update(settled_at=self.now)
                one.doubts = one.doubts & still

    def _index(self, verdicts: Sequence[Verdict], *, is_new: bool) -> None:
        texts = [
            (
                self.known[verdict.row.number].pk,
                f"{verdict.row.title} {verdict.row.number} {verdict.row.organisation}",
            )
            for verdict in verdicts
        ]
        index_rows("application", texts, is_new=is_new)
