from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client

from sinergia.base.journal.models import Entry
from sinergia.calls.actions.contests import (
    NewContest,
    extend_intake,
    make_contest,
    make_training,
    plan_contest,
    remove_contest,
    take_step,
    write_rules,
)
from sinergia.calls.models import Call, Contest
from sinergia.calls.queries import calls_shown
from sinergia.calls.queries.contests import public_calls, rules_in_force, rules_of
from sinergia.engine.refusal import Gap, Refused
from sinergia.organisations.models import Centre
from sinergia.packs.rules import shipped
from sinergia.people.models import Person
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_contest,
    a_region,
    an_administrator,
    sign_in_twice,
)

pytestmark = [pytest.mark.both, pytest.mark.django_db]

REGIONAL = shipped()["regional"]


@pytest.fixture
def centre() -> Centre:
    return a_centre()


@pytest.fixture
def head(centre: Centre) -> Person:
    return a_consultant("head", centre=centre, role="head")


def refusals(raised: pytest.ExceptionInfo[Refused]) -> list[tuple[str, str]]:
    return [(gap.code, gap.path) for gap in raised.value.gaps]


def plan(**changed: object) -> dict[str, object]:
    given = {
        "opens_at": NOON + timedelta(days=1),
        "closes_at": NOON + timedelta(days=15),
        "results_on": date(2027, 1, 20),
        "project_from": date(2027, 2, 1),
        "project_to": date(2027, 12, 31),
        "budget_minor": 2_400_000_000,
        "about": "Для проектов региона.\r\nВторой год.",
        "whom_to_ask": "",
    }
    return given | changed


def verbs() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


def test_a_contest_begins_with_its_rules_and_nobody_else_sees_it(
    centre: Centre, head: Person
) -> None:
    contest = make_contest(
        centre, NewContest(" Инициативы  2026 ", 2026, REGIONAL), actor=head, now=NOON
    )

    kept = rules_of(contest)
    assert kept is not None
    assert kept.rules == REGIONAL
    assert (kept.row.version, kept.row.frozen_at) == (1, None)
    assert (contest.call.name, contest.stage) == ("Инициативы 2026", "set_up")
    assert contest.call.fund.region == a_region()
    assert list(public_calls("open", now=NOON)) == []
    assert list(calls_shown()) == []
    assert verbs() == ["contest.made"]


def test_the_same_name_in_a_year_is_taken_once(centre: Centre, head: Person) -> None:
    given = NewContest("Инициативы", 2026, REGIONAL)
    make_contest(centre, given, actor=head, now=NOON)

    with pytest.raises(Refused) as raised:
        make_contest(centre, given, actor=head, now=NOON)

    assert refusals(raised) == [("contest.known", "name")]


def test_a_stranger_makes_and_plans_nothing(centre: Centre) -> None:
    contest = a_contest(centre=centre, stage="set_up")
    neighbour = a_consultant("neighbour", centre=a_centre("Б", region=a_region("XB-YAR", "Б")))

    for actor in (neighbour, an_administrator()):
        with pytest.raises(PermissionDenied):
            make_contest(centre, NewContest("Ещё", 2026, REGIONAL), actor=actor, now=NOON)
        with pytest.raises(PermissionDenied):
            plan_contest(contest, plan(), actor=actor, now=NOON)
        with pytest.raises(PermissionDenied):
            write_rules(contest, shipped()["generic"], actor=actor, now=NOON)
        with pytest.raises(PermissionDenied):
            remove_contest(contest, actor=actor, now=NOON)


def test_steps_are_the_heads(centre: Centre, head: Person) -> None:
    contest = a_contest(centre=centre, stage="set_up")

    with pytest.raises(PermissionDenied):
        take_step(contest, "announce", actor=a_consultant(centre=centre), now=NOON)


@pytest.mark.parametrize(
    ("changed", "gap"),
    [
        ({"closes_at": NOON}, ("contest.closes_early", "closes_at")),
        ({"results_on": date(2026, 12, 7)}, ("contest.results_early", "results_on")),
        ({"project_from": date(2026, 12, 1)}, ("contest.projects_early", "project_from")),
        ({"project_to": date(2027, 1, 31)}, ("contest.projects_backwards", "project_to")),
    ],
)
def test_dates_that_go_backwards_are_refused_at_their_field(
    centre: Centre, head: Person, changed: dict[str, Any], gap: tuple[str, str]
) -> None:
    contest = a_contest(centre=centre, stage="set_up")

    with pytest.raises(Refused) as raised:
        plan_contest(contest, plan(**changed), actor=head, now=NOON)

    assert refusals(raised) == [gap]
    contest.refresh_from_db()
    assert contest.budget_minor is None


def test_the_day_of_the_end_is_that_of_the_contests_zone(centre: Centre, head: Person) -> None:
    contest = a_contest(centre=centre, stage="set_up")  # Moscow, UTC+3
    late = NOON.replace(hour=22)

    with pytest.raises(Refused) as raised:
        plan_contest(contest, plan(closes_at=late, opens_at=NOON, results_on=late.date()),
                     actor=head, now=NOON)  # fmt: skip

    assert refusals(raised) == [("contest.results_early", "results_on")]


def test_a_contest_goes_from_its_plan_to_its_end(centre: Centre, head: Person) -> None:
    contest = make_contest(centre, NewContest("Да", 2026, REGIONAL), actor=head, now=NOON)

    plan_contest(contest, plan(), actor=head, now=NOON)
    take_step(contest, "announce", actor=head, now=NOON)
    take_step(contest, "open", actor=head, now=NOON + timedelta(hours=1))
    contest = take_step(contest, "close", actor=head, now=NOON + timedelta(days=16))

    kept = rules_of(contest)
    assert kept is not None
    assert contest.stage == "closed"
    assert contest.about == "Для проектов региона.\nВторой год."
    assert contest.opens_at == NOON + timedelta(hours=1)
    assert kept.row.frozen_at == NOON + timedelta(hours=1)
    assert verbs()[1:] == [
        "contest.planned",
        "contest.announced",
        "contest.opened",
        "contest.closed",
    ]


def test_everything_that_is_missing_is_told_at_once(centre: Centre, head: Person) -> None:
    contest = make_contest(centre, NewContest("Да", 2026, REGIONAL), actor=head, now=NOON)
    contest.rules.all().delete()

    with pytest.raises(Refused) as raised:
        take_step(contest, "announce", actor=head, now=NOON)

    assert refusals(raised) == [
        ("contest.no_about", "about"),
        ("contest.no_rules", "rules"),
        ("contest.no_opening", "opens_at"),
        ("contest.no_end", "closes_at"),
    ]


def test_pressed_twice_a_step_is_taken_once(centre: Centre, head: Person) -> None:
    contest = a_contest(centre=centre, stage="announced")

    take_step(contest, "open", actor=head, now=NOON)
    take_step(contest, "open", actor=head, now=NOON)

    assert verbs().count("contest.opened") == 1


def test_a_step_out_of_turn_is_refused(centre: Centre, head: Person) -> None:
    contest = a_contest(centre=centre, stage="set_up")

    with pytest.raises(Refused) as raised:
        take_step(contest, "open", actor=head, now=NOON)

    assert refusals(raised) == [("contest.wrong_stage", "")]


def test_the_last_moment_of_the_intake_is_still_open(centre: Centre, head: Person) -> None:
    contest = a_contest(centre=centre)
    assert contest.closes_at is not None

    with pytest.raises(Refused) as raised:
        take_step(contest, "close", actor=head, now=contest.closes_at)
    contest = take_step(contest, "close", actor=head, now=contest.closes_at + timedelta.resolution)

    assert refusals(raised) == [("contest.still_open", "closes_at")]
    assert contest.stage == "closed"


def test_dates_stand_once_announced_and_texts_do_not(centre: Centre, head: Person) -> None:
    contest = a_contest(centre=centre, stage="announced")
    before = contest.closes_at

    plan_contest(contest, plan(about="Иначе"), actor=head, now=NOON)

    contest.refresh_from_db()
    assert (contest.about, contest.closes_at, contest.budget_minor) == ("Иначе", before, None)


def test_rules_are_replaced_until_the_opening_and_corrected_after_it(
    centre: Centre, head: Person
) -> None:
    contest = a_contest(centre=centre, stage="announced")
    generic = shipped()["generic"]

    first = write_rules(contest, generic, actor=head, now=NOON)
    take_step(contest, "open", actor=head, now=NOON)
    with pytest.raises(Refused) as raised:
        write_rules(contest, REGIONAL, actor=head, now=NOON)
    second = write_rules(contest, REGIONAL, reason="Опечатка в весе", actor=head, now=NOON)
    third = write_rules(contest, REGIONAL, reason="Ещё раз", actor=head, now=NOON)

    assert refusals(raised) == [("contest.no_reason", "reason")]
    assert (first.version, second.version, second.reason) == (1, 2, "Опечатка в весе")
    assert second.frozen_at == NOON
    assert third == second
    assert contest.rules.count() == 2


def test_the_intake_is_extended_for_everybody_with_a_reason(centre: Centre, head: Person) -> None:
    contest = a_contest(centre=centre)
    assert contest.closes_at is not None
    later = contest.closes_at + timedelta(days=3)

    with pytest.raises(Refused) as without:
        extend_intake(contest, later, reason=" ", actor=head, now=NOON)
    with pytest.raises(Refused) as earlier:
        extend_intake(contest, NOON, reason="Да", actor=head, now=NOON)
    extend_intake(contest, later, reason="Сбой связи", actor=head, now=NOON)
    extend_intake(contest, later, reason="Сбой связи", actor=head, now=NOON)

    contest.refresh_from_db()
    assert refusals(without) == [("contest.no_reason", "reason")]
    assert refusals(earlier) == [("contest.not_later", "closes_at")]
    assert contest.closes_at == later
    assert [one.reason for one in contest.extensions.all()] == ["Сбой связи"]


def test_the_day_of_results_moves_with_the_end_and_to_a_later_one_alone(
    centre: Centre, head: Person
) -> None:
    contest = a_contest(centre=centre)
    assert contest.closes_at is not None
    contest.results_on = contest.closes_at.date()
    contest.save()
    later = contest.closes_at + timedelta(days=3)
    extend = partial(extend_intake, contest, later, reason="Сбой", actor=head, now=NOON)

    with pytest.raises(Refused) as standing:
        extend()
    with pytest.raises(Refused) as sooner:
        extend(days={"results_on": contest.results_on - timedelta(days=1)})
    for _press in range(2):
        extend(days={"results_on": later.date()})

    contest.refresh_from_db()
    assert refusals(standing) == [("contest.results_early", "results_on")]
    assert refusals(sooner) == [("contest.results_sooner", "results_on")]
    assert (contest.closes_at, contest.results_on) == (later, later.date())
    assert [(one.results_before, one.results_after) for one in contest.extensions.all()] == [
        (later.date() - timedelta(days=3), later.date())
    ]


def test_days_of_projects_move_with_the_end_and_to_later_ones_alone(
    centre: Centre, head: Person
) -> None:
    contest = a_contest(centre=centre)
    assert contest.closes_at is not None
    begins, ends = contest.closes_at.date(), contest.closes_at.date() + timedelta(days=90)
    Contest.objects.update(results_on=None, project_from=begins, project_to=ends)
    later = contest.closes_at + timedelta(days=3)
    extend = partial(extend_intake, contest, later, reason="Сбой", actor=head, now=NOON)

    with pytest.raises(Refused) as standing:
        extend()
    with pytest.raises(Refused) as sooner:
        extend(days={"project_from": later.date(), "project_to": ends - timedelta(days=1)})
    extend(days={"project_from": later.date()})

    contest.refresh_from_db()
    assert refusals(standing) == [("contest.projects_early", "project_from")]
    assert refusals(sooner) == [("contest.projects_sooner", "project_to")]
    assert (contest.project_from, contest.project_to) == (later.date(), ends)
    assert contest.extensions.count() == 1


def test_rules_for_practice_are_not_taken_by_a_contest_that_awards(
    centre: Centre, head: Person, client: Client
) -> None:
    contest, practice = a_contest(centre=centre, stage="set_up"), shipped()["practice-contest"]
    given = NewContest("Настоящий", 2026, practice, contest.call.fund)
    before = rules_in_force(contest)
    sign_in_twice(client, head)

    for act in (
        lambda: make_contest(centre, given, actor=head, now=NOON),
        lambda: write_rules(contest, practice, actor=head, now=NOON),
    ):
        with pytest.raises(Refused) as raised:
            act()
        assert raised.value.gaps == [Gap("contest.for_practice", "file")]

    assert rules_in_force(contest) == before
    page = client.get("/calls/new/").text
    assert ('value="regional"' in page, 'value="practice-contest"' in page) == (True, False)


def test_practice_is_made_and_removed(centre: Centre, head: Person) -> None:
    made = make_training(centre, actor=head, now=NOON)
    again = make_training(centre, actor=head, now=NOON)

    assert again == made
    assert (made.stage, made.is_training) == ("open", True)
    assert list(public_calls("open", now=NOON)) == []

    remove_contest(made, actor=head, now=NOON)

    assert not Call.objects.exists()
    assert verbs()[-1] == "contest.removed"


def test_an_announced_contest_stays(centre: Centre, head: Person) -> None:
    contest = a_contest(centre=centre, stage="announced")

    with pytest.raises(Refused) as raised:
        remove_contest(contest, actor=head, now=NOON)

    assert raised.value.gaps == [Gap("contest.was_announced")]


@pytest.mark.parametrize(
    "changed",
    [{"closes_at": NOON - timedelta(days=2)}, {"budget_minor": -1}, {"opens_at": None}],
)
def test_the_database_itself_keeps_a_contest_possible(
    centre: Centre, changed: dict[str, Any]
) -> None:
    contest = a_contest(centre=centre, stage="announced")

    with pytest.raises(IntegrityError), transaction.atomic():
        Contest.objects.filter(pk=contest.pk).update(**changed)
