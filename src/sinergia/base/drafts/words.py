"""Texts that are being written as a page shows them: boxes, rows of boxes, what others wrote."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

from babel.dates import format_date
from django.template.defaultfilters import date as shown_date
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sinergia.base.drafts.actions import Saved
from sinergia.base.drafts.models import DraftText
from sinergia.engine.shown import locale_of

Choice: TypeAlias = tuple[str, str]  # value, words
Group: TypeAlias = tuple[str, Sequence[Choice]]

BLANK_ROW = "ROWID"  # stands in the row that the script copies
PLAIN_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
WIDTHS = {"date": "w-10", "money": "w-10", "number": "w-6", "quantity": "w-6"}
NUMBERS = ("money", "number", "quantity")
LONG = 2  # cells of text that a table has room for
FOLDED = 2  # boxes of a row from which on those that may be left out stand behind a fold
SHORT = 90  # characters of a row where it is a choice


@dataclass(frozen=True)
class Theirs:
    """What somebody else has saved in the same place meanwhile."""

    text: str
    who: str
    at: str


@dataclass(frozen=True)
class Origin:
    """From where a text was taken, in words, and where that stands. is_changed: since then."""

    words: str
    url: str
    is_changed: bool = False


@dataclass(frozen=True)
class Step:
    """A section of a form. kind: of the badge that tells how far it has come."""

    name: str
    title: str
    url: str
    kind: str
    state: str
    is_here: bool = False
    is_closed: bool = False  # what is written there cannot go in


@dataclass(frozen=True)
class Finding:
    """One thing to mend: where it lies, what it is, the address of its field."""

    place: str
    text: str
    url: str


@dataclass(frozen=True)
class Difference:
    """One text that is another one now: where it stands, what it was, what it is."""

    place: str
    before: str
    after: str


@dataclass(frozen=True)
class Hangs:
    """On which answer a question hangs: where it stands, and what it has to be."""

    path: str
    answers: Sequence[str]
    is_put: bool


@dataclass(frozen=True)
class Box:
    """One text to be typed. version: of what is shown; theirs: what it is in conflict with."""

    path: str
    kind: str
    label: str
    help: str = ""
    value: str = ""
    version: int = 0
    longest: int | None = None
    is_required: bool = True
    groups: Sequence[Group] = ()
    said: Sequence[str] = ()
    advised: Sequence[str] = ()
    theirs: Theirs | None = None
    hangs: Hangs | None = None
    origin: Origin | None = None
    told_in: str = ""  # the sentence above the rows that helps with this cell
    lines: int | None = None  # as many of its text at most
    is_folded: bool = False  # it may be left out, and waits until somebody asks for more

    @property
    def is_optional(self) -> bool:
        """Whether the page says that it may be left out; of cells their whole field says it."""
        return not self.is_required and (bool(self.help) or not self.is_cell)

    @property
    def is_cell(self) -> bool:
        """Whether it stands in a row."""
        return self.path.count("/") > 1

    @property
    def id(self) -> str:
        """As the page names it."""
        return f"f-{self.path.replace('/', '-')}"

    @property
    def is_plain_date(self) -> bool:
        """Whether a field for dates can show it; one typed in words stays as it is."""
        return not self.value or bool(PLAIN_DATE.fullmatch(self.value))

    @property
    def width(self) -> str:
        """How wide the field is: as its answer."""
        return WIDTHS.get(self.kind, "w-full")

    @property
    def is_number(self) -> bool:
        """Whether it is read in a column of numbers."""
        return self.kind in NUMBERS

    @property
    def chosen(self) -> str:
        """The words of the choice that stands there; none where it is not among them."""
        choices = (choice for _group, some in self.groups for choice in some)
        return dict(choices).get(self.value, "")

    @property
    def stranger(self) -> str:
        """A choice that is offered no more, and still stands there."""
        return self.value if self.value and not self.chosen else ""

    @property
    def words(self) -> str:
        """The text as it is read."""
        if self.kind == "date" and self.value and self.is_plain_date:
            return day_shown(self.value)
        return self.chosen or self.value


@dataclass(frozen=True)
class RowShown:
    """A row of a field; total, asked: of a line of the budget."""

    id: str
    boxes: Sequence[Box]
    number: int
    total: str = ""
    asked: str = ""

    @property
    def is_filled(self) -> bool:
        """Whether anything was typed."""
        return any(box.value for box in self.boxes)

    @property
    def told(self) -> Sequence[Box]:
        """What is written beside the first cell."""
        return [box for box in self.boxes[1:] if box.value]

    @property
    def folded(self) -> "Folded | None":
        """What may be left out of the row; a single box more does not need a fold."""
        boxes = [box for box in self.boxes if box.is_folded]
        if len(boxes) < FOLDED:
            return None
        is_open = any(box.said or box.advised or box.theirs for box in boxes)
        return Folded(boxes, sum(bool(box.value) for box in boxes), is_open)

    @property
    def unfolded(self) -> Sequence[Box]:
        """What stands in the row without a fold."""
        folded = self.folded
        return self.boxes if folded is None else [box for box in self.boxes if not box.is_folded]


class Folded(NamedTuple):
    """Boxes behind a fold. filled: how many hold a text."""

    boxes: Sequence[Box]
    filled: int
    is_open: bool


class CellHelp(NamedTuple):
    """What is written in a cell of every row. id: as the page names the sentence."""

    id: str
    label: str
    text: str


@dataclass(frozen=True)
class Block:
    """One field: a box, or rows, or files. is_summed: its rows have sums, as lines of a budget.

    cells: what helps to fill in its rows, told once above them.
    """

    name: str
    kind: str
    label: str
    help: str
    is_required: bool
    box: Box | None = None
    rows: Sequence[RowShown] = ()
    blank: RowShown | None = None
    add: str = ""
    said: Sequence[str] = ()
    advised: Sequence[str] = ()
    most: int | None = None
    is_summed: bool = False
    files: Sequence[Any] = ()  # rows of files, as the floor keeps them
    cells: Sequence[CellHelp] = ()
    heading: str = ""  # over it and those that follow, where a section has many

    @property
    def is_long(self) -> bool:
        """Whether its rows hold too much text for the columns of a table."""
        first = self.rows[0].boxes if self.rows else ()
        return sum(box.kind == "text" for box in first) > LONG


def theirs_of(done: Sequence[Saved], names: Mapping[UUID, str]) -> dict[str, Theirs]:
    """What others have saved meanwhile, by path. names: of accounts by their keys."""
    erased = _("somebody whose account is erased")
    return {
        one.path: Theirs(one.value, names.get(one.by, erased), clock(one.at))
        for one in conflicts_in(done)
    }


def conflicts_in(done: Iterable[Saved]) -> list[DraftText]:
    """Texts of others that stand in the way."""
    return [one.text for one in done if one.is_conflict]


def clock(moment: datetime) -> str:
    """A moment as pages of drafts say it: the hour of today, the day of an earlier one."""
    local = timezone.localtime(moment)
    is_today = local.date() == timezone.localdate()
    return shown_date(local, "H:i" if is_today else "j E, H:i")


def short(text: str) -> str:
    """The beginning of a text, in one line."""
    line = " ".join(text.split())
    return line if len(line) <= SHORT else f"{line[:SHORT].rstrip()}…"


def day_shown(text: str) -> str:
    """A day as a reader expects it; one that the calendar has not stays as it was typed."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    shown: str = format_date(day, "d MMMM y", locale=locale_of(get_language() or "ru"))
    return shown
