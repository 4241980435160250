"""Score sheets, and the ranking with the summary sheet, as files."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from sinergia.base.tables.export import Value, whole_units
from sinergia.engine.rating import half_up
from sinergia.review.models import Examination, Expert, Sheet
from sinergia.review.queries.ranking import Line


def sheets_head() -> list[str]:
    """Names of the columns of the list of sheets."""
    return [
        _("Application"),
        _("Number"),
        _("Title of the project"),
        _("Organisation"),
        _("Code of the expert"),
        _("Expert"),
        _("State"),
        _("Further expert"),
        _("Given on"),
        _("Opened"),
        _("Signed"),
        _("Rating by this sheet"),
        _("Marks"),
        _("Held for unfounded"),
        _("Reason"),
    ]


def sheets_lines(rows: Iterable[Sheet]) -> Iterator[list[Value]]:
    """One line for each sheet, in the order they come."""
    yes = _("yes")
    for row in rows:
        submission = row.examination.submission
        yield [
            row.examination.code,
            submission.shown_number,
            submission.title,
            submission.organisation.name,
            row.expert.code,
            row.expert.name,
            row.get_stage_display(),
            yes if row.is_further else None,
            row.given_at,
            row.opened_at,
            row.signed_at,
            row.rating,
            "; ".join(one.get_kind_display() for one in getattr(row, "marks", ())) or None,
            yes if getattr(row, "held", ()) else None,
            row.why or None,
        ]


def ranking_head(experts: Sequence[Expert]) -> list[str]:
    """Names of the columns of the ranking; one of each expert, by code, as the summary sheet."""
    return [
        _("Place"),
        _("Application"),
        _("Number"),
        _("Title of the project"),
        _("Organisation"),
        _("Size of the grant"),
        _("Direction"),
        _("Sum asked"),
        *(one.code for one in experts),
        _("Mean of the sheets"),
        _("Preliminary rating"),
        _("Final rating"),
        _("Rating in force"),
        _("Passes the line"),
    ]


def ranking_lines(
    lines: Sequence[Line],
    rows: Mapping[int, Examination],
    sheets: Mapping[int, Mapping[int, Decimal]],
    experts: Sequence[Expert],
    names: Mapping[str, str],
) -> Iterator[list[Value]]:
    """One line for each application, best first. names: of sizes and directions, by code."""
    yes, no = _("yes"), _("no")
    for one in lines:
        examination, given = rows[one.row.pk], sheets.get(one.row.pk, {})
        submission = examination.submission
        yield [
            one.place if one.row.rating is not None else None,
            examination.code,
            submission.shown_number,
            submission.title,
            submission.organisation.name,
            names.get(examination.category, examination.category),
            names.get(submission.direction, submission.direction) or None,
            whole_units(submission.asked_minor, submission.currency),
            *(given.get(expert.pk) for expert in experts),
            _mean(list(given.values())),
            one.row.preliminary,
            one.row.final,
            one.row.rating,
            None if one.passes is None else yes if one.passes else no,
        ]


def _mean(ratings: Sequence[Decimal]) -> Decimal | None:
    if not ratings:
        return None
    return half_up(sum(map(Fraction, ratings), Fraction(0)) / len(ratings))
