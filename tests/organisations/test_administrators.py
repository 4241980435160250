"""The right to administer is ended by another administrator, or by oneself; never the last one."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from sinergia.base.journal.models import Entry
from sinergia.organisations.actions.administrators import release_administrator
from sinergia.people.models import Person
from tests.afterwards import codes_of, told
from tests.arrange import NOON, a_centre, a_consultant, a_person, an_administrator

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def test_another_administrator_ends_it_once_and_the_person_is_told() -> None:
    olga, other = an_administrator("olga"), an_administrator("other")

    for _ in range(2):
        release_administrator(other, actor=olga, now=NOON)

    other.refresh_from_db()
    assert (other.is_administrator, other.must_use_mfa) == (False, False)
    assert told(other) == ["register.released_administrator"]
    assert Entry.objects.filter(verb="person.released_administrator").count() == 1
    with pytest.raises(PermissionDenied):
        release_administrator(olga, actor=other, now=NOON)


def test_the_last_one_stays_and_other_roles_too() -> None:
    olga = an_administrator("olga")
    a_person("nobody")

    refused = codes_of(lambda: release_administrator(olga, actor=olga, now=NOON))
    assert refused == ["administrator_last"]

    head = a_consultant("head", centre=a_centre(), role="head")
    Person.objects.filter(pk=head.pk).update(is_administrator=True, must_use_mfa=True)
    release_administrator(head, actor=olga, now=NOON)
    head.refresh_from_db()
    assert (head.is_administrator, head.must_use_mfa) == (False, True)


def test_it_is_given_up_on_the_page_after_a_question(client: Client) -> None:
    olga, other = an_administrator("olga"), an_administrator("other")
    client.force_login(olga)
    client.cookies["django_language"] = "en"
    page = f"/people/{olga.key}/administers/"

    client.post(client.get(page)["Location"], {"password": "password of olga"})
    asked = client.get(page).content.decode()
    assert "administers the site" in client.get(f"/people/{other.key}/").content.decode()
    done = client.post(page)

    assert "Administer the site no longer?" in asked
    assert done["Location"] == "/desk/"
    assert client.get("/people/").status_code == 403
