import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # it ships no types

import build_assets

TOKENS = (build_assets.UI / "css" / "tokens.css").read_text(encoding="utf-8")
LIGHT, DARK = (
    dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})\b", part))
    for part in TOKENS.split("@media screen")
)
# Words on their grounds, WCAG 1.4.3; then edges of fields and bars, 1.4.11.
TEXT = [
    ("ink", "page"), ("ink", "card"), ("ink-2", "page"), ("ink-2", "card"), ("ink-2", "sunk"),
    ("link", "page"), ("link", "card"), ("link", "hover"), ("on-brand", "brand"),
    ("on-brand", "brand-hover"), ("ok", "ok-soft"), ("warn", "warn-soft"), ("bad", "bad-soft"),
    ("bad", "card"), ("info", "info-soft"), ("neutral", "neutral-soft"), ("ink", "ok-soft"),
    ("ink", "warn-soft"), ("ink", "bad-soft"), ("ink", "info-soft"), ("map-ink-low", "map-0"),
    ("map-ink-low", "map-1"), ("map-ink-low", "map-2"), ("map-ink-3", "map-3"),
    ("map-ink-high", "map-4"), ("map-ink-high", "map-5"),
]  # fmt: skip
EDGES = [("field-line", "card"), ("field-line", "page"), ("brand", "sunk")]


def luminance(colour: str) -> float:
    signs = colour[1:] if len(colour) == 7 else "".join(sign * 2 for sign in colour[1:])
    parts = [int(signs[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, LIGHT | DARK], ids=["light", "dark"])
def test_words_and_edges_stand_out_from_their_ground(tokens: dict[str, str]) -> None:
    faint = {
        (ink, ground): round(contrast(tokens[ink], tokens[ground]), 2)
        for pairs, least in ((TEXT, 4.5), (EDGES, 3.0))
        for ink, ground in pairs
        if contrast(tokens[ink], tokens[ground]) < least
    }

    assert faint == {}


def test_the_darker_the_area_the_more_there_is_and_in_the_dark_the_other_way_round() -> None:
    light, dark = (
        [luminance(tokens[f"map-{step}"]) for step in range(6)] for tokens in (LIGHT, DARK)
    )

    assert light == sorted(light, reverse=True)
    assert dark == sorted(dark)


def test_styles_are_joined_tokens_first_and_print_last() -> None:
    build_assets.make_assets()
    joined = (build_assets.UI / "sinergia.css").read_text(encoding="utf-8")

    names = [path.name for path in (build_assets.UI / "css").glob("*.css")]
    heads = {
        name: joined.index((build_assets.UI / "css" / name).read_text().splitlines()[0])
        for name in names
    }
    order = sorted(heads, key=lambda name: heads[name])
    assert (order[:2], order[-1]) == (["tokens.css", "base.css"], "print.css")
    assert order[2:-1] == sorted(order[2:-1])
    assert 'url("../' not in joined
    addresses = {*re.findall(r'url\("([^"]+)"\)', joined)}
    assert {name for name in addresses if not (build_assets.UI / name).exists()} == set()


def test_fonts_are_small_and_hold_what_we_print() -> None:
    build_assets.make_assets()

    for weight in build_assets.WEIGHTS:
        path = build_assets.UI / "fonts" / f"roboto-{weight}.woff2"
        signs = TTFont(path).getBestCmap()
        assert path.stat().st_size < 12_000
        assert [sign for sign in "AzАяЁё09№₽€$«»—–…·•×−\u00a0" if ord(sign) not in signs] == []


def test_what_is_fresh_is_left_alone_and_quickly() -> None:
    build_assets.make_assets()

    assert build_assets.make_assets() == []
    started = time.perf_counter()
    subprocess.run([sys.executable, build_assets.__file__], check=True)
    assert time.perf_counter() - started < 2  # 0.1 s on a quiet machine


def test_a_changed_source_is_made_anew(tmp_path: Path) -> None:
    source, target = tmp_path / "a.css", tmp_path / "b.css"
    source.write_text("a{}")

    assert not build_assets.is_fresh(target, [source])
    build_assets.put(target, b"a{}")
    assert build_assets.is_fresh(target, [source])
    later = target.stat().st_mtime_ns + 10**9
    os.utime(source, ns=(later, later))
    assert not build_assets.is_fresh(target, [source])


def test_no_line_that_opens_something_is_hidden_where_the_browser_cannot_open_it_by_style() -> None:
    """An older browser knows no ::details-content: without the line the filters were gone."""
    for path in sorted((build_assets.UI / "css").glob("*.css")):
        text = path.read_text(encoding="utf-8")
        for found in re.finditer(r"summary\s*\{[^}]*display:\s*none", text):
            before = text[: found.start()]
            asked = before.rfind("@supports selector(::details-content)")
            assert asked >= 0, path.name
            assert before[asked:].count("{") > before[asked:].count("}"), path.name
