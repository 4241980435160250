"""Makes a contest to which 5,000 applications came; run inside a bench installation's Django.

Prints as JSON whom to enter as, and the keys of the contest, of one application and of a visit from
which 500 things grew.
"""

import json
import random
import secrets
import sys
from datetime import timedelta

import django

django.setup()

from django.db import transaction  # noqa: E402  # Django is set up first
from django.utils import timezone  # noqa: E402

from bench.thread import a_long_thread  # noqa: E402
from sinergia.applications.models import Application, Frozen, Submission  # noqa: E402
from sinergia.calls.actions.contests import NewContest, make_contest  # noqa: E402
from sinergia.calls.models import Contest, ContestRules, Outcome  # noqa: E402
from sinergia.engine.project import freeze  # noqa: E402
from sinergia.engine.text import fold  # noqa: E402
from sinergia.organisations.actions.centres import join_centre  # noqa: E402
from sinergia.organisations.models import Centre, Organisation  # noqa: E402
from sinergia.packs.rules import shipped  # noqa: E402
from sinergia.people.actions import command_person, invent_person  # noqa: E402
from sinergia.people.models import Person  # noqa: E402
from sinergia.projects.models import Project  # noqa: E402

SUBMITTED, DRAFTS = 5_000, 1_500
TEXT = "Соседи собираются во дворе, чинят лавки и сажают деревья. " * 30
STAGES = {"admitted": 60, "registered": 20, "submitted": 15, "not_admitted": 4, "returned": 1}


@transaction.atomic
def main() -> None:
    """Make everything."""
    rnd, now, me = random.Random(11), timezone.now(), command_person(timezone.now())
    centre = Centre.objects.order_by("-pk")[0]
    head = invent_person("head@example.org", "Head", is_administrator=False, actor=me, now=now)
    join_centre(centre, head, "head", actor=me, now=now)
    contest = make_contest(
        centre, NewContest("Стендовый конкурс", 2026, shipped()["regional"]), actor=head, now=now
    )
    contest.opens_at, contest.closes_at = now - timedelta(days=30), now + timedelta(days=1)
    contest.stage, contest.last_number = Contest.Stage.OPEN, SUBMITTED
    contest.save()
    regions = centre.regions.values("region")
    theirs = list(Organisation.objects.filter(region__in=regions).order_by("pk")[:SUBMITTED])
    projects = projects_of(contest, theirs, rnd)
    made = submissions_of(contest, projects[:SUBMITTED], rnd)
    freeze_all(contest, made, head)
    visit = a_long_thread(centre, theirs, head, now=now)
    told = {"reader": head.key, "contest": contest.call.key, "submission": made[0].key}
    told["visit"] = visit.key
    sys.stdout.write(json.dumps({name: str(key) for name, key in told.items()}) + "\n")


def projects_of(contest: Contest, theirs: list[Organisation], rnd: random.Random) -> list[Project]:
    """Projects of as many organisations, those handed in before the drafts."""
    now, codes = timezone.now(), [one.code for one in shipped()["regional"].directions]
    made = []
    for number in range(SUBMITTED + DRAFTS):
        title = f"Тёплый двор {rnd.randrange(10**6)}"
        begun = now - timedelta(minutes=rnd.randrange(30 * 24 * 60))
        project = Project(
            organisation=theirs[number % len(theirs)],
            contest=contest,
            title=title,
            title_folded=fold(title),
            direction=rnd.choice(codes),
            to_mend=rnd.randrange(12),
            made_by=contest.call.key,
            made_at=begun,
            changed_at=begun,
        )
        made.append(project)
    return Project.objects.bulk_create(made, batch_size=500)


def submissions_of(
    contest: Contest, projects: list[Project], rnd: random.Random
) -> list[Submission]:
    """One of each project, most of them registered with a row among all applications."""
    entry, made = 0, []
    for number, project in enumerate(projects, start=1):
        stage = rnd.choices(list(STAGES), list(STAGES.values()))[0]
        is_registered = stage in ("admitted", "registered", "not_admitted")
        entry += is_registered
        made.append(
            Submission(
                contest=contest,
                project=project,
                organisation=project.organisation,
                number=number,
                version=1,
                shown_number=f"26-1-{number:04}",
                title=project.title,
                title_folded=project.title_folded,
                direction=project.direction,
                asked_minor=rnd.randrange(100, 3_000) * 100_000,
                currency="RUB",
                stage=stage,
                submitted_at=project.made_at + timedelta(minutes=5),
                entry=entry if is_registered else None,
                application=application_of(contest, project, number) if is_registered else None,
            )
        )
    return Submission.objects.bulk_create(made, batch_size=500)


def application_of(contest: Contest, project: Project, number: int) -> Application:
    """Its row among all applications."""
    call = contest.call
    return Application.objects.create(
        organisation=project.organisation,
        fund=call.fund,
        call=call,
        contest_year=call.contest_year,
        number=f"26-1-{number:04}",
        title=project.title,
        title_folded=project.title_folded,
        region_id=project.organisation.region_id,
        currency="RUB",
        outcome=Outcome.PENDING,
    )


def freeze_all(contest: Contest, made: list[Submission], head: Person) -> None:
    """What was handed in, ten kilobytes each."""
    rules = ContestRules.objects.get(contest=contest)
    rows = []
    for one in made:
        texts = {"title": one.title, "direction": one.direction, "problem": TEXT, "summary": TEXT}
        frozen = freeze("application/1", texts, chance=secrets.token_bytes)
        rows.append(
            Frozen(
                submission=one,
                rules=rules,
                content=frozen.content,
                digest=frozen.digest,
                code="ABCDEFGHJK",
                own_minor=0,
                submitted_by=head.key,
            )
        )
    Frozen.objects.bulk_create(rows, batch_size=500)


if __name__ == "__main__":
    main()
