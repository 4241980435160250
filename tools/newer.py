"""Run the tests on SQLite with a newer Python than the one that is required, where there is one.

    python tools/newer.py       tests with the newest of python3.12 and later that is on PATH
Its packages are the pinned ones, in a folder of its own under var/, made anew when the pins change.
"""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PINS = [ROOT / "requirements" / name for name in ("run.txt", "test.txt")]
MINORS = range(16, 11, -1)  # 3.16 down to 3.12


def find_newer() -> str:
    """Give the newest Python on PATH that starts; empty where there is none past 3.11."""
    for minor in MINORS:
        path = shutil.which(f"python3.{minor}")
        # A shim may stand there for a version that is not chosen.
        if (
            path
            and not subprocess.run([path, "-c", ""], capture_output=True, check=False).returncode
        ):
            return path
    return ""


def main() -> int:
    """Install where that is needed, and run the tests."""
    newer = find_newer()
    if not newer:
        sys.stdout.write("No python3.12 or later is on PATH.\n")
        return 1
    python = installed(newer)
    asked = ["-m", "pytest", "-p", "no:cacheprovider", "-n", "2", "--dist", "loadfile"]
    return subprocess.run(
        [python, *asked, "-m", "not browser and not slow"], cwd=ROOT, check=False
    ).returncode


def installed(newer: str) -> str:
    """Make the folder of packages, or take it as it is; give its Python."""
    pins = hashlib.sha256(b"".join(path.read_bytes() for path in PINS)).hexdigest()[:12]
    folder = ROOT / "var" / f"{Path(newer).name}-{pins}"
    python = str(folder / "bin" / "python")
    if not (folder / "done").exists():
        shutil.rmtree(folder, ignore_errors=True)
        run(newer, "-m", "venv", str(folder))
        install = (python, "-m", "pip", "install", "-q", "--disable-pip-version-check")
        # The pins are whole; what a package asks of a newer Python alone is not among them.
        run(*install, "--no-deps", "--require-hashes", "-r", str(PINS[1]))
        run(*install, "--no-deps", "--no-build-isolation", "-e", str(ROOT))
        (folder / "done").touch()
    return python


def run(*command: str) -> None:
    """Run one of our own commands; end where it does not go well."""
    done = subprocess.run(command, cwd=ROOT, check=False)
    if done.returncode:
        raise SystemExit(done.returncode)


if __name__ == "__main__":
    sys.exit(main())
