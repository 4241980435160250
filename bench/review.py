"""Puts the contest of `bench.contest` under review: 260 experts, 10,000 sheets, most signed.

    python -m bench.review [KEY OF THE CONTEST]
Run inside a bench installation's Django after `bench.contest`. Prints as JSON how long the board,
the list of sheets and the ranking take, p95 of 40 turns, milliseconds, and how many queries.
"""

import json
import random
import sys
import time
from datetime import timedelta
from decimal import Decimal

import django

django.setup()

from django.db import connection, transaction  # noqa: E402  # Django is set up first
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from sinergia.applications.models import Submission  # noqa: E402
from sinergia.calls.models import Contest  # noqa: E402
from sinergia.organisations.models import CentreStaff  # noqa: E402
from sinergia.packs.rules import shipped  # noqa: E402
from sinergia.people.models import Person  # noqa: E402
from sinergia.review.models import Course, Examination, Expert, Flag, Sheet  # noqa: E402

EXPERTS, EACH, TURNS = 260, 2, 40
PAGES = {
    "board": "review/",
    "late experts": "review/?who=late",
    "sheets": "review/sheets/",
    "flagged sheets": "review/sheets/?flag=flat&sort=-rating",
    "sheets by words": "review/sheets/?q=двор",
    "ranking": "ranking/",
    "ranking below the line": "ranking/?state=below",
    "ranking by words": "ranking/?q=двор",
}


@transaction.atomic
def make(contest: Contest) -> None:
    """Put everything that came in under review."""
    rnd, now = random.Random(12), timezone.now()
    Submission.objects.filter(contest=contest).update(stage=Submission.Stage.ADMITTED)
    Contest.objects.filter(pk=contest.pk).update(
        stage=Contest.Stage.CLOSED, closes_at=now - timedelta(days=15)
    )
    Course.objects.create(contest=contest, sheets_by=now.date() + timedelta(days=3))
    sizes = [one.code for one in shipped()["regional"].categories]
    rows = Submission.objects.filter(contest=contest).order_by("pk")
    examinations = Examination.objects.bulk_create(
        [
            Examination(
                contest=contest,
                submission=one,
                code=f"A-{at:04}",
                category=rnd.choice(sizes),
                due=EACH,
                signed=EACH,
                preliminary=Decimal(rnd.randrange(3_000, 9_500)).scaleb(-2),
                spread=Decimal(rnd.randrange(0, 35)),
            )
            for at, one in enumerate(rows, start=1)
        ],
        batch_size=500,
    )
    experts = _experts(contest)
    flag(_sheets(examinations, experts, rnd), rnd)


def _experts(contest: Contest) -> list[Expert]:
    now = timezone.now()
    people = Person.objects.bulk_create(
        Person(email=f"expert-{at}@example.org", name=f"Эксперт {at}", made_at=now)
        for at in range(EXPERTS)
    )
    return Expert.objects.bulk_create(
        Expert(
            contest=contest,
            person=one,
            code=f"E-{at:03}",
            name=one.name,
            most=60,
            stage=Expert.Stage.ACCEPTED,
            invited_at=now,
        )
        for at, one in enumerate(people, start=1)
    )


def _sheets(
    examinations: list[Examination], experts: list[Expert], rnd: random.Random
) -> list[Sheet]:
    now, made = timezone.now(), []
    for one in examinations:
        for expert in rnd.sample(experts, EACH):
            is_signed = rnd.random() < 0.8
            signed_at = now - timedelta(minutes=rnd.randrange(20 * 24 * 60))
            made.append(
                Sheet(
                    examination=one,
                    expert=expert,
                    stage="signed" if is_signed else "given",
                    given_at=now - timedelta(days=21),
                    opened_at=signed_at if is_signed else None,
                    signed_at=signed_at if is_signed else None,
                    rating=one.preliminary if is_signed else None,
                )
            )
    return Sheet.objects.bulk_create(made, batch_size=500)


def flag(sheets: list[Sheet], rnd: random.Random) -> None:
    """Marks on one sheet of twenty."""
    some = [one for one in sheets if one.stage == "signed" and rnd.random() < 0.05]
    Flag.objects.bulk_create(
        [Flag(sheet=one, kind=rnd.choice(Flag.Kind.values)) for one in some], batch_size=500
    )


def main() -> None:
    """Make the rows, read the pages."""
    contests = Contest.objects.select_related("call", "centre").order_by("-pk")
    contest = contests.get(call__key=sys.argv[1]) if len(sys.argv) > 1 else contests[0]
    if not Examination.objects.filter(contest=contest).exists():
        make(contest)
    reader = Client(headers={"host": "127.0.0.1"})
    reader.force_login(CentreStaff.objects.filter(centre=contest.centre)[0].person)
    told = {}
    for name, page in PAGES.items():
        address = f"/calls/{contest.call.key}/{page}"
        taken = []
        for _turn in range(TURNS):
            begun = time.perf_counter()
            answer = reader.get(address)
            taken.append((time.perf_counter() - begun) * 1000)
        with CaptureQueriesContext(connection) as queries:
            answer = reader.get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{address} answered {answer.status_code}")
        p95 = sorted(taken)[int(TURNS * 0.95)]
        told[name] = {"p95": round(p95), "queries": len(queries), "kB": len(answer.content) // 1000}
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
