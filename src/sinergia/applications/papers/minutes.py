"""Minutes of registration and of admission as DOCX, to be completed and signed."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from django.utils.translation import gettext as _
from docx.document import Document as DocumentFile

from sinergia.applications.models import Confirmation, Submission
from sinergia.applications.queries.minutes import Line, Minutes
from sinergia.base.tables.document import (
    BRAND,
    SECOND,
    add_foot,
    add_rows,
    bytes_of,
    new_document,
    small,
)
from sinergia.engine.shown import date_shown, locale_of, money_shown, number_shown
from sinergia.projects.words.fields import SECTIONS

BLANK = "____________________"
SIGNATURES = 3  # lines for members whose names nobody wrote here


def docx_of(minutes: Minutes, *, language: str, now: datetime) -> bytes:
    """Write the minutes on A4. now: aware; when they were drawn up."""
    title = _("Minutes of registration and admission")
    document = new_document(title, language=language, now=now, is_wide=True)
    _Writer(document, minutes, language).write(title, now)
    return bytes_of(document)


def _checks(minutes: Minutes, language: str) -> tuple[list[str], list[list[str]]]:
    """What people found by checks: the head of the table and its rows."""
    head = [
        *(_("Number"), _("Check"), _("What was found"), _("Where it was looked")),
        *(_("Looked on"), _("By whom")),
    ]
    rows = [
        [
            one.submission.shown_number,
            one.name.told(language) if one.name is not None else one.done.code,
            str(one.done.get_result_display()),
            one.done.note,
            date_shown(one.done.looked_on, language),
            one.who or "—",
        ]
        for one in minutes.checks
    ]
    return head, rows


class _Writer:
    def __init__(self, document: DocumentFile, minutes: Minutes, language: str) -> None:
        self.document, self.minutes, self.language = document, minutes, language
        self.zone = ZoneInfo(minutes.contest.time_zone)

    def write(self, title: str, now: datetime) -> None:
        contest, minutes = self.minutes.contest, self.minutes
        small(self.document, contest.centre.organisation.name, BRAND)
        self.document.add_paragraph(title, style="Title")
        small(self.document, f"{contest.call.name}, {contest.call.contest_year}", SECOND)
        add_rows(self.document, [], self._facts(now), is_figures=False)
        self._section(_("Registered"), self._registered_head(), self._registered())
        self._section(_("Admitted"), self._admitted_head(), self._admitted())
        self._section(_("Not admitted"), self._refused_head(), self._refused())
        self._section(_("Returned for correction"), self._returned_head(), self._returned())
        self._section(_("Checks made by people"), *_checks(minutes, self.language))
        head = [_("Number"), _("Organisation"), _("Title"), _("Withdrawn"), _("Statement")]
        rows = [
            [*self._named(one), self._moment(one.withdrawn_at), said or "—"]
            for one, said in minutes.withdrawn
        ]
        self._section(_("Withdrawn by those who applied"), head, rows)
        head = [_("Number"), _("Organisation"), _("Title"), _("Submitted")]
        rows = [[*self._named(one), self._moment(one.submitted_at)] for one in minutes.open]
        self._section(_("Not decided yet"), head, rows)
        self._signatures()
        foot = _("Only decisions of which those who applied were told are in these minutes.")
        add_foot(self.document, [foot], _("Page {page} of {pages}"))

    def _facts(self, now: datetime) -> list[list[str]]:
        contest, rules = self.minutes.contest, self.minutes.rules
        facts = [
            [_("Drawn up"), self._moment(now)],
            [_("Intake"), f"{self._moment(contest.opens_at)} – {self._moment(contest.closes_at)}"],
        ]
        if rules is not None:
            named = rules.rules.name.told(self.language)
            version = _("version %(number)s") % {"number": rules.row.version}
            facts.append([_("Rules"), f"{named}, {version}"])
            facts.append([_("Committee"), rules.rules.committee.told(self.language)])
        counted = (
            (_("Registered"), self.minutes.registered),
            (_("Admitted"), self.minutes.admitted),
            (_("Not admitted"), self.minutes.refused),
            (_("Not decided yet"), self.minutes.open),
        )
        return facts + [[label, number_shown(len(some), self.language)] for label, some in counted]

    def _section(self, title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        self.document.add_heading(title, level=1)
        if rows:
            add_rows(self.document, head, rows, is_figures=False)
        else:
            self.document.add_paragraph(_("None."))

    def _registered_head(self) -> list[str]:
        return [
            *(_("Entry"), _("Number"), _("Organisation"), _("Title"), _("Sum asked")),
            *(_("Confirmed"), _("Registered")),
        ]

    def _registered(self) -> list[list[str]]:
        return [
            [
                str(one.submission.entry or "—"),
                *self._named(one.submission),
                self._sum(one.submission),
                "; ".join(self._confirmed(way) for way in one.confirmed) or "—",
                self._decided(one),
            ]
            for one in self.minutes.registered
        ]

    def _admitted_head(self) -> list[str]:
        return [_("Number"), _("Organisation"), _("Title"), _("Sum asked"), _("Decided")]

    def _admitted(self) -> list[list[str]]:
        return [
            [*self._named(one.submission), self._sum(one.submission), self._decided(one)]
            for one in self.minutes.admitted
        ]

    def _refused_head(self) -> list[str]:
        return [
            *(_("Number"), _("Organisation"), _("Title"), _("Ground of the rules")),
            *(_("Evidence"), _("Decided")),
        ]

    def _refused(self) -> list[list[str]]:
        return [
            [
                *self._named(one.submission),
                self._ground(one),
                one.decision.words,
                self._decided(one),
            ]
            for one in self.minutes.refused
        ]

    def _returned_head(self) -> list[str]:
        return [
            *(_("Number"), _("Organisation"), _("Title"), _("Sections that may be corrected")),
            *(_("What is to be corrected"), _("Decided")),
        ]

    def _returned(self) -> list[list[str]]:
        return [
            [
                *self._named(one.submission),
                ", ".join(str(SECTIONS[name]) for name in one.decision.sections),
                one.decision.words,
                self._decided(one),
            ]
            for one in self.minutes.returned
        ]

    def _signatures(self) -> None:
        self.document.add_heading(_("Signatures"), level=1)
        head = [_("Name"), _("Signature"), _("Date")]
        names = [*self.minutes.deciders, *[BLANK] * SIGNATURES]
        add_rows(self.document, head, [[name, "", ""] for name in names], is_figures=False)

    def _named(self, one: Submission) -> list[str]:
        number = one.shown_number
        if one.version > 1:
            number += ", " + _("version %(number)s") % {"number": one.version}
        return [number, one.organisation.name, one.title]

    def _sum(self, one: Submission) -> str:
        return money_shown(one.asked_minor, one.currency, self.language)

    def _confirmed(self, one: Confirmation) -> str:
        day: date = one.received_on or one.at.astimezone(self.zone).date()
        return f"{one.get_way_display()}, {date_shown(day, self.language)}"

    def _decided(self, one: Line) -> str:
        return ", ".join(filter(None, (self._moment(one.decision.at), one.who)))

    def _ground(self, one: Line) -> str:
        if one.ground is None:
            return one.decision.clause
        return f"{one.ground.clause}. {one.ground.text.told(self.language)}"

    def _moment(self, at: datetime | None) -> str:
        if at is None:
            return "—"
        local = at.astimezone(self.zone)
        return format_datetime(local, "d MMMM y, HH:mm", locale=locale_of(self.language))
