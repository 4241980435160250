"""The living catalogue: every component of the pages, with invented sample values."""

from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from sinergia.base.search.marking import marked, snippet
from sinergia.base.ui.fields import LinesField
from sinergia.base.ui.parts import Area, Choice, Facet, Hit, Sheet, Tile
from sinergia.base.ui.templatetags.figures import count, money_short, percent
from sinergia.people.http import for_everyone

SHADES = ["", "1–4", "5–9", "10–19", "20–39", "40+"]
DISTRICTS = [(12, 2), (4, 1), (0, 0), (23, 4), (47, 5), (8, 2), (17, 3), (0, 0), (31, 4)]
YEARS = [(78, 15, 31_200_000_00), (92, 20, 44_800_000_00), (101, 24, 56_300_000_00)]


@dataclass(frozen=True)
class SampleRow:
    """One line of the sample table; money in kopecks."""

    year: int
    submitted: int
    won: int
    awarded_minor: int

    @property
    def won_share(self) -> Decimal:
        """Part of the submitted that won, 0 to 1."""
        return Decimal(self.won) / self.submitted


@dataclass(frozen=True)
class SamplePage:
    """A page in the middle of a list, as `page_of` gives it."""

    rows: tuple[SampleRow, ...]
    next_key: str = "b"
    previous_key: str = "a"


class SampleForm(forms.Form):
    """Every kind of field we use."""

    prefix = "sample"
    title = forms.CharField(
        label=_("Title of the project"), help_text=_("As in the application, without quotes.")
    )
    sum = forms.CharField(
        label=_("Sum, ₽"), required=False, widget=forms.TextInput({"class": "w-10"})
    )
    about = LinesField(label=_("For whom and what changes"), rows=4)
    source = forms.ChoiceField(
        label=_("Source of the grant"), choices=[("", _("Choose")), ("1", _("National fund"))]
    )
    decision = forms.ChoiceField(
        label=_("What to do with the row"),
        choices=[("join", _("It is this organisation")), ("new", _("It is another one"))],
        widget=forms.RadioSelect,
    )
    file = forms.FileField(label=_("Table of the fund"), help_text=_("XLSX or CSV, up to 100 MB."))
    agreed = forms.BooleanField(
        label=_("Count declined grants as won"), help_text=_("They are told apart by a note.")
    )


class SampleFilter(forms.Form):
    """A row of filters, as above a list."""

    q = forms.CharField(label=_("Title, number or tax number"), required=False)
    outcome = forms.ChoiceField(
        label=_("Outcome"), required=False, choices=[("", _("All")), ("won", _("Won"))]
    )
    year = forms.ChoiceField(
        label=_("Year"), required=False, choices=[("", _("All")), ("1", "2026")]
    )


@require_safe
@for_everyone
def components(request: HttpRequest) -> HttpResponse:
    """Show every component once, with sample values in the reader's language."""
    return render(request, "web/catalogue.html", {**sample_lists(), **sample_forms()})


def sample_forms() -> dict[str, object]:
    """An empty form, the same sent back, and a filter."""
    return {
        "filter_form": SampleFilter(),
        "clean_form": SampleForm(prefix="clean"),
        "whole_form": SampleFilter(prefix="whole"),
        "wrong_form": SampleForm({}, prefix="wrong"),
        "upload": sample_upload(),
    }


def sample_upload() -> dict[str, object]:
    """The field for a file as it stands after another field was mistyped."""
    return {
        "name": "sample-upload",
        "attrs": {"id": "id_sample_upload", "accept": ".pdf"},
        "required": False,
        "kept": {"key": "", "said": _("charter.pdf, 1.2 MB")},
    }


def sample_facets() -> list[Facet]:
    """A short filter with its numbers and a long one."""
    told = [("active", _("Active"), 38), ("closed", _("Closed"), 0)]
    short = [Choice(code, str(label), number) for code, label, number in told]
    everything = Choice("", str(pgettext_lazy("facet", "all")), is_chosen=True)
    return [
        Facet("sample-status", str(_("Status")), [everything, *short]),
        Facet("sample-form", str(_("Legal form")), [everything, *short], is_long=True),
    ]


def sample_lists() -> dict[str, object]:
    """Rows, figures, ways and facts."""
    rows = tuple(SampleRow(2021 + n, *year) for n, year in enumerate(YEARS))
    submitted, won, awarded = (sum(column) for column in zip(*YEARS, strict=True))
    total = SampleRow(0, submitted, won, awarded)
    return {
        "rows": rows,
        "total": total,
        "stages": [
            {"label": _("Idea"), "state": "passed"},
            {"label": _("Agreed"), "state": "here"},
            {"label": _("Approved"), "state": "ahead"},
        ],
        "codes": ("4820 1173", "9065 2291", "1738 6604"),
        "tiles": sample_tiles(total),
        "sheet": sample_sheet(),
        "page": SamplePage(rows),
        "crumbs": [(pgettext_lazy("menu", "Home"), "/"), (_("Parts of the pages"), "")],
        "facets": sample_facets(),
        "chips": [(_("Municipality: Klyonovsk"), "#tables")],
        "places": [(_("Figures"), "#figures", True), (_("Tables"), "#tables", False)],
        "ways": [
            (_("Organisations"), "#tables", _("The register, and what each has done.")),
            (_("Applications"), "#tables", _("Every row with its source.")),
        ],
        "hits": [
            Hit(
                "#words",
                marked("Совет ветеранов Кленовска", "ветераны"),
                marked("ОГРН 1029909000017 · Кленовск", ""),
                snippet("Просят помещение для встреч ветеранов по средам.", "ветераны"),
            )
        ],
        "facts": [
            (_("Full name"), "АНО «Полтора шага»"),
            (_("Date of registration"), "17.06.2014"),
        ],
    }


def sample_tiles(total: SampleRow) -> list[Tile]:
    """Five tiles: an odd number must leave no hole either."""
    samples = [
        (count(total.submitted), _("applications submitted"), _("Every row of the fund's table.")),
        (count(total.won), _("grants won"), _("Declined grants are counted too.")),
        (percent(total.won_share), _("of the submitted won"), ""),
        (money_short(total.awarded_minor, "RUB"), _("awarded in all"), ""),
    ]
    tiles = [Tile(value, str(label), "#tables", str(note)) for value, label, note in samples]
    return [*tiles, Tile(count(None), str(_("people helped")), note=str(_("Not known yet.")))]


def sample_sheet() -> Sheet:
    """Nine invented districts on a slanted grid."""
    areas = []
    for n, (value, step) in enumerate(DISTRICTS):
        x, y = n % 3 * 200 + 20 + n // 3 * 10, n // 3 * 110 + 20 + n % 3 * 8
        path = f"M{x} {y}l96-9 102 14-6 48 14 58-90 8-110-6 9-52z"
        name = str(_("District %(number)s") % {"number": n + 1})
        areas.append(Area(name, "#maps", path, value, step, x + 100, y + 57))
    steps = [(step, words or "0") for step, words in enumerate(SHADES)]
    return Sheet(width=660, height=380, areas=areas, steps=steps)
