"""The fields of a project: six sections, as funds ask for them, and what kind each is of.

The seventh holds answers to the questions of a contest. Which of them a contest asks is said by its
rules; a further cell of a row is there only where the rules name it.

Source: the form of the Presidential Grants Fund of 2025, sections 1 to 6.
"""

from collections.abc import Collection
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["answers", "choice", "date", "files", "line", "links", "rows", "text"]
Cell: TypeAlias = Literal["choice", "date", "line", "money", "number", "quantity", "row", "text"]

SECTIONS: dict[str, dict[str, Kind]] = {
    "about": {
        "direction": "choice",
        "topic": "choice",
        "title": "line",
        "summary": "text",
        "geography": "rows",
        "starts_on": "date",
        "ends_on": "date",
        "target_groups": "rows",
        "problem": "text",
        "evidence": "files",
        "presentation": "files",
        "videos": "links",
        "tags": "rows",
        "tags_other": "line",
    },
    "aims": {
        "goals": "rows",
        "tasks": "rows",
        "results": "rows",
        "qualitative": "text",
        "information_support": "text",
        "development": "text",
        "resources_later": "text",
    },
    "people": {
        "head": "rows",
        "team": "rows",
        "recommendations": "files",
        "partners": "rows",
        "letters": "files",
    },
    "organisation": {
        "activities": "text",
        "experience": "rows",
        "resources": "text",
        "media": "text",
        "address_actual": "line",
        "signers": "rows",
        "collegial_body": "text",
        "accountant": "rows",
        "founders": "rows",
        "charter": "files",
        "units": "rows",
        "memberships": "rows",
        "shares": "rows",
        "income": "rows",
        "last_year": "rows",
    },
    "plan": {
        "events": "rows",
    },
    "budget": {
        "lines": "rows",
        "budget_note": "text",
    },
    "questions": {
        "answers": "answers",
    },
}

FIELDS: dict[str, Kind] = {
    name: kind for fields in SECTIONS.values() for name, kind in fields.items()
}
# Cells of a row; those of kind "row" name a row of another field. The first is what a row is of.
ROWS: dict[str, dict[str, Cell]] = {
    "geography": {"place": "line"},
    "target_groups": {"text": "text"},
    "videos": {"url": "line"},
    "tags": {"tag": "choice"},
    "goals": {"text": "text"},
    "tasks": {"text": "text"},
    "results": {"what": "text", "number": "number", "proof": "line"},
    "head": {
        "name": "line",
        "role": "line",
        "duties": "text",
        "education": "text",
        "work": "text",
        "experience": "text",
        "page": "line",
        "phone": "line",
        "email": "line",
    },
    "team": {
        "name": "line",
        "role": "line",
        "duties": "text",
        "education": "text",
        "work": "text",
        "experience": "text",
        "page": "line",
    },
    "partners": {"name": "line", "kind": "choice", "what": "text"},
    "experience": {
        "title": "line",
        "year": "number",
        "starts_on": "date",
        "ends_on": "date",
        "funder": "line",
        "sum": "money",
        "about": "text",
        "result": "text",
        "links": "text",
    },
    "signers": {"name": "line", "post": "line"},
    "accountant": {"name": "line", "kind": "choice"},
    "founders": {"name": "line", "kind": "choice", "number": "line"},
    "units": {"name": "line", "place": "line"},
    "memberships": {"name": "line", "number": "line"},
    "shares": {"name": "line", "number": "line", "share": "line"},
    "income": {"source": "choice", "sum": "money"},
    "last_year": {"year": "number", "spent": "money", "people": "number", "entities": "number"},
    "events": {
        "what": "text",
        "task": "row",
        "where": "line",
        "starts_on": "date",
        "ends_on": "date",
        "people": "number",
        "group": "row",
    },
    "lines": {
        "what": "line",
        "article": "choice",
        "price": "money",
        "quantity": "quantity",
        "own": "money",
        "comment": "text",
        "event": "row",
    },
}
CONTACTS = frozenset({("head", "phone"), ("head", "email")})  # no expert sees them
FURTHER = CONTACTS | {  # cells that are asked where rules name them
    *(
        (name, cell)
        for name in ("head", "team")
        for cell in ("duties", "education", "work", "page")
    ),
    ("partners", "kind"),
    *(("experience", cell) for cell in ("starts_on", "ends_on", "about", "links")),
}
REFERS = {("events", "task"): "tasks", ("events", "group"): "target_groups"}
REFERS |= {("lines", "event"): "events"}

ANSWERS = "answers"  # to what a contest asks by itself; which they are is said by its questions
APPLICANT = "applicant"  # beside the fields, what experts may not see: who applies
# Beside the fields that rules hide with the applicant: files on its people, what it says of itself.
OF_APPLICANT = (
    "recommendations",
    "media",
    "address_actual",
    "signers",
    "collegial_body",
    "accountant",
    "founders",
    "units",
    "memberships",
    "shares",
    "income",
    "last_year",
)
# What may be public of an application beside fields: what it asks for, and what it costs in all.
SUMS = ("asked", "total")
# Never public by rules alone: whoever stands there by name has not agreed to it.
NAMED = ("head", "team", "signers", "collegial_body", "accountant", "founders")


def cells_asked(name: str, named: Collection[str]) -> dict[str, Cell]:
    """Cells of a field's rows. named: those of which its rule speaks."""
    return {
        cell: kind
        for cell, kind in ROWS[name].items()
        if (name, cell) not in FURTHER or cell in named
    }
