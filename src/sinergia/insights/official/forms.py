"""Which period somebody asks for, and what a survey found."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from sinergia.base.asking import YEARS
from sinergia.base.ui.fields import DayField, LineField
from sinergia.insights.official.queries.helped import Period
from sinergia.insights.region.queries.counting import funds_with
from sinergia.insights.region.queries.figures import FundName
from sinergia.places.actions.indicators import Measured
from sinergia.places.models import Indicator, Region

DECIMALS = 4  # as many as a load keeps


class PeriodForm(forms.Form):
    """The days, the fund of the first sentence, the region of several. Shown, never validated."""

    since = DayField(label=pgettext_lazy("period", "From"))
    until = DayField(label=pgettext_lazy("period", "To"))

    def __init__(
        self,
        period: Period,
        fund: str,
        funds: Sequence[FundName],
        region: Region,
        regions: Sequence[Region],
    ) -> None:
        asked = {"since": period.since, "until": period.until, "fund": fund, "region": region.code}
        super().__init__(initial=asked, auto_id="period_%s")
        named = [(one.code, one.name) for one in funds_with(funds, fund)]
        self.fields["fund"] = forms.ChoiceField(
            label=_("Fund"), required=False, choices=[("", _("All funds")), *named]
        )
        if len(regions) > 1:
            self.fields["region"] = forms.ChoiceField(
                label=_("Region"), choices=[(one.code, one.name) for one in regions]
            )


class TrustForm(forms.Form):
    """What a survey found: nothing is kept without its source and its day."""

    on = DayField(
        label=gettext_lazy("Day of the measurement"),
    )
    value = forms.DecimalField(
        label=gettext_lazy("Share of those who trust non-profits, %"),
        max_digits=7,
        decimal_places=DECIMALS,
        localize=True,
    )
    margin = forms.DecimalField(
        label=gettext_lazy("Error of the survey, points"),
        max_digits=7,
        decimal_places=DECIMALS,
        localize=True,
        required=False,
    )
    source = LineField(
        label=gettext_lazy("Source"),
        help_text=gettext_lazy("Who measured and where it is published, with an address if any."),
        max_length=300,
    )
    method = LineField(
        label=gettext_lazy("How it was measured"),
        help_text=gettext_lazy("For instance: 1,200 adults of 14 districts, by telephone."),
        max_length=300,
    )

    def measured(self) -> Measured:
        """As it was typed."""
        told = self.cleaned_data
        return Measured(
            told["on"],
            told["value"],
            "%",
            told["source"],
            told["method"],
            told["margin"],
        )


def trust_initial(row: Indicator) -> dict[str, object]:
    """What is entered already, to be mended."""
    margin = None if row.margin is None else _short(row.margin)
    value: dict[str, object] = {"on": row.on, "value": _short(row.value), "margin": margin}
    return value | {"source": row.source, "method": row.method}


def _short(value: Decimal) -> Decimal:
    """46.8000 -> 46.8: no nought that nobody typed, and no decimal less than was loaded."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def day_of(text: str) -> date | None:
    """A day as an address writes it; none of years in which nobody kept a register."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in YEARS else None
