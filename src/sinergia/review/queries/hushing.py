"""An archive in which who did not win has a rating and no name, and still is counted anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
CODE = 12  # characters of a checksum that only whoever has the document knows
NAMELESS: Mapping[str, object] = {
    "shown_number": "",
    "title": "",
    "organisation": "",
    "direction": "",
    "reason": "",
    "public": {},
}
ASKED_NOTHING: Mapping[str, object] = {"asked_minor": 0, "offered_minor": None}
UNRANKED: Mapping[str, object] = {"at": 0, "outcome": "lost", "why": ""}


@dataclass(frozen=True)
class Parts:
    """What of an archive speaks of applications. ranking: by the names of its columns."""

    cards: Sequence[Json]
    minutes: Sequence[Json]
    ranking: Sequence[Json]
    sheets: Sequence[Json]


def hushed(parts: Parts) -> Parts:
    """The same in which no application but of winners can be told from the others.

    Codes, numbers and sums follow the order or the size of what everybody may read on cards of
    applications: who did not win has a code of its checksum, numbers are places of the list, and
    of sums those stay that the money was counted by.
    """
    lines = {one["application"]: one for one in parts.ranking}
    with_lines = [(one, lines.get(one["code"], UNRANKED)) for one in parts.cards]
    codes = {one["code"]: _code(one, line) for one, line in with_lines}
    cards = [_card(one, line, codes[one["code"]]) for one, line in with_lines]
    sheets = [one | {"application": codes[one["application"]]} for one in parts.sheets]
    return Parts(
        cards=sorted(cards, key=lambda one: str(one["code"])),
        minutes=[_minutes(one, codes) for one in parts.minutes],
        ranking=[one | {"application": codes[one["application"]]} for one in parts.ranking],
        sheets=sorted(sheets, key=lambda one: (one["application"], one["expert"])),
    )


def _code(card: Json, line: Mapping[str, object]) -> str:
    """Of a winner its own; else what nobody can count from what is public."""
    return str(card["code"] if line["outcome"] == "won" else card["digest"][:CODE])


def _card(card: Json, line: Mapping[str, object], code: str) -> Json:
    told = card | {"code": code, "number": line["at"]}
    if line["outcome"] == "won":
        return told
    told |= NAMELESS
    if line["outcome"] == "lost":
        told |= ASKED_NOTHING
    is_counted = line["why"] == "organisation" or (card["is_chosen"] and line["why"] != "line")
    if not is_counted:  # else what one organisation may win is counted by its code
        told["organisation_code"] = f"O-{code}"
    return told


def _minutes(sitting: Json, codes: Mapping[str, str]) -> Json:
    items = [
        one
        if codes.get(one["application"], "") == one["application"]
        else one | {"application": codes.get(one["application"], ""), "reason": ""}
        for one in sitting["items"]
    ]
    return sitting | {"items": items}
