"""Grants of the demo's contest of 2025: signed, paid, reported on, most of them closed.

What was due before the demo is loaded was done, but for the three that came last: one report is
to be checked, one was returned, one is late. By the same actions as on the site.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from sinergia.base.drafts.actions import Save
from sinergia.base.files.models import SIGNED, Upload
from sinergia.engine.drafts import Path
from sinergia.engine.project import Document
from sinergia.grants.actions.beginning import begin_grant
from sinergia.grants.actions.changes import (
    answer_change,
    begin_change,
    save_change,
    send_change,
)
from sinergia.grants.actions.checking import add_remark, answer_remark, return_report
from sinergia.grants.actions.closing import Evaluated, close_grant
from sinergia.grants.actions.conditions import meet_condition
from sinergia.grants.actions.money import Sent, enter_transfer
from sinergia.grants.actions.signing import Agreed, sign_grant
from sinergia.grants.models import Grant, Period, Report
from sinergia.grants.queries.awaiting import awaiting
from sinergia.grants.queries.grants import conditions_of, latest_plan, periods_of, thawed_plan
from sinergia.grants.queries.reports import final_due, payments_of, remarks_of, versions_of
from sinergia.organisations.models import Centre
from sinergia.organisations.queries.teams import memberships_of
from sinergia.people.models import Person
from sinergia.people.queries import invented_people
from sinergia.review.models import Award
from sinergia.web.commands.holding import heads
from sinergia.web.commands.intake import SCREENER
from sinergia.web.commands.reporting import DAY, Telling
from sinergia.web.commands.saying import Story
from sinergia.web.commands.sending import send
from sinergia.web.demo import decided, stock
from sinergia.web.demo.applying import REGION
from sinergia.web.demo.papers import Sheet, pdf_of

TO_CHECK, RETURNED, LATE = range(3)  # what the last three reports wait for
MEND = timedelta(days=6)  # for what was returned


@dataclass(frozen=True)
class Winner:
    """A grant of the contest with its story. today: the day on which the demo is loaded."""

    telling: Telling
    today: date

    @property
    def grant(self) -> Grant:
        """Whose story it is."""
        return self.telling.grant

    @property
    def is_story(self) -> bool:
        """Whether everything happens to it: a change, a returned report, money that comes back."""
        return bool(self.grant.application.number == stock.granting()["home"]["story"])

    @property
    def periods(self) -> list[Period]:
        """In order."""
        return list(periods_of(self.grant))

    @property
    def last_due(self) -> date | None:
        """The last day of what had to be reported on before today; none where nothing had."""
        due = [one.report_on for one in self.periods if one.report_on < self.today]
        return due[-1] if due else None


def keep_winners() -> None:
    """Tell of every award; what was begun already stays as it is."""
    centre, _head = heads()[REGION]
    operator = invented_people().get(email=SCREENER)
    awards = [one for one in awaiting(centre, operator) if _is_former(one)]
    with transaction.atomic():
        winners = [_begin(award, centre, operator) for award in awards]
        open_ones = _last(winners)
        for winner in winners:
            _run(winner, waits=open_ones.get(winner.grant.pk))


def _is_former(award: Award) -> bool:
    return award.examination.contest.call.contest_year == decided.YEAR


def _last(winners: Sequence[Winner]) -> dict[int, int]:
    """Those whose reports were due last, the stories left out: what each waits for."""
    home = stock.granting()["home"]
    kept = [
        (one.last_due, one.grant.pk)
        for one in winners
        if one.last_due and one.grant.application.number not in (home["story"], home["longer"])
    ]
    ends = sorted(kept, reverse=True)[: LATE + 1]
    return {number: waits for waits, (_day, number) in enumerate(ends)}


def _begin(award: Award, centre: Centre, operator: Person) -> Winner:
    """Conditions are met, the agreement is signed, the first tranche is paid."""
    words, zone = stock.granting()["home"], ZoneInfo(centre.time_zone)
    published = datetime.fromisoformat(decided.PUBLISHED).date()
    is_promoted = award.follow == Award.Follow.PROMOTED
    signed = published + timedelta(days=words["promoted" if is_promoted else "signed"])
    made = datetime.combine(signed - 9 * DAY, datetime.min.time(), zone) + timedelta(hours=10)
    grant = begin_grant(award, actor=operator, now=made)
    chance = Random(f"grant {grant.application.number}")  # noqa: S311  # a story, no secret
    leader = next(one.person for one in memberships_of(grant.organisation) if one.role == "leader")
    unspent = words["unspent"] * 100 if grant.application.number == words["story"] else 0
    telling = Telling(Story(grant, chance, unspent=unspent), leader, operator, zone)
    for number, one in enumerate(conditions_of(grant)):
        meet_condition(one, words["met"][number], None, actor=operator, now=made + number * DAY)
    at = telling.at(signed, 15)
    scan = _scan(grant, centre, signed, operator, at)
    agreed = Agreed(f"{grant.application.number}/Г", signed, scan)
    signed_grant = sign_grant(grant, agreed, actor=operator, now=at)
    telling = replace(telling, story=replace(telling.story, grant=signed_grant))
    winner = Winner(telling, timezone.localdate(timezone=zone))
    telling.pay(winner.periods[0], signed + 4 * DAY)
    return winner


def _scan(grant: Grant, centre: Centre, on: date, by: Person, now: datetime) -> Upload:
    number = f"№ {grant.application.number}/Г от {on:%d.%m.%Y}"
    sheet = Sheet(
        f"{centre.organisation.name} — {grant.organisation.name}",
        "Договор о предоставлении гранта",
        number,
        [grant.application.title, "Подписан обеими сторонами, скан."],
    )
    return send(pdf_of(sheet), "agreement.pdf", by=by, now=now, purpose=SIGNED)


def _run(winner: Winner, *, waits: int | None) -> None:
    """Period after period, as far as today; then the final report and the closing."""
    home, telling, settled = stock.granting()["home"], winner.telling, None
    if winner.grant.application.number == home["longer"]:
        _make_longer(winner)
    for period in winner.periods:
        if period.number > 1 and settled is not None:
            telling.pay(period, settled.date() + 2 * DAY)
        if period.report_on >= winner.today:
            return
        is_open = waits is not None and period.report_on == winner.last_due
        if is_open:
            _leave_open(winner, period, waits)
            return
        settled = _settle(winner, period)
    if final_due(winner.grant) < winner.today and settled is not None:
        _close(winner, settled)


def _settle(winner: Winner, period: Period) -> datetime:
    if winner.is_story and period.number == 1:
        return _settle_in_two(winner, period)
    return winner.telling.settle(period, since=period.ends_on)


def _leave_open(winner: Winner, period: Period, waits: int | None) -> None:
    """The report stays with somebody: not handed in, to be checked, to be mended."""
    telling, words = winner.telling, stock.granting()["home"]
    if waits == LATE:
        return
    at = telling.at(winner.today - 2 * DAY)
    report = telling.write(period, at=at)
    telling.hand_in(report, at=at + timedelta(hours=3))
    if waits == RETURNED:
        _return(winner, report, at + timedelta(hours=22), winner.today + MEND, words["late_remark"])


def _settle_in_two(winner: Winner, period: Period) -> datetime:
    """A request for a change, then a report that comes back once."""
    telling, words = winner.telling, stock.granting()["home"]
    first = telling.at(period.ends_on + 6 * DAY)
    result = _document(winner.grant).rows["results"][0]
    number = str(int(result.texts["number"]) + words["story_more"])
    path, asked = f"results/{result.id}/number", telling.at(period.ends_on - 40 * DAY)
    _change(winner, {path: number}, words["story_why"], at=asked)
    report = telling.write(period, at=first)
    telling.hand_in(report, at=first + timedelta(hours=5))
    _return(
        winner, report, first + 3 * DAY, period.ends_on + 20 * DAY, words["remark"], is_payment=True
    )
    remark, mended = remarks_of(report).filter(resolved_at=None).latest("pk"), first + 5 * DAY
    answer_remark(remark, words["answer"], actor=telling.leader, now=mended)
    telling.hand_in(report, at=mended + timedelta(hours=1))
    telling.accept(report, at=mended + 2 * DAY)
    return mended + 2 * DAY


def _return(
    winner: Winner, report: Report, at: datetime, until: date, remark: str, *,
    is_payment: bool = False,
) -> None:  # fmt: skip
    """Give a report back with one remark."""
    operator, words = winner.telling.operator, stock.granting()["home"]["remark_words"]
    payment = payments_of(report).first() if is_payment else None
    path = f"spendings/{payment.key}" if payment is not None else "done"
    add_remark(report, path, remark, actor=operator, now=at)
    version = versions_of(report)[0].version
    return_report(report, words, until, version=version, actor=operator, now=at)


def _make_longer(winner: Winner) -> None:
    """The project goes on for longer, with the operator's consent; its last event follows."""
    words, document = stock.granting()["home"], _document(winner.grant)
    ends = words["longer_to"]
    last = max(document.events, key=lambda one: one.ends_on or winner.grant.begins_on)
    texts = {
        "ends_on": f"{ends:%d.%m.%Y}",
        f"events/{last.id}/ends_on": f"{ends - 4 * DAY:%d.%m.%Y}",
    }
    asked = winner.telling.at(winner.grant.ends_on - 20 * DAY)
    _change(winner, texts, words["longer_why"], at=asked)


def _change(winner: Winner, texts: Mapping[str, str], why: str, *, at: datetime) -> None:
    """Ask for a change of the plan and get the consent."""
    telling = winner.telling
    asked = begin_change(winner.grant, actor=telling.leader, now=at)
    known = dict(asked.texts.values_list("path", "version"))
    saves = [Save(Path(*path.split("/")), text, known.get(path, 0)) for path, text in texts.items()]
    save_change(asked, saves, actor=telling.leader, now=at)
    sent = send_change(asked, why, actor=telling.leader, now=at + timedelta(hours=1))
    answer_change(sent, "accept", actor=telling.operator, now=at + 3 * DAY)


def _document(grant: Grant) -> Document:
    return thawed_plan(latest_plan(grant), grant).document


def _close(winner: Winner, settled: datetime) -> None:
    """What is left comes back, the final report is accepted, the grant is evaluated."""
    telling, words = winner.telling, stock.granting()["home"]
    if telling.story.unspent:
        on = settled.date() + 2 * DAY
        why, currency = words["unspent_why"], winner.grant.currency
        back = Sent("returned", "61", on, telling.story.unspent, currency, why=why)
        enter_transfer(winner.grant, back, actor=telling.operator, now=telling.at(on, 17))
    accepted = telling.settle(None, since=settled.date())
    grade = telling.story.chance.choice(words["grades"])
    evaluated = Evaluated(grade, words["closed"])
    close_grant(winner.grant, evaluated, actor=telling.operator, now=accepted + 2 * DAY)
