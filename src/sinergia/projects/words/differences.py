"""What differs between an earlier version of a project and what stands now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import get_language

from sinergia.engine.project import parse_path
from sinergia.engine.project.paths import ORDER
from sinergia.packs.rules import Rules
from sinergia.packs.rules.fields import ANSWERS, FIELDS, ROWS
from sinergia.projects.queries.writing import Written
from sinergia.projects.words.choices import short
from sinergia.projects.words.fields import CELLS, LABELS
from sinergia.projects.words.questions import answer_said, question_said


@dataclass(frozen=True)
class Difference:
    """One text: where it stands, what it was, what it is."""

    place: str
    before: str
    after: str


def differences(then: Mapping[str, str], told: Written) -> list[Difference]:
    """Every text that differs, in the order of the form."""
    now = {path: text for path, text in told.values.items() if text}
    order = list(FIELDS)
    paths = sorted(
        (path for path in then.keys() | now.keys() if then.get(path, "") != now.get(path, "")),
        key=lambda path: (order.index(path.partition("/")[0]), path),
    )
    return list(_told(paths, then, now, told.rules))


def _told(
    paths: list[str], then: Mapping[str, str], now: Mapping[str, str], rules: Rules
) -> Iterator[Difference]:
    for text in paths:
        path = parse_path(text)
        if path is None or path.cell == ORDER:
            continue
        if path.field == ANSWERS:
            yield _answer(text, then.get(text, ""), now.get(text, ""), rules)
            continue
        place = str(LABELS[path.field])
        if path.row:
            first = f"{path.field}/{path.row}/{next(iter(ROWS[path.field]))}"
            named = short(now.get(first) or then.get(first, ""))
            place = f"{place}: {named} — {CELLS[path.field, path.cell]}" if named else place
        yield Difference(place, then.get(text, ""), now.get(text, ""))


def _answer(path: str, before: str, after: str, rules: Rules) -> Difference:
    language = get_language() or "ru"
    told = [answer_said(path, text, rules, language) for text in (before, after)]
    return Difference(question_said(path, rules, language), *told)
