"""Makes what git does not keep: compiled messages, cut fonts, the one stylesheet.

Runs as hatchling's build hook, so that every wheel carries them, and by hand:
`python build_assets.py`. What is newer than its sources is left alone.
"""

import os
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
PACKAGE = ROOT / "src" / "sinergia"
UI = PACKAGE / "base" / "ui" / "static" / "ui"
WEIGHTS = {400: "Roboto-Regular.ttf", 500: "Roboto-Medium.ttf", 700: "Roboto-Bold.ttf"}
# Basic Latin, Russian Cyrillic, and the signs of typography and money; the system has the rest.
SIGNS = {*range(0x20, 0x7F), *range(0x410, 0x450), 0x401, 0x451, 0xA0, 0x2009, 0x202F, 0x2011} | {
    ord(sign) for sign in "«»„“”‘’—–−…·•×№§°©±≤≥≈₽€£$%‰"
}


class AssetsHook(BuildHookInterface):  # type: ignore[type-arg]  # hatchling asks for no config
    """What hatchling calls before it gathers files."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, object]) -> None:
        """Make everything; the names are under `artifacts` in pyproject.toml."""
        make_assets()


def make_assets() -> list[Path]:
    """Make what is missing or older than its sources; return what was made."""
    return [*compile_messages(), *cut_fonts(), *join_styles()]


def compile_messages() -> list[Path]:
    """Turn every .po into the .mo beside it."""
    made = []
    for source in sorted(PACKAGE.glob("locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if is_fresh(target, [source]):
            continue
        import polib  # slow to load, and on most runs not needed

        put(target, polib.pofile(str(source)).to_binary())
        made.append(target)
    return made


def cut_fonts() -> list[Path]:
    """Cut three weights of Roboto to the signs we use."""
    made = []
    for weight, name in WEIGHTS.items():
        source = font_folder() / name
        target = UI / "fonts" / f"roboto-{weight}.woff2"
        if is_fresh(target, [source, Path(__file__)]):
            continue
        cut(source, target)
        made.append(target)
    return made


def font_folder() -> Path:
    """Find where the package font-roboto keeps its files, without importing it."""
    spec = find_spec("font_roboto")
    if spec is None or spec.origin is None:
        raise SystemExit("font-roboto is missing: pip install -r requirements/run.txt")
    return Path(spec.origin).parent / "files"


def cut(source: Path, target: Path) -> None:
    """Keep the signs we print, kerning and tabular figures; drop hints and names."""
    from fontTools import subset  # type: ignore[import-untyped]  # slow to load, seldom needed

    options = subset.Options()
    options.flavor = "woff2"
    options.hinting = False
    options.layout_features = ["kern", "tnum", "lnum", "ccmp", "locl"]
    options.recalc_timestamp = False
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=SIGNS)
    cutter.subset(font)
    target.parent.mkdir(parents=True, exist_ok=True)
    parcel = target.with_name(f"{target.name}.{os.getpid()}")
    subset.save_font(font, str(parcel), options)
    parcel.replace(target)


def join_styles() -> list[Path]:
    """Join the stylesheets: tokens and base first, print last, components by name between."""
    sources = sorted((UI / "css").glob("*.css"), key=_place)
    target = UI / "sinergia.css"
    if is_fresh(target, [*sources, UI / "css", Path(__file__)]):
        return []
    text = "\n".join(source.read_text(encoding="utf-8") for source in sources)
    # The sources lie one folder deeper than their joined file.
    put(target, text.replace('url("../', 'url("').encode())
    return [target]


def _place(source: Path) -> tuple[int, str]:
    ends = {"tokens": 0, "base": 1, "print": 3}
    return ends.get(source.stem, 2), source.stem


def is_fresh(target: Path, sources: Iterable[Path]) -> bool:
    """Say whether `target` is there and no source (or folder of sources) changed after it."""
    if not target.exists():
        return False
    made_at = target.stat().st_mtime_ns
    return all(source.stat().st_mtime_ns <= made_at for source in sources)


def put(target: Path, content: bytes) -> None:
    """Write whole or not at all: two builds may run at once."""
    parcel = target.with_name(f"{target.name}.{os.getpid()}")
    parcel.write_bytes(content)
    parcel.replace(target)


if __name__ == "__main__":
    make_assets()
