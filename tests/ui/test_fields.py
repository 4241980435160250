"""What every form reads alike: days and moments of years that one can mean, texts of lines."""

from datetime import date, datetime

import pytest
from django import forms
from django.utils import timezone

from sinergia.base.ui.fields import DayField, LineField, LinesField, MomentField


class Form(forms.Form):
    day = DayField(required=False)
    moment = MomentField(required=False)
    words = LinesField(rows=3, max_length=5, required=False)


class NamedForm(forms.Form):
    name = LineField(max_length=6)


@pytest.mark.parametrize("typed", ["", " ", "\u200b", "\u200b \u00ad", "\x0b"])
def test_a_name_in_which_nothing_can_be_seen_is_refused(typed: str) -> None:
    form = NamedForm({"name": typed})

    assert form.errors.as_data()["name"][0].code == "required"


def test_a_name_is_one_line_and_measured_as_it_is_kept() -> None:
    form = NamedForm({"name": " а\u200bб\r\nв  г "})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["name"] == "аб в г"


@pytest.mark.parametrize("year", ["0001", "0202", "1899", "2101", "9999"])
def test_a_mistyped_year_is_told_where_it_was_typed(year: str) -> None:
    form = Form({"day": f"{year}-01-01", "moment": f"{year}-12-31T23:59"})

    assert sorted(form.errors) == ["day", "moment"]
    assert "1900" in form.errors["day"][0]
    assert form.errors["day"] == form.errors["moment"]


def test_a_day_that_is_none_is_told_as_ever() -> None:
    form = Form({"day": "2026-02-30", "moment": "завтра"})

    assert sorted(form.errors) == ["day", "moment"]
    assert "1900" not in str(form.errors)


def test_a_day_and_a_moment_that_are_meant_are_read() -> None:
    form = Form({"day": "2026-02-28", "moment": "2026-02-28T23:40"})

    assert form.is_valid()
    assert form.cleaned_data["day"] == date(2026, 2, 28)
    told = form.cleaned_data["moment"]
    assert (told.replace(tzinfo=None), told.tzinfo) == (
        datetime(2026, 2, 28, 23, 40),  # noqa: DTZ001  # the minute alone: its zone is asked beside
        timezone.get_current_timezone(),
    )


def test_the_end_of_a_line_counts_as_one_character() -> None:
    form = Form({"words": "a\r\nbcd"})

    assert form.is_valid()
    assert form.cleaned_data["words"] == "a\nbcd"
    assert Form({"words": "a\r\nbcde"}).errors
