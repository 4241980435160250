"""Questions about the demo's contests, asked and answered by the same actions as on the site."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone

from sinergia.calls.actions.questions import Published, answer_question, ask_question
from sinergia.calls.models import Contest
from sinergia.calls.queries.contests import public_contests
from sinergia.organisations.queries.teams import heads_of_centre
from sinergia.people.models import Person
from sinergia.people.queries import invented_people
from sinergia.web.demo import stock


def ask_about_contests() -> None:
    """Ask and answer them; taken again, what is there stays as it is."""
    people = {person.email: person for person in invented_people()}
    for contest in stock.contests():
        held = public_contests().filter(call__name=contest["name"]).first()
        for told in contest.get("questions", ()):
            if held is not None and told["who"] in people:
                _ask(held, people[told["who"]], told, now=timezone.now())


def _ask(contest: Contest, person: Person, told: Mapping[str, str], *, now: datetime) -> None:
    question = ask_question(contest, told["asked"], actor=person, now=now)
    head = heads_of_centre(contest.centre).first()
    for version, name in enumerate(("answer", "corrected")):
        if head is not None and name in told and question.version == version:
            given = Published(told["wording"], told[name], version)
            question = answer_question(question, given, actor=head, now=now)
