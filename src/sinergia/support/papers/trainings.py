"""Trainings as files: their list, who enrolled, the attendance list, a certificate."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from sinergia.base.tables.export import Value
from sinergia.base.tables.paper import set_paper
from sinergia.base.ui.squares import square_image
from sinergia.base.ui.templatetags.figures import day, moment
from sinergia.notices.actions import Addressee
from sinergia.support.models import Enrolment, Training

FOLDER = Path(__file__).parent.parent / "templates" / "trainings" / "papers"
SPARE = 5  # empty lines of the attendance list, for who comes without having enrolled


def trainings_head() -> list[str]:
    """What the columns are called."""
    return [
        _("Training"),
        _("Begins"),
        _("Ends"),
        _("Hours"),
        _("Where"),
        _("Topic"),
        _("Source of money"),
        _("State"),
        _("Places"),
        _("Have a place"),
        _("On the waiting list"),
        _("Were there"),
    ]


def training_lines(rows: Iterable[Training]) -> Iterator[Sequence[Value]]:
    """A line for each; its numbers are read with it."""
    for row in rows:
        yield [
            row.name,
            timezone.localtime(row.starts_at).replace(tzinfo=None),
            timezone.localtime(row.ends_at).replace(tzinfo=None),
            row.hours,
            row.where,
            str(row.topic or ""),
            str(row.source or ""),
            str(row.get_stage_display()),
            row.places,
            row.enrolled,  # type: ignore[attr-defined]  # counted with each by the query
            row.waiting,  # type: ignore[attr-defined]  # the same
            row.attended,  # type: ignore[attr-defined]  # the same
        ]


def people_head() -> list[str]:
    """What the columns are called."""
    return [
        _("№"),
        _("Name"),
        _("Organisation"),
        _("Post"),
        _("Municipality"),
        _("E-mail"),
        _("Telephone"),
        _("State"),
        _("Enrolled"),
        _("Was there"),
        _("Certificate"),
        _("Consent"),
    ]


def people_lines(rows: Iterable[Enrolment]) -> Iterator[Sequence[Value]]:
    """A line for each."""
    for number, row in enumerate(rows, start=1):
        yield [
            number,
            row.name,
            body_of(row),
            row.post,
            row.municipality.name if row.municipality else "",
            row.email,
            row.phone,
            str(row.get_stage_display()),
            timezone.localtime(row.enrolled_at).replace(tzinfo=None),
            _("yes") if row.attended_at else _("no"),
            row.certificate,
            _consent(row),
        ]


def attendance_list(
    training: Training, rows: Sequence[Enrolment], *, language: str, now: datetime
) -> bytes:
    """The list to be signed at the door, as a PDF; empty lines at its end."""
    lines = [
        [row.name, body_of(row), row.municipality.name if row.municipality else ""] for row in rows
    ]
    paper = {
        "language": language,
        "title": _("Attendance list"),
        "name": training.name,
        "centre": training.centre.organisation.name,
        "facts": _facts(training),
        "head": [_("№"), _("Name"), _("Organisation"), _("Municipality"), _("Signature")],
        "rows": [*lines, *([["", "", ""]] * SPARE)],
        "page_words": _("page {page} of {pages}"),
        "made": _("Printed %(at)s") % {"at": moment(now)},
        "sign": _("Person in charge: ____________________ / ____________________"),
    }
    return set_paper(FOLDER / "attendance.typ", paper, at=now)


def certificate(row: Enrolment, address: str, *, language: str, now: datetime) -> bytes:
    """The certificate of who was there, as a PDF. address: where it is verified."""
    training = row.training
    hours = ngettext("%(hours)s hour", "%(hours)s hours", training.hours)
    paper = {
        "language": language,
        "title": pgettext("paper", "Certificate"),
        "number": _("№ %(number)s") % {"number": row.certificate},
        "says": _("This certifies that"),
        "name": row.name,
        "body": body_of(row),
        "took_part": _("took part in the training"),
        "training": training.name,
        "facts": f"{_days(training)} · {hours % {'hours': training.hours}}",
        "trainers": (
            _("Who taught: %(who)s") % {"who": training.trainers} if training.trainers else ""
        ),
        "centre": training.centre.organisation.name,
        "check": _("Whether it is genuine is told at"),
        "address": address,
        "square": square_image(address),
        "square_words": _("Square code with the address where the certificate is verified"),
    }
    return set_paper(FOLDER / "certificate.typ", paper, at=now)


def addressee_of(row: Enrolment) -> Addressee:
    """Somebody who enrolled, as a message to many takes them."""
    return Addressee(
        kind="enrolment",
        key=row.key,
        name=row.name,
        address=row.email,
        language=row.language,
        person_id=row.person_id,
    )


def body_of(row: Enrolment) -> str:
    """Which organisation somebody is of: as the register calls it, or as they wrote it."""
    known = row.organisation
    return (known.short_name or known.name) if known is not None else row.organisation_name


def _facts(training: Training) -> str:
    return f"{moment(training.starts_at)} · {training.where}"


def _days(training: Training) -> str:
    first, last = day(training.starts_at), day(training.ends_at)
    return first if first == last else f"{first} – {last}"


def _consent(row: Enrolment) -> str:
    if row.agreed_at is None:
        return _("written down by the centre")
    told = _("%(day)s, version %(version)s")
    return told % {"day": day(row.agreed_at), "version": row.agreed_version}
