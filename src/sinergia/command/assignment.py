"""Assignment on files: no installation, no database, no Django."""

import json
import math
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from sinergia.command import gettext_noop, say
from sinergia.command.faults import Unusable
from sinergia.command.outputs import need_room, whole_files, write_pairs, write_prices
from sinergia.command.tables import (
    MOST_CELLS,
    Input,
    read_input,
    read_loads,
    read_needs,
    read_pairs,
    read_prices,
    whole_of,
)
from sinergia.engine.assigning import (
    Examined,
    Impossible,
    Shortage,
    Task,
    Whole,
    assign,
    examine,
    task_of,
)
from sinergia.engine.assigning.task import Mask

DONE, WRONG, IMPOSSIBLE = 0, 1, 3
INPUTS = ("--affinity", "--conflicts", "--needs", "--loads")
NAMED = 20  # applications or experts that a sentence names

Options: TypeAlias = Mapping[str, str]


def run_assign(words: Sequence[str], options: Options) -> int:
    """Assign, write who reads what, tell what it comes to."""
    begun = time.perf_counter()
    inputs = [options[name] for name in INPUTS if name in options]
    outputs = [options[name] for name in ("--out", "--prices") if name in options]
    need_room(outputs, [*filter(None, words), *inputs])
    given = _input(words, options)
    whole, task = _task(given, options)
    try:
        found = assign(task)
    except Impossible as impossible:
        _remove(outputs)  # of an earlier run: nobody takes it for the answer to this one
        _tell(_why_not(impossible.shortage, given) | {"seconds": _since(begun)})
        return IMPOSSIBLE
    told = examine(task, found.chosen, found.prices)
    with whole_files(*outputs) as (pairs, *prices):
        write_pairs(pairs, given, found.chosen)
        for file in prices:
            write_prices(file, given, found.prices, whole.scale)
    _tell(_sums(told, task, given, whole, found.chosen) | {"seconds": _since(begun)})
    return DONE


def _remove(outputs: Sequence[str]) -> None:
    for path in map(Path, outputs):
        if path.is_file():
            path.unlink()


def run_check(words: Sequence[str], options: Options) -> int:
    """Say whether an assignment keeps the rules, and whether its prices prove it the best."""
    begun = time.perf_counter()
    given = _input(words, options)
    whole, task = _task(given, options)
    chosen, others = read_pairs(options["--assignment"], given)
    prices = read_prices(options["--prices"], given, whole.scale)
    told = examine(task, chosen, prices)
    proven = {"is_valid": told.is_within, "bound": whole.unscaled(told.bound)}
    faults = {"faults": _faults(told, others, given)}
    _tell(_sums(told, task, given, whole, chosen) | proven | faults | {"seconds": _since(begun)})
    return DONE if told.is_optimal and not others else WRONG


def _input(words: Sequence[str], options: Options) -> Input:
    """The affinities and conflicts, from one file or two."""
    file = "".join(words)
    if bool(file) == ("--affinity" in options):
        raise Unusable(say(gettext_noop("Give FILE.npz or --affinity A.csv, one of the two.")))
    if file and "--conflicts" in options:
        raise Unusable(
            say(gettext_noop("Conflicts lie in FILE.npz itself: leave --conflicts out."))
        )
    return read_input(file, options)


def _task(given: Input, options: Options) -> tuple[Whole, Task]:
    whole = whole_of(given)
    names = ("--reviews", "--max-load", "--min-load")
    try:
        reviews, most, least = (min(int(options.get(name, "0")), MOST_CELLS) for name in names)
        bounds: dict[str, Any] = {"reviews": reviews, "max_load": most, "min_load": least}
        if "--needs" in options:
            bounds["reviews"] = read_needs(options["--needs"], given, reviews)
        if "--loads" in options:
            told = read_loads(options["--loads"], given, (least, most))
            bounds["min_load"], bounds["max_load"] = told
        task = task_of(whole.values, given.conflict, digits=whole.digits, **bounds)
    except ValueError as error:
        message = gettext_noop(
            "--reviews and --max-load are at least 1, --min-load no more than that."
        )
        raise Unusable(say(message)) from error
    return whole, task


def _sums(
    told: Examined, task: Task, given: Input, whole: Whole, chosen: Mask
) -> dict[str, object]:
    """What an assignment comes to, in the affinities' own unit."""
    worst, place = whole.unscaled(told.worst), told.worst_application
    if whole.digits is not None:
        worst, place = min(_gains(given, chosen & task.allowed))
        worst = int(worst) if worst.is_integer() else worst
    sums: dict[str, object] = {
        "objective": whole.unscaled(told.objective),
        "pairs": int(chosen.sum()),
        "unfilled": max(0, task.pairs - int(chosen.sum())),
        "min_load": told.loads[0],
        "max_load": told.loads[1],
        "worst_application": worst,
        "worst_application_id": given.applications[place],
        "optimal": told.is_optimal,
    }
    if not told.is_within or told.is_optimal:
        return sums
    return sums | {"gap": whole.unscaled(told.bound - told.objective)}


def _gains(given: Input, chosen: Mask) -> Iterator[tuple[float, int]]:
    """What each application got, with its place."""
    ends = np.cumsum(chosen.sum(axis=1)).tolist()
    values, begin = given.affinity[chosen].tolist(), 0
    for place, end in enumerate(ends):
        yield math.fsum(values[begin:end]), place
        begin = end


def _faults(told: Examined, others: Sequence[tuple[int, int]], given: Input) -> list[str]:
    """What is wrong with an assignment, a sentence each."""
    faults = []
    if told.wrong_reviews:
        named = _named(told.wrong_reviews, given.applications)
        faults.append(say(gettext_noop("Not read by the number that is asked: %s.")) % named)
    if told.wrong_loads:
        named = _named(told.wrong_loads, given.experts)
        faults.append(say(gettext_noop("Experts out of the bounds: %s.")) % named)
    if told.conflicts:
        named = _named_pairs(told.conflicts, given)
        faults.append(say(gettext_noop("Forbidden pairs: %s.")) % named)
    if others:
        named = _named_pairs(others, given)
        faults.append(say(gettext_noop("Affinities that are not those given: %s.")) % named)
    if told.is_within and not told.is_optimal:
        faults.append(say(gettext_noop("The prices do not prove that nothing better can be made.")))
    return faults


def _named_pairs(places: Sequence[tuple[int, int]], given: Input) -> str:
    pairs = [f"{given.applications[one]} – {given.experts[expert]}" for one, expert in places]
    return _named(range(len(pairs)), pairs)


def _why_not(shortage: Shortage, given: Input) -> dict[str, object]:
    """Why there is no assignment, in a sentence and in numbers that can be counted again."""
    values = {
        "applications": _named(shortage.applications, given.applications),
        "experts": _named(shortage.experts, given.experts),
        "needed": shortage.needed,
        "available": shortage.available,
    }
    return {
        "optimal": False,
        "unfilled": shortage.unfilled,
        "reason": say(_REASONS[_case(shortage)]) % values,
        "code": shortage.code,
        "applications": [given.applications[one] for one in shortage.applications],
        "experts": [given.experts[one] for one in shortage.experts],
        "needed": shortage.needed,
        "available": shortage.available,
    }


_REASONS = {
    "nobody": gettext_noop(
        "Too few experts without a conflict for applications: %(applications)s."
    ),
    "reviews": gettext_noop(
        "Applications %(applications)s need at least %(needed)s readings of experts %(experts)s, "
        "who may do %(available)s in all."
    ),
    "loads": gettext_noop(
        "Experts %(experts)s must read at least %(needed)s in all, and the applications that they "
        "may read give %(available)s: %(applications)s."
    ),
}


def _case(shortage: Shortage) -> str:
    return "nobody" if shortage.code == "reviews" and not shortage.experts else shortage.code


def _named(places: Sequence[int], names: Sequence[str]) -> str:
    told = ", ".join(names[place] for place in places[:NAMED])
    rest = len(places) - NAMED
    return (
        told
        if rest <= 0
        else say(gettext_noop("%(named)s and %(rest)s more"))
        % {
            "named": told,
            "rest": rest,
        }
    )


def _since(begun: float) -> float:
    return round(time.perf_counter() - begun, 3)


def _tell(told: Mapping[str, object]) -> None:
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
