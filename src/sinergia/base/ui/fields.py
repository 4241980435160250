"""Fields that every form reads alike: a day, a moment, a text of one line or of several."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sinergia.base.asking import YEARS
from sinergia.engine.numbers import Unreadable
from sinergia.engine.text import clean_line

BOUNDS = {  # `error_messages` of a number between a least and a most
    "min_value": _("Type a number not below %(limit_value)s."),
    "max_value": _("Type a number not above %(limit_value)s."),
}


def sum_fault_said(fault: Unreadable, otherwise: str) -> str:
    """Why a typed sum is not taken: that it may be read in two ways, or what the form says else."""
    if fault.code != "ambiguous":
        return otherwise
    return gettext("This can be read as two sums. Write thousands as 12 345, hundredths as 12.34.")


class DayField(forms.DateField):
    """A day, of a year in which one may still count on from it."""

    widget = forms.DateInput(attrs={"type": "date", "class": "w-12"}, format="%Y-%m-%d")

    def validate(self, value: date | None) -> None:
        """Refuse a mistyped year."""
        super().validate(value)
        need_year(value)


class MomentField(forms.DateTimeField):
    """A minute of a day, in the zone that is in force; of a year as a day's."""

    widget = forms.DateTimeInput(
        attrs={"type": "datetime-local", "class": "w-16"}, format="%Y-%m-%dT%H:%M"
    )

    def to_python(self, value: Any) -> Any:  # noqa: ANN401  # Django's own signature
        """Read it; a mistyped year is refused before the zone is asked, which knows no such day."""
        need_year(self._day(value))
        return super().to_python(value)

    def _day(self, value: object) -> date | None:
        try:
            return date.fromisoformat(str(value)[:10])
        except ValueError:
            return None


class LineField(forms.CharField):
    """A text of one line. One in which nothing can be seen is empty, and so refused if needed."""

    def to_python(self, value: Any) -> str:  # noqa: ANN401  # Django's own signature
        """Read it without line breaks, control characters and blanks of no width."""
        return clean_line(str(super().to_python(value)))


class AddressField(forms.EmailField):
    """An address of e-mail, as addresses are kept."""

    def to_python(self, value: Any) -> str:  # noqa: ANN401  # the same
        """Read it in small letters."""
        return str(super().to_python(value)).casefold()


class LinesField(forms.CharField):
    """A text of several lines. A line's end counts as one character, as the browser counts it."""

    def __init__(self, *, rows: int, **kwargs: Any) -> None:  # noqa: ANN401  # Django's own signature
        kwargs["widget"] = forms.Textarea(attrs={"rows": rows})
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:  # noqa: ANN401  # the same
        """Read it with lines that end as they are kept."""
        return str(super().to_python(value)).replace("\r\n", "\n")


def need_year(day: date | None) -> None:
    """Raise ValidationError for a day of a year that nobody can mean."""
    if day is not None and day.year not in YEARS:
        told = gettext("Check the year: it should be from %(first)s to %(last)s.")
        raise ValidationError(told % {"first": YEARS[0], "last": YEARS[-1]})
