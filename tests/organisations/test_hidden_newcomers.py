"""An organisation that a request entered is hidden: what brings it into the open."""

from pathlib import Path

import pytest
from django.test import Client

from sinergia.organisations.actions import claims as actions
from sinergia.organisations.actions.counting import recount_register
from sinergia.organisations.actions.register import Newcomer
from sinergia.organisations.models import Centre, Change, Identifier, Organisation
from sinergia.people.models import Person
from tests.arrange import NOON, a_centre, a_consultant, a_person, a_region, an_organisation
from tests.organisations.register_files import a_row, counts, known_regions, load_rows

pytestmark = [pytest.mark.both, pytest.mark.django_db]
OGRN = "1027700132195"
GIVEN = {"role": "leader", "post": "Директор", "ground": "Избрана собранием 3 марта"}


@pytest.fixture
def larisa() -> Person:
    return a_consultant("larisa", centre=a_centre())


@pytest.fixture
def anna() -> Person:
    return a_person("anna")


def a_refused_newcomer(larisa: Person, anna: Person) -> Organisation:
    """Entered hidden with a request that came to nothing."""
    newcomer = Newcomer(name="Первые", ogrn=OGRN, region_id=a_region().pk, is_public=False)
    claim = actions.claim_newcomer(newcomer, GIVEN, actor=anna, now=NOON)
    actions.refuse_claim(claim.key, "Печать не та", actor=larisa, now=NOON)
    return claim.organisation


def test_a_file_that_names_a_hidden_newcomer_by_its_number_shows_it(
    tmp_path: Path, larisa: Person, anna: Person
) -> None:
    known_regions()
    hidden = a_refused_newcomer(larisa, anna)
    row = a_row(1, ogrn=OGRN, inn="", name="Первые", short_name="Первые")

    load = load_rows(tmp_path, row, actor=larisa, centre=Centre.objects.get())

    hidden.refresh_from_db()
    change = Change.objects.get(organisation=hidden, field="is_public")
    assert (counts(load), hidden.is_public) == ((0, 1, 0, 0, 0), True)
    assert (change.after, change.source) == ("True", "ministry")
    assert recount_register() == 0


def test_a_file_shows_no_group_that_hides_itself(tmp_path: Path, larisa: Person) -> None:
    known_regions()
    group = an_organisation("Первые")
    Organisation.objects.filter(pk=group.pk).update(is_public=False, kind="group")
    Identifier.objects.create(organisation=group, scheme="RU-OGRN", value=OGRN)

    row = a_row(1, ogrn=OGRN, inn="", name="Первые", short_name="Первые")
    load_rows(tmp_path, row, actor=larisa, centre=Centre.objects.get())

    group.refresh_from_db()
    assert not group.is_public


def test_whoever_keeps_a_hidden_newcomer_shows_it_and_hides_no_registered_one(
    larisa: Person, anna: Person
) -> None:
    hidden = a_refused_newcomer(larisa, anna)
    client = Client(headers={"accept-language": "en"})
    client.force_login(larisa)
    address = f"/organisations/{hidden.key}/inside/"
    assert "Show it to everybody" in client.get(address).text

    shown = client.post(f"{address}show/", {"is_public": "yes"}, follow=True)
    back = client.post(f"{address}show/", {"is_public": "no"}, follow=True)

    hidden.refresh_from_db()
    assert hidden.is_public
    assert "Everybody sees the organisation now." in shown.text
    assert "only a group may be hidden" in back.text
    assert "Show it to everybody" not in back.text
