"""Reports of the demo's grants: written, handed in and settled through the site's own actions."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sinergia.base.drafts.actions import Save
from sinergia.base.files.models import PICTURE
from sinergia.grants.actions.checking import accept_report
from sinergia.grants.actions.money import Sent, enter_transfer
from sinergia.grants.actions.reporting import attach, begin_report, save_fields
from sinergia.grants.actions.spending import enter_spending
from sinergia.grants.actions.submitting import submit_report
from sinergia.grants.models import Grant, Period, Report
from sinergia.grants.queries.reports import versions_of, written
from sinergia.people.models import Person
from sinergia.web.commands.actions.reported import Days, Said, lay_accepted
from sinergia.web.commands.saying import Saying, Story
from sinergia.web.commands.sending import send
from sinergia.web.demo import stock

DAY = timedelta(days=1)
WRITTEN, SETTLED = 8 * DAY, 13 * DAY  # after the end of what is reported on
ORDER = "Платёжное поручение"


@dataclass(frozen=True)
class Telling:
    """Who reports on a grant to whom."""

    story: Story
    leader: Person
    operator: Person
    zone: ZoneInfo

    @property
    def grant(self) -> Grant:
        """Whose reports they are."""
        return self.story.grant

    def at(self, day: date, hour: int = 11) -> datetime:
        """A moment of a day where the grant is."""
        return datetime.combine(day, time(hour), self.zone)

    def pay(self, period: Period, on: date) -> None:
        """Pay the tranche of a period by an order."""
        if period.tranche_minor:
            number = str(self.story.chance.randrange(100, 999))
            sent = Sent(
                "paid", number, on, period.tranche_minor, self.grant.currency, period.number
            )
            enter_transfer(self.grant, sent, actor=self.operator, now=self.at(on, 16))

    def write(self, period: Period | None, *, at: datetime, is_whole: bool = True) -> Report:
        """Write a report on a period, or the final one. is_whole: as far as it has to be told.

        Else only what was over at that moment.
        """
        report = begin_report(self.grant, period, actor=self.leader, now=at)
        saying = Saying(self.story, written(report), period, at, is_whole)
        known = {path: one.version for path, one in saying.row.fields.items()}
        saves = [Save(path, text, known.get(str(path), 0)) for path, text in saying.texts() if text]
        save_fields(report, saves, actor=self.leader, now=at)
        for one in saying.pictures():
            file = send(one.content, one.name, by=self.leader, now=at, purpose=PICTURE)
            attach(report, one.path, file, one.caption, actor=self.leader, now=at)
        payments = list(saying.payments())
        paper = saying.paper(payments)
        for paid in payments:
            file = send(paper, f"order-{paid.number}.pdf", by=self.leader, now=at)
            enter_spending(report, paid, file, actor=self.leader, now=at)
        return report

    def hand_in(self, report: Report, *, at: datetime) -> None:
        """Hand it in."""
        submit_report(report, actor=self.leader, now=at)

    def accept(self, report: Report, *, at: datetime) -> None:
        """Accept what was handed in last."""
        words, last = (
            self.story.chance.choice(stock.granting()["home"]["accepted"]),
            versions_of(report),
        )
        accept_report(report, words, version=last[0].version, actor=self.operator, now=at)

    def settle(self, period: Period | None, *, since: date) -> datetime:
        """Lay a report as it was written, handed in and accepted; give the moment of the last."""
        at, settled = self.at(since + WRITTEN), self.at(since + SETTLED)
        report = begin_report(self.grant, period, actor=self.leader, now=at)
        saying = Saying(self.story, written(report), period, at)
        texts = {str(path): text for path, text in saying.texts() if text}
        payments = list(saying.payments())
        said = Said(texts, payments, saying.paper(payments), list(saying.pictures()))
        words = self.story.chance.choice(stock.granting()["home"]["accepted"])
        days = Days(self.leader, at, self.at(since + WRITTEN, 18), self.operator, settled, words)
        lay_accepted(report, said, days)
        return settled
