"""The fields of a practice: a card of seven in ten minutes, then the passport when it is asked for.

Source: the passport of practices as collections of good practices have it (FAO's template of a good
practice; the standard of practices for childhood), what of it people of NGOs asked one another.
"""

from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["choice", "files", "line", "money", "number", "rows", "text"]
Cell: TypeAlias = Literal["choice", "line", "money", "number", "quantity", "text"]

SECTIONS: dict[str, dict[str, Kind]] = {
    "card": {
        "title": "line",
        "essence": "text",
        "theme": "choice",
        "audiences": "rows",
        "problem": "text",
        "actions": "text",
        "result": "text",
    },
    "steps": {"steps": "rows"},
    "resources": {"resources": "rows"},
    "costs": {
        "cost_start": "money",
        "cost_month": "money",
        "cost_each": "money",
        "beneficiaries": "number",
        "funding": "rows",
    },
    "results": {"results": "rows", "effect": "text"},
    "evidence": {
        "regulated": "choice",
        "grounded": "choice",
        "reached": "choice",
        "measured": "choice",
        "evidence_note": "text",
        "evidence_files": "files",
        "maturity": "choice",
        "maturity_note": "text",
        "maturity_files": "files",
    },
    "repeating": {
        "conditions": "text",
        "risks": "rows",
        "adaptable": "text",
        "fixed": "text",
        "repeated": "rows",
    },
    "materials": {"materials": "files", "links": "rows", "licence": "choice"},
    "help": {
        "help": "rows",
        "hosting": "choice",
        "hosting_people": "number",
        "hosting_when": "line",
        "contacts": "rows",
    },
}

FIELDS: dict[str, Kind] = {
    name: kind for fields in SECTIONS.values() for name, kind in fields.items()
}
# Cells of a row; the first is what a row is of.
ROWS: dict[str, dict[str, Cell]] = {
    "audiences": {"who": "choice"},
    "steps": {"what": "text", "who": "line", "long": "line"},
    "resources": {"what": "line", "kind": "choice", "quantity": "quantity", "cost": "money"},
    "funding": {"source": "line", "what": "text"},
    "results": {"what": "text", "number": "number", "baseline": "number", "how": "text"},
    "risks": {"what": "text", "answer": "text"},
    "repeated": {"who": "line", "where": "line", "year": "number", "result": "text"},
    "links": {"url": "line", "what": "line"},
    "help": {"kind": "choice", "what": "text"},
    "contacts": {"name": "line", "post": "line", "reach": "line", "shown": "choice"},
}

# The four aspects of the standard, in its order; how sure a practice is, is said by the weakest.
ASPECTS = ("regulated", "grounded", "reached", "measured")
# What the public card is made of: without each of these nothing is published.
CARD = tuple(SECTIONS["card"])
CONTACTS = "contacts"  # rows of people, shown to whom the authors say
LONGEST: dict[str, int] = {"title": 200, "essence": 300}  # characters; the rest as it is kept
MOST_AUDIENCES = 5
