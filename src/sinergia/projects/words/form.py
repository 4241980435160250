"""A section of a project as its page shows it: fields with their texts, helps and faults."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from secrets import token_hex

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sinergia.base.drafts.words import (
    BLANK_ROW,
    Block,
    Box,
    CellHelp,
    Group,
    Hangs,
    Origin,
    RowShown,
    Theirs,
    short,
)
from sinergia.calls.words.contests import rule_said
from sinergia.calls.words.questions import choices_of
from sinergia.engine.drafts import Path, Row
from sinergia.engine.project import Line, answer_path, questions_put
from sinergia.engine.readiness import Readiness
from sinergia.engine.refusal import Gap
from sinergia.engine.shown import money_shown
from sinergia.packs.rules.fields import ANSWERS, FIELDS, FURTHER, ROWS, SECTIONS, cells_asked
from sinergia.packs.rules.schema import CellRule, FieldRule, Question
from sinergia.projects.models import Attachment
from sinergia.projects.queries.writing import Written, hindering
from sinergia.projects.words.choices import choices_at, row_named, topics_of
from sinergia.projects.words.fields import (
    CELL_HELPS,
    CELLS,
    GROUPS,
    HELPS,
    LABELS,
    MOST_WITHOUT,
    ROW,
)
from sinergia.projects.words.questions import KINDS, question_said

# What is not there yet is told by the page of the whole, not beside every empty field.
UNSAID = ("field.missing", "field.unfilled", "rows.few", "files.few", "cell.missing")


@dataclass(frozen=True)
class Shown:
    """What a page knows beside the texts.

    typed: texts that were not saved, by path; theirs: with what they are in conflict.
    origins: from where texts were taken, by path. more: a field that is to have one empty row more.
    is_form: also questions that are not put, for
    the page shows one as soon as the answer on which it hangs is given.
    """

    language: str
    readiness: Readiness
    typed: Mapping[str, str] = field(default_factory=dict)
    theirs: Mapping[str, Theirs] = field(default_factory=dict)
    more: str = ""
    is_form: bool = False
    origins: Mapping[str, Origin] = field(default_factory=dict)


def blocks_of(told: Written, section: str, shown: Shown) -> list[Block]:
    """The fields of a section that the rules ask for, in the order of the form."""
    return _section(_Maker(told, shown), section)


def sections_of(told: Written, shown: Shown) -> dict[str, list[Block]]:
    """Every section with its fields, in the order of the form."""
    maker = _Maker(told, shown)
    return {section: _section(maker, section) for section in SECTIONS}


def _section(maker: "_Maker", section: str) -> list[Block]:
    names = SECTIONS[section]
    if ANSWERS in names:
        return list(maker.answers())
    asked = [name for name in names if name in maker.rules.fields]
    blocks = [
        maker.block(name)
        for name in asked
        if name != "topic" or topics_of(maker.rules, maker.language)
    ]
    return _under_headings(blocks) if len(blocks) > MOST_WITHOUT else blocks


def _under_headings(blocks: Iterable[Block]) -> list[Block]:
    """Blocks, the first of each group with the group's heading."""
    made, last = [], ""
    for block in blocks:
        heading = str(GROUPS.get(block.name, ""))
        made.append(replace(block, heading=heading if heading != last else ""))
        last = heading
    return made


def blocks_named(told: Written, names: Iterable[str], shown: Shown) -> list[Block]:
    """Some fields of the form, in its order, without files."""
    maker = _Maker(told, shown)
    asked = set(names) & told.rules.fields.keys()
    return [maker.block(name) for name in FIELDS if name in asked and FIELDS[name] != "files"]


def sums_of(told: Written, language: str) -> dict[str, object]:
    """What the budget comes to: each line, the whole."""

    def shown(minor: int) -> str:
        return money_shown(minor, told.rules.currency, language)

    document = told.document
    lines = {one.id: [shown(one.total_minor), shown(one.asked_minor)] for one in document.lines}
    whole = [shown(document.total_minor), shown(document.own_minor), shown(document.asked_minor)]
    return {"lines": lines, "whole": whole}


def wrong_said(told: Written, path: Path, language: str) -> dict[str, list[str]]:
    """What is wrong where something was typed, and in what hangs together with it, by path.

    Of a cell that is the rest of its row and the rows as a whole; of a single field, all others of
    its kind. Of a place the first thing, of rows everything. A place with nothing to say has no
    lines; of empty ones there is nothing to say yet.
    """
    row = f"{path.field}/{path.row}/"
    filled = {one for one, text in told.values.items() if text.strip()}
    near = [one for one in filled if (one.startswith(row) if path.row else one in FIELDS)]
    said: dict[str, list[str]] = {one: [] for one in (str(path), *near)}
    if path.row:
        said[path.field] = []
    for gap in hindering(told):
        lines, is_whole = said.get(gap.path), gap.path in ROWS
        if lines is None or gap.code in UNSAID or (lines and not is_whole):
            continue
        if is_whole or gap.path in filled:
            lines.append(rule_said(gap, told.rules, language))
    return said


class _Maker:
    def __init__(self, told: Written, shown: Shown) -> None:
        self.told, self.shown = told, shown
        self.rules, self.language = told.rules, shown.language
        self.lines = {line.id: line for line in told.document.lines}
        self.faults = self._said(shown.readiness.blocking)
        self.advice = self._said(shown.readiness.advice)

    @cached_property
    def files(self) -> dict[str, list[Attachment]]:
        """By field; asked for where a section has any."""
        found: dict[str, list[Attachment]] = {}
        for one in self.told.attachments:
            found.setdefault(one.field, []).append(one)
        return found

    def block(self, name: str) -> Block:
        rule, kind = self.rules.fields[name], FIELDS[name]
        own = rule.help.told(self.language) if rule.help else ""
        block = Block(
            name=name,
            kind="rows" if name in ROWS else kind,
            label=str(LABELS[name]),
            help=own or str(HELPS[name]),
            is_required=rule.is_required,
            most=rule.most,
        )
        if name in ROWS:
            return self._rows(block, rule)
        if kind == "files":
            return replace(block, files=self.files.get(name, ()))
        box = self._box(name, kind, block.label, help_=block.help, rule=rule)
        return replace(block, box=box)

    def answers(self) -> Iterator[Block]:
        """What the contest asks by itself."""
        asked = self.rules.questions
        put = {one.code for one in questions_put(asked, self.told.document.texts)}
        for one in asked:
            if one.code in put or self.shown.is_form:
                yield self._answer(one, is_put=one.code in put)

    def _answer(self, question: Question, *, is_put: bool) -> Block:
        path, kind = answer_path(question.code), KINDS[question.kind]
        is_required, most, when = question.is_required, question.longest, question.when
        label = question.text.told(self.language)
        help_ = question.help.told(self.language) if question.help else ""
        choices = choices_of(question, self.language)
        rule = FieldRule(is_required=is_required, longest=most)
        groups = [("", choices)] if choices else []
        box = self._box(path, kind, label, rule=rule, help_=help_, groups=groups)
        if when is not None:
            box = replace(box, hangs=Hangs(answer_path(when.question), when.values, is_put))
        return Block(path, kind, label, help_, is_required, box=box)

    def _said(self, gaps: Iterable[Gap]) -> dict[str, list[str]]:
        """Sentences by the place they are about."""
        said: dict[str, list[str]] = {}
        for gap in gaps:
            if gap.code not in UNSAID:
                words = rule_said(gap, self.rules, self.language)
                said.setdefault(gap.path, []).append(words)
        return said

    def _rows(self, block: Block, rule: FieldRule) -> Block:
        rows = list(self.told.document.rows[block.name])
        known = {row.id for row in rows}
        for path in self.shown.typed:  # a row of which nothing could be saved
            name, _slash, rest = path.partition("/")
            id_ = rest.partition("/")[0]
            if name == block.name and id_ and id_ not in known:
                known.add(id_)
                rows.append(Row(id_, {}))
        if self.shown.more == block.name or (not rows and block.is_required):
            rows.append(Row(token_hex(4), {}))
        return replace(
            block,
            rows=[self._row(block.name, row.id, rule, at) for at, row in enumerate(rows, start=1)],
            is_summed=block.name == "lines",
            blank=self._row(block.name, BLANK_ROW, rule, len(rows) + 1),
            add=str(ROW[block.name]),
            cells=[
                CellHelp(_told_in(name, cell), str(CELLS[name, cell]), str(text))
                for (name, cell), text in CELL_HELPS.items()
                if name == block.name and cell in cells_asked(name, rule.cells or ())
            ],
            said=self.faults.get(block.name, ()),
            advised=self.advice.get(block.name, ()),
        )

    def _row(self, name: str, id_: str, rule: FieldRule, number: int) -> RowShown:
        boxes = []
        for cell, kind in cells_asked(name, rule.cells or ()).items():
            path, label = f"{name}/{id_}/{cell}", str(CELLS[name, cell])
            groups = choices_at(name, cell, self.told, self.language)
            box = self._box(path, kind, label, rule=rule, groups=groups)
            boxes.append(_by_cell(box, name, cell, rule.cell(cell)))
        line = self.lines.get(id_) if name == "lines" else None
        total, asked = ("", "") if line is None else self._sums(line)
        return RowShown(id_, boxes, number, total, asked)

    def _sums(self, line: Line) -> tuple[str, str]:
        total, asked = line.total_minor, line.asked_minor
        currency = self.rules.currency
        return (
            money_shown(total, currency, self.language),
            money_shown(asked, currency, self.language),
        )

    def _box(
        self,
        path: str,
        kind: str,
        label: str,
        *,
        rule: FieldRule,
        help_: str = "",
        groups: Sequence[Group] = (),
    ) -> Box:
        saved = self.told.fields.get(path)
        value = saved.value if saved is not None else ""
        return Box(
            path=path,
            kind=kind,
            label=label,
            help=help_,
            value=self.shown.typed.get(path, value),
            version=saved.version if saved is not None else 0,
            longest=rule.longest
            if kind == "text" or (kind == "line" and "/" not in path)
            else None,
            is_required=rule.is_required,
            groups=groups or choices_at(path, "", self.told, self.language),
            said=self.faults.get(path, ()),
            advised=self.advice.get(path, ()),
            theirs=self.shown.theirs.get(path),
            origin=self.shown.origins.get(path) if value else None,
        )


def _by_cell(box: Box, name: str, cell: str, told: CellRule) -> Box:
    """A box with what is said of its cell alone."""
    return replace(
        box,
        told_in=_told_in(name, cell),
        longest=told.longest or (None if told.lines else box.longest),
        lines=told.lines,
        is_folded=(name, cell) in FURTHER and not told.is_required,
    )


def _told_in(name: str, cell: str) -> str:
    return f"h-{name}-{cell}" if (name, cell) in CELL_HELPS else ""


def place_said(gap: Gap, told: Written) -> str:
    """Where a gap lies, as a reader finds it: the field, and of a row its beginning."""
    name, _slash, rest = gap.path.partition("/")
    if gap.code.startswith("applicant."):
        return _("The organisation in the register")
    if name == ANSWERS:
        return short(question_said(gap.path, told.rules, get_language() or "ru"))
    label = str(LABELS.get(name, ""))
    id_ = rest.partition("/")[0]
    row = next((one for one in told.document.rows.get(name, []) if one.id == id_), None)
    if row is None:
        return label
    named = row_named(name, row.texts, told, get_language() or "ru") or _("row without a name")
    return f"{label}: {named}"
