"""Measure the speed the product promises, at full size, with public tools; `make bench`.

    python tools/bench.py [--organisations 200000] [--applications 100000]
Writes docs/benchmarks.md: the figures and the machine they are of. Takes about twenty minutes.
"""

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench import assigning, autosave, errands  # noqa: E402
from bench.files import applications, write_regions, write_register, write_workbook  # noqa: E402
from bench.files import organisations as register_rows  # noqa: E402
from bench.site import Measured, read_pages, sign_in  # noqa: E402
from tests.postgres import find_postgres, running_postgres  # noqa: E402
from tests.slowness import slowness  # noqa: E402

Said = dict[str, tuple[str, str]]  # what was measured: the figure and its bar
SINERGIA = str(Path(sys.executable).with_name("sinergia"))
PORT = 8317
KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
PAGES = [
    "/",
    "/regions/",
    "/regions/XB-05/",
    "/regions/XB-05/?fund=BENCH",
    "/applications/",
    "/applications/?region=XB-05&outcome=won",
    "/applications/?q=светлый",
    "/applications/?sort=-asked",
    "/organisations/",
    "/organisations/?q=мостлес",
    "/organisations/?sort=-won",
    "/organisations/?region=XB-05&status=active",
    "/organisations/?region=XB-05&has=grants&age=0",
    "/practices/",
    "/practices/?q=мостлес&evidence=2",
    "/search/?q=мостлес",
    "/search/?q=центр",
    "/loads/",
    "/queue/",
    "/words/",
]


def main() -> int:
    """Measure everything and write it down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--organisations", type=int, default=200_000)
    parser.add_argument("--applications", type=int, default=100_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sinergia-bench-") as folder:
        lines = measure(Path(folder), asked.organisations, asked.applications)
    (ROOT / "docs" / "benchmarks.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def measure(folder: Path, organisations: int, rows: int) -> list[str]:
    """Give the lines of the page."""
    settings = {name: value for name, value in os.environ.items() if "SINERGIA" not in name}
    settings |= {
        "SINERGIA_DATA_DIR": str(folder / "data"),
        "SINERGIA_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "sinergia.web.settings",
        "PYTHONPATH": str(ROOT),
    }
    write_regions(folder / "regions.csv")
    write_register(folder / "register.csv", register_rows(organisations))
    write_workbook(folder / "grants.xlsx", applications(rows, organisations))
    prepare(settings, folder)
    said = registers(settings, folder)
    reader = run(settings, sys.executable, "-m", "bench.reader").strip()
    said |= grants(settings, folder, rows)
    run(settings, sys.executable, "-m", "bench.furnish")
    said |= lists(settings)
    said |= programs(settings) | assigning.measured(folder)
    pages = served(settings, reader, PAGES)
    told = json.loads(run(settings, sys.executable, "-m", "bench.contest"))
    pages += served(settings, told["reader"], contest_pages(told))
    said |= thread(settings, told["visit"]) | reviewed(settings, told["contest"])
    said |= granting(settings) | funnel(settings)
    said |= errands.measured(settings) | autosave.measured(settings)
    said |= among_people(settings, folder)
    return page_of(said | on_postgres(folder, settings), pages, organisations, rows)


def prepare(settings: Mapping[str, str], folder: Path) -> None:
    """Make an installation that knows the regions."""
    run(settings, SINERGIA, "init", "--admin", "bench@example.org")
    run(settings, SINERGIA, "load", "regions", str(folder / "regions.csv"))


def registers(
    settings: Mapping[str, str], folder: Path, *, bar: int = 60, others: Sequence[float] = ()
) -> Said:
    """Load the register, and the same file again; bar: seconds of the first.

    others: seconds of first loads elsewhere; the middle one is told.
    """
    first, memory = loaded(settings, *load_of(folder))
    again, _ = loaded(settings, *load_of(folder))
    count, seconds = f"{int(first['rows']):,}", median([*others, first["seconds"]])
    which = f", the middle of {len(others) + 1}" if others else ""
    return {
        f"load of {count} organisations, first{which}": (f"{seconds} s", f"{bar} s"),
        "the same list again, unchanged": (f"{again['seconds']} s", "12 s"),
        "memory of that load": (f"{memory} MB", "500 MB"),
    }


def grants(settings: Mapping[str, str], folder: Path, rows: int) -> Said:
    """Load a fund's table, and the same again."""
    file = str(folder / "grants.xlsx")
    load = [SINERGIA, "load", "grants", file, "--fund", "BENCH", "--format", "json"]
    first, memory = loaded(settings, *load)
    again, _ = loaded(settings, *load)
    return {
        f"load of {rows:,} applications, first": (f"{first['seconds']} s", "60 s"),
        "the same file again, unchanged": (f"{again['seconds']} s", "12 s"),
        "memory of the load": (f"{memory} MB", "500 MB"),
    }


def lists(settings: Mapping[str, str]) -> Said:
    """Search, and the numbers beside the filters of the register."""
    search = json.loads(run(settings, sys.executable, "-m", "bench.searching"))
    return (
        facets(settings)
        | practices(settings)
        | {
            "words in both lists, p95": (f"{search['list']} ms", "30 ms"),
            "search with ranking, p95": (f"{search['ranked']} ms", "30 ms"),
            "the same in two kinds of rows, p95": (f"{search['everywhere']} ms", "60 ms"),
            "“did you mean”, where nothing is found, p95": (f"{search['near']} ms", "60 ms"),
        }
    )


def facets(settings: Mapping[str, str]) -> Said:
    """The numbers beside the filters of the register, without words and with."""
    plain, typed = run(settings, sys.executable, "-m", "bench.facets").split()
    return {
        "any filter with its numbers, p95": (f"{plain} ms", "50 ms"),
        "the same with words, among the first 2,000 found, p95": (f"{typed} ms", "100 ms"),
    }


def practices(settings: Mapping[str, str]) -> Said:
    """The catalogue of 20,000 practices: a page of rows with the numbers beside its filters."""
    told = json.loads(run(settings, sys.executable, "-m", "bench.practices"))
    return {
        "20,000 practices, any filter with its numbers, p95": (f"{told['plain']} ms", "100 ms"),
        "the same with words, p95": (f"{told['typed']} ms", "100 ms"),
        "practices like one, p95": (f"{told['similar']} ms", "100 ms"),
    }


def programs(settings: Mapping[str, str]) -> Said:
    """Commands from their start to their end."""
    brief = quickest(settings, SINERGIA, "brief", "--region", "XB-05")
    help_ = quickest(settings, SINERGIA, "--help")
    return {
        "sinergia brief, whole process": (f"{brief:.2f} s", "1.5 s"),
        "sinergia --help, whole process": (f"{help_:.2f} s", "0.15 s"),
    }


def among_people(settings: Mapping[str, str], folder: Path) -> Said:
    """Load the register on SQLite while people save beside it."""
    busy = {**settings, "SINERGIA_DATA_DIR": str(folder / "busy")}
    prepare(busy, folder)
    saving = subprocess.Popen(  # our own program
        [sys.executable, "-m", "bench.saving"],
        env=busy,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    if saving.stdout is not None:
        saving.stdout.readline()  # said when they begin
    said, _ = loaded(busy, *load_of(folder))
    saving.terminate()
    told = json.loads(saving.communicate()[0])
    return {
        "the register loaded while people save": (f"{said['seconds']} s", "120 s"),
        f"their saves meanwhile ({told['saves']:,}), p95": (f"{told['p95']:.0f} ms", "200 ms"),
    }


def on_postgres(folder: Path, settings: Mapping[str, str]) -> Said:
    """Measure the same on PostgreSQL, in a server of its own; nothing where there is none."""
    if find_postgres() is None:
        return {}
    # Two loads of one minute, in servers as new as the third, differ by a tenth.
    others = [first_on_postgres(folder, settings, place) for place in ("one", "two")]
    with running_postgres() as address:
        given = in_server(settings, folder / "beside", address)
        told = registers(given, folder, bar=25, others=others)
        run(given, sys.executable, "-m", "bench.furnish")
        told |= (
            facets(given) | practices(given) | errands.measured(given) | autosave.measured(given)
        )
    return {f"PostgreSQL: {name}": measured for name, measured in told.items()}


def first_on_postgres(folder: Path, settings: Mapping[str, str], place: str) -> float:
    """Seconds of a first load of the register in a server that goes after it."""
    with running_postgres() as address:
        given = in_server(settings, folder / place, address)
        return loaded(given, *load_of(folder))[0]["seconds"]


def in_server(settings: Mapping[str, str], data: Path, address: str) -> dict[str, str]:
    """Settings of an installation of its own there, with its regions."""
    given = {**settings, "SINERGIA_DATA_DIR": str(data), "SINERGIA_DATABASE_URL": address}
    prepare(given, data.parent)
    return given


def load_of(folder: Path) -> list[str]:
    """The command that loads the register."""
    return [SINERGIA, "load", "organisations", str(folder / "register.csv"), "--format", "json"]


def run(settings: Mapping[str, str], *command: str) -> str:
    """Run a command to its end; give what it printed."""
    done = subprocess.run(  # our own commands
        command, env=dict(settings), capture_output=True, text=True, check=False, cwd=ROOT
    )
    if done.returncode:
        raise SystemExit(f"{command}: {done.stderr}")
    return done.stdout


def loaded(settings: Mapping[str, str], *command: str) -> tuple[dict[str, float], int]:
    """Load; give its JSON and the most memory that it took, MB."""
    program = subprocess.Popen(  # our own command
        command, env=dict(settings), stdout=subprocess.PIPE, cwd=ROOT
    )
    printed = program.stdout.read() if program.stdout else b""
    _pid, status, usage = os.wait4(program.pid, 0)
    if status:
        raise SystemExit(f"{command}: {printed.decode()}")
    said: dict[str, float] = json.loads(printed)
    return said, usage.ru_maxrss // 1024


def quickest(settings: Mapping[str, str], *command: str) -> float:
    """Give the median of five whole runs, seconds, after one that is not counted."""
    taken = []
    for _ in range(6):
        begun = time.perf_counter()
        run(settings, *command)
        taken.append(time.perf_counter() - begun)
    return sorted(taken[1:])[2]


def contest_pages(told: Mapping[str, str]) -> list[str]:
    """What staff read of a contest with 5,000 applications, and of a visit that grew into much."""
    call = f"/calls/{told['contest']}"
    return [
        f"{call}/",
        f"{call}/came-in/",
        f"{call}/came-in/?stage=submitted",
        f"{call}/came-in/?q=двор&sort=-asked",
        f"{call}/drafts/?near=yes",
        f"{call}/journal/",
        f"{call}/journal/?sort=-entry",
        f"/submissions/{told['submission']}/inside/",
        f"/thread/visit/{told['visit']}/",
    ]


def thread(settings: Mapping[str, str], visit: str) -> Said:
    """What grew from a visit: five hundred things on one page."""
    command = (sys.executable, "-m", "bench.reading", f"/thread/visit/{visit}/")
    one = json.loads(run(settings, *command))
    return {
        "thread of a visit from which 500 things grew, p95": (
            f"{one['p95']} ms, {one['queries']} queries, {one['kB']} kB",
            "100 ms, 12, 150 kB",
        )
    }


def reviewed(settings: Mapping[str, str], contest: str) -> Said:
    """That contest under review with 10,000 sheets, decided and published."""
    told = json.loads(run(settings, sys.executable, "-m", "bench.review", contest))
    proposal, letters = told.pop("proposal"), told.pop("letters")
    name = "review of 5,000 applications"
    return {
        f"{name}, the best assignment proposed": (f"{proposal['seconds']:.1f} s", "5 s"),
        f"{name}, {letters['number']:,} letters queued": (f"{letters['seconds']:.1f} s", "10 s"),
        f"{name}, pages read meanwhile, p95": (f"{letters['p95']:.0f} ms", "200 ms"),
    } | {
        f"{name}, {page}, p95": (
            f"{one['p95']} ms, {one['queries']} queries, {one['kB']} kB",
            "100 ms, 12, 150 kB",
        )
        for page, one in told.items()
    }


def funnel(settings: Mapping[str, str]) -> Said:
    """The way of a region's own contests, with every loaded application among them."""
    told = json.loads(run(settings, sys.executable, "-m", "bench.funnel"))
    anew, number = told.pop("counted anew"), int(told.pop("number")["applications"])
    name = f"way of {number:,} applications"
    return {
        f"{name}, counted anew, p95": (f"{anew['p95']} ms, {anew['queries']} queries", "none"),
    } | {
        f"{name}, {page}, p95": (
            f"{one['p95']} ms, {one['queries']} queries, {one['kB']} kB",
            "100 ms, 12, 150 kB",
        )
        for page, one in told.items()
    }


def granting(settings: Mapping[str, str]) -> Said:
    """200 grants with 300 payments each; a report with a gigabyte of files as one ZIP."""
    told = json.loads(run(settings, sys.executable, "-m", "bench.granting"))
    archive = told.pop("archive")
    return {
        f"200 grants of 300 payments, {page}, p95": (
            f"{one['p95']} ms, {one['queries']} queries, {one['kB']} kB",
            "100 ms, 12, 150 kB",
        )
        for page, one in told.items()
    } | {
        f"ZIP of a report with {archive['MB']} MB": (
            f"{archive['memory']} MB of memory, {archive['seconds']} s",
            "100 MB",
        )
    }


def served(settings: Mapping[str, str], reader: str, addresses: list[str]) -> list[Measured]:
    """Serve the site and read its pages."""
    server = subprocess.Popen(  # our own command
        [SINERGIA, "serve", "--port", str(PORT)], env=dict(settings), stdout=subprocess.PIPE
    )
    try:
        if server.stdout is None or not server.stdout.readline():  # said when the first page came
            raise SystemExit(f"no server on port {PORT}")
        return read_pages(PORT, addresses, sign_in(PORT, reader))
    finally:
        server.terminate()
        server.wait()


def page_of(
    said: Mapping[str, tuple[str, str]], pages: list[Measured], organisations: int, rows: int
) -> list[str]:
    """Lay the figures out as docs/benchmarks.md."""
    cores = os.cpu_count()
    lines = [
        "# Benchmarks",
        "",
        f"Written by `make bench` on {time.strftime('%d.%m.%Y')}: {platform.system()} "
        f"{platform.machine()}, {cores} cores, Python {platform.python_version()}, SQLite, "
        f"{organisations:,} organisations and {rows:,} applications.",
        f"At its end the processor took {slowness():.1f} times as long as the one for which the "
        "bars are set (`tests/slowness.py`).",
        "",
        "| what | measured | bar |",
        "| --- | --- | --- |",
        *(f"| {name} | {value} | {bar} |" for name, (value, bar) in said.items()),
        "",
        "Pages, signed in, eight readers each one page a second (bar: p95 100 ms, 150 kB):",
        "",
        "| page | p95, ms | slowest, ms | kB | read |",
        "| --- | --- | --- | --- | --- |",
    ]
    return lines + [
        f"| `{KEY.sub('KEY', page.address)}` | {page.p95:.0f} | {page.slowest:.0f} "
        f"| {page.size / 1000:.0f} | {page.times} |"
        for page in pages
    ]


if __name__ == "__main__":
    sys.exit(main())
