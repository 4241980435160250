"""What a reader asks of the register, as an address says it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date

from sinergia.applications.queries.filters import NONE, ApplicationFilter
from sinergia.base.asking import ListFilter
from sinergia.engine.text import clean_line
from sinergia.organisations.models import Organisation

FILED = "filed_"  # before the names of what is asked of the applications
HAS = ("applications", "grants", "none")
# By calendar years since that of the registration: this year, and so on.
AGES = {"0": (0, 0), "1-2": (1, 2), "3-9": (3, 9), "10": (10, None), NONE: None}
# Not met for so many months, or never; each counts those of the next as well.
MET = {"3": 3, "6": 6, "12": 12, "never": None}
LONGEST_CODE = 12  # of a legal form
_CHOICES = {
    "has": frozenset(HAS),
    "age": frozenset(AGES),
    "met": frozenset(MET),
    "status": frozenset(Organisation.Status.values),
    "kind": frozenset(Organisation.Kind.values),
}


@dataclass(frozen=True)
class Reader:
    """Who looks at the register, and on which day.

    centre_id: of the centre as whose staff they look; 0 for everybody else. regions: those that it
    serves, by number: known beforehand, a database plans well.
    """

    today: date
    centre_id: int = 0
    regions: tuple[int, ...] = ()


@dataclass(frozen=True)
class OrganisationFilter(ListFilter):
    """What a reader asked to see of the register; junk means nothing.

    q: words of the name in any case form, or the beginning of a number; region: the
    organisation's own, a code or `none`; municipality, theme: a key or `none`; work: the key of
    a field of work; form: the code of a legal form or `none`; status, kind: codes of the model;
    age: a key of AGES; has: one of HAS; met: a key of MET; filed: what at least one of its
    applications must be.
    """

    q: str = ""
    region: str = ""
    municipality: str = ""
    theme: str = ""
    work: str = ""
    form: str = ""
    status: str = ""
    kind: str = ""
    age: str = ""
    has: str = ""
    met: str = ""
    filed: ApplicationFilter = field(default_factory=ApplicationFilter)

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "OrganisationFilter":
        """Read an address; unknown names and values that cannot be are dropped."""
        # What both filters know is read, and cleaned, by one function; a field of work is a key.
        own = ApplicationFilter.from_query({**query, "call": query.get("work", "")})
        chosen = {name: str(query.get(name, "")).strip() for name in _CHOICES}
        return cls(
            q=own.q,
            region=own.region,
            municipality=own.municipality,
            theme=own.theme,
            work="" if own.call == NONE else own.call,
            form=clean_line(str(query.get("form", "")))[:LONGEST_CODE],
            filed=ApplicationFilter.from_query(query, FILED),
            **{name: value for name, value in chosen.items() if value in _CHOICES[name]},
        )

    @property
    def values(self) -> dict[str, str]:
        """What is asked, by its name in an address; empty ones left out."""
        own = {one.name: str(getattr(self, one.name)) for one in fields(self)[:-1]}
        filed = {FILED + name: value for name, value in self.filed.values.items()}
        return {name: value for name, value in {**own, **filed}.items() if value}
