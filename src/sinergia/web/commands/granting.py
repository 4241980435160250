"""Three grants of the demo that grew from a visit; the first of them is closed, a practice again.

They were won in funds elsewhere: the organisation's own people keep them, the centre checks. By
the same actions as on the site.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone, translation

from sinergia.applications.models import Application
from sinergia.base.drafts.actions import Save
from sinergia.engine.drafts import Path
from sinergia.engine.granting.periods import parts_of
from sinergia.grants.actions.beginning import Won, begin_elsewhere
from sinergia.grants.actions.certifying import give_certificates
from sinergia.grants.actions.closing import Evaluated, close_grant, make_practice_of
from sinergia.grants.actions.queueing import confirm
from sinergia.grants.actions.signing import Agreed, sign_grant
from sinergia.grants.actions.terms import write_periods
from sinergia.grants.models import Grant
from sinergia.grants.queries.closing import account_of_grant, results_of
from sinergia.grants.queries.grants import latest_plan, periods_of, thawed_plan
from sinergia.grants.words.closing import facts_for_practice
from sinergia.organisations.queries.roles import staff_serving
from sinergia.organisations.queries.teams import memberships_of
from sinergia.people.models import Person
from sinergia.practices.actions.publishing import Published, publish_practice
from sinergia.practices.actions.saving import save_fields as save_practice
from sinergia.practices.actions.sending import send_practice
from sinergia.practices.models import Practice
from sinergia.practices.queries.writing import themes_for
from sinergia.projects.actions.saving import save_fields
from sinergia.projects.models import Project
from sinergia.projects.queries.writing import written
from sinergia.web.commands.holding import heads
from sinergia.web.commands.joining import Public
from sinergia.web.commands.queries import won_and_not_begun
from sinergia.web.commands.reporting import DAY, Telling
from sinergia.web.commands.saying import Fact, Story
from sinergia.web.demo import stock
from sinergia.web.demo.applying import REGION
from sinergia.web.demo.joining import RoleRow

Row = Mapping[str, Any]
EARLY = timedelta(days=30)  # so long after a period its report must have been told


def tell_visited() -> None:
    """Tell of each; what was begun already stays as it is."""
    centre, _head = heads()[REGION]
    zone = ZoneInfo(centre.time_zone)
    for told in stock.granting()["visited"]:
        won = won_and_not_begun(told["number"])
        if won is not None:
            with transaction.atomic(), translation.override("ru"):
                _tell(won, told, zone)


def _tell(won: Application, told: Row, zone: ZoneInfo) -> None:
    """As far as today; closed, where the story says when and that day is over."""
    owner = won.organisation
    if owner is None:
        return
    leader = next(one.person for one in memberships_of(owner) if one.role == "leader")
    signed_at = datetime.combine(told["signed"], time(12), zone)
    _fill(won, told, leader, now=signed_at - 3 * DAY)
    grant = _signed(won, told, leader, now=signed_at)
    telling = _telling(grant, told, leader, zone)
    today = timezone.localdate(timezone=zone)
    public = _opened(telling, today) if "closed" in told else None
    at = _report(telling, today)
    if at is not None and told.get("closed", today) < today:
        _close(telling, told, public)


def _fill(won: Application, told: Row, leader: Person, *, now: datetime) -> None:
    """The project as it was handed in: dates, lines with prices, results with numbers."""
    project: Project = won.origin.project
    fields = written(project).fields
    texts = {"starts_on": f"{told['begins']:%d.%m.%Y}", "ends_on": f"{told['ends']:%d.%m.%Y}"}
    texts |= dict(_cells("lines", told["lines"], ("what", "price", "quantity", "comment")))
    texts |= dict(_cells("results", told["results"], ("what", "number", "proof")))
    for one in told["events"]:
        first, last, where, people = one["plan"]
        cells = {
            "starts_on": f"{first:%d.%m.%Y}",
            "ends_on": f"{last:%d.%m.%Y}",
            "where": where,
            "people": str(people),
        }
        texts |= {f"events/{one['row']}/{name}": text for name, text in cells.items()}
    saves = [
        Save(Path(*path.split("/")), text, fields[path].version if path in fields else 0)
        for path, text in texts.items()
    ]
    save_fields(project, saves, actor=leader, now=now)


def _cells(field: str, rows: list[Row], names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for one in rows:
        for name, text in zip(names, one["cells"], strict=True):
            yield f"{field}/{one['row']}/{name}", text


def _signed(won: Application, told: Row, leader: Person, *, now: datetime) -> Grant:
    given = Won(won.awarded_minor, told["begins"], told["ends"])
    grant = begin_elsewhere(won, given, actor=leader, now=now - DAY)
    shares = [Decimal(one) for one in told["shares"]]
    parts = parts_of(grant.begins_on, grant.ends_on, grant.sum_minor, shares, report_workdays=15)
    write_periods(grant, parts, actor=leader, now=now - DAY)
    return sign_grant(grant, Agreed(told["agreement"], told["signed"]), actor=leader, now=now)


def _telling(grant: Grant, told: Row, leader: Person, zone: ZoneInfo) -> Telling:
    chance = Random(f"grant {told['number']}")  # noqa: S311  # a story, no secret
    story = Story(
        grant,
        chance,
        texts={name: told[name] for name in ("done", "outcome", "media")},
        events={one["row"]: Fact(*one["fact"]) for one in told["events"]},
        results={one["row"]: tuple(one["reached"]) for one in told["results"]},
    )
    return Telling(story, leader, staff_serving(grant.organisation)[0], zone)


def _report(telling: Telling, today: date) -> datetime | None:
    """Period by period as far as today; the moment at which all of them were accepted."""
    grant, at = telling.grant, None
    for period in periods_of(grant):
        paid = at.date() if at is not None else grant.signed_on or period.begins_on
        telling.pay(period, paid + 5 * DAY)
        if period.ends_on + EARLY >= today:
            telling.write(period, at=telling.at(today - DAY), is_whole=False)
            return None
        at = telling.settle(period, since=period.ends_on)
    return at


def _opened(telling: Telling, today: date) -> Public:
    """The page of the project, its diary, and those who join."""
    grant, told = telling.grant, stock.granting()["joined"]
    public = Public(grant, telling.leader, telling.at, grant.ends_on)
    rows = [RoleRow(**one) for one in told["roles"]]
    roles = public.open(told["promise"], rows, on=grant.begins_on + 6 * DAY)
    people = [(name, age) for name, age in told["people"]["names"]]
    asked = public.ask(roles, people, since=grant.begins_on + 8 * DAY)
    confirm(asked, actor=telling.leader, now=telling.at(grant.begins_on + 30 * DAY))
    for one in told["entries"]:
        public.write(one["on"], one["text"])
    for day in told["days"]:
        public.attend(day)
    return public


def _close(telling: Telling, told: Row, public: Public | None) -> None:
    """The final report, the closing; those who helped have papers; a practice is made of it."""
    grant, closed = telling.grant, told["closed"]
    if public is not None:
        give_certificates(grant, actor=telling.leader, now=telling.at(grant.ends_on + 3 * DAY))
    telling.settle(None, since=closed - 15 * DAY)
    evaluated = Evaluated("", told["words"])
    shut = close_grant(grant, evaluated, actor=telling.operator, now=telling.at(closed))
    _publish_practice(shut, telling)


def _publish_practice(grant: Grant, telling: Telling) -> None:
    words, plan = stock.granting()["practice"], thawed_plan(latest_plan(grant), grant)
    spent = account_of_grant(grant).taken_minor
    texts = facts_for_practice(grant, plan, list(results_of(grant)), spent_minor=spent)
    at = telling.at(words["published"])
    practice = make_practice_of(
        grant, texts | words["texts"], actor=telling.leader, now=at - 4 * DAY
    )
    versions = dict(practice.texts.values_list("path", "version"))
    theme = Save(Path("theme"), _theme(practice, words["theme"]), versions.get("theme", 0))
    save_practice(practice, [theme], actor=telling.leader, now=at - 3 * DAY)
    check = send_practice(practice, actor=telling.leader, now=at - DAY)
    said = Published(evidence=words["evidence"], ground=words["ground"])
    publish_practice(practice, check.sent.key, said, actor=telling.operator, now=at)


def _theme(practice: Practice, code: str) -> str:
    named = {one: name for one, name, _english in stock.themes()[REGION].themes}
    return next(str(one.key) for one in themes_for(practice) if one.name_ru == named[code])
