"""What came to a contest: three submissions in force on two days, one withdrawn."""

import re
from datetime import datetime, timedelta

from sinergia.applications.actions.submitting import submit, withdraw
from sinergia.applications.models import Submission
from sinergia.base.drafts.actions import Save
from sinergia.calls.models import Contest, ContestRules
from sinergia.packs.rules import Rules
from sinergia.people.models import Person
from sinergia.projects.actions.saving import save_fields
from tests.arrange import NOON, a_leader, a_municipality, a_ready_project, an_organisation
from tests.arrange_rules import rewrite_rules
from tests.projects.test_saving import path


def handed_in(
    contest: Contest, name: str, *, at: datetime = NOON, place: str = "", **texts: str
) -> Submission:
    """A submission of an organisation of its own, its fields as asked."""
    body = an_organisation(name)
    if place:
        body.municipality = a_municipality(place, region=body.region)
        body.save(update_fields=["municipality"])
    leader = a_leader(f"leader of {name}", organisation=body)
    project = a_ready_project(organisation=body, contest=contest)
    for field, text in texts.items():
        kept = project.fields.get(path=field)
        save_fields(project, [Save(path(field), text, kept.version)], actor=leader, now=NOON)
    return submit(project, actor=leader, now=at)


def some(contest: Contest) -> dict[str, Submission]:
    """Three in force on two days, one withdrawn."""
    told = {
        "first": handed_in(contest, "Светофор во дворе", place="Кленовск", title="Двор без углов"),
        "second": handed_in(
            contest, "Сказка на обходе", at=NOON + timedelta(days=1), direction="family"
        ),
        "third": handed_in(contest, "Старая верста", place="Рудный Лог", title="Голоса Меловца"),
        "gone": handed_in(contest, "Мандариновая гора"),
    }
    actor = Person.objects.get(name="leader of Мандариновая гора")
    withdraw(told["gone"], actor=actor, now=NOON)
    return told


def rows_of(page: str) -> int:
    """How many rows the list of a page has."""
    found = re.findall(r"<tbody>(.*?)</tbody>", page, re.DOTALL)
    return found[-1].count("<tr>") if found else 0


def keep_rules(rules: Rules) -> None:
    """Have every contest judged by other rules."""
    for row in ContestRules.objects.all():
        rewrite_rules(row, rules)
