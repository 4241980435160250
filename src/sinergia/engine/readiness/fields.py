"""Fields against their rules: missing, too long, too few rows, files."""

from collections.abc import Iterator, Mapping

from sinergia.engine.drafts import Row, length_of, lines_of
from sinergia.engine.numbers import Unreadable, read_decimal
from sinergia.engine.project.answers import answer_path, questions_put
from sinergia.engine.project.document import LARGEST, Document
from sinergia.engine.readiness.facts import Facts
from sinergia.engine.refusal import Gap
from sinergia.packs.rules import Rules
from sinergia.packs.rules.fields import ANSWERS, FIELDS, ROWS, Cell, cells_asked
from sinergia.packs.rules.schema import FieldRule, Question
from sinergia.packs.templates import gaps_in

_QUOTES = "«»“”„\"'"


def field_gaps(document: Document, rules: Rules, facts: Facts) -> Iterator[Gap]:
    """Every field that the rules name, in the order of the form, then what the contest asks."""
    for name, kind in FIELDS.items():
        rule = rules.fields.get(name)
        if rule is None:
            continue
        if name in ROWS:
            yield from _rows(name, document.rows[name], rule)
        elif kind == "files":
            yield from _files(name, rule, facts.files)
        else:
            yield from _text(name, document.texts.get(name, ""), rule)
    yield from _choices(document, rules)
    yield from _unfilled(document, rules)
    for one in questions_put(rules.questions, document.texts):
        yield from _answer(one, document.texts.get(answer_path(one.code), ""))


def is_asked(path: str, rules: Rules) -> bool:
    """Whether rules ask for what stands at a path: its field, and of a row its cell."""
    name, _slash, rest = path.partition("/")
    rule = rules.fields.get(name)
    if rule is None:
        return name == ANSWERS
    return not rest or rest.partition("/")[2] in cells_asked(name, rule.cells or ())


def style_advice(document: Document) -> Iterator[Gap]:
    """How a title is written."""
    title = document.title
    if not title:
        return
    if title[0] in _QUOTES:
        yield Gap("title.quote", "title")
    elif title[0].islower():
        yield Gap("title.small", "title")
    if title.endswith("."):
        yield Gap("title.stop", "title")


def _text(path: str, text: str, rule: FieldRule) -> Iterator[Gap]:
    if not text.strip():
        if rule.is_required:
            yield Gap("field.missing", path)
        return
    length = length_of(text)
    if rule.longest is not None and length > rule.longest:
        yield Gap("field.long", path, {"length": length, "most": rule.longest})


def _rows(name: str, rows: list[Row], rule: FieldRule) -> Iterator[Gap]:
    least = max(rule.least, 1) if rule.is_required else rule.least
    if len(rows) < least:
        yield Gap("rows.few", name, {"count": len(rows), "least": least})
    if rule.most is not None and len(rows) > rule.most:
        yield Gap("rows.many", name, {"count": len(rows), "most": rule.most})
    for row in rows:
        for cell, kind in cells_asked(name, rule.cells or ()).items():
            text, is_first = row.texts.get(cell, ""), cell == next(iter(ROWS[name]))
            yield from _cell(f"{name}/{row.id}/{cell}", text, kind, rule, is_first=is_first)


def _cell(path: str, text: str, kind: Cell, rule: FieldRule, *, is_first: bool) -> Iterator[Gap]:
    told = rule.cell(path.rpartition("/")[2])
    if not text:
        if is_first or told.is_required:
            yield Gap("cell.missing", path)
        return
    of_all = rule.longest if kind == "text" and told.lines is None else None
    longest = told.longest or of_all
    if longest is not None and (length := length_of(text)) > longest:
        yield Gap("field.long", path, {"length": length, "most": longest})
    if told.lines is not None and (count := lines_of(text)) > told.lines:
        yield Gap("cell.lines", path, {"count": count, "most": told.lines})
    if told.choices and text not in {one.code for one in told.choices}:
        yield Gap("cell.gone", path)


def _files(name: str, rule: FieldRule, files: Mapping[str, int] | None) -> Iterator[Gap]:
    if files is None:
        return
    count, least = files.get(name, 0), max(rule.least, 1) if rule.is_required else rule.least
    if count < least:
        yield Gap("files.few", name, {"count": count, "least": least})
    if rule.most is not None and count > rule.most:
        yield Gap("files.many", name, {"count": count, "most": rule.most})


def _unfilled(document: Document, rules: Rules) -> Iterator[Gap]:
    """Texts of a template in which something is still to be written."""
    for name in FIELDS:
        if name not in rules.fields:
            continue
        texts = {name: document.texts.get(name, "")}
        for row in document.rows.get(name, []):
            texts |= {f"{name}/{row.id}/{cell}": text for cell, text in row.texts.items()}
        for path, text in texts.items():
            if gaps := gaps_in(text):
                yield Gap("field.unfilled", path, {"typed": gaps[0], "count": len(gaps)})


def _choices(document: Document, rules: Rules) -> Iterator[Gap]:
    """A direction of another contest is none of this one; a topic is one of its direction."""
    chosen = document.texts.get("direction", "")
    if chosen and chosen not in {one.code for one in rules.directions}:
        yield Gap("direction.unknown", "direction")
    with_topics = [one for one in rules.directions if one.topics]
    if with_topics and "topic" in rules.fields and (topic := document.texts.get("topic", "")):
        theirs = [one for one in with_topics if one.code == (chosen or one.code)]
        numbers = [(one.code, at) for one in theirs for at in range(1, len(one.topics) + 1)]
        if topic not in {f"{code}/{at}" for code, at in numbers}:
            yield Gap("topic.other", "topic")


def _answer(question: Question, text: str) -> Iterator[Gap]:
    path, most = answer_path(question.code), question.longest
    is_written = question.kind == "text"
    rule = FieldRule(is_required=question.is_required, longest=most if is_written else None)
    yield from _text(path, text, rule)
    if not text.strip():
        return
    if question.values and text.strip() not in question.values:
        yield Gap("answer.unknown", path)
    elif question.kind == "number" and not _is_whole(text):
        yield Gap("cell.number", path, {"typed": text[:80]})


def _is_whole(text: str) -> bool:
    try:
        found = read_decimal(text)
    except Unreadable:
        return False
    return found is not None and 0 <= found <= LARGEST and found == found.to_integral_value()
