"""The demo's contest whose intake is elsewhere: its list is taken over, as on the site."""

import tempfile
from datetime import timedelta
from pathlib import Path

from sinergia.applications.actions.taking_over import take_over
from sinergia.applications.reading import read_list
from sinergia.calls.actions.contests import take_step
from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import calls_of
from sinergia.people.queries import invented_people
from sinergia.web.commands.holding import heads
from sinergia.web.commands.intake import SCREENER
from sinergia.web.commands.listing import write_csv
from sinergia.web.demo import stock
from sinergia.web.demo.applying import REGION
from sinergia.web.demo.elsewhere import filed_elsewhere
from sinergia.web.demo.story import Demo


def take_over_list(demo: Demo) -> None:
    """Take the list over and end the intake; what was ended before stays as it is."""
    centre, head = heads()[REGION]
    name = next(one["name"] for one in stock.contests() if "intake" in one)
    contest = calls_of(centre).get(name=name).contest
    closes_at = contest.closes_at
    if contest.stage != Contest.Stage.OPEN or closes_at is None:
        return
    told = filed_elsewhere(demo.organisations, demo.municipalities, seed=demo.seed)
    with tempfile.TemporaryDirectory() as folder:
        path = write_csv(Path(folder) / "list.csv", (row.columns() for row in told))
        rows = read_list(path, contest.call.fund.currency)
    screener = invented_people().get(email=SCREENER)
    take_over(contest, rows, actor=screener, now=closes_at)
    take_step(contest, "close", actor=head, now=closes_at + timedelta(minutes=1))
