"""What becomes of a row: created, updated, unchanged, queued or refused."""

from dataclasses import dataclass, field

from sinergia.applications.actions.planning import Plan
from sinergia.applications.actions.rows import FiledRow, Note
from sinergia.applications.queries.filing import Known
from sinergia.engine.uniting import Found
from sinergia.places.models import Region


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
