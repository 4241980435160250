"""Papers about experts: the list, the account of sheets, and statements to be printed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from django.utils.translation import gettext as _

from sinergia.base.tables.document import BRAND, SECOND, add_rows, bytes_of, new_document, small
from sinergia.base.tables.export import Value
from sinergia.engine.shown import locale_of
from sinergia.review.models import Expert, Statement
from sinergia.review.queries.expert_list import Counted
from sinergia.review.queries.statements import Wording

BLANK = "____________________"


def list_head() -> list[str]:
    """Names of the columns of the list."""
    return [
        _("Code"),
        _("Name"),
        _("E-mail"),
        _("Post"),
        _("Place of work"),
        _("State"),
        _("Reason"),
        _("Directions"),
        _("Languages"),
        _("Applications at most"),
        _("Given"),
        _("Signed"),
        _("Lent by"),
    ]


def list_lines(rows: Iterable[Counted], directions: Mapping[str, str]) -> Iterator[Sequence[Value]]:
    """A line for each expert."""
    for one in rows:
        row = one.expert
        yield [
            row.code,
            row.name,
            row.email,
            row.post,
            row.work,
            row.get_stage_display(),
            row.reason,
            "; ".join(directions.get(code, code) for code in row.directions),
            ", ".join(row.languages),
            row.most,
            one.given,
            one.signed,
            row.lent_by.organisation.name if row.lent_by else "",
        ]


def account_head() -> list[str]:
    """Names of the columns of the account of sheets."""
    return [
        _("№"),
        _("Expert"),
        _("Post"),
        _("Place of work"),
        _("Signed sheets that count"),
        _("Signed and set aside"),
        _("First signed"),
        _("Last signed"),
        _("Applications"),
    ]


def account_lines(
    rows: Iterable[Expert], codes: Mapping[int, Sequence[str]], zone: ZoneInfo
) -> Iterator[Sequence[Value]]:
    """A line for each expert who signed anything. zone: by whose clock the days are."""
    for number, row in enumerate(rows, start=1):
        counted: int = row.counted  # type: ignore[attr-defined]  # annotated by the query
        aside: int = row.aside  # type: ignore[attr-defined]  # the same
        first: datetime = row.first_at  # type: ignore[attr-defined]  # the same
        last: datetime = row.last_at  # type: ignore[attr-defined]  # the same
        yield [
            number,
            row.name,
            row.post,
            row.work,
            counted,
            aside,
            first.astimezone(zone).date(),
            last.astimezone(zone).date(),
            ", ".join(codes.get(row.pk, [])),
        ]


def statement_docx(
    expert: Expert,
    kind: str,
    words: Wording,
    signed: Statement | None,
    *,
    language: str,
    now: datetime,
) -> bytes:
    """A statement on A4: as it was signed here, or to be signed by hand."""
    title = str(Statement.Kind(kind).label)
    document = new_document(title, language=language, now=now)
    contest = expert.contest
    small(document, contest.centre.organisation.name, BRAND)
    document.add_paragraph(title, style="Title")
    small(document, contest.call.name, SECOND)
    facts = [
        [_("Surname, name, patronymic"), expert.name or BLANK],
        [_("Post"), expert.post or BLANK],
        [_("Place of work"), expert.work or BLANK],
    ]
    add_rows(document, [], facts, is_figures=False)
    document.add_paragraph()
    for part in (signed.words if signed else words.words).split("\n"):
        document.add_paragraph(part)
    version = signed.version if signed else words.version
    small(document, _("Version of the words: %(number)s") % {"number": version}, SECOND)
    if signed is not None:
        zone = ZoneInfo(contest.time_zone)
        at = format_datetime(
            signed.signed_at.astimezone(zone), "d MMMM y, HH:mm", locale=locale_of(language)
        )
        document.add_paragraph(_("Signed in Sinergia: %(at)s") % {"at": at})
    line = [_("Signature"), BLANK, _("Date"), BLANK]
    add_rows(document, [], [line], is_figures=False)
    return bytes_of(document)
