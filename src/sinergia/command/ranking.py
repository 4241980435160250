"""Ranking on files: no installation, no database, no Django."""

import csv
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from sinergia.command import gettext_noop, say, shown
from sinergia.command.outputs import need_room, whole_files
from sinergia.command.tables import at_line, heads_of, number_in, of_file, rows_of
from sinergia.engine.rating import Mark, Rated, rank, rate

ENOUGH = 1e12  # a score or a weight beyond that is a slip of the pen


def run_rank(words: Sequence[str], options: Mapping[str, str]) -> int:
    """Rate and rank, write the places, tell how many."""
    path, inputs = Path(words[0]), [words[0], *filter(None, [options.get("--weights")])]
    need_room([options["--out"]], inputs)
    weights = _weights(options.get("--weights"))
    marks = list(_marks(path, weights))
    if not marks:
        raise of_file(path, gettext_noop("there is no score"))
    _need_whole(marks, weights, path)
    rated = rate(marks, weights=weights)
    ratings = {name: one.rating for name, one in rated.items()}
    places = rank(ratings, is_lower_better="--lower-is-better" in options)
    _write(options["--out"], rated, places)
    told = {"applications": len(rated), "experts": len({mark.expert for mark in marks})}
    sys.stdout.write(json.dumps(told | {"scores": len(marks)}) + "\n")
    return 0


def _marks(path: Path, weights: Mapping[str, Decimal] | None) -> Iterator[Mark]:
    has_criteria = "criterion" in heads_of(path)
    if weights is not None and not has_criteria:
        raise of_file(path, gettext_noop("weights need a column “criterion”, and there is none"))
    columns = ["application", "expert", *(["criterion"] if has_criteria else []), "score"]
    seen = set()
    for line, cells in rows_of(path, columns):
        application, expert, *criterion, text = cells
        mark = Mark(application, expert, "".join(criterion), _number(text, path, line))
        if mark[:3] in seen:
            raise at_line(path, line, say(gettext_noop("the score stands here twice")))
        if weights is not None and mark.criterion not in weights:
            told = say(gettext_noop("there is no weight of criterion “%s”"))
            raise at_line(path, line, told % shown(mark.criterion))
        seen.add(mark[:3])
        yield mark


def _weights(path: str | None) -> Mapping[str, Decimal] | None:
    if path is None:
        return None
    weights: dict[str, Decimal] = {}
    for line, (criterion, text) in rows_of(Path(path), ["criterion", "weight"]):
        if criterion in weights:
            raise at_line(path, line, say(gettext_noop("the criterion stands here twice")))
        weights[criterion] = _number(text, path, line)
        if weights[criterion] < 0:
            raise at_line(path, line, say(gettext_noop("a weight is not below nought")))
    if not any(weights.values()):
        raise of_file(Path(path), gettext_noop("no criterion weighs anything"))
    return weights


def _need_whole(marks: Sequence[Mark], weights: Mapping[str, Decimal] | None, path: Path) -> None:
    """An application that nobody scored on a criterion would stand lower without anybody's word."""
    asked = {name for name, weight in weights.items() if weight} if weights is not None else None
    asked = {mark.criterion for mark in marks} if asked is None else asked
    scored = {(mark.application, mark.criterion) for mark in marks}
    for application in dict.fromkeys(mark.application for mark in marks):
        for criterion in sorted(asked):
            if (application, criterion) not in scored:
                told = gettext_noop("nobody scored application “%s” on criterion “%s”")
                raise of_file(path, told, shown(application), shown(criterion))


def _write(path: str, rated: Mapping[str, Rated], places: Mapping[str, int]) -> None:
    with whole_files(path) as (file,):
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["application", "n", "score", "rank"])
        for name in sorted(rated, key=lambda one: (places[one], one)):
            table.writerow([name, rated[name].experts, f"{rated[name].rating:f}", places[name]])


def _number(text: str, path: Path | str, line: int) -> Decimal:
    value = number_in(text, Decimal, str(path), line)
    if abs(value) > ENOUGH:
        raise at_line(path, line, say(gettext_noop("“%s” is too large a number")) % shown(text))
    return value
