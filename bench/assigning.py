"""The assignment of experts beside the plain solve over all pairs, each a whole process.

python -m bench.assigning plain FILE   solves FILE the plain way (12,000 x 600 x 3, loads 40..75)
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

REVIEWS, LEAST, MOST = 3, 40, 75
SINERGIA = str(Path(sys.executable).with_name("sinergia"))
Table = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


def measured(folder: Path) -> dict[str, tuple[str, str]]:
    """Give each line of docs/benchmarks.md about assignment: what was measured, and its bar."""
    said: dict[str, tuple[str, str]] = {}
    for kind, (make, bar) in {"ideas": (ideas, 2), "levels": (levels, 3)}.items():
        file = folder / f"{kind}.npz"
        write(file, make, 12_000, 600)
        seconds, memory, told = run(ours(file, folder, LEAST, MOST))
        plain, _memory, sure = run([sys.executable, "-m", "bench.assigning", "plain", str(file)])
        if not told["optimal"] or told["objective"] != sure["objective"]:
            raise SystemExit(f"{file}: {told['objective']}, and the plain solve {sure}")
        name = f"12,000 applications, 600 experts, {REVIEWS} each, likeness by {kind}"
        said |= {
            name: (f"{seconds:.2f} s", f"{bar} s"),
            f"{name}: memory": (f"{memory} MB", "600 MB"),
            f"{name}: the plain solve over all pairs": (f"{plain:.2f} s", f"over {bar} s"),
            f"{name}: share of the plain solve": (f"{seconds / plain:.2f}", "0.5"),
        }
    write(folder / "few.npz", ideas, 2_000, 300)
    seconds, _memory, _told = run(ours(folder / "few.npz", folder, 0, 30))
    return said | {"2,000 applications, 300 experts": (f"{seconds:.2f} s", "0.5 s")}


def ideas(rnd: np.random.Generator, applications: int, experts: int) -> Table:
    """Likeness of what both are about, in 24 dimensions."""
    told = rnd.standard_normal((applications, 24)) @ rnd.standard_normal((24, experts))
    likeness: Table = np.rint(1000 * (told - told.min()) / (told.max() - told.min()))
    return likeness


def levels(rnd: np.random.Generator, applications: int, experts: int) -> Table:
    """The hardest kind: everybody's best experts are the same ones."""
    own = rnd.normal(0, 1, experts)[None, :] * 200
    return np.rint(np.clip(own + rnd.normal(0, 30, (applications, experts)) + 600, 0, None))


Maker = Callable[[np.random.Generator, int, int], Table]


def write(file: Path, make: Maker, applications: int, experts: int) -> None:
    """Write a task in which one pair of a hundred is forbidden."""
    rnd = np.random.default_rng(2026)
    affinity = make(rnd, applications, experts)
    np.savez(file, affinity=affinity, conflict=rnd.random(affinity.shape) < 0.01)


def ours(file: Path, folder: Path, least: int, most: int) -> list[str]:
    """Give our command."""
    return [
        *(SINERGIA, "engine", "assign", str(file), "--reviews", str(REVIEWS)),
        *("--min-load", str(least), "--max-load", str(most), "--out", str(folder / "out.csv")),
    ]


def run(command: list[str]) -> tuple[float, int, dict[str, float]]:
    """Give seconds from start to end, the most memory in MB, and the JSON that was printed."""
    begun = time.perf_counter()
    program = subprocess.Popen(command, stdout=subprocess.PIPE)  # noqa: S603  # our own programs
    printed = program.stdout.read() if program.stdout else b""
    _pid, status, usage = os.wait4(program.pid, 0)
    if status:
        raise SystemExit(f"{command}: {printed.decode()}")
    return time.perf_counter() - begun, usage.ru_maxrss // 1024, json.loads(printed)


def plain(file: Path) -> float:
    """Solve over every allowed pair; give the greatest sum."""
    with np.load(file) as told:
        affinity, allowed = told["affinity"].astype(np.int64), ~told["conflict"]
    applications, experts = affinity.shape
    rest = applications + experts
    row, column = np.nonzero(allowed)
    expert = np.arange(applications, rest)
    flow = SimpleMinCostFlow()
    for tails, heads, most, cost in (
        (row, column + applications, 1, -affinity[row, column]),
        (expert, np.full(experts, rest), MOST - LEAST, 0),
    ):
        flow.add_arcs_with_capacity_and_unit_cost(
            tails, heads, np.full(len(tails), most), np.broadcast_to(cost, len(tails))
        )
    # What each expert must read is demand of their own; the rest ends in one place.
    flow.set_nodes_supplies(
        np.arange(rest + 1),
        np.concatenate(
            [
                np.full(applications, REVIEWS),
                np.full(experts, -LEAST),
                np.array([experts * LEAST - applications * REVIEWS]),
            ]
        ),
    )
    if flow.solve() != flow.OPTIMAL:
        raise SystemExit("no optimum")
    return -float(flow.optimal_cost())


if __name__ == "__main__":
    sys.stdout.write(json.dumps({"objective": plain(Path(sys.argv[2]))}) + "\n")
