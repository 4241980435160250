"""A winner declines, the first of the reserve moves up where the money suffices."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.test import Client

from sinergia.applications.models import Application
from sinergia.base.journal.models import Entry
from sinergia.base.letters.models import Letter
from sinergia.calls.models import Contest, Outcome
from sinergia.notices.models import Notice
from sinergia.organisations.models import Membership, Organisation, Reach
from sinergia.people.models import Person
from sinergia.review.actions.declining import decline_award, promote_next, take_back_declining
from sinergia.review.models import Award, Publication, ResultLetter
from sinergia.review.queries.letters import readers_of
from sinergia.review.queries.waiting import declined_before_reserve
from sinergia.review.words.results import as_read, letters_said
from tests.afterwards import codes_of, run_errands
from tests.arrange import NOON, a_leader, a_person, an_organisation, sign_in_twice
from tests.review.deciding import a_rated, decided, published

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]


@pytest.fixture
def told(contest: Contest, operator: Person) -> Contest:
    """A published contest: one winner, two of reserve, the second smaller than the first."""
    contest.budget_minor = 100_000_00
    contest.save()
    a_rated("Победитель", "90", contest=contest)
    a_rated("Запасной", "80", contest=contest, asked=95_000_00)
    a_rated("Второй", "70", contest=contest, asked=20_000_00)
    published(contest, operator)
    run_errands()
    return contest


def award(title: str) -> Award:
    rows = Award.objects.select_related("examination__contest", "examination__submission__project")
    return rows.get(examination__submission__title=title)


def leader_of(title: str) -> Person:
    owner = award(title).examination.submission.organisation
    return Membership.objects.filter(organisation=owner)[0].person


def outcome(title: str) -> tuple[str, int]:
    row = Application.objects.get(title=title)
    return row.outcome, row.awarded_minor


def test_sums_run_down_as_they_were_decided_whoever_moves_up_later(
    told: Contest, operator: Person, client: Client
) -> None:
    address = f"/calls/{told.call.key}/results/"
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    before = client.get(address).context["tiles"]
    decline_award(award("Победитель"), "Нет помещения", actor=operator, now=NOON)
    promote_next(told, "Отказ от гранта", seen=award("Запасной"), actor=operator, now=NOON)

    page = client.get(address)

    rows = [(one.examination.submission.title, running) for one, running in page.context["rows"]]
    assert rows == [("Победитель", 90_000_00), ("Запасной", None), ("Второй", None)]
    assert [(one.value, one.label) for one in before[:2]] == [
        ("3", "applications were judged"),
        ("1", "winner"),
    ]
    tiles = page.context["tiles"]
    assert [(one.value, one.label) for one in (tiles[1], tiles[-1])] == [
        ("2", "winners"),
        ("1", "refusal of a grant"),
    ]


def test_figures_of_a_result_open_exactly_their_rows_after_somebody_moved_up(
    told: Contest, operator: Person, client: Client
) -> None:
    decline_award(award("Победитель"), "Нет помещения", actor=operator, now=NOON)
    promote_next(told, "Отказ от гранта", seen=award("Запасной"), actor=operator, now=NOON)
    address = f"/calls/{told.call.key}/results/"

    def titles(query: str) -> list[str]:
        rows = client.get(address + query).context["rows"]
        return [one.examination.submission.title for one, _running in rows]

    page = client.get(address)
    lowest, url = page.context["line"][-1]

    assert [(one.value, titles(one.url)) for one in page.context["tiles"][3:4]] == [
        ("1", ["Второй"])
    ]
    assert "80" in lowest
    assert titles(url)[0] == "Запасной"


def test_whoever_is_of_the_next_organisation_does_not_move_it_up(
    told: Contest, operator: Person
) -> None:
    decline_award(award("Победитель"), "Отказ", actor=leader_of("Победитель"), now=NOON)
    next_one = award("Запасной").examination.submission.organisation
    Membership.objects.create(organisation=next_one, person=operator, role="editor", since=NOON)

    found = codes_of(
        lambda: promote_next(told, "Отказ", seen=award("Запасной"), actor=operator, now=NOON)
    )

    assert found == ["course.own"]
    assert award("Запасной").follow == ""


def test_a_leader_declines_and_the_first_of_the_reserve_moves_up(
    told: Contest, operator: Person
) -> None:
    leader = leader_of("Победитель")

    for _press in range(2):
        decline_award(award("Победитель"), "Нет помещения", actor=leader, now=NOON)
    for _press in range(2):
        promote_next(told, "Отказ от гранта", seen=award("Запасной"), actor=operator, now=NOON)
    run_errands()

    assert outcome("Победитель") == (Outcome.DECLINED, 90_000_00)
    assert outcome("Запасной") == (Outcome.WON, 95_000_00)
    assert (award("Победитель").follow, award("Запасной").follow) == ("declined", "promoted")
    verbs = Entry.objects.filter(verb__startswith="award.").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == ["award.declined", "award.promoted"]
    notices = Notice.objects.filter(code="review.result", person=leader_of("Запасной"))
    assert [one.values["outcome"] for one in notices.order_by("pk")] == ["reserve", "won"]
    counts = Organisation.objects.filter(won_count=1).order_by("pk")
    assert counts.count() == 2  # a grant declined after the decision was won


@pytest.mark.parametrize(
    ("email", "state", "is_told"), [("box@example.org", "mailed", True), ("", "nobody", False)]
)
def test_whoever_moves_up_is_told_where_they_are_reached_by_then(
    contest: Contest, operator: Person, email: str, state: str, is_told: bool
) -> None:
    contest.budget_minor = 100_000_00
    contest.save()
    a_rated("Победитель", "90", contest=contest)
    owner = a_rated("Запасной", "80", contest=contest).submission.organisation
    Membership.objects.filter(organisation=owner).delete()
    published(contest, operator)
    run_errands()
    if email:
        Reach.objects.create(organisation=owner, kind="email", value=email)

    decline_award(award("Победитель"), "Нет", actor=operator, now=NOON)
    promote_next(contest, "Отказ", seen=award("Запасной"), actor=operator, now=NOON)
    run_errands()

    row = ResultLetter.objects.get(award=award("Запасной"))
    assert (row.state, row.address, row.again_at is not None) == (state, email, is_told)
    assert Letter.objects.filter(to="box@example.org").count() == is_told


def test_who_declined_is_not_told_once_more_that_they_won(told: Contest, operator: Person) -> None:
    decline_award(award("Победитель"), "Нет", actor=operator, now=NOON)
    row = award("Победитель")

    (letter,) = letters_said(Publication.objects.get(), readers_of([row]))

    assert (letter.values["outcome"], letter.values["sum"], letter.values["next"]) == (
        "declined", "", "",
    )  # fmt: skip
    assert as_read(letter)[0].endswith(": от гранта отказались")  # in its reader's language


def test_without_money_nobody_moves_up_and_nobody_is_passed_over(
    told: Contest, operator: Person
) -> None:
    def promote(title: str) -> Callable[[], object]:
        return lambda: promote_next(told, "Так", seen=award(title), actor=operator, now=NOON)

    assert codes_of(promote("Запасной")) == ["award.no_money"]
    assert codes_of(promote("Второй")) == ["award.not_next"]
    decline_award(award("Победитель"), "Нет", actor=operator, now=NOON)
    assert codes_of(
        lambda: promote_next(told, " ", seen=award("Запасной"), actor=operator, now=NOON)
    ) == ["award.no_reason"]


def test_whoever_moved_up_may_decline_too(told: Contest, operator: Person) -> None:
    decline_award(award("Победитель"), "Нет", actor=operator, now=NOON)
    promote_next(told, "Отказ", seen=award("Запасной"), actor=operator, now=NOON)
    decline_award(award("Запасной"), "Тоже", actor=operator, now=NOON)
    promote_next(told, "Отказ", seen=award("Второй"), actor=operator, now=NOON)

    assert outcome("Запасной") == (Outcome.DECLINED, 0)
    assert outcome("Второй") == (Outcome.WON, 20_000_00)


def test_an_organisation_that_holds_a_grant_does_not_get_another(
    contest: Contest, operator: Person
) -> None:
    contest.budget_minor = 100_000_00
    contest.save()
    owner = an_organisation("Один")
    a_leader("one", organisation=owner)
    a_rated("Победитель", "90", contest=contest)
    a_rated("Первый", "80", contest=contest, organisation=owner, asked=20_000_00)
    a_rated("Другой", "75", contest=contest, organisation=owner, asked=20_000_00)
    a_rated("Третий", "70", contest=contest, asked=20_000_00)
    published(contest, operator)
    decline_award(award("Победитель"), "Нет", actor=operator, now=NOON)
    promote_next(contest, "Отказ", seen=award("Первый"), actor=operator, now=NOON)

    assert codes_of(
        lambda: promote_next(contest, "Отказ", seen=award("Другой"), actor=operator, now=NOON)
    ) == ["award.has_won"]
    promote_next(contest, "Отказ", seen=award("Третий"), actor=operator, now=NOON)
    assert outcome("Третий") == (Outcome.WON, 20_000_00)


def test_only_what_was_won_and_told_is_declined_by_its_leader_or_an_operator(
    told: Contest, operator: Person
) -> None:
    assert codes_of(lambda: decline_award(award("Запасной"), "Нет", actor=operator, now=NOON)) == [
        "award.not_won"
    ]
    assert codes_of(lambda: decline_award(award("Победитель"), " ", actor=operator, now=NOON)) == [
        "award.no_reason"
    ]
    with pytest.raises(PermissionDenied):
        decline_award(award("Победитель"), "Нет", actor=a_person("x"), now=NOON)
    with pytest.raises(PermissionDenied):
        promote_next(told, "Нет", seen=award("Запасной"), actor=a_person("y"), now=NOON)


def test_before_the_publication_nobody_declines_nor_sees_the_page(
    contest: Contest, operator: Person, client: Client
) -> None:
    a_rated("Победитель", "90", contest=contest)
    decided(contest, operator)
    row = award("Победитель")
    client.force_login(leader_of("Победитель"))

    with pytest.raises(PermissionDenied):
        decline_award(row, "Нет", actor=operator, now=NOON)
    page = client.get(f"/submissions/{row.examination.submission.key}/decline/")
    assert page.status_code == 404


def test_what_an_operator_noted_by_mistake_is_taken_back_and_its_people_are_told(
    told: Contest, operator: Person, client: Client
) -> None:
    leader = leader_of("Победитель")
    decline_award(award("Победитель"), "Письмо № 4", actor=operator, now=NOON)
    sign_in_twice(client, operator)
    address = f"/calls/{told.call.key}/results/after/{award('Победитель').key}/keep/"

    statuses = [
        client.get(address).status_code,
        client.post(address, {"why": " "}).status_code,
        client.post(address, {"why": "Не та строка"}).status_code,
        client.post(address, {"why": "Не та строка"}).status_code,
    ]

    assert statuses == [200, 422, 302, 302]
    assert outcome("Победитель") == (Outcome.WON, 90_000_00)
    assert award("Победитель").follow == ""
    notices = Notice.objects.filter(person=leader, code__contains="review.").order_by("pk")
    assert list(notices.values_list("code", flat=True)) == [
        "review.result", "review.declined_for_you", "review.award_kept",
    ]  # fmt: skip
    assert Entry.objects.filter(verb="award.kept").count() == 1


def test_it_is_not_taken_back_once_another_has_moved_up_and_who_moved_up_gets_the_sum_again(
    told: Contest, operator: Person
) -> None:
    decline_award(award("Победитель"), "Нет", actor=operator, now=NOON)
    promote_next(told, "Отказ", seen=award("Запасной"), actor=operator, now=NOON)

    def keep(title: str) -> Award:
        return take_back_declining(award(title), "Ошибка", actor=operator, now=NOON)

    assert codes_of(lambda: keep("Победитель")) == ["award.moved_up"]
    decline_award(award("Запасной"), "Тоже", actor=operator, now=NOON)
    assert keep("Запасной").follow == "promoted"
    assert outcome("Запасной") == (Outcome.WON, 95_000_00)
    decline_award(award("Запасной"), "Всё же нет", actor=operator, now=NOON)
    keep("Победитель")
    assert codes_of(lambda: keep("Запасной")) == ["award.no_money"]  # it is the winner's again
    with pytest.raises(PermissionDenied):
        take_back_declining(award("Победитель"), "…", actor=a_person("x"), now=NOON)


def test_operators_learn_that_a_leader_declined_and_see_it_among_their_tasks(
    told: Contest, operator: Person
) -> None:
    def waits() -> list[str]:
        rows = declined_before_reserve(told.centre, since=NOON)
        return [one.examination.submission.title for one in rows]

    assert waits() == []
    decline_award(award("Победитель"), "Нет", actor=leader_of("Победитель"), now=NOON)

    assert Notice.objects.get(code="review.award_declined").person == operator
    assert waits() == ["Победитель"]
    Contest.objects.update(budget_minor=94_000_00)
    assert waits() == []  # the next one asks for more than is left
    Award.objects.filter(pk=award("Запасной").pk).update(cuts=[{"minor": 5_000_00}])
    assert waits() == ["Победитель"]  # but the commission cut it
    Contest.objects.update(budget_minor=None)
    assert waits() == ["Победитель"]
    promote_next(told, "Отказ", seen=award("Запасной"), actor=operator, now=NOON)
    assert waits() == []
    decline_award(award("Запасной"), "Тоже", actor=operator, now=NOON)
    assert waits() == ["Запасной"]


def test_pages_of_declining_and_moving_up(told: Contest, operator: Person, client: Client) -> None:
    key = award("Победитель").examination.submission.key
    leader = leader_of("Победитель")
    client.force_login(leader)
    address = f"/submissions/{key}/decline/"
    asked = client.get(address)
    empty = client.post(address, {"why": ""})
    done = client.post(address, {"why": "Нет помещения"})
    sign_in_twice(client, operator)
    inside = f"/calls/{told.call.key}/results/after/"
    shown = client.get(f"{inside}?q=победитель")
    junk = client.post(inside, {"why": "Так", "seen": "x"})
    moved = client.post(inside, {"why": "Отказ", "seen": award("Запасной").key})
    by_letter = client.post(
        f"{inside}{award('Запасной').key}/decline/", {"why": "Письмо № 4 от 1 декабря"}
    )

    statuses = [one.status_code for one in (asked, empty, done, shown, junk, moved, by_letter)]
    assert statuses == [200, 422, 302, 200, 404, 302, 302]
    assert len(shown.context["held"]) == 1
    assert award("Запасной").followed_why == "Письмо № 4 от 1 декабря"
    public = client.get(f"/calls/{told.call.key}/results/?outcome=declined")
    assert len(public.context["rows"]) == 2
    assert client.get(inside).status_code == 200


def test_an_editor_does_not_decline(told: Contest, client: Client) -> None:
    row = award("Победитель").examination.submission
    client.force_login(a_leader("editor", organisation=row.organisation, role="editor"))

    page = client.post(f"/submissions/{row.key}/decline/", {"why": "Нет"})

    assert page.status_code == 404
    assert award("Победитель").follow == ""


def test_what_followed_is_shown_page_by_page(
    told: Contest, operator: Person, client: Client
) -> None:
    for number in range(30):
        row = a_rated(f"Отказ {number:02d}", "60", contest=told)
        Award.objects.create(
            examination=row, sitting=award("Победитель").sitting, at=10 + number,
            place=10 + number, outcome="won", awarded_minor=1, follow="declined",
            followed_at=NOON, followed_why="Нет",
        )  # fmt: skip
    sign_in_twice(client, operator)
    address = f"/calls/{told.call.key}/results/after/"

    first = client.get(address).context["page"]
    second = client.get(address, {"after": first.next_key}).context["page"]

    assert (len(first.rows), len(second.rows)) == (25, 5)
    assert client.get(f"/calls/{told.call.key}/budgets/").status_code == 200
