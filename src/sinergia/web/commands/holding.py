"""Contests of the demo's centres: screened, ending tomorrow, announced, taken in elsewhere."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from sinergia.calls.actions.contests import NewContest, make_contest, plan_contest, take_step
from sinergia.calls.queries.contests import calls_of
from sinergia.calls.queries.funds import fund_by
from sinergia.organisations.models import Centre
from sinergia.packs.rules import shipped
from sinergia.people.models import Person
from sinergia.web.commands.queries import heads_of_centres
from sinergia.web.demo import stock

CLOSING = time(18)
RESULTS, BEGINNING, END = 70, 98, 430  # days after the intake
ANNOUNCED = timedelta(days=12)  # before the opening


def hold_contests() -> None:
    """Make, plan, announce and open them; taken again, what is there stays as it is."""
    leading = heads()
    for told in stock.contests():
        centre, head = leading[told["region"]]
        if not calls_of(centre).filter(name=told["name"]).exists():
            _hold(centre, head, told, now=timezone.now())


def heads() -> dict[str, tuple[Centre, Person]]:
    """The centre that serves each region, and its head."""
    found: dict[str, tuple[Centre, Person]] = {}
    for one in heads_of_centres():
        served = one.centre.regions.values_list("region__code", flat=True)
        found |= dict.fromkeys(served, (one.centre, one.person))
    return found


def _hold(centre: Centre, head: Person, told: Mapping[str, Any], *, now: datetime) -> None:
    opens_at, closes_at = _moments(centre, told, now)
    before = min(now, opens_at - ANNOUNCED)
    fund = fund_by(told.get("fund", ""))
    intake = told.get("intake", "here")
    year = told.get("year", opens_at.year)
    given = NewContest(told["name"], year, shipped()["regional"], fund, intake)
    contest = make_contest(centre, given, actor=head, now=before)
    last = closes_at.date()
    plan = {
        "opens_at": opens_at,
        "closes_at": closes_at,
        "results_on": last + timedelta(days=RESULTS),
        "project_from": last + timedelta(days=BEGINNING),
        "project_to": last + timedelta(days=END),
        "budget_minor": told["millions"] * 100_000_000,
        "about": told["about"].strip(),
        "whom_to_ask": "",
    }
    plan_contest(contest, plan, actor=head, now=before)
    take_step(contest, "announce", actor=head, now=before)
    if opens_at <= now:
        take_step(contest, "open", actor=head, now=opens_at)


def _moments(centre: Centre, told: Mapping[str, Any], now: datetime) -> list[datetime]:
    """The opening and the end."""
    zone = ZoneInfo(centre.time_zone)
    today = now.astimezone(zone).date()
    return [datetime.combine(today + timedelta(days=days), CLOSING, zone) for days in told["days"]]
