"""Puts the contest of `bench.contest` under review, has it decided and published; reads its pages.

    python -m bench.review [KEY OF THE CONTEST]
Run inside a bench installation's Django after `bench.contest`. Prints as JSON how long each page
takes, p95 of 40 turns and the least processor time, milliseconds, how many queries and kB; seconds
of a proposed assignment, and of the letters while people read.
"""

import json
import random
import secrets
import sys
import time
from datetime import timedelta
from decimal import Decimal

import django

django.setup()

from django.contrib.auth.hashers import make_password  # noqa: E402  # Django is set up first
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.decided import decide, publish  # noqa: E402
from bench.reading import Told, read  # noqa: E402
from sinergia.applications.models import Submission  # noqa: E402
from sinergia.calls.models import Contest  # noqa: E402
from sinergia.engine.project import freeze  # noqa: E402
from sinergia.engine.sheet import PROMPTS, SCHEMA, SCORES  # noqa: E402
from sinergia.organisations.models import CentreStaff, Membership  # noqa: E402
from sinergia.packs.rules import shipped  # noqa: E402
from sinergia.people.models import Person  # noqa: E402
from sinergia.review.access import NEEDED  # noqa: E402
from sinergia.review.actions.assigning import Wanted, drop, make_assignment, propose  # noqa: E402
from sinergia.review.models import (  # noqa: E402
    Conflict,
    Course,
    Examination,
    Expert,
    Flag,
    Score,
    Sheet,
    SignedSheet,
    Statement,
)
from sinergia.review.queries.standing import weights_of  # noqa: E402

EXPERTS, EACH, CONFLICTS = 260, 2, 1_500
COURSE = {
    "board": "review/",
    "late experts": "review/?who=late",
    "sheets": "review/sheets/",
    "flagged sheets": "review/sheets/?flag=flat&sort=-rating",
    "sheets by words": "review/sheets/?q=двор",
    "ranking": "ranking/",
    "ranking below the line": "ranking/?state=below",
    "ranking by words": "ranking/?q=двор",
    "assignment": "assignment/",
    "applications that lack an expert": "assignment/?lacking=yes",
    "loads": "assignment/loads/",
    "conflicts": "conflicts/",
    "conflicts by words": "conflicts/?q=двор",
    "experts": "experts/",
}
TEXT = "Цель ясна, смета обоснована, команда опытна. "
TOPICS = ("двор", "соседи", "лавки и деревья", "театр", "спорт", "семья")


@transaction.atomic
def make(contest: Contest) -> None:
    """Put everything that came in under review, with a leader of each organisation."""
    rnd, now = random.Random(12), timezone.now()
    Submission.objects.filter(contest=contest).update(stage=Submission.Stage.ADMITTED)
    Contest.objects.filter(pk=contest.pk).update(
        stage=Contest.Stage.CLOSED, closes_at=now - timedelta(days=15), budget_minor=10**11
    )
    Course.objects.create(contest=contest, sheets_by=now.date() + timedelta(days=3))
    sizes = [one.code for one in shipped()["regional"].categories]
    rows = list(Submission.objects.filter(contest=contest).order_by("pk"))
    Examination.objects.bulk_create(
        [
            Examination(
                contest=contest,
                submission=one,
                code=f"A-{at:04}",
                category=rnd.choice(sizes),
                due=EACH,
            )
            for at, one in enumerate(rows, start=1)
        ],
        batch_size=500,
    )
    _leaders(rows)
    _experts(contest, rnd)


def _leaders(rows: list[Submission]) -> None:
    now, locked = timezone.now(), make_password(None)
    owners = sorted({one.organisation_id for one in rows})
    people = Person.objects.bulk_create(
        (
            Person(email=f"leads-{pk}@example.org", name=f"Руководитель {pk}", made_at=now,
                   password=locked)
            for pk in owners
        ),
        batch_size=500,
    )  # fmt: skip
    Membership.objects.bulk_create(
        (
            Membership(organisation_id=pk, person=one, role="leader", since=now)
            for pk, one in zip(owners, people, strict=True)
        ),
        batch_size=500,
    )


def _experts(contest: Contest, rnd: random.Random) -> None:
    now, codes = timezone.now(), [one.code for one in shipped()["regional"].directions]
    people = Person.objects.bulk_create(
        Person(email=f"expert-{at}@example.org", name=f"Эксперт {at}", made_at=now)
        for at in range(EXPERTS)
    )
    experts = Expert.objects.bulk_create(
        Expert(
            contest=contest,
            person=one,
            code=f"E-{at:03d}",
            name=one.name,
            most=60,
            directions=rnd.sample(codes, 3),
            topics=", ".join(rnd.sample(TOPICS, 3)),
            stage=Expert.Stage.ACCEPTED,
            invited_at=now,
        )
        for at, one in enumerate(people, start=1)
    )
    Statement.objects.bulk_create(
        Statement(expert=one, kind=kind, version=1, words="…", signed_at=now)
        for one in experts
        for kind in NEEDED
    )
    rows = Submission.objects.filter(contest=contest).values_list("pk", flat=True)
    Conflict.objects.bulk_create(
        Conflict(
            expert=rnd.choice(experts),
            submission_id=pk,
            source="operator",
            kind="declared",
            stage=rnd.choice(["stands", "warning"]),
            raised_at=now,
        )
        for pk in rows[:CONFLICTS]
    )


def proposed(contest: Contest) -> dict[str, float]:
    """Seconds until the best assignment of everybody is proposed, as the worker makes it."""
    head = CentreStaff.objects.filter(centre=contest.centre)[0].person
    asked = propose(contest, Wanted(), actor=head, now=timezone.now())
    begun, spent = time.perf_counter(), time.process_time()
    make_assignment(asked, now=timezone.now())
    told = {"seconds": time.perf_counter() - begun, "processor": time.process_time() - spent}
    asked.refresh_from_db()
    if asked.stage != "ready":
        raise SystemExit(f"the assignment is {asked.stage}: {asked.why}")
    drop(asked, actor=head, now=timezone.now())
    return told


@transaction.atomic
def sign(contest: Contest) -> None:
    """Two sheets for each application, four of five signed with their scores and comments."""
    rnd = random.Random(13)
    rules, now, made, scores = shipped()["regional"], timezone.now(), [], []
    experts = list(Expert.objects.filter(contest=contest))
    rows = list(Examination.objects.filter(contest=contest).order_by("pk"))
    for one in rows:
        one.signed, one.spread = EACH, Decimal(rnd.randrange(0, 35))
        one.preliminary = Decimal(rnd.randrange(3_000, 9_500)).scaleb(-2)
        for expert in rnd.sample(experts, EACH):
            is_signed = rnd.random() < 0.8
            signed_at = now - timedelta(minutes=rnd.randrange(20 * 24 * 60))
            made.append(
                Sheet(
                    examination=one,
                    expert=expert,
                    stage="signed" if is_signed else "given",
                    given_at=now - timedelta(days=21),
                    confirmed_at=now - timedelta(days=21),
                    opened_at=signed_at if is_signed else None,
                    signed_at=signed_at if is_signed else None,
                    rating=one.preliminary if is_signed else None,
                )
            )
    Examination.objects.bulk_update(rows, ["signed", "spread", "preliminary"], batch_size=500)
    Sheet.objects.bulk_create(made, batch_size=500)
    done = [one for one in made if one.stage == "signed"]
    for sheet in done:
        weights = weights_of(rules, sheet.examination.category)
        scores += [Score(sheet=sheet, criterion=code, score=rnd.randrange(11)) for code in weights]
    Score.objects.bulk_create(scores, batch_size=2_000)
    _freeze(done, scores)
    some = [one for one in done if rnd.random() < 0.05]
    Flag.objects.bulk_create(
        [Flag(sheet=one, kind=rnd.choice(Flag.Kind.values)) for one in some], batch_size=500
    )


def _freeze(sheets: list[Sheet], scores: list[Score]) -> None:
    """What each of them was signed as."""
    by_sheet: dict[int, dict[str, str]] = {}
    for one in scores:
        by_sheet.setdefault(one.sheet_id, {})[f"{SCORES}/{one.criterion}"] = str(one.score)
    rows = []
    for sheet in sheets:
        said = by_sheet[sheet.pk] | dict.fromkeys(PROMPTS, TEXT * 5)
        frozen = freeze(SCHEMA, said, chance=secrets.token_bytes)
        rows.append(
            SignedSheet(
                sheet=sheet,
                version=1,
                content=frozen.content,
                digest=frozen.digest,
                code="ABCDEFGHJK",
                signed_at=sheet.signed_at or sheet.given_at,
            )
        )
    SignedSheet.objects.bulk_create(rows, batch_size=500)


def _analyse() -> None:
    """Tell the planner how many rows there are by now."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


def main() -> None:
    """Make the rows, read the pages, as the review goes on."""
    contests = Contest.objects.select_related("call", "centre").order_by("-pk")
    contest = contests.get(call__key=sys.argv[1]) if len(sys.argv) > 1 else contests[0]
    told: Told = {}
    if not Examination.objects.filter(contest=contest).exists():
        make(contest)
        _analyse()
    if not Sheet.objects.filter(examination__contest=contest).exists():
        told["proposal"] = proposed(contest)
        sign(contest)
        _analyse()
    contest.refresh_from_db()
    head = CentreStaff.objects.filter(centre=contest.centre)[0].person
    expert = Expert.objects.filter(contest=contest).select_related("person")[0]
    call = f"/calls/{contest.call.key}"
    told |= read(head, {name: f"{call}/{page}" for name, page in COURSE.items()})
    if expert.person is not None:
        told |= read(expert.person, {"an expert’s desk": f"/reviews/{expert.key}/sheets/"})
    told |= decide(contest, head)
    told |= publish(contest, head)
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
