import re
from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils import timezone

from sinergia.base.errands.actions import run_due_errands
from sinergia.engine.refusal import Gap, Refused
from sinergia.notices.models import Notice
from sinergia.notices.words import said_by
from sinergia.organisations.actions import invitations as actions
from sinergia.organisations.actions import teams
from sinergia.organisations.actions.merging import merge_organisations
from sinergia.organisations.models import CentreStaff, Membership, Official, Organisation
from sinergia.people.models import Invitation, Person
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
    sign_in_twice,
)

pytestmark = [pytest.mark.both_in_full, pytest.mark.django_db]
WEEK = timedelta(days=7)


@pytest.fixture
def steps() -> Organisation:
    return an_organisation("Полтора шага")


@pytest.fixture
def tamara(steps: Organisation) -> Person:
    return a_leader("tamara", organisation=steps)


def a_link(
    steps: Organisation, actor: Person, role: str = "editor", *, email: str = ""
) -> tuple[Invitation, str]:
    now = timezone.now()
    return teams.invite_to_team(steps, role, email=email, ends_at=now + WEEK, actor=actor, now=now)


def address_of(invitation: Invitation, token: str) -> str:
    return f"/invitation/{invitation.key}/{token}/"


def test_a_link_from_the_page_takes_somebody_in_once(
    steps: Organisation, tamara: Person, client: Client
) -> None:
    client.force_login(tamara)
    made = client.post(f"/organisations/{steps.key}/team/invite/", {"role": "editor", "days": "7"})
    (link,) = set(re.findall(r"http://testserver(/invitation/\S+?/\S+?/)", made.text))
    lev, other = a_person("lev"), a_person("other")

    assert "Полтора шага" in Client().get(link).text  # a visitor reads what it is
    assert Client().post(link)["Location"].endswith(f"?next={link}")
    client.force_login(lev)
    response = client.post(link, {"post": "Бухгалтер"})
    again = client.post(link, {"post": "Бухгалтер"})

    assert (response["Location"], again["Location"]) == (f"/organisations/{steps.key}/inside/",) * 2
    place = Membership.objects.get(person=lev)
    assert (place.role, place.post) == ("editor", "Бухгалтер")
    assert (told(lev), told(tamara)) == (["register.team_joined"], ["register.invitation_taken"])
    assert "Полтора шага" in said_by(Notice.objects.get(person=lev)).subject
    client.force_login(other)
    over = client.get(link)
    assert (over.status_code, "tamara" in over.text) == (410, True)
    assert client.post(link).status_code == 410
    assert not Membership.objects.filter(person=other).exists()


def test_a_letter_goes_to_the_address_and_only_its_account_may_accept(
    steps: Organisation, tamara: Person, client: Client
) -> None:
    client.force_login(tamara)
    typed = {"role": "leader", "days": "7", "email": "Lev@Example.org"}
    client.post(f"/organisations/{steps.key}/team/invite/", typed)
    run_due_errands(now=timezone.now())
    (letter,) = [one for one in mail.outbox if one.to == ["lev@example.org"]]
    (link,) = re.findall(rf"{settings.SITE_URL}(/invitation/\S+/)", str(letter.body))

    client.force_login(a_person("boris"))
    assert client.post(link).status_code == 422
    assert not Membership.objects.filter(person__name="boris").exists()
    lev = a_person("lev")
    confirm_address(lev)
    client.force_login(lev)
    assert client.post(link).status_code == 302
    assert Membership.objects.get(person=lev).role == "leader"


def test_the_letter_is_in_the_language_of_its_reader_or_else_of_whoever_invites(
    steps: Organisation, tamara: Person, client: Client
) -> None:
    a_person("ann")
    Person.objects.filter(name="ann").update(language="en")
    client.force_login(tamara)
    for name in ("ann", "lev"):
        typed = {"role": "leader", "days": "7", "email": f"{name}@example.org"}
        client.post(f"/organisations/{steps.key}/team/invite/", typed)
    run_due_errands(now=timezone.now())

    letters = {one.to[0]: str(one.body) for one in mail.outbox}
    assert "What for: Полтора шага, as: Head of the organisation." in letters["ann@example.org"]
    assert "Куда: Полтора шага, роль: " in letters["lev@example.org"]


def test_it_is_declined_and_whoever_invited_hears_of_it(
    steps: Organisation, tamara: Person, client: Client
) -> None:
    lev = a_person("lev")
    confirm_address(lev)
    invitation, token = a_link(steps, tamara, email=lev.email)
    client.force_login(lev)

    for _ in range(2):
        client.post(address_of(invitation, token) + "decline/")

    assert told(tamara) == ["register.invitation_declined"]
    assert client.get(address_of(invitation, token)).status_code == 410


def test_a_link_for_whoever_holds_it_is_declined_by_nobody(
    steps: Organisation, tamara: Person
) -> None:
    invitation, token = a_link(steps, tamara)

    with pytest.raises(Refused) as refused:
        actions.decline_role(invitation.key, token, actor=a_person("lev"), now=NOON)

    assert refused.value.gaps == [Gap("invitation_other_address")]


def test_a_wrong_token_is_as_good_as_no_invitation(
    steps: Organisation, tamara: Person, client: Client
) -> None:
    invitation, token = a_link(steps, tamara)
    client.force_login(a_person("lev"))

    wrong = client.get(f"/invitation/{invitation.key}/{token[:-1]}_/")
    missing = client.get(f"/invitation/{uuid4()}/{token}/")

    assert (wrong.status_code, missing.status_code) == (404, 404)
    assert without_path(wrong.text) == without_path(missing.text)


@pytest.mark.parametrize("spoilt", ["ended", "withdrawn", "no longer theirs to give"])
def test_a_link_that_is_over_says_whom_to_ask(
    spoilt: str, steps: Organisation, tamara: Person, client: Client
) -> None:
    invitation, token = a_link(steps, tamara)
    if spoilt == "ended":
        Invitation.objects.update(made_at=NOON - WEEK * 2, ends_at=NOON - WEEK)
    elif spoilt == "withdrawn":
        teams.withdraw_from_team(steps, invitation, actor=tamara, now=timezone.now())
    else:
        Membership.objects.filter(person=tamara).update(role="editor")
    lev = a_person("lev")
    client.force_login(lev)

    page = client.get(address_of(invitation, token))

    assert (page.status_code, "tamara" in page.text) == (410, True)
    with pytest.raises(Refused) as refused:
        actions.take_role(invitation.key, token, actor=lev, now=timezone.now())
    assert refused.value.gaps == [Gap("invitation_over")]


def test_nobody_gives_a_role_to_themselves(steps: Organisation, client: Client) -> None:
    larisa = a_consultant("larisa", centre=a_centre())
    invitation, token = a_link(steps, larisa, "leader")

    with pytest.raises(Refused) as refused:
        actions.take_role(invitation.key, token, actor=larisa, now=timezone.now())

    assert refused.value.gaps == [Gap("invitation_own")]
    client.force_login(larisa)
    assert client.post(address_of(invitation, token)).status_code == 422


def test_a_link_to_an_organisation_that_was_merged_leads_to_where_it_went(
    steps: Organisation, client: Client
) -> None:
    larisa = a_consultant("larisa", centre=a_centre())
    kept, lev = an_organisation("Оставшаяся"), a_person("lev")
    invitation, token = a_link(steps, larisa)
    merge_organisations(kept.key, steps.key, actor=larisa, now=NOON)
    client.force_login(larisa)
    page = f"/organisations/{kept.key}/team/"
    assert [one.key for one in client.get(page).context["links"]] == [invitation.key]

    actions.take_role(invitation.key, token, actor=lev, now=timezone.now())

    assert Membership.objects.get(person=lev).organisation == kept


def test_a_leader_who_takes_a_link_of_an_editor_stays_a_leader(
    steps: Organisation, tamara: Person
) -> None:
    zoya = a_leader("zoya", organisation=steps)
    invitation, token = a_link(steps, tamara)

    actions.take_role(invitation.key, token, actor=zoya, now=timezone.now())

    assert Membership.objects.get(person=zoya).role == "leader"


def test_work_at_a_centre_begins_by_a_link_and_asks_a_second_factor(client: Client) -> None:
    centre, olga, irina = a_centre(), an_administrator("olga"), a_person("irina")
    client.force_login(olga)
    made = client.post(f"/centres/{centre.key}/invite/", {"role": "head", "days": "3"})
    (link,) = set(re.findall(r"http://testserver(/invitation/\S+?/\S+?/)", made.text))

    client.force_login(irina)
    response = client.post(link)

    irina.refresh_from_db()
    assert response["Location"] == f"/centres/{centre.key}/"
    assert CentreStaff.objects.get(person=irina).role == "head"
    assert (irina.must_use_mfa, told(irina)) == (True, ["register.centre_joined"])
    sign_in_twice(client, irina)
    assert client.get(f"/centres/{centre.key}/").status_code == 200


def test_an_official_comes_in_by_a_link_of_the_head(client: Client) -> None:
    centre, pyotr = a_centre(), a_person("pyotr")
    head = a_consultant("head", centre=centre, role="head")
    client.force_login(head)
    code = a_region().code
    made = client.post("/officials/invite/", {"region": code, "days": "3"})
    (link,) = set(re.findall(r"http://testserver(/invitation/\S+?/\S+?/)", made.text))

    client.force_login(pyotr)
    response = client.post(link, {"post": "Министр"})

    pyotr.refresh_from_db()
    official = Official.objects.get()
    assert response["Location"] == f"/regions/{code}/"
    assert (official.person, official.post, pyotr.must_use_mfa) == (pyotr, "Министр", True)
    client.force_login(head)
    ended = client.post(f"/officials/{code}/{pyotr.key}/end/")
    pyotr.refresh_from_db()
    official.refresh_from_db()
    assert (ended.status_code, official.until is not None, pyotr.must_use_mfa) == (302, True, False)
    assert told(pyotr)[-1] == "register.official_ended"
    elsewhere = {"region": a_region("XB-YAR", "Ярогорский край").code, "days": "3"}
    assert client.post("/officials/invite/", elsewhere).status_code == 422


def confirm_address(person: Person) -> None:
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)


def without_path(text: str) -> str:
    bare = re.sub(r"/invitation/[^\"'&<]*", "", text)
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", bare)
