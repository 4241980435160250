"""One more expert: when the rules say so, whom, and that both are told."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from sinergia.calls.models import Contest
from sinergia.engine.refusal import Refused
from sinergia.notices.models import Notice
from sinergia.people.models import Person
from sinergia.review.actions import course as actions
from sinergia.review.models import Conflict, Course, Examination, Expert, Sheet
from sinergia.review.queries.calling import (
    Proposal,
    able_to_read,
    needs_of,
    number_needing,
    propose_further,
)
from sinergia.review.queries.costs import affinity_of, choices_for
from tests.arrange import NOON
from tests.arrange_review import a_sheet, an_examination, an_expert
from tests.review.arrange_signed import RULES, signed

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]


def read_by_two(contest: Contest, title: str, first: int, second: int) -> Examination:
    """An application with two signed sheets."""
    made = an_examination(title, contest=contest)
    for score in (first, second):
        signed(an_expert(contest=contest), made, score)
    return made


def needs(contest: Contest) -> list[tuple[str, str]]:
    return [(one.examination.submission.title, one.why) for one in needs_of(contest, RULES)]


def proposal(contest: Contest) -> Proposal:
    return propose_further(contest, RULES, needs_of(contest, RULES), now=NOON)


def test_sheets_far_apart_or_near_the_line_need_one_more(contest: Contest) -> None:
    read_by_two(contest, "Далеко", 9, 6)
    read_by_two(contest, "У черты", 6, 6)
    read_by_two(contest, "Ясно", 9, 8)
    read_by_two(contest, "Слабо", 3, 2)

    assert needs(contest) == [("Далеко", "divergence"), ("У черты", "near_line")]


def test_one_sheet_of_two_needs_nobody_by_the_rules(contest: Contest) -> None:
    made = an_examination("Один", contest=contest)
    signed(an_expert(contest=contest), made, 6)
    a_sheet(an_expert(contest=contest), made)

    assert needs(contest) == []


def test_where_an_expert_has_gone_another_is_called(contest: Contest) -> None:
    made = an_examination("Ушёл", contest=contest)
    signed(an_expert(contest=contest), made, 9)
    a_sheet(an_expert(contest=contest), made, stage="recused")
    an_examination("Не роздана", contest=contest)

    assert needs(contest) == [("Ушёл", "missing")]


def test_whoever_fits_best_is_proposed_without_conflict_and_with_room(contest: Contest) -> None:
    one = read_by_two(contest, "Далеко", 9, 6)
    direction = one.submission.direction
    tied, full, fit = (an_expert(f"Э{number}", contest=contest) for number in range(3))
    Expert.objects.filter(pk__in=[tied.pk, full.pk, fit.pk]).update(directions=[direction])
    Conflict.objects.create(
        expert=tied,
        submission=one.submission,
        source="expert",
        kind="declared",
        stage="stands",
        raised_at=NOON,
    )
    Expert.objects.filter(pk=full.pk).update(most=1)
    garden = an_examination("Сад", contest=contest)
    Examination.objects.filter(pk=garden.pk).update(due=1)
    a_sheet(full, garden)

    told = proposal(contest)

    assert [(need.examination, able.expert) for need, able in told.pairs] == [(one, fit)]
    assert told.unread == []


def test_as_many_as_can_be_are_served_and_the_rest_is_named(contest: Contest) -> None:
    some = [read_by_two(contest, f"П{number}", 9, 6) for number in range(3)]
    Expert.objects.update(most=1)
    last = an_expert(contest=contest)
    Expert.objects.filter(pk=last.pk).update(most=2)
    Conflict.objects.create(
        expert=last,
        submission=some[0].submission,
        source="expert",
        kind="declared",
        stage="stands",
        raised_at=NOON,
    )

    told = proposal(contest)

    assert [need.examination for need, _able in told.pairs] == some[1:]
    assert [need.examination for need in told.unread] == some[:1]


def test_who_is_late_with_sheets_is_proposed_only_where_nobody_else_can_read(
    client: Client, contest: Contest, operator: Person
) -> None:
    one = read_by_two(contest, "Далеко", 9, 6)
    late, slow = (an_expert(name, contest=contest) for name in ("Опоздал", "Успеет"))
    Expert.objects.filter(pk=late.pk).update(directions=[one.submission.direction])
    garden = an_examination("Сад", contest=contest)
    Examination.objects.filter(pk=garden.pk).update(due=1)
    a_sheet(late, garden, stage="draft")
    Course.objects.create(contest=contest, sheets_by=NOON.date())
    client.force_login(operator)
    there = f"/calls/{contest.call.key}/review/further/"

    def able(now: datetime) -> list[tuple[Expert, int]]:
        return [(able.expert, able.late) for able in able_to_read(one, RULES, now=now)]

    assert able(NOON) == [(late, 0), (slow, 0)]
    assert able(NOON + timedelta(days=1)) == [(slow, 0), (late, 1)]
    assert [able.expert for _need, able in proposal(contest).pairs] == [late]
    assert f"{one.key}:{slow.key}" in client.get(there).content.decode()
    Expert.objects.filter(pk=slow.pk).update(stage="left")
    page = client.get(there)
    ((_need, last, _why, said),) = page.context["pairs"]
    assert (last.expert, last.late) == (late, 1)
    assert said in page.content.decode()
    assert f'value="{one.key}:{late.key}" aria' in page.content.decode()  # not ticked


def test_nobody_at_all_is_no_fault(contest: Contest) -> None:
    one = read_by_two(contest, "П", 9, 6)
    Expert.objects.update(stage="left")

    told = proposal(contest)

    assert (told.pairs, [need.examination for need in told.unread]) == ([], [one])
    assert propose_further(contest, RULES, [], now=NOON) == Proposal([], [])


def test_accepted_they_are_called_once_and_marked_as_further(
    client: Client, contest: Contest, operator: Person
) -> None:
    one = read_by_two(contest, "Далеко", 9, 6)
    other = an_expert("Третий", contest=contest)
    client.force_login(operator)
    there = f"/calls/{contest.call.key}/review/further/"

    page = client.get(there).content.decode()
    pair = f"{one.key}:{other.key}"
    assert pair in page
    for _turn in range(2):
        assert client.post(there, {"pair": [pair, "junk", f"{other.key}:x"]}).status_code == 302

    sheet = Sheet.objects.get(examination=one, is_further=True)
    one.refresh_from_db()
    assert (sheet.expert, sheet.stage, one.due) == (other, "given", 3)
    notice = Notice.objects.get(code="review.given")
    assert (notice.person, notice.values["application"]) == (other.person, one.code)
    assert needs(contest) == []
    signed_third = Sheet.objects.filter(pk=sheet.pk)
    signed_third.update(stage="signed", signed_at=NOON, rating=75)
    assert needs(contest) == []


def test_an_expert_with_a_conflict_found_meanwhile_is_refused(
    contest: Contest, operator: Person
) -> None:
    one, other = read_by_two(contest, "Далеко", 9, 6), an_expert(contest=contest)
    Conflict.objects.create(
        expert=other,
        submission=one.submission,
        source="applicant",
        kind="declared",
        stage="stands",
        raised_at=NOON,
    )

    with pytest.raises(Refused) as refusal:
        actions.call_further(contest, RULES, [(one.key, other.key)], actor=operator, now=NOON)

    assert [gap.code for gap in refusal.value.gaps] == ["course.barred"]
    assert not Sheet.objects.filter(is_further=True).exists()


def test_whoever_is_called_is_as_near_as_the_assignment_finds_them(contest: Contest) -> None:
    one = read_by_two(contest, "Далеко", 9, 6)
    for name, topics in (("Чужой", "Спортивные секции"), ("Близкий", "Двор, соседи, чаепития")):
        other = an_expert(name, contest=contest)
        Expert.objects.filter(pk=other.pk).update(topics=topics, directions=["culture"])

    ((_need, able),) = proposal(contest).pairs

    told = {choice.expert: choice.parts.total for choice in choices_for(one)}
    assert 0 < able.affinity == told[able.expert] == max(told.values())
    assert able.affinity == affinity_of(one, able.expert)


def test_the_board_counts_exactly_the_rows_of_its_page(
    client: Client, contest: Contest, operator: Person
) -> None:
    read_by_two(contest, "Далеко", 9, 6)
    gone = an_examination("Ушёл", contest=contest)
    signed(an_expert(contest=contest), gone, 9)
    a_sheet(an_expert(contest=contest), gone, stage="recused")
    client.force_login(operator)

    board = client.get(f"/calls/{contest.call.key}/review/")
    page = client.get(f"/calls/{contest.call.key}/review/further/")

    shown = len(page.context["pairs"]) + len(page.context["unread"])
    assert {url: number for number, _words, url in board.context["tiles"]}[
        page.request["PATH_INFO"]
    ] == shown
    assert shown == len(needs_of(contest, RULES)) == 2
    assert number_needing(contest, RULES, hidden={gone.pk}) == 1
