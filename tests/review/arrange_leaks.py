"""A contest under review in which everything that may leak is a word found nowhere else."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.core import mail
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from sinergia.base.errands.actions import run_due_errands
from sinergia.calls.models import Contest
from sinergia.notices.models import Notice
from sinergia.organisations.models import Membership
from sinergia.people.models import Person
from sinergia.projects.models import Attachment
from sinergia.review.actions.conflicts import enter_conflict
from sinergia.review.actions.objections import raise_objection
from sinergia.review.actions.recusing import recuse as hand_back
from sinergia.review.actions.ruling import hold_unfounded, rule_rating
from sinergia.review.actions.stepping_aside import recuse
from sinergia.review.models import (
    Award,
    Conflict,
    Examination,
    Expert,
    Item,
    Member,
    Objection,
    Ruling,
    Sheet,
    Sitting,
)
from tests.arrange import NOON, a_consultant, a_leader, a_person, an_organisation
from tests.arrange_review import a_sheet, an_examination, an_expert
from tests.house.matrix import World, a_world, sample_names
from tests.review.arrange_blind import (
    CANARY,
    INN,
    a_blind_contest,
    a_hidden_examination,
    a_hidden_organisation,
)
from tests.review.arrange_sheets import fill, sign, whole
from tests.review.arrange_signed import RULES
from tests.review.commission import a_commission, a_member, a_sitting, an_item, opened, votes

# What may leak, by what it is: the words themselves, in whatever form they stand anywhere.
WORDS: Mapping[str, tuple[str, ...]] = {
    "who applies": (CANARY, INN),
    "expert who signed": ("зимородок", "zimorodok"),
    "expert who writes": ("коростель", "korostel"),
    "expert of others": ("оляпка", "olyapka"),
    "expert who handed back": ("трясогузка", "tryasoguzka"),
    "comment signed": ("мухоловка",),
    "comment begun": ("горихвостка",),
    "rating": ("61,37", "61.37"),
    "rating of a sheet": ("57,43", "57.43"),
    "final rating": ("63,19", "63.19"),
    "why the rating changed": ("козодой",),
    "why it is unfounded": ("щурка",),
    "why it was handed back": ("свиристель",),
    "evidence of a conflict": ("пеночка",),
    "whom the applicant objects to": ("вертишейка",),
    "question about it": ("овсянка",),
    "dissent": ("чечевица",),
    "why a member is recused": ("поползень",),
    "decided sum": ("71 337", "71\u00a0337", "71337"),
}
EXPERTS = {
    "expert who signed": ("Зимородок А. А.", "zimorodok"),
    "expert who writes": ("Коростель Б. Б.", "korostel"),
    "expert of others": ("Оляпка В. В.", "olyapka"),
    "expert who handed back": ("Трясогузка Г. Г.", "tryasoguzka"),
}


@dataclass(frozen=True)
class Secret:
    """people: role to who has it. keys: part of an address to the rows that may stand after it."""

    samples: Mapping[str, str]
    people: Mapping[str, Person]
    keys: Mapping[str, list[str]]
    letters: list[EmailMessage]


@contextmanager
def a_secret_review(*, has_samples: bool) -> Iterator[Secret]:
    """Make it; all gone afterwards. has_samples: beside one row of each thing with an address."""
    with transaction.atomic():
        world = a_world()
        samples = sample_names(world) if has_samples else {}
        run_due_errands(now=timezone.now() + timedelta(days=2))
        mail.outbox = []
        people = {"visitor": Person()} | _people(world)
        contest = a_blind_contest(world.centre, people["head"])
        mine, other = _examined(contest, world, people)
        _read(mine, other, people)
        sitting = _decided(mine, other, people)
        run_due_errands(now=timezone.now() + timedelta(days=4))
        yield Secret(samples, people, _keys(contest, sitting, people), list(mail.outbox))
        transaction.set_rollback(True)


def _people(world: World) -> dict[str, Person]:
    names = ("person", "consultant", "head", "neighbour", "official", "administrator")
    people = {name: world.people[name] for name in names}
    people["recused of the staff"] = a_consultant("recused-of-staff", centre=world.centre)
    people["staff of the applicant"] = a_consultant("of-the-applicant", centre=world.centre)
    for name in ("member", "recused member", "secretary"):
        people[name] = a_person("sits-" + name.replace(" ", "-"))
    return people


def _examined(
    contest: Contest, world: World, people: dict[str, Person]
) -> tuple[Examination, Examination]:
    """Two applications: of whom everything is hidden, and of somebody else."""
    owner, neighbour = a_hidden_organisation(), an_organisation("Соседи", region=world.region)
    owner.region = world.region
    owner.save()
    people["applicant"] = a_leader("applies", organisation=owner)
    staff = people["staff of the applicant"]
    Membership.objects.create(person=staff, organisation=owner, role="editor", since=NOON)
    people["rival"] = a_leader("rival", organisation=neighbour)
    given = {"leader": people["applicant"], "operator": people["head"]}
    mine = a_hidden_examination(contest, owner, **given)
    other = an_examination("Сад", contest=contest, organisation=neighbour)
    Contest.objects.filter(pk=contest.pk).update(stage=Contest.Stage.CLOSED)
    contest.refresh_from_db()
    return mine, other


def _read(mine: Examination, other: Examination, people: dict[str, Person]) -> None:
    """Experts: one signed, one writes, one was given something else, one handed it back."""
    contest, head = mine.contest, people["head"]
    for role, (name, email) in EXPERTS.items():
        expert = an_expert(name, contest=contest)
        person = expert.person
        assert person is not None
        person.name, person.email = name, f"{email}@example.org"
        person.save()
        expert.email, expert.work = person.email, name
        expert.save()
        people[role] = person
    signed, writes, apart, back = Expert.objects.filter(contest=contest).order_by("pk")
    sheets = [a_sheet(one, mine) for one in (signed, writes, back)]
    sign(sheets[0], "7", strong="Мухоловка хороша", comments__team="Мухоловка одна")
    sign(a_sheet(apart, other), "7")
    fill(sheets[1], whole(sheets[1], "5", lowers="Горихвостка не считана"))
    hand_back(sheets[2], "Свиристель мне родня", actor=people["expert who handed back"], now=NOON)
    enter_conflict(apart, mine.submission, "Пеночка его сестра", actor=head, now=NOON)
    applicant = people["applicant"]
    raise_objection(mine.submission, "Вертишейка", "Вертишейка враг", actor=applicant, now=NOON)
    sheets[0].refresh_from_db()
    hold_unfounded(sheets[0], why="Щурка не читана", actor=head, now=NOON)
    Sheet.objects.filter(pk=sheets[0].pk).update(rating=Decimal("57.4301"))
    row = Examination.objects.get(pk=mine.pk)
    rule_rating(row, Decimal("63.19"), RULES, why="Козодой прав", actor=head, now=NOON)
    Examination.objects.filter(pk=mine.pk).update(preliminary=Decimal("61.3701"))


def _decided(mine: Examination, other: Examination, people: dict[str, Person]) -> Sitting:
    """A session that moves the application; what was written down is not published."""
    contest, head = mine.contest, people["head"]
    commission = a_commission(contest, head)
    seats = {
        name: a_member(
            commission, head, name=name, person=people[name],
            role="secretary" if name == "secretary" else "member",
            is_voting=name != "secretary",
        )
        for name in ("member", "recused member", "recused of the staff", "secretary")
    }  # fmt: skip
    sitting = a_sitting(commission, head)
    item = an_item(
        sitting, head, kind="move", about=mine, moved="won",
        question="Овсянка достойна?", reason="Овсянка редка",
    )  # fmt: skip
    an_item(sitting, head, kind="list", question="Утвердить список")
    for name in ("recused member", "recused of the staff"):
        recuse(item, seats[name], "Поползень мне сват", actor=people[name], now=NOON)
    sitting = opened(sitting, head, *seats.values())
    votes(item, seats["member"], "against", "Чечевица против")
    Item.objects.filter(pk=item.pk).update(decision="adopted", decided_at=NOON)
    for at, (row, minor) in enumerate(((mine, 71_337_00), (other, 50_000_00)), start=1):
        Award.objects.create(
            examination=row, sitting=sitting, at=at, place=at, outcome="won",
            awarded_minor=minor, rating=Decimal("63.19") if row == mine else Decimal(70),
        )  # fmt: skip
    return sitting


def _keys(contest: Contest, sitting: Sitting, people: Mapping[str, Person]) -> dict[str, list[str]]:
    """Rows of the contest by the part of an address that stands before their key."""

    def keys(*rows: Model) -> list[str]:
        return [str(one.key) for one in rows]  # type: ignore[attr-defined]  # each of them has one

    examinations = list(Examination.objects.filter(contest=contest))
    submissions = [one.submission for one in examinations]
    experts, sheets = (
        Expert.objects.filter(contest=contest),
        Sheet.objects.filter(expert__contest=contest),
    )
    owners = keys(*(one.organisation for one in submissions))
    rows = keys(*(one.application for one in submissions if one.application))
    return {
        "calls": [str(contest.call.key)],
        "submissions": keys(*submissions),
        "projects": keys(*(one.project for one in submissions)),
        "applications": rows,
        "thread": [*rows, *owners, *keys(*(one.project for one in submissions))],
        "organisations": owners,
        "register": owners,
        "experts": keys(*experts),
        "reviews": keys(*experts),
        "sheets": keys(*sheets),
        "readings": keys(*examinations),
        "ranking": keys(*examinations),
        "decision": keys(*examinations),
        "conflicts": keys(*Conflict.objects.filter(expert__contest=contest)),
        "named": keys(*Objection.objects.filter(submission__in=submissions)),
        "rulings": keys(*Ruling.objects.filter(examination__contest=contest)),
        "members": keys(*Member.objects.filter(commission__contest=contest)),
        "sittings": keys(sitting),
        "commission": keys(sitting),
        "items": keys(*sitting.items.all()),
        "<uuid:row>": keys(*sitting.items.all()),
        "letters": keys(*Award.objects.filter(examination__contest=contest)),
        "after": keys(*Award.objects.filter(examination__contest=contest)),
        "files": keys(*Attachment.objects.filter(project__in=[one.project for one in submissions])),
        "notices": keys(*Notice.objects.filter(person__in=[one.pk for one in people.values()])),
    }
