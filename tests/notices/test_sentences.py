"""Every message that is told has its sentence, and every sentence is told by somebody."""

import re
from pathlib import Path

import pytest
from django.utils import translation

from sinergia.notices.models import Notice
from sinergia.notices.words import said_by
from tests.house.source import PACKAGE, files, shown
from tests.house.test_promises import first_words

SENTENCES = {path.stem: path for path in PACKAGE.rglob("templates/*/notices/*.txt")}
NAMED = re.compile(r"\{\{\s*(\w+)")


def told_codes() -> set[str]:
    """Codes that stand second in a call of `tell`, or are given by name."""
    calls = re.compile(r"""(?:\btell\([^"']*?,\s*|\bcode=)["'](\w+\.[\w.]+)["']""")
    source = (path.read_text(encoding="utf-8") for path in files(".py", under=PACKAGE))
    return {code for text in source if "notices" in text for code in calls.findall(text)}


def test_every_message_has_its_sentence_where_it_is_looked_for() -> None:
    lost = [code for code in told_codes() if code not in SENTENCES]
    strayed = [
        shown(path)
        for code, path in SENTENCES.items()
        if path.parent.parent.name != code.partition(".")[0]
    ]

    assert (sorted(lost), strayed) == ([], [])


def test_no_sentence_is_told_by_nobody() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in files(".py", under=PACKAGE))

    assert [code for code in SENTENCES if f'"{code}"' not in source] == []


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("path", SENTENCES.values(), ids=SENTENCES.keys())
def test_a_sentence_has_a_subject_of_one_line_and_no_link(path: Path, language: str) -> None:
    names = NAMED.findall(path.read_text(encoding="utf-8"))
    notice = Notice(code=path.stem, values={name: f"АНО «{name} & Co»" for name in names})

    with translation.override(language):
        said = said_by(notice)

    assert 0 < len(said.subject) <= 150
    assert ("http" in said.text, "&amp;" in said.subject + said.text) == (False, False)
    assert not re.search("«[^»]*«", said.subject + said.text)


def test_words_are_looked_for_in_calls() -> None:
    assert "notices.send_batch" in set(first_words("promise"))
