"""What a page hands to a component, typed. Texts come ready: translated and formatted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

WAITING = "waiting=yes"  # of an address: what awaits the reader's word alone


def waiting_tabs(url: str, words: str, *, is_waiting: bool) -> list[tuple[str, str, bool]]:
    """Tabs above a list: all of it, and what awaits the reader: words, address, which is shown."""
    return [(_("All"), url, not is_waiting), (words, f"{url}?{WAITING}", is_waiting)]


@dataclass(frozen=True)
class Tile:
    """One figure: the value as printed, what it counts, where its rows are."""

    value: str
    label: str
    url: str = ""
    note: str = ""  # the definition: what is counted


@dataclass(frozen=True)
class Area:
    """One area of a map; `path`, x and y in the units of its sheet."""

    name: str
    url: str
    path: str  # the `d` of an SVG path
    value: int
    step: int  # 0 for none, 1 to 5 from few to many
    x: int  # where the number is printed
    y: int
    text: str = ""  # the value as printed, where it is not a plain count


@dataclass(frozen=True)
class Sheet:
    """A map, drawn. `steps`: what each colour means, as (step, words), from zero up."""

    width: int
    height: int
    areas: Sequence[Area]
    steps: Sequence[tuple[int, str]] = field(default=())


@dataclass(frozen=True)
class Hit:
    """One thing that was found. Texts are safe, with what was searched for in <mark>."""

    url: str
    title: str
    line: str  # which of several it is
    text: str = ""  # the part of a long text where the words stand


@dataclass(frozen=True)
class Choice:
    """One choice of a facet, and how many rows it would show; none where nobody counts."""

    value: str
    label: str
    number: int | None = None
    is_chosen: bool = False


@dataclass(frozen=True)
class Facet:
    """A filter with its numbers. is_long: too many choices to be seen at once."""

    name: str
    label: str
    choices: Sequence[Choice]
    chosen: str = ""
    is_long: bool = False


@dataclass(frozen=True)
class FacetForm:
    """Facets of a list. hidden: what else the address says, kept as it is."""

    q: str
    facets: Sequence[Facet]
    hidden: Mapping[str, str]
    chosen: int  # how many facets say something
