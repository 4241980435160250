"""Levels and lists of practices: whole, in both languages, and each code once."""

from collections.abc import Iterable

from sinergia.engine.drafts import Path
from sinergia.engine.practice import PRACTICE
from sinergia.packs.practices import FIELDS, ROWS, SECTIONS, lists
from sinergia.packs.practices.fields import ASPECTS
from sinergia.packs.rules.values import Named
from sinergia.practices.models import Practice, PracticeAudience, PracticeFile
from sinergia.practices.words.fields import CELLS, HELPS, LABELS, ROW
from sinergia.practices.words.fields import SECTIONS as TITLES


def names() -> Iterable[Named]:
    known = lists()
    for ladder in (known.evidence, known.maturity):
        for level in ladder:
            yield from (level.name, level.meaning)
    for aspect in known.aspects:
        yield from (aspect.name, *aspect.levels)
    for listed in (known.audiences, known.resources, known.helps, known.licences, known.shown):
        yield from (one.name for one in listed)
    yield from (one.name for one in known.costs)


def test_everything_is_said_in_both_languages() -> None:
    assert [one.ru for one in names() if not one.en] == []


def test_both_ladders_go_up_by_one_from_nothing_said() -> None:
    known = lists()

    for ladder in (known.evidence, known.maturity):
        assert [one.level for one in ladder] == list(range(len(ladder)))
    assert [one.code for one in known.aspects] == list(ASPECTS)
    assert {len(one.levels) for one in known.aspects} == {len(known.evidence) - 1}
    assert 0 < known.authors_most < len(known.evidence) - 1


def test_a_code_stands_once_in_its_list_and_fits_its_column() -> None:
    known = lists()
    longest = PracticeAudience._meta.get_field("code").max_length or 0

    for listed in (known.audiences, known.resources, known.helps, known.licences, known.shown):
        codes = [one.code for one in listed]
        assert len(codes) == len(set(codes))
    assert max(len(one.code) for one in known.audiences) <= longest


def test_bands_of_cost_go_up_and_the_last_has_no_end() -> None:
    *bounded, last = [one.most_minor for one in lists().costs]

    assert bounded == sorted(one for one in bounded if one is not None)
    assert last is None


def test_every_field_and_cell_has_its_words() -> None:
    assert list(SECTIONS) == list(TITLES)
    assert set(FIELDS) == set(LABELS) == set(HELPS)
    assert {(name, cell) for name, cells in ROWS.items() for cell in cells} == set(CELLS)
    assert set(ROWS) == set(ROW)


def test_a_field_of_rows_has_cells_and_each_is_a_place_of_its_own() -> None:
    assert {name for name, kind in FIELDS.items() if kind == "rows"} == set(ROWS)
    assert PRACTICE.parse("steps/aaaaaa/what") == Path("steps", "aaaaaa", "what")
    assert PRACTICE.parse("answers/anything") is None


def test_names_of_fields_fit_where_they_are_kept() -> None:
    longest = PracticeFile._meta.get_field("field").max_length or 0

    assert max(map(len, FIELDS)) <= longest
    assert (Practice._meta.get_field("essence").max_length or 0) >= 300
