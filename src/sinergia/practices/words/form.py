"""A section of a practice as its page shows it: fields with their texts, helps and faults."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from secrets import token_hex

from django.utils.translation import gettext as _

from sinergia.base.drafts.words import BLANK_ROW, Block, Box, Group, RowShown, Theirs, short
from sinergia.engine.drafts import Row
from sinergia.engine.practice import Missing
from sinergia.engine.practice.missing import PASSPORT
from sinergia.engine.refusal import Gap
from sinergia.engine.shown import decimal_shown, money_shown
from sinergia.packs.practices import FIELDS, ROWS, SECTIONS
from sinergia.packs.practices.fields import CARD, LONGEST, MOST_AUDIENCES
from sinergia.practices.models import PracticeFile
from sinergia.practices.queries.writing import Written, files_of, public_files
from sinergia.practices.words import explain
from sinergia.practices.words.choices import Choices
from sinergia.practices.words.fields import CELLS, HELPS, LABELS, ROW
from sinergia.practices.words.fields import SECTIONS as SECTIONS_TITLES

# What is not there yet is told by the page of the whole, not beside every empty field.
IN_A_LINE = ("choice", "line", "money", "number")
UNSAID = ("field.missing", "rows.none", "cell.missing")
NOTHING = Missing([], [], [])


@dataclass(frozen=True)
class Shown:
    """What a page knows beside the texts.

    typed: texts that were not saved, by path; theirs: with what they are in conflict.
    more: a field that is to have one empty row more. is_form: texts as they were typed; else as
    they are read, sums with their sign.
    """

    language: str
    missing: Missing = NOTHING
    typed: Mapping[str, str] = field(default_factory=dict)
    theirs: Mapping[str, Theirs] = field(default_factory=dict)
    more: str = ""
    is_form: bool = False


def blocks_of(told: Written, section: str, shown: Shown) -> list[Block]:
    """The fields of a section in the order of the form."""
    maker = _Maker(told, shown)
    return [maker.block(name) for name in SECTIONS[section]]


def sections_of(told: Written, shown: Shown) -> dict[str, list[Block]]:
    """Every section with its fields, in the order of the form."""
    maker = _Maker(told, shown)
    return {section: [maker.block(one) for one in fields] for section, fields in SECTIONS.items()}


def read_blocks(told: Written, sections: Iterable[str], language: str) -> dict[str, list[Block]]:
    """By section, fields in which something stands, to be read; files only those for everybody."""
    maker = _Maker(told, Shown(language))
    found = {name: [maker.block(one) for one in SECTIONS[name]] for name in sections}
    return {name: [one for one in blocks if is_told(one)] for name, blocks in found.items()}


@dataclass(frozen=True)
class Told:
    """A section as it is read: what is said in a line each, then the longer fields."""

    name: str
    title: str
    facts: Sequence[tuple[str, str]]
    blocks: Sequence[Block]

    @property
    def is_alone(self) -> bool:
        """Whether the one field needs no heading of its own."""
        return len(self.blocks) == 1 and not self.facts

    @property
    def heading(self) -> str:
        """What stands above it: the section, or the one field that is told there."""
        return self.blocks[0].label if self.is_alone else self.title


def told_in(name: str, blocks: Iterable[Block]) -> Told:
    """Part what is said in a line from the rest."""
    told = list(blocks)
    short_ones = [one for one in told if one.box is not None and one.kind in IN_A_LINE]
    facts = [(one.label, one.box.words) for one in short_ones if one.box is not None]
    rest = [one for one in told if one not in short_ones]
    return Told(name, str(SECTIONS_TITLES[name]), facts, rest)


def is_told(block: Block) -> bool:
    """Whether anything stands in a field."""
    if block.box is not None:
        return bool(block.box.value)
    return bool(block.files) or any(row.is_filled for row in block.rows)


class _Maker:
    def __init__(self, told: Written, shown: Shown) -> None:
        self.told, self.shown = told, shown
        self.choices = Choices(told.practice, shown.language)
        self.faults = self._said(shown.missing.card)
        self.advice = self._said(shown.missing.advice)

    @cached_property
    def files(self) -> dict[str, list[PracticeFile]]:
        """By field; asked for where a section has any."""
        rows = files_of if self.shown.is_form else public_files
        found: dict[str, list[PracticeFile]] = {}
        for one in rows(self.told.practice):
            found.setdefault(one.field, []).append(one)
        return found

    def block(self, name: str) -> Block:
        kind = FIELDS[name]
        block = Block(
            name=name,
            kind=kind,
            label=str(LABELS[name]),
            help=str(HELPS[name]),
            is_required=name in CARD or name in PASSPORT,
            most=MOST_AUDIENCES if name == "audiences" else None,
        )
        if kind == "rows":
            return self._rows(block)
        if kind == "files":
            return replace(block, files=self.files.get(name, ()))
        groups = self.choices.at(name)
        box = self._box(name, kind, block.label, groups=groups, help_=block.help)
        return replace(block, box=replace(box, is_required=block.is_required))

    def _said(self, gaps: Iterable[Gap]) -> dict[str, list[str]]:
        """Sentences by the place they are about."""
        said: dict[str, list[str]] = {}
        for gap in gaps:
            if gap.code not in UNSAID:
                said.setdefault(gap.path, []).append(explain(gap))
        return said

    def _rows(self, block: Block) -> Block:
        name = block.name
        rows = list(self.told.document.rows[name])
        known = {row.id for row in rows}
        for path in self.shown.typed:  # a row of which nothing could be saved
            field_, _slash, rest = path.partition("/")
            id_ = rest.partition("/")[0]
            if field_ == name and id_ and id_ not in known:
                known.add(id_)
                rows.append(Row(id_, {}))
        is_due = not rows and block.is_required and self.shown.is_form
        if self.shown.more == name or is_due:
            rows.append(Row(token_hex(4), {}))
        return replace(
            block,
            rows=[self._row(name, row.id, at) for at, row in enumerate(rows, start=1)],
            blank=self._row(name, BLANK_ROW, len(rows) + 1),
            add=str(ROW[name]),
            said=self.faults.get(name, ()),
            advised=self.advice.get(name, ()),
        )

    def _row(self, name: str, id_: str, number: int) -> RowShown:
        boxes = [
            self._box(
                f"{name}/{id_}/{cell}",
                kind,
                str(CELLS[name, cell]),
                groups=self.choices.at(name, cell),
            )
            for cell, kind in ROWS[name].items()
            if self.shown.is_form or (name, cell) != ("contacts", "shown")
        ]
        return RowShown(id_, boxes, number)

    def _box(
        self, path: str, kind: str, label: str, *, groups: Sequence[Group], help_: str = ""
    ) -> Box:
        saved = self.told.fields.get(path)
        value = saved.value if saved is not None else ""
        return Box(
            path=path,
            kind=kind,
            label=label,
            help=help_,
            value=self.shown.typed.get(
                path, value if self.shown.is_form else self._read(path, value)
            ),
            version=saved.version if saved is not None else 0,
            longest=LONGEST.get(path),
            groups=groups,
            said=self.faults.get(path, ()),
            advised=self.advice.get(path, ()),
            theirs=self.shown.theirs.get(path),
        )

    def _read(self, path: str, value: str) -> str:
        """A text as it is read: sums with their sign, numbers in groups."""
        document, language = self.told.document, self.shown.language
        if path in document.sums:
            return money_shown(document.sums[path], self.told.practice.currency, language)
        if path in document.numbers and not path.endswith("/year"):
            return decimal_shown(document.numbers[path], language)
        return value


def place_said(gap: Gap, told: Written) -> str:
    """Where a gap lies, as a reader finds it: the field, and of a row its beginning."""
    name, _slash, rest = gap.path.partition("/")
    label = str(LABELS.get(name, ""))
    id_ = rest.partition("/")[0]
    row = next((one for one in told.document.rows.get(name, []) if one.id == id_), None)
    if row is None:
        return label
    first = row.texts.get(next(iter(ROWS[name])), "")
    named = short(first) or _("row without a name")
    return f"{label}: {named}"
