"""The fields of a project: six sections, as funds ask for them, and what kind each is of.

Source: the form of the Presidential Grants Fund of 2025, sections 1 to 6.
"""

from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["choice", "date", "files", "line", "links", "rows", "text"]

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
        "partners": "rows",
        "letters": "files",
    },
    "organisation": {
        "activities": "text",
        "experience": "rows",
        "resources": "text",
        "charter": "files",
    },
    "plan": {
        "events": "rows",
    },
    "budget": {
        "lines": "rows",
        "budget_note": "text",
    },
}

FIELDS: dict[str, Kind] = {
    name: kind for fields in SECTIONS.values() for name, kind in fields.items()
}
APPLICANT = "applicant"  # beside the fields, what experts may not see: who applies
