"""The plan of a grant: the texts that were accepted, and what the grant pays of each line.

Its bytes are canonical JSON {schema, values: {texts, grant}}, known by their SHA-256; a change of
the grant makes a next plan, nothing rewrites one.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from sinergia.engine.project import Broken, Document, Line, read_document
from sinergia.engine.seal import canonical

SCHEMA = "grant-plan/1"
WHOLE = "whole"  # the only line of a grant whose budget is not known here


@dataclass(frozen=True)
class Content:
    """A plan as it is kept. digest: SHA-256 of the bytes, hex."""

    content: bytes
    digest: str


@dataclass(frozen=True)
class PlanLine:
    """A line of the budget. told: as it was written; none for the whole sum in one line."""

    id: str
    granted_minor: int
    told: Line | None = None

    @property
    def what(self) -> str:
        """What it is for; "" for the whole sum."""
        return self.told.what if self.told is not None else ""

    @property
    def article(self) -> str:
        """Code of an article of the rules; "" where none is said."""
        return self.told.article if self.told is not None else ""

    @property
    def total_minor(self) -> int:
        """What it costs with what others pay of it; without a budget what the grant pays."""
        return self.told.total_minor if self.told is not None else self.granted_minor


@dataclass(frozen=True)
class GrantPlan:
    """A plan, read. texts: by path of a project. grant: {line: minor units that it pays}."""

    texts: Mapping[str, str]
    grant: Mapping[str, int]
    document: Document

    @property
    def sum_minor(self) -> int:
        """What the grant pays of all lines."""
        return sum(self.grant.values())

    @property
    def lines(self) -> list[PlanLine]:
        """Lines in the order of the budget; then those that it does not know."""
        known = {one.id: one for one in self.document.lines}
        told = [PlanLine(name, self.grant.get(name, 0), one) for name, one in known.items()]
        return told + [
            PlanLine(name, minor) for name, minor in self.grant.items() if name not in known
        ]

    @property
    def paid_lines(self) -> list[PlanLine]:
        """Lines of which the grant pays anything."""
        return [one for one in self.lines if one.granted_minor]


def write_plan(texts: Mapping[str, str], grant: Mapping[str, int]) -> Content:
    """Put a plan into its bytes. ValueError for a line below nought."""
    if any(minor < 0 for minor in grant.values()):
        raise ValueError("a line pays nothing or more")
    written = canonical({"schema": SCHEMA, "values": {"texts": texts, "grant": grant}})
    return Content(written, sha256(written).hexdigest())


def read_plan(content: bytes, *, currency: str, digest: str = "") -> GrantPlan:
    """Read the bytes of a plan. Raises Broken, also where they are not those of `digest`."""
    if digest and sha256(content).hexdigest() != digest:
        raise Broken("changed")
    try:
        told = json.loads(content)
        values = told["values"]
        texts = {str(path): str(text) for path, text in values["texts"].items()}
        grant = {str(line): int(minor) for line, minor in values["grant"].items()}
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Broken("no plan") from error
    return GrantPlan(texts, grant, read_document(texts, currency=currency))


def granted_lines(
    lines: Sequence[Line], *, sum_minor: int, left: Mapping[str, int] | None = None
) -> dict[str, int]:
    """What a grant pays of each line; the whole in one line where they do not come to its sum.

    left: {line: what is left of it}, of a budget that was cut; lines it does not name stay whole.
    """
    cut = left or {}
    grant = {one.id: cut.get(one.id, one.asked_minor) for one in lines}
    fits = sum(grant.values()) == sum_minor and all(minor >= 0 for minor in grant.values())
    return grant if fits and grant else {WHOLE: sum_minor}
