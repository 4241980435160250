"""A commission is composed by an order, without the contest's experts."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from sinergia.base.journal.models import Entry
from sinergia.calls.actions.duties import give_duty
from sinergia.calls.models import Contest
from sinergia.engine.refusal import Refused
from sinergia.notices.models import Notice
from sinergia.organisations.models import Centre
from sinergia.people.actions import InvitationLetter
from sinergia.people.models import Person
from sinergia.review.actions.commission import (
    MemberGiven,
    OrderGiven,
    end_seat,
    invite_member,
    move_member,
    take_seat,
    write_member,
    write_order,
)
from sinergia.review.models import Award, Commission, Member, Publication, Recusal
from sinergia.review.queries.commission import hidden_examinations, hidden_from, members_of
from tests.afterwards import codes_in
from tests.arrange import NOON, a_consultant, a_leader, a_person, an_organisation, an_upload
from tests.arrange_review import an_examination, an_expert
from tests.review.commission import (
    NAMES,
    a_commission,
    a_member,
    a_sitting,
    an_item,
    members,
    opened,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]
LETTER = InvitationLetter(page="https://example.test/", what="…", language="ru")


@pytest.fixture
def client(client: Client, operator: Person) -> Client:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    client.force_login(operator)
    return client


def room(contest: Contest, rest: str = "") -> str:
    return f"/calls/{contest.call.key}/commission/{rest}"


def invited(member: Member, actor: Person) -> tuple[object, str]:
    made, token = invite_member(
        member,
        email="",
        ends_at=NOON + timedelta(days=1),
        letter=LETTER,
        actor=actor,
        now=NOON,
    )
    return made.key, token


def test_an_order_is_written_with_its_scan_and_changed(contest: Contest, operator: Person) -> None:
    first = OrderGiven("17-р", date(2026, 11, 1), 5, scan=an_upload(operator))
    write_order(contest, first, actor=operator, now=NOON)
    second = OrderGiven("18-р", date(2026, 11, 2), 4, is_chair_decisive=True)
    row = write_order(contest, second, actor=operator, now=NOON)

    assert Commission.objects.count() == 1
    assert (row.order_number, row.quorum, row.is_chair_decisive) == ("18-р", 4, True)
    assert row.scan is not None
    assert row.scan.name == "charter.txt"
    verbs = list(Entry.objects.filter(verb__startswith="commission").values_list("verb", flat=True))
    assert verbs == ["commission.ordered", "commission.ordered"]


def test_members_stand_in_the_order_of_the_paper_and_can_be_moved(
    contest: Contest, operator: Person
) -> None:
    commission = a_commission(contest, operator)
    first, second, third = members(commission, operator)
    move_member(third, -1, actor=operator, now=NOON)
    move_member(first, -1, actor=operator, now=NOON)  # nowhere to go

    assert list(members_of(commission)) == [first, third, second]


def test_there_is_one_chair_and_no_expert_by_name_unless_it_is_a_namesake(
    contest: Contest, operator: Person
) -> None:
    commission = a_commission(contest, operator)
    a_member(commission, operator, role="chair")
    an_expert("Бартенева Н. Л.", contest=contest)
    expert = MemberGiven("БАРТЕНЕВА Н. Л.", role="chair")

    with pytest.raises(Refused) as refusal:
        write_member(commission, expert, actor=operator, now=NOON)
    write_member(
        commission, MemberGiven("Бартенева Н. Л.", is_namesake=True), actor=operator, now=NOON
    )

    assert codes_in(refusal) == ["member.second_chair", "member.is_expert"]
    assert members_of(commission).count() == 2


def test_who_leaves_stays_in_the_list_of_former_members(
    contest: Contest, operator: Person, client: Client
) -> None:
    commission = a_commission(contest, operator)
    member = a_member(commission, operator)
    for _time in range(2):
        client.post(room(contest, f"members/{member.key}/leave/"))

    assert list(members_of(commission)) == []
    assert "Former members" in client.get(room(contest)).content.decode()
    assert Entry.objects.filter(verb="commission.member_left").count() == 1


def test_composition_and_quorum_stand_while_a_session_is_open(
    contest: Contest, operator: Person
) -> None:
    commission = a_commission(contest, operator)
    member = a_member(commission, operator)
    sitting = a_sitting(commission, operator)
    an_item(sitting, operator)
    opened(sitting, operator, member)
    order = OrderGiven("1", date(2026, 11, 1), 1)
    attempts = (
        lambda: write_order(contest, order, actor=operator, now=NOON),
        lambda: write_member(commission, MemberGiven(NAMES[1]), actor=operator, now=NOON),
        lambda: end_seat(member, actor=operator, now=NOON),
    )

    for attempt in attempts:
        with pytest.raises(Refused) as refusal:
            attempt()
        assert codes_in(refusal) == ["commission.session_open"]


def test_a_member_takes_the_seat_by_a_link_once(contest: Contest, operator: Person) -> None:
    commission, person = a_commission(contest, operator), a_person("yulia")
    member = write_member(commission, MemberGiven(NAMES[0]), actor=operator, now=NOON)
    key, token = invited(member, operator)
    for _time in range(2):
        take_seat(key, token, knows_recusal=False, actor=person, now=NOON)  # type: ignore[arg-type]

    member.refresh_from_db()
    assert member.person == person
    assert [one.code for one in Notice.objects.all()] == ["review.seat_taken"]
    with pytest.raises(Refused) as refusal:
        invited(member, operator)
    assert codes_in(refusal) == ["member.has_account"]


def test_an_expert_takes_no_seat_and_one_account_takes_one(
    contest: Contest, operator: Person
) -> None:
    commission = a_commission(contest, operator)
    expert = an_expert(contest=contest)
    first = a_member(commission, operator)
    second = write_member(commission, MemberGiven(NAMES[1]), actor=operator, now=NOON)
    key, token = invited(second, operator)
    assert expert.person is not None
    assert first.person is not None

    for person, code in (
        (expert.person, "member.is_expert"),
        (first.person, "member.account_known"),
    ):
        with pytest.raises(Refused) as refusal:
            take_seat(key, token, knows_recusal=True, actor=person, now=NOON)  # type: ignore[arg-type]
        assert codes_in(refusal) == [code]
    second.refresh_from_db()
    assert second.person is None


def test_an_applicant_takes_a_seat_only_after_being_told_of_the_recusal(
    contest: Contest, operator: Person
) -> None:
    commission = a_commission(contest, operator)
    body = an_organisation("Двор")
    leader = a_leader(organisation=body)
    examination = an_examination(contest=contest, organisation=body)
    sitting = a_sitting(commission, operator)
    item = an_item(sitting, operator, kind="move", about=examination, reason="…", moved="won")
    member = write_member(commission, MemberGiven(NAMES[0]), actor=operator, now=NOON)
    key, token = invited(member, operator)

    with pytest.raises(Refused) as refusal:
        take_seat(key, token, knows_recusal=False, actor=leader, now=NOON)  # type: ignore[arg-type]
    taken = take_seat(key, token, knows_recusal=True, actor=leader, now=NOON)  # type: ignore[arg-type]

    assert codes_in(refusal) == ["member.recusal_untold"]
    assert list(Recusal.objects.values_list("item", "member", "reason")) == [
        (item.pk, taken.pk, "")
    ]
    assert hidden_from(taken) == {examination.pk}
    assert list(hidden_examinations(leader, contest)) == [examination]


def test_whose_centre_applied_is_bound_too_and_nothing_is_hidden_after_publication(
    contest: Contest, operator: Person, centre: Centre
) -> None:
    commission = a_commission(contest, operator)
    own = an_examination("Центр", contest=contest, organisation=centre.organisation)
    an_examination("Чужое", contest=contest)
    member = a_member(commission, operator, person=a_consultant("vera", centre=centre))

    before = hidden_from(member)
    Publication.objects.create(
        contest=contest, stage="published", publish_at=NOON, published_at=NOON
    )

    assert before == {own.pk}
    assert hidden_from(member) == set()


def test_only_who_runs_the_contest_and_its_secretary_find_it(
    contest: Contest, operator: Person, centre: Centre, client: Client
) -> None:
    commission = a_commission(contest, operator)
    plain = a_member(commission, operator)
    secretary = a_member(commission, operator, name=NAMES[1], role="secretary", is_voting=False)
    other = a_consultant("other", centre=centre)
    give_duty(
        contest, operator, "operator", actor=a_consultant("h", centre=centre, role="head"), now=NOON
    )
    assert plain.person is not None
    assert secretary.person is not None
    found = {}
    for person in (operator, secretary.person, plain.person, other, a_person("stranger")):
        client.force_login(person)
        found[person.email] = client.get(room(contest)).status_code
    with pytest.raises(PermissionDenied):
        write_order(contest, OrderGiven("1", date(2026, 1, 1), 1), actor=other, now=NOON)

    assert list(found.values()) == [200, 200, 404, 404, 404]


def test_the_pages_write_the_order_members_and_links(contest: Contest, client: Client) -> None:
    bad = client.post(room(contest, "order/"), {"number": "", "on": "", "quorum": "0"})
    client.post(room(contest, "order/"), {"number": "17-р", "on": "2026-11-01", "quorum": "2"})
    client.post(
        room(contest, "members/new/"), {"name": NAMES[0], "role": "chair", "is_voting": "on"}
    )
    member = Member.objects.get()
    shown = client.post(room(contest, f"members/{member.key}/invite/"), {"days": "14"})
    page = client.get(room(contest)).content.decode()

    assert bad.status_code == 422
    assert "/commission/invitation/" in shown.content.decode()
    assert NAMES[0] in page
    assert (member.role, member.is_voting) == ("chair", True)


def test_the_landing_page_tells_of_the_recusal_and_the_expert_of_theirs(
    contest: Contest, operator: Person, client: Client
) -> None:
    commission, body = a_commission(contest, operator), an_organisation("Двор")
    leader = a_leader(organisation=body)
    an_examination(contest=contest, organisation=body)
    member = write_member(commission, MemberGiven(NAMES[0]), actor=operator, now=NOON)
    now = timezone.now()
    made, token = invite_member(
        member, email="", ends_at=now + timedelta(days=1), letter=LETTER, actor=operator, now=now
    )
    url = f"/commission/invitation/{made.key}/{token}/"
    expert = an_expert(contest=contest)
    assert expert.person is not None

    client.force_login(expert.person)
    for_expert = client.get(url).content.decode()
    client.force_login(leader)
    page = client.get(url).content.decode()
    refused = client.post(url)
    taken = client.post(url, {"knows_recusal": "yes"})
    client.logout()
    over = client.get(url)

    assert "A member of the commission does not score" in for_expert
    assert "1 application in this contest" in page
    assert (refused.status_code, taken.status_code, over.status_code) == (422, 302, 410)
    assert not Award.objects.exists()
