"""Ratings, places and awards of an archive counted anew from what it holds."""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from io import StringIO
from typing import Any

from sinergia.engine.bundle.faults import Fault
from sinergia.engine.rating import Candidate, Placed, Selection, rating_of, select, that_count
from sinergia.engine.sheet import is_on
from sinergia.packs.rules.frozen import thawed
from sinergia.packs.rules.reading import Faulty
from sinergia.packs.rules.schema import Rules

RANKING = (
    "at", "place", "application", "preliminary", "rating", "outcome", "why",
    "awarded_minor", "running_minor", "reserve",
)  # fmt: skip


class Unreadable(Exception):  # noqa: N818  # it is an answer
    """A file of an archive that cannot be read."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.fault = Fault("unreadable", {"name": name})


@dataclass(frozen=True)
class RowCheck:
    """A place of the ranking. told, counted: by the names of RANKING."""

    code: str
    told: Mapping[str, str]
    counted: Mapping[str, str]

    @property
    def differs(self) -> list[str]:
        """What is not as it was told."""
        return [name for name in RANKING if self.told.get(name) != self.counted.get(name)]


@dataclass(frozen=True)
class _Sheet:
    application: str
    expert: str
    scores: Mapping[str, Decimal]
    rating: str
    is_counted: bool


def ranking_lines(
    placed: Iterable[Placed], ratings: Mapping[str, tuple[Decimal | None, Decimal | None]]
) -> list[list[str]]:
    """Lines of the ranking as the file has them. ratings: {code: (preliminary, rating)}."""
    return [
        [
            str(one.at),
            str(one.place),
            one.key,
            number_told(ratings[one.key][0]),
            number_told(ratings[one.key][1]),
            one.outcome,
            one.why,
            str(one.awarded_minor),
            str(one.running_minor),
            str(one.reserve),
        ]
        for one in placed
    ]


def number_told(value: Decimal | None) -> str:
    """A number in the one way in which an archive writes it; "" for none."""
    if value is None:
        return ""
    whole = value.normalize()
    return f"{whole:f}" if whole else "0"


def recount(files: Mapping[str, bytes]) -> tuple[list[RowCheck], int, list[Fault]]:
    """Count everything anew; give each row, how many sheets there are, and what differs.

    Raises Unreadable.
    """
    rules = _rules(files["rules.json"])
    contest = _json(files, "contest.json")
    cards = _keyed(files, "applications.json")
    experts = _experts(files)
    _minutes(files)
    sheets = _sheets(files)
    faults = _faults_of_sheets(sheets, cards, experts, rules)
    ratings = _ratings(cards, sheets, rules)
    try:
        budget = contest["budget_minor"]
        told_seed = str(contest["seed"])
        is_number = budget is None or (isinstance(budget, int) and not isinstance(budget, bool))
        if not is_number:
            raise ValueError("budget")
    except (KeyError, ValueError, TypeError) as error:
        raise Unreadable("contest.json") from error
    seed = seed_of(cards) if "lot" in rules.selection.ties else ""
    if told_seed != seed:
        faults.append(Fault("seed"))
    selection = Selection(
        budget_minor=budget,
        line=rules.selection.line,
        lines=rules.selection.lines,
        wins=rules.applicant.wins,
        ties=rules.selection.ties,
        seed=seed,
    )
    try:
        placed = select(_candidates(cards, ratings), selection)
    except ValueError:
        return [], len(sheets), [*faults, Fault("budget")]
    rows, differing = _compared(files, ranking_lines(placed, ratings))
    return rows, len(sheets), [*faults, *differing]


def seed_of(cards: Mapping[str, Mapping[str, Any]]) -> str:
    """Of a lot: from the checksums of all applications in the order of their codes; hex."""
    told = "\n".join(str(cards[code].get("digest", "")) for code in sorted(cards))
    return sha256(told.encode()).hexdigest()


def _rules(content: bytes) -> Rules:
    try:
        return thawed(content)
    except (Faulty, ValueError, TypeError, KeyError, RecursionError) as error:
        raise Unreadable("rules.json") from error


def _json(files: Mapping[str, bytes], name: str) -> Any:  # noqa: ANN401  # whatever stands there
    try:
        return json.loads(files[name])
    except (ValueError, RecursionError) as error:
        raise Unreadable(name) from error


def _keyed(files: Mapping[str, bytes], name: str) -> dict[str, Mapping[str, Any]]:
    """Rows by their codes. Raises Unreadable, also where a code stands twice."""
    told = _json(files, name)
    try:
        rows = {str(one["code"]): one for one in told}
    except (TypeError, KeyError) as error:
        raise Unreadable(name) from error
    if len(rows) != len(told):
        raise Unreadable(name)
    return rows


def _experts(files: Mapping[str, bytes]) -> dict[str, Mapping[str, Any]]:
    """Experts by their codes, each with a commitment in hex. Raises Unreadable."""
    experts = _keyed(files, "experts.json")
    try:
        are_committed = all(bytes.fromhex(one["commitment"]) for one in experts.values())
    except (TypeError, KeyError, ValueError) as error:
        raise Unreadable("experts.json") from error
    if not are_committed:
        raise Unreadable("experts.json")
    return experts


def _minutes(files: Mapping[str, bytes]) -> None:
    """Minutes count for nothing here, and are to be readable. Raises Unreadable."""
    if not isinstance(_json(files, "minutes.json"), list):
        raise Unreadable("minutes.json")


def _sheets(files: Mapping[str, bytes]) -> list[_Sheet]:
    name = "sheets.json"
    told = _json(files, name)
    try:
        return [
            _Sheet(
                application=str(one["application"]),
                expert=str(one["expert"]),
                scores={str(code): _decimal(text) for code, text in one["scores"].items()},
                rating=str(one["rating"]),
                is_counted=one["counts"] is True,
            )
            for one in told
        ]
    except (TypeError, KeyError, AttributeError, ArithmeticError) as error:
        raise Unreadable(name) from error


def _faults_of_sheets(
    sheets: Sequence[_Sheet],
    cards: Mapping[str, Mapping[str, Any]],
    experts: Mapping[str, object],
    rules: Rules,
) -> list[Fault]:
    """Sheets about nothing, by nobody, off the scale, or that come to something else."""
    faults, seen = [], set()
    for one in sheets:
        if (one.application, one.expert) in seen:
            values = {"code": f"{one.application} {one.expert}", "name": "sheets.json"}
            faults.append(Fault("twice", values))
        seen.add((one.application, one.expert))
        if one.application not in cards:
            faults.append(Fault("unknown_application", {"code": one.application}))
            continue
        if one.expert not in experts:
            faults.append(Fault("unknown_expert", {"code": one.expert}))
        for criterion, score in one.scores.items():
            if not is_on(rules.scoring.scale, score):
                values = {"code": one.application, "criterion": criterion}
                faults.append(Fault("off_scale", values | {"score": number_told(score)}))
        counted = number_told(_rating([one], cards[one.application], rules))
        if counted != one.rating:
            values = {"code": one.application, "told": one.rating or "—"}
            faults.append(Fault("sheet", values | {"counted": counted or "—"}))
    return faults


def _ratings(
    cards: Mapping[str, Mapping[str, Any]], sheets: Sequence[_Sheet], rules: Rules
) -> dict[str, tuple[Decimal | None, Decimal | None]]:
    """Preliminary and final rating of each application."""
    theirs: dict[str, list[_Sheet]] = {}
    for one in sheets:
        if one.is_counted:
            theirs.setdefault(one.application, []).append(one)
    told: dict[str, tuple[Decimal | None, Decimal | None]] = {}
    for code, card in cards.items():
        preliminary = _rating(_which_count(theirs.get(code, []), card, rules), card, rules)
        try:
            final = _decimal(card["final"]) if card["final"] else None
        except (KeyError, TypeError, ArithmeticError) as error:
            raise Unreadable("applications.json") from error
        told[code] = (preliminary, preliminary if final is None else final)
    return told


def _which_count(
    sheets: Sequence[_Sheet], card: Mapping[str, Any], rules: Rules
) -> Sequence[_Sheet]:
    """Of the sheets of one application those that its rating is made of."""
    ratings = [_rating([one], card, rules) or Decimal(0) for one in sheets]
    review = rules.review
    return [sheets[at] for at in that_count(ratings, review.further.counts, review.experts)]


def _rating(sheets: Sequence[_Sheet], card: Mapping[str, Any], rules: Rules) -> Decimal | None:
    category = str(card.get("category", ""))
    weights = {one.code: one.weights.get(category, Decimal(0)) for one in rules.scoring.criteria}
    scoring = rules.scoring
    return rating_of(
        [one.scores for one in sheets], weights, average=scoring.average, decimals=scoring.decimals
    )


def _candidates(
    cards: Mapping[str, Mapping[str, Any]],
    ratings: Mapping[str, tuple[Decimal | None, Decimal | None]],
) -> list[Candidate]:
    if any(card.get("moved") not in ("won", "reserve", "lost", "") for card in cards.values()):
        raise Unreadable("applications.json")
    try:
        return [
            Candidate(
                key=code,
                category=str(card["category"]),
                organisation=str(card["organisation_code"]),
                rating=ratings[code][1],
                asked_minor=int(card["asked_minor"]),
                submitted=int(card["number"]),
                offered_minor=None if card["offered_minor"] is None else int(card["offered_minor"]),
                moved=card["moved"],
                is_chosen=card["is_chosen"] is True,
            )
            for code, card in cards.items()
        ]
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise Unreadable("applications.json") from error


def _compared(
    files: Mapping[str, bytes], counted: Sequence[Sequence[str]]
) -> tuple[list[RowCheck], list[Fault]]:
    try:
        head, *lines = csv.reader(StringIO(files["ranking.csv"].decode(), newline=""))
    except (ValueError, csv.Error) as error:
        raise Unreadable("ranking.csv") from error
    if tuple(head) != RANKING or any(len(line) != len(RANKING) for line in lines):
        raise Unreadable("ranking.csv")
    place = RANKING.index("application")
    told = {line[place]: dict(zip(RANKING, line, strict=True)) for line in lines}
    if len(told) != len(lines):
        raise Unreadable("ranking.csv")
    rows, faults = [], []
    for line in counted:
        row = RowCheck(
            line[place], told.pop(line[place], {}), dict(zip(RANKING, line, strict=True))
        )
        rows.append(row)
        if not row.told:
            faults.append(Fault("not_ranked", {"code": row.code}))
            continue
        for name in row.differs:
            values = {"code": row.code, "name": name, "told": row.told[name] or "—"}
            faults.append(Fault("row", values | {"counted": row.counted[name] or "—"}))
    faults += [Fault("not_there", {"code": code}) for code in told]
    return rows, faults


def _decimal(text: object) -> Decimal:
    """A decimal in the one way in which it is written here. Raises InvalidOperation."""
    value = Decimal(str(text))
    if not value.is_finite() or number_told(value) != text:
        raise InvalidOperation(text)
    return value
