"""People who joined as files: their list, the attendance list, a certificate; nameless rows."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sinergia.base.tables.export import Value
from sinergia.base.tables.paper import set_paper
from sinergia.base.ui.squares import square_image
from sinergia.base.ui.templatetags.figures import day, moment
from sinergia.grants.models import Grant, Joiner
from sinergia.notices.actions import Addressee

FOLDER = Path(__file__).parent.parent / "templates" / "together" / "papers"
SPARE = 5  # empty lines of the attendance list


def joiners_head() -> list[str]:
    """What the columns are called."""
    return [
        _("№"),
        _("Name"),
        _("Age"),
        _("Municipality"),
        _("E-mail"),
        _("Role"),
        _("State"),
        _("Asked"),
        _("Hours"),
        _("Certificate"),
        _("Parent"),
    ]


def joiners_lines(rows: Iterable[Joiner]) -> Iterator[Sequence[Value]]:
    """A line for each, for the organisers alone."""
    for number, row in enumerate(rows, start=1):
        yield [
            number,
            row.name or _("erased"),
            row.age,
            row.municipality.name if row.municipality else "",
            row.email,
            row.role.name,
            str(row.get_stage_display()),
            timezone.localtime(row.asked_at).replace(tzinfo=None),
            row.minutes / 60,  # type: ignore[attr-defined]  # counted with each by the query
            row.certificate,
            _parent(row),
        ]


def nameless_head() -> list[str]:
    """What the columns are called."""
    return [_("Project"), _("Organisation"), _("Role"), _("Month"), _("Municipality")]


def nameless_lines(rows: Iterable[Joiner]) -> Iterator[Sequence[Value]]:
    """A line for each, from which nobody can be known."""
    for row in rows:
        grant = row.role.grant
        yield [
            grant.application.title,
            grant.organisation.name,
            row.role.name,
            month_of(row),
            row.municipality.name if row.municipality else "",
        ]


def month_of(row: Joiner) -> str:
    """In which month somebody joined: 2026-10."""
    return f"{timezone.localtime(row.queued_at or row.asked_at):%Y-%m}"


def attendance_list(
    grant: Grant, rows: Sequence[Joiner], *, on: date, language: str, now: datetime
) -> bytes:
    """The list to be signed on a day, as a PDF; empty lines at its end."""
    lines = [[row.name, row.role.name] for row in rows]
    paper = {
        "language": language,
        "title": _("Attendance list"),
        "name": grant.application.title,
        "centre": grant.organisation.name,
        "facts": day(on),
        "head": [_("№"), _("Name"), _("Role"), _("Hours"), _("Signature")],
        "rows": [*lines, *([["", ""]] * SPARE)],
        "page_words": _("page {page} of {pages}"),
        "made": _("Printed %(at)s") % {"at": moment(now)},
        "sign": _("Person in charge: ____________________ / ____________________"),
    }
    return set_paper(FOLDER / "attendance.typ", paper, at=now)


def certificate(row: Joiner, address: str, served: str, *, language: str, now: datetime) -> bytes:
    """The certificate of who was there, as a PDF. address: where it is verified.

    served: on which days, and how long, in words.
    """
    grant = row.role.grant
    paper = {
        "language": language,
        "title": pgettext("paper", "Certificate"),
        "number": _("№ %(number)s") % {"number": row.certificate},
        "says": _("This certifies that"),
        "name": row.name,
        "took_part": _("helped in the project"),
        "project": grant.application.title,
        "role": row.role.name,
        "facts": served,
        "organisation": grant.organisation.name,
        "check": _("Whether it is genuine is told at"),
        "address": address,
        "square": square_image(address),
        "square_words": _("Square code with the address where the certificate is verified"),
    }
    return set_paper(FOLDER / "certificate.typ", paper, at=now)


def addressee_of(row: Joiner) -> Addressee:
    """Somebody who joined, as a message to many takes them."""
    return Addressee(
        kind="joiner",
        key=row.key,
        name=row.name,
        address=row.email,
        language=row.language,
        person_id=row.person_id,
    )


def _parent(row: Joiner) -> str:
    parent = getattr(row, "parent", None)
    if parent is None:
        return ""
    agreed = row.parent_agreed_at
    told = _("agreed %(day)s") % {"day": day(agreed)} if agreed else _("has not agreed yet")
    whom = f"{parent.name}, {parent.email}" if parent.email else parent.name
    return f"{whom}: {told}"
