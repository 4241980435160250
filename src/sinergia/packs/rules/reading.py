"""Rules read from the text of a file, or every fault in it; the file itself is the caller's."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from sinergia.packs.rules.checking import faults_of
from sinergia.packs.rules.faults import Fault
from sinergia.packs.rules.schema import SCHEMA, Rules

LARGEST = 1_000_000  # characters of a file
MOST_FAULTS = 100  # told at once

_TABLE = re.compile(r"^\s*\[{1,2}\s*([\w.\"-]+?)\s*\]{1,2}\s*(?:#.*)?$")


class Faulty(Exception):  # noqa: N818  # it is an answer to whoever writes rules
    """A file that holds no rules, or wrong ones: every fault at once."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(len(faults))
        self.faults = faults


def read_rules(text: str) -> Rules:
    """Read rules from TOML. Raises Faulty."""
    if len(text) > LARGEST:
        raise Faulty([Fault("", "too_large", {"most": LARGEST})])
    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # also of a number too long to be read
        raise Faulty([Fault("", "syntax", {"reason": str(error)})]) from error
    return rules_from(values, text)


def rules_from(values: dict[str, object], text: str = "") -> Rules:
    """Make rules of what was read; text: the file, to tell lines by. Raises Faulty."""
    if values.get("schema") != SCHEMA:
        raise Faulty([Fault("schema", "schema", {"value": str(values.get("schema"))[:80]})])
    try:
        rules = Rules.model_validate(values)
    except ValidationError as error:
        raise Faulty(_placed(map(_fault, error.errors()[:MOST_FAULTS]), text)) from error
    if faults := list(faults_of(rules)):
        raise Faulty(_placed(faults[:MOST_FAULTS], text))
    return rules


@cache
def shipped() -> dict[str, Rules]:
    """The rules that come with the product, by their code."""
    folder = files("sinergia.packs.rules") / "shipped"
    told = [read_rules(one.read_text(encoding="utf-8")) for one in folder.iterdir()]
    return {rules.code: rules for rules in sorted(told, key=lambda rules: rules.code)}


def _fault(error: ErrorDetails) -> Fault:
    place = ""
    for part in error["loc"]:
        place += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if place else part
    if error["type"] == "missing":
        return Fault(place, "missing")
    if error["type"] == "extra_forbidden":
        return Fault(place, "unknown")
    return Fault(place, "kind", {"reason": error["msg"]})


def _placed(faults: "list[Fault] | map[Fault]", text: str) -> list[Fault]:
    tables = _tables_of(text)
    return [Fault(one.place, one.code, one.values, _line_of(one.place, tables)) for one in faults]


def _tables_of(text: str) -> dict[str, int]:
    """Where each table of a file begins, by its place: `criteria[3]`, `scoring.scale`."""
    counts: dict[str, int] = {}
    found: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        told = _TABLE.match(line)
        if told is None:
            continue
        name = told[1].replace('"', "")
        if line.lstrip().startswith("[["):
            counts[name] = counts.get(name, 0) + 1
            name = f"{name}[{counts[name]}]"
        found.setdefault(name, number)
    return found


def _line_of(place: str, tables: dict[str, int]) -> int:
    """The line of the nearest table around a place."""
    while place:
        if place in tables:
            return tables[place]
        place = re.sub(r"(\.[^.\[]+|\[\d+\]|^[^.\[]+)$", "", place)
    return 0
