"""Run the parts of `make test` one after another and say how long each took.

    python tools/parts.py            everything that every change must pass
    python tools/parts.py --quick    only what needs no tests to be run
    python tools/parts.py --full     every variant and the slow tests as well
Where SINERGIA_REQUIRE_ALL=1 a part that cannot run is a failure; elsewhere one line says so.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
LONGEST_SECONDS = 12 * 60  # of `make test`
sys.path.insert(0, str(ROOT))

from tests.browser.chromium import find_chromium  # noqa: E402  # tests are found from the root
from tests.postgres import find_postgres  # noqa: E402  # the same
from tools.newer import find_newer  # noqa: E402  # the same


@dataclass(frozen=True)
class Part:
    """One thing to run. missing: why it cannot run on this machine; empty where it can."""

    name: str
    command: Sequence[str]
    settings: Mapping[str, str] = field(default_factory=dict)
    missing: str = ""
    is_extra: bool = False  # where it cannot run, nobody is asked to make it


def quick_parts() -> list[Part]:
    """Give what looks at the code without running it."""
    django = ["python", "-W", "error", "-m", "django"]
    return [
        Part("form", ["ruff", "format", "--check", "--output-format", "concise", "."]),
        Part("lint", ["ruff", "check", "--output-format", "concise", "."]),
        Part("types", ["mypy"]),
        Part("floors", ["lint-imports", "--no-cache"]),
        Part("messages", ["python", "tools/messages.py", "--check"]),
        Part("migrations", [*django, "makemigrations", "--check", "--dry-run"]),
        Part(
            "deployment",
            [*django, "check", "--deploy", "--fail-level", "WARNING", "--database", "default"],
            {"SINERGIA_HTTPS": "1"},
        ),
    ]


def test_parts(*, is_full: bool) -> list[Part]:
    """Give the tests: on SQLite, on PostgreSQL, in a browser."""
    pytest = ["python", "-m", "pytest", "-p", "no:cacheprovider"]
    # Files in their order: those of the commands are few tests that take long, and stand early.
    by_two = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
    slow = "" if is_full else " and not slow"
    both = "both or both_in_full or postgresql" if is_full else "both or postgresql"
    beside_postgres = ["python", "-m", "tests.postgres", str(BIN / "python"), *pytest[1:]]
    mutation = Part("mutation of the engine", ["python", "tools/mutation.py"])
    newer = Part(
        "tests with a newer Python",
        ["python", "tools/newer.py"],
        missing="" if find_newer() else "no python3.12 or later on PATH",
        is_extra=True,
    )
    parts = [
        Part(
            "tests on SQLite",
            [*pytest, *by_two, "-m", f"not browser{slow}"],
        ),
        Part(
            "tests on PostgreSQL",
            [*beside_postgres, *by_two, "-m", f"({both}) and not browser{slow}"],
            missing="" if find_postgres() else "no PostgreSQL here (Debian: postgresql)",
        ),
        Part(
            "tests in a browser",
            [*pytest, "-n", "2", "--dist", "worksteal", "-m", f"browser{slow}", "tests/browser"],
            missing="" if find_chromium() else "no Chromium here (Debian: chromium)",
        ),
    ]
    return [*parts, newer, mutation] if is_full else parts


def run_part(part: Part, settings: Mapping[str, str]) -> bool:
    """Run one part with its output on the terminal; True where it went well."""
    if part.missing:
        is_needed = settings.get("SINERGIA_REQUIRE_ALL") == "1" and not part.is_extra
        tell(f"== {part.name}: {'FAILED' if is_needed else 'skipped'}, {part.missing}")
        return not is_needed
    tell(f"== {part.name}")
    begun = time.monotonic()
    program, *rest = part.command
    done = subprocess.run(  # our own commands
        [str(BIN / program), *rest], cwd=ROOT, env={**settings, **part.settings}, check=False
    )
    is_well = done.returncode == 0
    tell(f"== {part.name}: {'done' if is_well else 'FAILED'} in {time.monotonic() - begun:.0f} s")
    return is_well


def tell(line: str) -> None:
    """Say a line at once, in order with what the parts print."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> int:
    """Run the parts that were asked for, each whatever became of the others; 1 if any failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--full", action="store_true")
    asked = parser.parse_args()
    parts = quick_parts() + ([] if asked.quick else test_parts(is_full=asked.full))
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="sinergia-test-") as folder:
        kept = {name: value for name, value in os.environ.items() if not is_ours(name)}
        # Hundreds of programs are started: where none keeps what it compiled, each compiles anew.
        kept.pop("PYTHONDONTWRITEBYTECODE", None)
        settings = kept | {
            "DJANGO_SETTINGS_MODULE": "sinergia.web.settings",
            "SINERGIA_DATA_DIR": folder,
        }
        failed = [part.name for part in parts if not run_part(part, settings)]
    outcome = f"FAILED: {', '.join(failed)}" if failed else "all is well"
    seconds = time.monotonic() - begun
    tell(f"== {outcome}; {seconds:.0f} s in all")
    if seconds > LONGEST_SECONDS and not asked.full:
        tell(f"== longer than {LONGEST_SECONDS // 60} minutes: mark slow what need not run always")
    return 1 if failed else 0


def is_ours(name: str) -> bool:
    """Whether a variable configures a real installation, which tests must not touch."""
    kept = {"SINERGIA_REQUIRE_ALL", "SINERGIA_SHARED_DATA"}
    return name.startswith("SINERGIA_") and name not in kept


if __name__ == "__main__":
    sys.exit(main())
