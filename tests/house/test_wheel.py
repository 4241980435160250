import subprocess
import sys
import zipfile
from pathlib import Path

from tests.house.source import PACKAGE, ROOT

CARRIED = {".py", ".html", ".txt", ".toml", ".css", ".js", ".svg", ".woff2", ".mo", ".typ"}


def test_an_installed_sinergia_is_whole(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation"]

    subprocess.run([*build, "-w", str(tmp_path), str(ROOT)], check=True, capture_output=True)

    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as file:
        packed = set(file.namelist())
    ours = {
        path.relative_to(PACKAGE.parent).as_posix()
        for path in PACKAGE.rglob("*")
        if path.suffix in CARRIED and "__pycache__" not in path.parts
    }
    assert sorted(ours - packed) == []
    assert {path.rpartition(".")[2] for path in ours} >= {"mo", "woff2", "css", "html"}
