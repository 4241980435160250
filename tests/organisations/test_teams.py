import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sinergia.base.journal.models import Entry
from sinergia.engine.refusal import Gap, Refused
from sinergia.notices.models import Notice
from sinergia.organisations.actions import erasing, teams
from sinergia.organisations.actions import telling as inside
from sinergia.organisations.actions.claims import raise_claim
from sinergia.organisations.actions.contacts import enter_contact
from sinergia.organisations.models import (
    Centre,
    Claim,
    Contact,
    Head,
    Membership,
    Organisation,
    Reach,
)
from sinergia.organisations.queries.held import held_about
from sinergia.organisations.queries.roles import within
from sinergia.organisations.queries.teams import last_led_by, without_leader
from sinergia.people.models import Person
from tests.afterwards import told
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_leader,
    a_person,
    a_region,
    an_administrator,
    an_organisation,
)

pytestmark = [pytest.mark.both, pytest.mark.django_db]


@pytest.fixture
def larisa() -> Person:
    return a_consultant("larisa", centre=a_centre())


@pytest.fixture
def steps() -> Organisation:
    return an_organisation("Полтора шага")


@pytest.fixture
def tamara(steps: Organisation) -> Person:
    return a_leader("tamara", organisation=steps)


@pytest.fixture
def lev(steps: Organisation) -> Person:
    return a_leader("lev", organisation=steps, role="editor")


def place_of(person: Person) -> Membership:
    return Membership.objects.get(person=person)


def end(person: Person, actor: Person, **given: object) -> Membership:
    heir = place_of(given.pop("heir")).key if "heir" in given else None  # type: ignore[arg-type]  # a person
    return teams.end_membership(
        place_of(person).key, actor=actor, now=NOON, heir=heir, reason=str(given.get("reason", ""))
    )


def test_the_last_leader_does_not_leave_silently(
    steps: Organisation, tamara: Person, lev: Person, larisa: Person
) -> None:
    leaving: list[Callable[[], object]] = [
        lambda: end(tamara, tamara),
        lambda: teams.change_role(place_of(tamara).key, "editor", actor=tamara, now=NOON),
    ]
    for leave in leaving:
        with pytest.raises(Refused) as refused:
            leave()
        assert [gap.code for gap in refused.value.gaps] == ["team_last_leader"]
    assert place_of(tamara).until is None


def test_handing_over_makes_an_editor_lead(
    steps: Organisation, tamara: Person, lev: Person
) -> None:
    end(tamara, tamara, heir=lev)
    end(tamara, tamara, heir=lev)  # pressed twice

    assert (place_of(tamara).until, place_of(lev).role) == (NOON, "leader")
    assert not within(tamara).exists()
    assert told(lev) == ["register.team_handed_over"]
    verbs = Entry.objects.filter(verb__startswith="membership.").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == [
        "membership.role_changed", "membership.ended",
    ]  # fmt: skip


def test_leaving_with_a_reason_tells_the_centre_and_lists_the_organisation(
    steps: Organisation, tamara: Person, larisa: Person, client: Client
) -> None:
    never_had = an_organisation("Никогда не входили")

    end(tamara, tamara, reason="Организация закрывается, документы у бухгалтера")

    assert told(larisa) == ["register.team_without_leader"]
    assert list(without_leader(Centre.objects.get())) == [steps]
    client.force_login(larisa)
    page = client.get("/organisations/without-leader/").content.decode()
    assert ("документы у бухгалтера" in page, never_had.name in page) == (True, False)
    assert "документы у бухгалтера" in client.get(f"/organisations/{steps.key}/team/").text
    stored = " ".join(map(str, Notice.objects.values_list("values", flat=True)))
    assert "бухгалтера" not in stored


def test_where_no_centre_serves_administrators_hear_of_it(
    steps: Organisation, tamara: Person
) -> None:
    olga = an_administrator("olga")

    end(tamara, tamara, reason="Ухожу")

    assert told(olga) == ["register.team_without_leader"]


def test_the_centre_may_let_even_the_last_leader_go_and_they_are_told(
    steps: Organisation, tamara: Person, larisa: Person
) -> None:
    end(tamara, larisa)

    assert place_of(tamara).until == NOON
    assert told(tamara) == ["register.team_let_go"]


def test_a_leader_whose_account_is_closed_does_not_count(
    steps: Organisation, tamara: Person, lev: Person
) -> None:
    teams.change_role(place_of(lev).key, "leader", actor=tamara, now=NOON)
    Person.objects.filter(pk=lev.pk).update(is_active=False)

    with pytest.raises(Refused):
        end(tamara, tamara)
    with pytest.raises(Refused):  # nor is anything handed over to it
        end(tamara, tamara, heir=lev)


def test_an_editor_writes_and_takes_nobody_in(
    steps: Organisation, tamara: Person, lev: Person
) -> None:
    for act in (
        lambda: teams.change_role(place_of(tamara).key, "editor", actor=lev, now=NOON),
        lambda: end(tamara, lev),
        lambda: teams.invite_to_team(
            steps, "editor", ends_at=NOON + timedelta(days=1), actor=lev, now=NOON
        ),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_role_is_changed_once_and_told(steps: Organisation, tamara: Person, lev: Person) -> None:
    teams.change_role(place_of(lev).key, "leader", actor=tamara, now=NOON)
    teams.change_role(place_of(lev).key, "leader", actor=tamara, now=NOON)

    assert (place_of(lev).role, told(lev)) == ("leader", ["register.team_role"])
    end(tamara, tamara)  # no longer the last
    with pytest.raises(Refused) as refused:
        teams.change_role(place_of(tamara).key, "editor", actor=lev, now=NOON)
    assert refused.value.gaps == [Gap("team_left_already")]


def test_nobody_makes_themselves_a_leader(
    steps: Organisation, tamara: Person, larisa: Person, client: Client
) -> None:
    a_leader_too = Membership.objects.create(
        organisation=steps, person=larisa, role="editor", since=NOON
    )

    with pytest.raises(Refused) as refused:
        teams.change_role(a_leader_too.key, "leader", actor=larisa, now=NOON)

    assert refused.value.gaps == [Gap("role_own")]
    client.force_login(larisa)
    client.cookies["django_language"] = "en"
    assert "Make a leader" not in client.get(f"/organisations/{steps.key}/team/").text
    teams.change_role(a_leader_too.key, "leader", actor=tamara, now=NOON)
    assert place_of(larisa).role == "leader"


def test_the_centre_hears_where_a_colleague_made_the_last_leader_an_editor(
    steps: Organisation, tamara: Person, larisa: Person
) -> None:
    other = a_consultant("other", centre=Centre.objects.get())

    teams.change_role(place_of(tamara).key, "editor", actor=larisa, now=NOON)

    assert (told(other), told(larisa)) == (["register.team_without_leader"], [])


def test_former_people_are_shown_to_the_centre_alone(
    steps: Organisation, tamara: Person, lev: Person, larisa: Person, client: Client
) -> None:
    end(lev, tamara)
    seen = {}
    for person in (tamara, larisa):
        client.force_login(person)
        seen[person.name] = client.get(f"/organisations/{steps.key}/team/").context["former"]

    assert (seen["tamara"], [row.person for row in seen["larisa"]]) == ([], [lev])


def test_the_team_page_asks_as_much_for_three_as_for_one(
    steps: Organisation, tamara: Person, client: Client
) -> None:
    client.force_login(tamara)
    counts = []
    for number in (1, 2, 3):
        a_leader(f"one {number}", organisation=steps, role="editor")
        given = {"role": "editor", "ground": "Работаю"}
        raise_claim(steps, given, actor=a_person(f"asks {number}"), now=NOON)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/organisations/{steps.key}/team/").status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[2]


def test_leaving_through_the_page_asks_once_more_and_says_what_is_missing(
    steps: Organisation, tamara: Person, lev: Person, client: Client
) -> None:
    client.force_login(tamara)
    address = f"/organisations/{steps.key}/team/{place_of(tamara).key}/end/"

    client.cookies["django_language"] = "en"
    asked, empty = client.get(address), client.post(address, {"reason": " "})
    assert (asked.status_code, "(optional)" in asked.text) == (200, False)
    assert "If nobody: say why nobody leads from now on" in asked.text
    assert place_of(tamara).until is None
    assert (empty.status_code, 'href="#id_reason"' in empty.text) == (422, True)
    response = client.post(address, {"heir": str(place_of(lev).key)})

    assert (response.status_code, response["Location"]) == (302, "/desk/")
    assert place_of(lev).role == "leader"


def test_who_has_nobody_to_hand_over_to_must_say_why(
    steps: Organisation, tamara: Person, client: Client
) -> None:
    client.force_login(tamara)
    client.cookies["django_language"] = "en"
    address = f"/organisations/{steps.key}/team/{place_of(tamara).key}/end/"

    asked, empty = client.get(address).text, client.post(address, {"reason": " "})

    reason = re.findall(r'<textarea name="reason"[^>]*>', asked)[0]
    assert ("(optional)" in asked, " required" in reason) == (False, True)
    assert (empty.status_code, 'href="#id_reason"' in empty.text) == (422, True)
    assert place_of(tamara).until is None


def test_a_person_erased_leaves_no_text_and_no_role_and_is_missed_aloud(
    steps: Organisation, tamara: Person, larisa: Person
) -> None:
    email = tamara.email
    Membership.objects.filter(person=tamara).update(post="Директор Яровая")
    given = {"role": "leader", "post": "Яровая", "ground": "Яровая избрана"}
    other = an_organisation("Другие")
    raise_claim(other, given, actor=tamara, now=NOON)
    head = {"name": "Яровая Т. И.", "post": "Директор"}
    inside.write_head(steps, head, actor=tamara, now=NOON)
    Head.objects.update(person=tamara)
    mailbox = {"kind": "email", "value": email.upper(), "note": "", "is_public": False}
    inside.write_reach(steps, mailbox, actor=tamara, now=NOON)
    known = {"name": "Яровая Т. И.", "email": email.title()}
    enter_contact(Centre.objects.get(), known, {"title": "Директор"}, actor=larisa, now=NOON)
    assert last_led_by(tamara) == [steps]
    assert len(held_about(tamara)) == 4  # place, request, head, contact

    assert erasing.erase_personal_data_of(tamara, now=NOON) == 5

    place, claim = Membership.objects.get(), Claim.objects.get()
    assert (place.until, place.post) == (NOON, "")
    assert (claim.result, claim.post, claim.ground) == ("withdrawn", "", "")
    assert [one.objects.count() for one in (Head, Contact, Reach)] == [0, 0, 0]
    assert told(larisa)[-1] == "register.team_without_leader"


def test_a_head_of_ones_own_name_is_held_and_goes_with_the_account(
    steps: Organisation, tamara: Person
) -> None:
    tamara.name = "Тамара Яровая"
    tamara.save()
    other, namesake = an_organisation("Другие"), "Яровая Тамара Ивановна"
    for organisation, name in [
        (steps, namesake),
        (steps, "Яровая Т. И."),
        (steps, "Яровая"),
        (other, namesake),
    ]:
        Head.objects.create(
            organisation=organisation, name=name, entered_by=tamara.key, entered_at=NOON
        )
    held = " ".join(text for _, texts in held_about(tamara) for text in texts)
    assert held.count(namesake) == 1

    erasing.erase_personal_data_of(tamara, now=NOON)

    left = Head.objects.order_by("pk").values_list("organisation", "name")
    assert list(left) == [(steps.pk, "Яровая Т. И."), (steps.pk, "Яровая"), (other.pk, namesake)]


def test_whoever_left_long_ago_does_not_leave_again_with_the_account(
    steps: Organisation, tamara: Person
) -> None:
    place = Membership.objects.get(person=tamara)
    teams.end_membership(place.key, actor=tamara, now=NOON, reason="Ухожу")

    erasing.erase_personal_data_of(tamara, now=NOON + timedelta(days=9))

    place.refresh_from_db()
    assert (place.until, place.parting) == (NOON, "")
    assert Entry.objects.filter(verb="membership.ended").count() == 1


def test_a_neighbour_centre_sees_nothing_of_it(
    steps: Organisation, tamara: Person, client: Client
) -> None:
    far = a_centre("Центр Б", region=a_region("XB-YAR", "Ярогорский край"))
    client.force_login(a_consultant("neighbour", centre=far))

    assert client.get(f"/organisations/{steps.key}/team/").status_code == 404
    assert list(without_leader(far)) == []


def test_the_page_of_the_leaderless_asks_as_often_for_three_as_for_one(
    larisa: Person, client: Client
) -> None:
    client.force_login(larisa)
    client.get("/organisations/without-leader/")
    counts = []
    for number in (1, 2, 3):
        left = an_organisation(f"Без главы {number}")
        place = Membership.objects.get(person=a_leader(f"leader{number}", organisation=left))
        teams.end_membership(place.key, actor=place.person, now=NOON, reason="Ухожу")
        with CaptureQueriesContext(connection) as asked:
            assert "Ухожу" in client.get("/organisations/without-leader/").text
        counts.append(len(asked))

    assert len(set(counts)) == 1
