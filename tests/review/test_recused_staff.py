"""Who works at the centre and is recused in the commission: no other page tells what is decided."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from sinergia.calls.models import Contest
from sinergia.engine.refusal import Refused
from sinergia.organisations.models import Membership
from sinergia.people.models import Person
from sinergia.review.actions.conflicts import clear_conflict, confirm_conflict, enter_conflict
from sinergia.review.actions.course import return_sheet
from sinergia.review.actions.readings import give_reading, lock_reading, take_off_reading
from sinergia.review.actions.ruling import rule_rating
from sinergia.review.actions.stepping_aside import recuse
from sinergia.review.actions.voting import decide_item
from sinergia.review.models import Conflict, Examination, Item, Objection, Sheet
from sinergia.review.queries.assigning import standing_of
from sinergia.review.queries.course import board_of
from sinergia.review.queries.decision import proposals_of, ranking_of, seen_in
from sinergia.review.queries.expert_list import read_codes
from sinergia.review.queries.operators import operators_seeing
from sinergia.review.queries.ranking import ranking_of as ranked_of
from sinergia.review.queries.ranking import rows_of, selection_of
from sinergia.review.queries.waiting import objections_to_settle
from tests.arrange import NOON, a_consultant
from tests.arrange_review import an_examination, an_expert
from tests.review.arrange_signed import RULES, signed
from tests.review.commission import a_commission, a_member, a_sitting, an_item
from tests.review.deciding import a_rated, adopted, decided, published
from tests.review.test_assignment import proposed

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]
CANARY = "Снегириный двор"


@pytest.fixture
def examination(contest: Contest) -> Examination:
    """An application whose sheets lie far apart."""
    made = a_rated(CANARY, "90", contest=contest)
    for score in (9, 6):
        signed(an_expert(contest=contest), made, score, said="Снегири не объяснены")
    tied = {"kind": "declared", "stage": "cleared", "why": "Ошибка", "evidence": "Снегири ей родня"}
    row, expert = made.submission, an_expert(contest=contest)
    Conflict.objects.create(
        expert=expert, submission=row, source="operator", raised_at=NOON, **tied
    )
    Objection.objects.create(
        submission=row, whom="Снегирёв", reason="Снегири", raised_at=NOON, raised_by=uuid4()
    )
    return made


@pytest.fixture(params=["a seat", "a team"])
def recused(
    request: pytest.FixtureRequest, contest: Contest, operator: Person, examination: Examination
) -> Person:
    """An operator who has recused themselves in the commission, or is of the applicant's team."""
    person = a_consultant("recused", centre=contest.centre)
    if request.param == "a team":
        owner = examination.submission.organisation
        Membership.objects.create(person=person, organisation=owner, role="editor", since=NOON)
    commission = a_commission(contest, operator)
    seat = a_member(commission, operator, person=person)
    item = an_item(
        a_sitting(commission, operator), operator, kind="move", about=examination,
        reason="Так", moved="won",
    )  # fmt: skip
    if request.param == "a seat":
        recuse(item, seat, "Родня", actor=person, now=NOON)
    else:
        seat.delete()
    return person


def read(client: Client, contest: Contest, examination: Examination) -> dict[str, tuple[int, bool]]:
    """Of each page that could tell: how it answers, whether it tells."""
    sheet, award = examination.sheets.first(), getattr(examination, "award", None)
    tie, objection = Conflict.objects.earliest("pk"), Objection.objects.earliest("pk")
    assert sheet is not None
    pages = [
        *("conflicts/", "conflicts/export.csv", f"conflicts/{tie.key}/"),
        *("conflicts/named/", f"conflicts/named/{objection.key}/"),
        *("ranking/", "ranking/?q=двор", "ranking/export.csv", f"ranking/{examination.key}/"),
        *("review/sheets/", "review/sheets/export.csv", f"review/sheets/{sheet.key}/"),
        *("assignment/", f"assignment/readings/{examination.key}/"),
        *("review/further/", "decision/", f"decision/{examination.key}/move/"),
        *("publication/letters/", f"publication/letters/{award.key if award else ''}/"),
    ]
    told = {}
    for page in pages:
        answer = client.get(f"/calls/{contest.call.key}/{page}")
        text = answer.content.decode("utf-8-sig").casefold()
        text = text.rpartition("<main")[2]  # above it stands of which team they are
        text = text.replace("?q=двор", "").replace('value="двор"', "")
        told[page] = (
            answer.status_code,
            any(
                word in text for word in (CANARY.casefold(), "снегири", examination.code.casefold())
            ),
        )
    return told


def test_an_objection_of_what_they_do_not_see_is_no_task_of_theirs(
    contest: Contest, operator: Person, recused: Person, examination: Examination
) -> None:
    found = [objections_to_settle(one, contest.centre).count() for one in (operator, recused)]

    assert (Objection.objects.count(), found) == (1, [1, 0])


def test_no_page_or_file_of_the_review_tells_what_they_are_recused_from(
    contest: Contest, operator: Person, recused: Person, examination: Examination, client: Client
) -> None:
    decided(contest, operator)
    examination = Examination.objects.get(pk=examination.pk)
    client.force_login(operator)
    whole = read(client, contest, examination)
    assert {told for told in whole.values() if told != (200, True)} == set(), whole
    client.force_login(recused)

    hidden = read(client, contest, examination)

    assert [page for page, (_status, tells) in hidden.items() if tells] == []
    assert {status for status, _tells in hidden.values()} == {200, 404}


def test_nor_do_they_decide_about_it_elsewhere(
    recused: Person, examination: Examination, contest: Contest, operator: Person
) -> None:
    sheet, free = examination.sheets.all()[0], an_expert("Свободный", contest=contest)
    tie = Conflict.objects.create(
        expert=free, submission=examination.submission, source="found", kind="namesake",
        stage="warning", raised_at=NOON,
    )  # fmt: skip
    given: dict[str, Any] = {"actor": recused, "now": NOON}

    acts: tuple[Callable[[], object], ...] = (
        lambda: rule_rating(examination, RULES.scoring.most, RULES, why="Так", **given),
        lambda: return_sheet(sheet, RULES, words="Поясните", **given),
        lambda: give_reading(examination, free, **given),
        lambda: take_off_reading(sheet, "Так", **given),
        lambda: lock_reading(sheet, is_locked=True, **given),
        lambda: enter_conflict(free, examination.submission, "Строг", **given),
        lambda: confirm_conflict(tie, **given),
        lambda: clear_conflict(tie, "Однофамильцы", **given),
    )
    for act in acts:
        with pytest.raises(Refused, match=r"course\.own"):
            act()
    with pytest.raises(PermissionDenied):
        decide_item(Item.objects.get(), seen=0, actor=recused, now=NOON)


def test_after_the_publication_nothing_is_hidden(
    contest: Contest, operator: Person, recused: Person, examination: Examination, client: Client
) -> None:
    published(contest, operator)
    client.force_login(recused)

    page = client.get(f"/calls/{contest.call.key}/ranking/").content.decode()

    assert CANARY in page


def test_an_operator_of_the_applicant_gives_its_application_to_nobody_and_decides_nothing(
    contest: Contest, operator: Person, examination: Examination
) -> None:
    item = adopted(a_sitting(a_commission(contest, operator), operator), "move", examination)
    Item.objects.update(decision="")
    owner = examination.submission.organisation
    Membership.objects.create(person=operator, organisation=owner, role="editor", since=NOON)
    free = an_expert("Свободный", contest=contest)

    with pytest.raises(Refused, match=r"course\.own"):
        give_reading(examination, free, actor=operator, now=NOON)
    with pytest.raises(PermissionDenied):
        decide_item(item, seen=0, actor=operator, now=NOON)
    assert not Sheet.objects.filter(expert=free).exists()


def test_no_figure_counts_it_and_no_notice_tells_of_it(
    recused: Person, examination: Examination, contest: Contest, operator: Person
) -> None:
    whole, seen = board_of(contest, RULES, now=NOON), {examination.pk}
    board = board_of(contest, RULES, hidden=seen, now=NOON)
    standing = standing_of(contest, {examination.submission_id})

    assert (whole.given, sum(whole.by_signed.values())) == (2, 1)
    assert (board.given, board.full, dict(board.by_signed)) == (0, 0, {})
    assert len(read_codes(contest)) == 2
    assert (standing.applications, standing.given, standing.objections) == (0, 0, 0)
    told = operators_seeing(contest, [examination.submission_id])
    assert [person for person, _seen in told] == [operator]


def test_how_much_an_expert_has_is_counted_without_it(
    recused: Person, examination: Examination, contest: Contest, operator: Person, client: Client
) -> None:
    reader = examination.sheets.earliest("pk").expert
    examination.sheets.latest("pk").delete()  # somebody is to be found for it
    other = an_examination("Другая", contest=contest)
    signed(reader, other, 8)
    proposal = proposed(contest, operator)

    def numbers(who: Person) -> list[int]:
        client.force_login(who)
        listed = rows_at(client, contest, "experts/", "rows")
        loads = rows_at(client, contest, "assignment/loads/")
        would = rows_at(client, contest, f"assignment/{proposal.key}/loads/")
        could = rows_at(client, contest, f"assignment/readings/{other.key}/", "choices")
        of_reader = [
            *(one.counted.given for one in listed if one.counted.expert == reader),
            *(one.counted.signed for one in listed if one.counted.expert == reader),
            *(one.load for one in loads if one == reader),
            *(one.signed for one in loads if one == reader),
            *(one.kept for one in would if one.expert == reader),
            *(one.load for one, _parts, _against in could if one.expert == reader),
        ]
        return [*of_reader, sum(one.new for one in would)]

    pairs = f"assignment/{proposal.key}/pairs/"
    assert numbers(operator) == [2] * 6 + [len(rows_at(client, contest, pairs, "rows"))] == [2] * 7
    assert numbers(recused) == [1] * 6 + [len(rows_at(client, contest, pairs, "rows"))] == [1] * 7


def test_sheets_for_the_accountant_are_taken_by_who_sees_all_of_them(
    recused: Person, examination: Examination, contest: Contest, operator: Person, client: Client
) -> None:
    page = f"/calls/{contest.call.key}/experts/"
    told = []
    for who in (operator, recused):
        client.force_login(who)
        is_offered = f"{page}sheets.xlsx" in client.get(page).content.decode()
        told.append((is_offered, client.get(f"{page}sheets.xlsx").status_code))

    assert told == [(True, 200), (False, 404)]


def rows_at(client: Client, contest: Contest, page: str, name: str = "page") -> list[Any]:
    """The rows that a page of the review shows."""
    found = client.get(f"/calls/{contest.call.key}/{page}").context[name]
    return list(found.rows if name == "page" else found)


def test_places_and_the_reserve_are_counted_without_it_and_no_sum_runs_down(
    contest: Contest, operator: Person, recused: Person, examination: Examination, client: Client
) -> None:
    Contest.objects.filter(pk=contest.pk).update(budget_minor=100_000_00)
    for title, rating in (("Первый", "95"), ("Третий", "80"), ("Четвёртый", "70")):
        a_rated(title, rating, contest=contest)
    contest.refresh_from_db()
    ranking = seen_in(ranking_of(contest, RULES, proposals_of(contest)), {examination.pk})
    lines = ranked_of(rows_of(contest), selection_of(contest, RULES), {examination.pk})
    client.force_login(recused)
    page = client.get(f"/calls/{contest.call.key}/decision/")

    told = [(one.placed.at, one.placed.place, one.placed.reserve) for one in ranking.rows]
    assert told == [(1, 1, 0), (2, 2, 1), (3, 3, 2)]
    assert {one.placed.running_minor for one in ranking.rows} == {0}
    assert [one.place for one in lines] == [1, 2, 3]
    assert [(one.place, one.running_minor) for one in page.context["rows"]] == [
        (1, None),
        (2, None),
        (3, None),
    ]
