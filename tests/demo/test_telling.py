"""The mark of a demo: begun, told to its end, thrown away."""

from pathlib import Path

import pytest
from django.conf import LazySettings

from sinergia.web.commands.telling import forget_demo, note_told, was_begun, was_told


def test_a_story_that_was_begun_is_not_yet_told(tmp_path: Path, settings: LazySettings) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "uploads")
    (tmp_path / "letters").mkdir()

    states = [(was_begun(), was_told())]
    (tmp_path / "demo").touch()
    states.append((was_begun(), was_told()))
    note_told()
    states.append((was_begun(), was_told()))
    forget_demo()
    states.append((was_begun(), was_told()))

    assert states == [(False, False), (True, False), (True, True), (False, False)]
    assert not (tmp_path / "letters").exists()


@pytest.mark.parametrize("words", ["", "tol"])
def test_a_mark_cut_short_is_no_end(words: str, tmp_path: Path, settings: LazySettings) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "uploads")
    (tmp_path / "demo").write_text(words)

    assert not was_told()
