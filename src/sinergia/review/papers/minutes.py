"""Minutes of a session as DOCX: composition, presence, questions, votes by name, winners."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Protocol
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from docx.document import Document as DocumentFile

from sinergia.base.tables.document import (
    BRAND,
    SECOND,
    add_foot,
    add_rows,
    bytes_of,
    new_document,
    small,
)
from sinergia.engine.minutes import AwardLine, Followed, Minutes, Proposal, Question, Seat
from sinergia.engine.shown import (
    date_shown,
    decimal_shown,
    locale_of,
    money_shown,
    number_shown,
)
from sinergia.review.models import Award, Item, Member, Sitting, Vote

SHOWN = 16  # signs of a digest at the foot; whole it stands in the facts
SIGNING = (Member.Role.CHAIR, Member.Role.DEPUTY, Member.Role.SECRETARY)


class Told(Protocol):
    """What a proposal says and what followed, a label and a value a line."""

    def __call__(
        self, proposal: Proposal, *, followed: Followed | None
    ) -> Sequence[tuple[str, str]]:
        """Say it."""
        ...


def docx_of(minutes: Minutes, *, told: Told, digest: str, language: str, now: datetime) -> bytes:
    """Write minutes on A4. digest: "" for a draft; now: aware, when the paper was made.

    told: what a proposal says, a label and a value a line.
    """
    title = _("Minutes No. %(number)s of the session of the commission") % {
        "number": minutes.number
    }
    document = new_document(title, language=language, now=now)
    _Writer(document, minutes, told, digest, language).write(title, now)
    return bytes_of(document)


class _Writer:
    def __init__(
        self, document: DocumentFile, minutes: Minutes, told: Told, digest: str, language: str
    ) -> None:
        self.document, self.minutes, self.told, self.digest = document, minutes, told, digest
        self.language, self.zone = language, ZoneInfo(minutes.time_zone)
        self.seats = {one.key: one for one in minutes.seats}

    def write(self, title: str, now: datetime) -> None:
        minutes = self.minutes
        small(self.document, minutes.centre, BRAND)
        self.document.add_paragraph(title, style="Title")
        small(self.document, f"{minutes.contest}, {minutes.year}", SECOND)
        if not self.digest:
            small(self.document, _("Draft: the session is not closed, all may change."), SECOND)
        add_rows(self.document, [], self._facts(), is_figures=False)
        self._composition()
        for one in minutes.questions:
            self._question(one)
        if minutes.awards:
            _add_awards(self.document, minutes, self.language)
        _add_signatures(self.document, minutes.seats)
        version = _("Rules of the contest: %(code)s, version %(number)s") % {
            "code": minutes.rules_code,
            "number": minutes.rules_version,
        }
        made = _("Made at %(at)s") % {"at": self._moment(now)}
        sealed = [_("Checksum %(digest)s…") % {"digest": self.digest[:SHOWN]}]
        foot = [f"{version}. {made}.", *(sealed if self.digest else [])]
        add_foot(self.document, foot, _("Page {page} of {pages}"))

    def _facts(self) -> list[list[str]]:
        minutes = self.minutes
        order = _("No. %(number)s of %(on)s") % {
            "number": minutes.order_number,
            "on": date_shown(minutes.order_on, self.language),
        }
        facts = [
            [pgettext("session", "How it is held"), str(Sitting.Form(minutes.form).label)],
            [pgettext("session", "Begins"), self._moment(minutes.begins_at)],
            [_("Votes by correspondence are taken until"), self._moment(minutes.ends_at)],
            [_("Place"), minutes.place],
            [_("Order about the commission"), order],
            [_("Quorum"), _quorum_told(minutes)],
            [_("Session closed"), self._moment(minutes.closed_at)],
            [_("Checksum of the minutes (SHA-256)"), self.digest],
        ]
        return [[name, told] for name, told in facts if told]

    def _composition(self) -> None:
        self.document.add_heading(_("Composition and presence"), level=1)
        head = ["№", _("Name"), _("Post"), _("In the commission"), _("Presence")]
        rows = [
            [
                str(at),
                one.name,
                one.post or "—",
                self._role(one),
                _("present") if one.is_present else _("absent"),
            ]
            for at, one in enumerate(self.minutes.seats, start=1)
        ]
        add_rows(self.document, head, rows, is_figures=False)

    def _question(self, one: Question) -> None:
        number = {"number": one.number}
        self.document.add_heading(_("Question %(number)s") % number, level=1)
        self.document.add_paragraph(one.question)
        about = self._about(one)
        if about:
            add_rows(self.document, [], about, is_figures=False)
        for row in one.recused:
            reason = row.reason or _("is of the organisation that applied")
            told = {"name": self._name(row.member), "reason": reason}
            self.document.add_paragraph(_("Recused: %(name)s (%(reason)s)") % told)
        if one.ballots:
            head = [_("Name"), pgettext("vote", "Vote"), _("Dissenting opinion")]
            rows = [
                [self._name(row.member), str(Vote.Choice(row.choice).label), row.dissent or "—"]
                for row in one.ballots
            ]
            add_rows(self.document, head, rows, is_figures=False)
        self._result(one)

    def _about(self, one: Question) -> list[list[str]]:
        facts = [[_("Kind of question"), str(Item.Kind(one.kind).label)]]
        if one.about is not None:
            told = one.about
            asked = money_shown(told.asked_minor, self.minutes.currency, self.language)
            facts += [
                [_("Application"), f"{told.number}, «{told.title}»"],
                [_("Organisation"), told.organisation],
                [_("Sum asked"), asked],
            ]
        told_of = self.told(one.proposal, followed=one.followed)
        facts += [[name, value] for name, value in told_of]
        return facts + ([[pgettext("item", "Reason"), one.reason]] if one.reason else [])

    def _result(self, one: Question) -> None:
        values = {
            "taking_part": one.taking_part,
            "needed": one.needed,
            "in_favour": one.in_favour,
            "against": one.against,
            "abstained": one.abstained,
        }
        counted = ngettext(
            "%(taking_part)s member takes part (%(needed)s needed). "
            "For: %(in_favour)s, against: %(against)s, abstained: %(abstained)s.",
            "%(taking_part)s members take part (%(needed)s needed). "
            "For: %(in_favour)s, against: %(against)s, abstained: %(abstained)s.",
            one.taking_part,
        )
        self.document.add_paragraph(counted % values)
        if one.by_chair:
            self.document.add_paragraph(_("Between equal votes the chair’s decided."))
        decided = self.document.add_paragraph()
        label = str(Item.Decision(one.decision).label)
        decided.add_run(_("Decision: %(decision)s") % {"decision": label}).bold = True
        if one.decided_at is not None:
            decided.add_run(f" ({self._moment(one.decided_at)})")

    def _role(self, one: Seat) -> str:
        role = str(Member.Role(one.role).label)
        return role if one.is_voting else f"{role}, " + _("without a vote")

    def _name(self, key: str) -> str:
        seat = self.seats.get(key)
        return seat.name if seat else "—"

    def _moment(self, at: datetime | None) -> str:
        if at is None:
            return ""
        local = at.astimezone(self.zone)
        return format_datetime(local, "d MMMM y, HH:mm", locale=locale_of(self.language))


def _add_awards(document: DocumentFile, minutes: Minutes, language: str) -> None:
    """Winners with their sums, and the reserve."""
    document.add_heading(_("List of winners"), level=1)
    won = [one for one in minutes.awards if one.outcome == Award.Outcome.WON]
    _add_award_rows(document, won, minutes.currency, language)
    total = sum(one.awarded_minor for one in won)
    values = {
        "number": number_shown(len(won), language),
        "sum": money_shown(total, minutes.currency, language),
    }
    document.add_paragraph(_("Winners: %(number)s, grants together: %(sum)s.") % values)
    reserve = [one for one in minutes.awards if one.outcome == Award.Outcome.RESERVE]
    if reserve:
        document.add_heading(_("Reserve list"), level=1)
        _add_award_rows(document, reserve, minutes.currency, language)


def _add_award_rows(
    document: DocumentFile, awards: Sequence[AwardLine], currency: str, language: str
) -> None:
    head = [
        *("№", _("Number"), _("Organisation"), _("Title"), _("Rating")),
        *(_("Sum asked"), _("Sum of the grant")),
    ]
    rows = [
        [
            str(at),
            one.number,
            one.organisation,
            one.title + (f" ({one.reason})" if one.reason else ""),
            decimal_shown(Decimal(one.rating), language) if one.rating else "—",
            money_shown(one.asked_minor, currency, language),
            money_shown(one.awarded_minor, currency, language),
        ]
        for at, one in enumerate(awards, start=1)
    ]
    add_rows(document, head, rows, is_figures=False)


def _add_signatures(document: DocumentFile, seats: Sequence[Seat]) -> None:
    """Lines for who presided, who kept the minutes and who was there."""
    document.add_heading(_("Signatures"), level=1)
    head = [_("Name"), _("In the commission"), _("Signature")]
    rows = [
        [one.name, str(Member.Role(one.role).label), ""]
        for one in seats
        if one.role in SIGNING or one.is_present
    ]
    add_rows(document, head, rows, is_figures=False)


def _quorum_told(minutes: Minutes) -> str:
    voting = [one for one in minutes.seats if one.is_voting]
    values = {
        "there": sum(one.is_present for one in voting),
        "all": len(voting),
        "needed": minutes.quorum,
    }
    told = _("%(there)s of %(all)s members who vote are there, %(needed)s are needed") % values
    there = _("there is a quorum") if minutes.has_quorum else _("there is no quorum")
    return f"{told}: {there}"
