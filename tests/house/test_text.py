import re
from pathlib import Path

import pytest

from tests.house.source import PACKAGE, ROOT, files, shown, templates

INLINE = re.compile(
    r"""\sstyle\s*=|\son[a-z]+\s*=\s*["']|<style\b|<script(?![^>]*\ssrc=)|javascript:"""
)
SENTENCE = re.compile(r"\{% blocktranslate([^%]*)%\}(.*?)\{% endblocktranslate", re.S)
QUOTED = re.compile(r"“\{\{ (\w+) \}\}”")
# Shown as they stand in a file or as somebody has typed them.
VERBATIM = {"column", "command", "extension", "meant", "sheet", "typed", "word"}
CATCH_ALLS = {"utils", "helpers", "common", "constants", "misc", "util", "helper"}


def lines_with(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    found = []
    for path in paths:
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [
            shown(path, text[: hit.start()].count("\n") + 1) for hit in pattern.finditer(text)
        ]
    return found


def test_no_template_carries_a_style_or_a_script_of_its_own() -> None:
    assert lines_with(INLINE, templates()) == []


@pytest.mark.parametrize(
    "sample",
    ['<p style="x">', "<a onclick='x'>", "<script>x", "<style>", '<a href="javascript:x">'],
)
def test_an_inline_style_or_script_would_be_seen(sample: str) -> None:
    assert INLINE.search(sample)


def test_nothing_is_put_off_without_an_owner() -> None:
    put_off = re.compile(r"\bTODO\b(?!\(\w+\))|\b(FIXME|XXX|HACK)\b")
    ours = [path for path in files(".py", ".html", ".css", ".js") if path != Path(__file__)]

    assert lines_with(put_off, ours) == []


def test_no_file_names_this_machine() -> None:
    here = re.compile("|".join(re.escape(f"{folder}/") for folder in (ROOT, Path.home())))

    assert lines_with(here, [path for path in files() if is_text(path)]) == []


def test_no_requirement_names_a_host() -> None:
    host = re.compile(r"://|^\s*(-i|-f|--(extra-)?index-url|--find-links|--trusted-host)\b", re.M)

    assert lines_with(host, sorted((ROOT / "requirements").iterdir())) == []


def test_every_pinned_requirement_carries_its_digests() -> None:
    for name in ("run.txt", "test.txt"):
        text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
        pinned = re.findall(r"^[\w.\[\]-]+==\S+ \\$", text, re.M)
        named = re.findall(r"^[\w.\[\]-]+(?:==|>=|$)", text, re.M)

        assert len(pinned) == len(named) > 20


def test_no_file_is_a_drawer_for_everything() -> None:
    assert [shown(path) for path in files(".py") if path.stem in CATCH_ALLS] == []


def test_a_name_in_quotes_has_its_own_ones_turned_into_those_of_the_second_kind() -> None:
    bare = [
        f"{shown(path)}: {name}"
        for path in [*templates(), *PACKAGE.rglob("templates/**/*.txt")]
        for opening, sentence in SENTENCE.findall(path.read_text(encoding="utf-8"))
        for name in set(QUOTED.findall(sentence)) - VERBATIM
        if not re.search(rf" {name}=\S+\|inner_quotes\b", opening)
    ]

    assert sorted(bare) == []


def test_text_is_compared_by_its_folded_column_alone() -> None:
    by_case = re.compile(r"__i(contains|exact|startswith|endswith|regex)\b|\b(Lower|Upper)\(")

    assert lines_with(by_case, files(".py", under=PACKAGE)) == []


def test_no_template_asks_the_database() -> None:
    asks = re.compile(r"\.(objects|filter|exclude|all)\b")

    assert lines_with(asks, templates()) == []


def is_text(path: Path) -> bool:
    return b"\0" not in path.read_bytes()[:4096]
