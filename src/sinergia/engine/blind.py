"""What the rules hide from experts, taken out of what was handed in before anybody sees it."""

import re
from collections.abc import Collection, Mapping

from sinergia.packs.rules.fields import ANSWERS, APPLICANT, CONTACTS, OF_APPLICANT, REFERS
from sinergia.packs.rules.schema import FieldRule, Rules

BESIDE = "files/"  # how the frozen document begins the path of a file
_SUFFIX = re.compile(r"\.[a-z0-9]{1,5}\Z")


def shown_texts(values: Mapping[str, str], blind: Collection[str]) -> dict[str, str]:
    """Texts by path without what is hidden, what names its rows, and how people are reached."""
    hidden = _hidden(blind)
    return {path: text for path, text in values.items() if not _is_hidden(path, hidden)}


def shown_rules(rules: Rules) -> Rules:
    """Rules that ask only what may be seen: a page shows a field where its rules ask for it."""
    blind = _hidden(rules.review.blind)
    fields = {
        name: _without_contacts(name, rule)
        for name, rule in rules.fields.items()
        if name not in blind
    }
    questions = () if ANSWERS in blind else rules.questions
    return rules.model_copy(update={"fields": fields, "questions": questions})


def is_applicant_hidden(rules: Rules) -> bool:
    """Whether experts may not know who applies: no name, no number, no name of a file."""
    return APPLICANT in rules.review.blind


def neutral_name(code: str, field: str, at: int, name: str) -> str:
    """What a file is called where its own name may say whose it is: A-014-letters-2.pdf."""
    suffix = _SUFFIX.search(name.casefold())
    return f"{code}-{field}-{at}{suffix[0] if suffix else ''}"


def _hidden(blind: Collection[str]) -> set[str]:
    """Fields that are hidden; what an organisation says of itself goes with its name."""
    return {*blind, *(OF_APPLICANT if APPLICANT in blind else ())}


def _without_contacts(name: str, rule: FieldRule) -> FieldRule:
    cells = {cell: one for cell, one in (rule.cells or {}).items() if (name, cell) not in CONTACTS}
    return rule.model_copy(update={"cells": cells or None})


def _is_hidden(path: str, blind: Collection[str]) -> bool:
    parts = path.removeprefix(BESIDE).split("/")
    if (parts[0], parts[-1]) in CONTACTS:
        return True
    refers = REFERS.get((parts[0], parts[-1]), "")
    return parts[0] in blind or refers in blind
