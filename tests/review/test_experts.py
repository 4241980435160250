"""Experts are invited, accept or decline, leave; one person is one expert of a contest."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from sinergia.base.journal.models import Entry
from sinergia.base.letters.models import Letter
from sinergia.calls.models import Contest
from sinergia.engine.refusal import Refused
from sinergia.notices.models import Notice
from sinergia.organisations.models import Head
from sinergia.people.models import Invitation, Person
from sinergia.review.actions.answering import (
    accept_invitation,
    decline_invitation,
    leave_contest,
)
from sinergia.review.actions.erasing import erase_experts
from sinergia.review.actions.experts import (
    Given,
    Profile,
    change_expert,
    change_own_profile,
    invite_again,
    invite_experts,
    take_off,
)
from sinergia.review.models import Conflict, Expert, Sheet
from sinergia.review.queries.expert_list import (
    ExpertFilter,
    alike_among,
    everybody,
    listed,
    page_among,
    paid,
    read_codes,
)
from sinergia.review.queries.experts import experts_of
from sinergia.review.queries.invitations import declined_at, invitations_of
from sinergia.review.words.experts import letter_to
from tests.arrange import NOON, a_leader, a_person, an_organisation
from tests.arrange_review import a_sheet, a_submission, an_examination, an_expert
from tests.review.arrange_experts import SOON, accepted, given, invited, person_of, with_mailbox

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]
LATER = NOON + timedelta(hours=2)


def refused(code: str) -> "pytest.RaisesExc[Refused]":
    return pytest.raises(Refused, match=code)


def test_an_expert_is_invited_by_a_letter_and_accepts_once(
    contest: Contest, operator: Person
) -> None:
    nina = with_mailbox(a_person("nina"))
    sent = invited(contest, operator, email=nina.email)

    first = accepted(sent, nina, most=7)
    again = accepted(sent, nina, most=3)

    assert (first, again.most) == (again, 7)
    assert (first.code, first.stage, first.person) == ("E-01", "accepted", nina)
    assert [letter.to_folded for letter in Letter.objects.all()] == [nina.email]
    assert [one.code for one in Notice.objects.filter(person=operator)] == [
        "review.expert_accepted"
    ]
    verbs = Entry.objects.filter(about_kind="review.expert").order_by("pk")
    assert [one.verb for one in verbs] == ["expert.invited", "expert.accepted"]


def test_only_who_runs_the_contest_invites(contest: Contest) -> None:
    with pytest.raises(PermissionDenied):
        invited(contest, a_person("stranger"))


def test_the_same_address_is_invited_once(contest: Contest, operator: Person) -> None:
    invited(contest, operator, email="nina@example.org")

    with refused("expert.address_known email"):
        invited(contest, operator, email="nina@example.org")


def test_an_address_of_the_account_of_an_expert_is_not_invited_again(
    contest: Contest, operator: Person
) -> None:
    nina = with_mailbox(with_mailbox(a_person("nina")), "second@example.org")
    accepted(invited(contest, operator, email=nina.email), nina)

    with refused("expert.address_known"):
        invited(contest, operator, email="second@example.org")


def test_the_same_account_is_no_second_expert_of_a_contest(
    contest: Contest, operator: Person
) -> None:
    nina = with_mailbox(a_person("nina"))
    accepted(invited(contest, operator, email=nina.email), nina)
    second = invited(contest, operator, "Бартенева Нина")

    with refused("expert.account_known"):
        accepted(second, nina)
    assert Expert.objects.filter(person=nina).count() == 1


def test_who_is_invited_by_address_does_not_accept_by_another_row(
    contest: Contest, operator: Person
) -> None:
    nina = with_mailbox(a_person("nina"))
    invited(contest, operator, email=nina.email)
    by_link = invited(contest, operator)

    with refused("expert.two_rows"):
        accepted(by_link, nina)


def test_names_and_domains_that_are_alike_are_told_to_the_operator(
    contest: Contest, operator: Person
) -> None:
    for name, email in (
        ("Бартенева Н. Л.", "bn@mail.example"),
        ("Бартенева Нина Львовна", "nina@mail.example"),
        ("Бартенева Ольга", "o@mail.example"),
        ("Бартенева Н.", "bn@other.example"),
    ):
        invited(contest, operator, name, email)

    assert alike_among(experts_of(contest)) == {"E-01": "E-02", "E-02": "E-01"}


def test_a_link_for_another_address_is_not_accepted(contest: Contest, operator: Person) -> None:
    sent = invited(contest, operator, email="nina@example.org")

    with refused("invitation.other_address"):
        accepted(sent, with_mailbox(a_person("boris")))


def test_whoever_made_a_link_does_not_accept_it(contest: Contest, operator: Person) -> None:
    with refused("expert.own_link"):
        accepted(invited(contest, operator), operator)


def test_a_link_taken_by_somebody_is_over_for_everybody_else(
    contest: Contest, operator: Person
) -> None:
    sent = invited(contest, operator)
    accepted(sent, a_person("nina"))

    with refused("invitation.over"):
        accepted(sent, a_person("boris"))


def test_a_link_out_of_date_is_over(contest: Contest, operator: Person) -> None:
    sent = invited(contest, operator)

    with refused("invitation.over"):
        accept_invitation(
            sent.invitation.key,
            sent.token,
            Profile("Нина"),
            actor=a_person("nina"),
            now=SOON + timedelta(seconds=1),
        )


def test_one_declines_without_an_account_and_may_be_invited_again(
    contest: Contest, operator: Person
) -> None:
    sent = invited(contest, operator, email="nina@example.org")
    key, token = sent.invitation.key, sent.token

    with refused("expert.no_reason reason"):
        decline_invitation(key, token, "  ", actor=None, now=LATER)
    decline_invitation(key, token, "В отпуске", actor=None, now=LATER)
    decline_invitation(key, token, "Ещё раз", actor=None, now=LATER)

    row = Expert.objects.get()
    assert (row.stage, row.reason, row.answered_at) == ("declined", "В отпуске", LATER)
    assert list(declined_at(operator, contest.centre, today=NOON.date())) == [row]
    with refused("invitation.over"):
        accepted(sent, with_mailbox(a_person("nina"), "nina@example.org"))

    again = invite_again(row, ends_at=SOON, actor=operator, now=LATER, letter=letter_to)
    row.refresh_from_db()
    assert (row.stage, row.reason, again.expert.code) == ("invited", "", "E-01")
    assert Invitation.objects.filter(withdrawn_at=None).count() == 1


def test_an_invitation_is_withdrawn_until_it_is_accepted(
    contest: Contest, operator: Person
) -> None:
    sent, kept = invited(contest, operator), invited(contest, operator, "Гусев")
    take_off(sent.expert, actor=operator, now=LATER)
    row = accepted(kept, a_person("gusev"))

    with refused("expert.has_answered"):
        take_off(row, actor=operator, now=LATER)
    with refused("expert.has_answered"):
        invite_again(row, ends_at=SOON, actor=operator, now=LATER, letter=letter_to)
    with refused("invitation.over"):
        accepted(sent, a_person("nina"))
    assert list(Expert.objects.all()) == [row]


def test_of_a_list_all_are_invited_or_nobody(contest: Contest, operator: Person) -> None:
    invited(contest, operator, email="known@example.org")
    rows = [
        Given(Profile("Один"), "one@example.org", line=1),
        Given(Profile("Два"), "known@example.org", line=2),
    ]

    with refused("expert.address_known line 2"):
        invite_experts(contest, rows, ends_at=SOON, actor=operator, now=NOON, letter=letter_to)
    assert Expert.objects.count() == 1

    made = invite_experts(
        contest, rows[:1], ends_at=SOON, actor=operator, now=NOON, letter=letter_to
    )
    assert [one.expert.code for one in made] == ["E-02"]


def test_the_centre_writes_a_profile_anew_and_the_address_until_it_is_answered(
    contest: Contest, operator: Person
) -> None:
    sent = invited(contest, operator, email="old@example.org")
    told = given("Гусев А.", "new@example.org", most=3, directions=["community"])

    row = change_expert(sent.expert, told, actor=operator, now=LATER)

    assert (row.name, row.email, row.most) == ("Гусев А.", "new@example.org", 3)
    assert not Invitation.objects.filter(withdrawn_at=None).exists()
    again = invite_again(row, ends_at=SOON, actor=operator, now=LATER, letter=letter_to)
    row = accepted(again, with_mailbox(a_person("gusev"), "new@example.org"))
    row = change_expert(row, given("Гусев", "other@example.org"), actor=operator, now=LATER)
    assert (row.name, row.email) == ("Гусев", "new@example.org")


def test_an_expert_writes_only_their_own_profile(contest: Contest) -> None:
    one, other = an_expert(contest=contest), an_expert("Гусев", contest=contest)

    row = change_own_profile(one, Profile("Бартенева", most=4), actor=person_of(one), now=NOON)

    assert (row.name, row.most) == ("Бартенева", 4)
    with pytest.raises(PermissionDenied):
        change_own_profile(other, Profile("Чужой"), actor=person_of(one), now=NOON)


def test_an_applicants_own_people_do_not_read_its_application(
    contest: Contest, operator: Person
) -> None:
    theirs, headed, works = (an_organisation(name) for name in ("Своя", "Возглавляет", "Работает"))
    person = a_leader("nina", organisation=theirs)
    Head.objects.create(
        organisation=headed, name="Нина", person=person, entered_by=person.key, entered_at=NOON
    )
    own = [a_submission(one.name, contest=contest, organisation=one) for one in (theirs, headed)]
    third = a_submission("Третья", contest=contest, organisation=works)
    a_submission("Чужая", contest=contest)
    withdrawn = a_submission("Отозвана", contest=contest, organisation=theirs)
    withdrawn.stage, withdrawn.withdrawn_at = "withdrawn", NOON
    withdrawn.save()

    row = accepted(invited(contest, operator), person, organisation=works)

    told = Conflict.objects.order_by("submission").values_list(
        "submission", "source", "kind", "stage", "evidence"
    )
    where = [(one.pk, one.organisation.name) for one in (*own, third)]
    assert list(told) == [(pk, "found", "organisation", "stands", name) for pk, name in where]
    assert {one.expert for one in Conflict.objects.all()} == {row}


def test_who_leaves_hands_back_what_is_not_signed(contest: Contest, operator: Person) -> None:
    expert = an_expert(contest=contest)
    begun = a_sheet(expert, an_examination("Двор", contest=contest), stage="draft")
    signed = a_sheet(expert, an_examination("Сад", contest=contest))
    Sheet.objects.filter(pk=signed.pk).update(stage="signed", signed_at=NOON, rating=50)

    with refused("expert.no_reason"):
        leave_contest(expert, "", actor=person_of(expert), now=LATER)
    leave_contest(expert, "Болезнь", actor=person_of(expert), now=LATER)

    begun.refresh_from_db()
    signed.refresh_from_db()
    expert.refresh_from_db()
    assert (expert.stage, expert.reason) == ("left", "Болезнь")
    assert (begun.stage, begun.why, begun.ended_at) == ("recused", "Болезнь", LATER)
    assert signed.stage == "signed"
    assert [one.code for one in Notice.objects.filter(person=operator)] == ["review.expert_left"]
    with pytest.raises(PermissionDenied):
        leave_contest(expert, "Ещё", actor=person_of(expert), now=LATER)


def test_the_list_is_searched_sorted_and_counted(contest: Contest, operator: Person) -> None:
    anna, boris = an_expert("Ёлкина А.", contest=contest), an_expert("Белов", contest=contest)
    for at, title in enumerate(("Двор", "Сад", "Дом")):
        a_sheet(anna, an_examination(title, contest=contest), stage=("draft", "replaced")[at % 2])
    Sheet.objects.filter(expert=anna, stage="draft").update(
        stage="signed", signed_at=NOON, rating=1
    )
    change_expert(boris, given("Белов", directions=["community"]), actor=operator, now=NOON)

    def found(**asked: str) -> list[tuple[str, int, int]]:
        rows = listed(everybody(contest), ExpertFilter(**asked))
        return [(one.expert.name, one.given, one.signed) for one in rows]

    assert found() == [("Белов", 0, 0), ("Ёлкина А.", 2, 2)]
    assert found(q="елкина") == [("Ёлкина А.", 2, 2)]
    assert found(stage="invited") == []
    assert found(direction="community") == [("Белов", 0, 0)]
    assert ExpertFilter.from_query({"stage": "junk", "q": " а "}).values == {"q": "а"}
    numbers = [vars(one) for one in paid(contest)]
    assert [(row["name"], row["counted"], row["aside"]) for row in numbers] == [("Ёлкина А.", 2, 0)]
    assert read_codes(contest) == {anna.pk: ["A-001", "A-003"]}


def test_waiting_invitations_are_those_to_ones_confirmed_addresses(
    contest: Contest, operator: Person
) -> None:
    nina = with_mailbox(a_person("nina"))
    sent = invited(contest, operator, email=nina.email)
    invited(contest, operator, "Другая", "other@example.org")

    assert invitations_of(nina, now=NOON) == [(sent.invitation, sent.expert)]
    accepted(sent, nina)
    assert invitations_of(nina, now=NOON) == []


def test_pages_of_the_list_lead_on_and_back(contest: Contest) -> None:
    for number in range(60):
        Expert.objects.create(
            contest=contest, code=f"E-{number}", name=f"Эксперт {number:02d}", invited_at=NOON
        )
    rows = listed(everybody(contest), ExpertFilter())

    def read(after: str = "", before: str = "") -> tuple[list[str], str, str]:
        page = page_among(rows, after=after, before=before)
        return [one.name[-2:] for one in page.rows], page.next_key, page.previous_key

    first, on, none = read()
    second, further, back = read(after=on)
    third, end, _back = read(after=further)
    assert (first[0], first[-1], second[0], third[-1], none, end) == (
        "00",
        "24",
        "25",
        "59",
        "",
        "",
    )
    assert read(before=back)[0] == first
    assert read(after="junk")[0] == first


def test_an_expert_who_is_erased_leaves_a_code_and_what_was_signed(
    contest: Contest, operator: Person
) -> None:
    expert = an_expert("Незабудкина В.", contest=contest)
    person = person_of(expert)
    Expert.objects.filter(pk=expert.pk).update(work="Вуз", topics="дворы", post="доцент")
    signed = a_sheet(expert, an_examination("Двор", contest=contest))
    Sheet.objects.filter(pk=signed.pk).update(stage="signed", signed_at=NOON, rating=50)
    begun = a_sheet(expert, an_examination("Сад", contest=contest), stage="draft")
    invited(contest, operator, "Незабудкина", "other@example.org")
    with_mailbox(person, "other@example.org")

    assert erase_experts(person, now=LATER) == 2

    rows = Expert.objects.order_by("pk").values_list(
        *("code", "stage", "name", "email", "post", "work", "topics")
    )
    assert list(rows) == [
        ("E-01", "left", "", "", "", "", ""),
        ("E-02", "declined", "", "", "", "", ""),
    ]
    assert list(Sheet.objects.order_by("pk").values_list("pk", "stage")) == [
        (signed.pk, "signed"),
        (begun.pk, "recused"),
    ]
    assert [one.code for one in Notice.objects.filter(person=operator)] == ["review.expert_left"]
