"""What of an agreement stays: its parties in the register, and what not everybody may see."""

from datetime import date
from typing import Literal

import pytest
from django.test import Client

from sinergia.exchange.actions.agreements import (
    PartyGiven,
    digest_of,
    go_on_silently,
    parties_of,
    shelve_agreement,
    write_agreement,
)
from sinergia.exchange.actions.programmes import shelve_programme
from sinergia.exchange.actions.visits import shelve_visit
from sinergia.exchange.models import Visit
from sinergia.organisations.models import Organisation
from tests.arrange import NOON, a_region, an_organisation
from tests.exchange.arrange_exchange import (
    a_home,
    a_programme,
    agreement_given,
    an_agreement,
    an_idea,
    staff_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_a_party_that_stays_as_it_was_shown_keeps_its_place_in_the_register(
    client: Client,
) -> None:
    centre = a_home()
    actor = staff_of(centre)
    hidden = an_organisation("Союз добровольцев", region=a_region("XC-ZEL", "Зелёный край"))
    long = an_organisation("Я" * 400, region=a_region())
    parties = [PartyGiven(one, "", "Лунёв П. С.", "") for one in (hidden, long)]
    agreement = write_agreement(centre, agreement_given(), parties, actor=actor, now=NOON)
    Organisation.objects.filter(pk=hidden.pk).update(is_public=False)
    client.force_login(actor)
    address = f"/exchange/agreements/{agreement.key}/change/"

    form = client.get(address).context["form"]
    sent = {"signed_on": "2024-06-17", "subject": "Обмен", "renewal": "none", "number": "5"}
    sent |= {f"party-{n}-body": one["body"].value() for n, one in enumerate(form.parties[:2])}
    sent |= {"parties-seen": form.digest, "party-1-signer": "Лунёв П. С.", "ends_on": ""}
    done = client.post(address, sent)
    strange = {"party-0-body": "Ю" * 301, "parties-seen": digest_of(parties_of(agreement))}
    refused = client.post(address, sent | strange)

    assert (done.status_code, refused.status_code) == (302, 422)
    kept = [(one.organisation, one.name, one.signer) for one in parties_of(agreement)]
    assert kept == [(hidden, "", ""), (long, "", "Лунёв П. С.")]


def test_who_signed_is_not_dropped_where_nobody_says_for_whom(client: Client) -> None:
    centre = a_home()
    actor = staff_of(centre)
    agreement = an_agreement(actor, centre)
    client.force_login(actor)
    address = f"/exchange/agreements/{agreement.key}/change/"
    sent = {"signed_on": "2024-06-17", "subject": "Обмен", "renewal": "none"}
    sent |= {"party-0-body": "Палата А", "party-1-body": "Палата Б"}
    sent["parties-seen"] = digest_of(parties_of(agreement))

    refused = client.post(
        address, sent | {"party-2-signer": "Туманова О. К."}, headers={"accept-language": "en"}
    )

    assert refused.status_code == 422
    assert "Say which organisation they signed for." in refused.text
    assert client.post(address, sent).status_code == 302


@pytest.mark.parametrize("shelf", ["", "put_away"])
def test_a_programme_that_not_everybody_sees_is_named_to_its_keepers_alone(
    client: Client, shelf: Literal["", "put_away"]
) -> None:
    centre = a_home()
    actor = staff_of(centre)
    programme = a_programme(actor, centre)
    agreement = an_agreement(actor, centre, is_public=True, programme=programme)
    visit = an_idea(actor, centre, programme=programme, agreement=agreement)
    Visit.objects.filter(pk=visit.pk).update(stage="approved")
    shelve_visit(visit, "publish", actor=actor, now=NOON)
    if shelf:
        shelve_programme(programme, "publish", actor=actor, now=NOON)
        shelve_programme(programme, shelf, actor=actor, now=NOON)
    file = "/exchange/agreements/export.csv"
    pages = (f"/exchange/agreements/{agreement.key}/", f"/visits/{visit.key}/")

    public = [client.get(page).text for page in pages] + [client.get(file).getvalue().decode()]
    client.force_login(actor)
    own = [client.get(page).text for page in pages] + [client.get(file).getvalue().decode()]

    assert [programme.name_ru in text for text in public] == [False] * 3
    assert [programme.name_ru in text for text in own] == [True] * 3


def test_an_agreement_that_was_put_away_is_not_linked_from_its_visit(client: Client) -> None:
    centre = a_home()
    actor = staff_of(centre)
    agreement = an_agreement(actor, centre, is_public=True)
    visit = an_idea(actor, centre, agreement=agreement)
    Visit.objects.filter(pk=visit.pk).update(stage="approved")
    shelve_visit(visit, "publish", actor=actor, now=NOON)
    page, link = f"/visits/{visit.key}/", f"/exchange/agreements/{agreement.key}/"
    before = link in client.get(page).text

    shelve_agreement(agreement, is_away=True, actor=actor, now=NOON)

    assert (before, link in client.get(page).text) == (True, False)


def test_a_corrected_day_of_signing_is_the_first_day_of_the_first_term() -> None:
    actor = staff_of(centre := a_home())
    wrong, right = date(2023, 6, 17), date(2024, 6, 17)
    row = an_agreement(actor, centre, signed_on=wrong, ends_on=date(2026, 6, 16), renewal="silent")

    given = agreement_given(signed_on=right, ends_on=row.ends_on, renewal="silent")
    write_agreement(centre, given, parties_of(row), actor=actor, now=NOON, agreement=row)
    go_on_silently(row.pk, today=date(2026, 6, 17), now=NOON)

    row.refresh_from_db()
    assert (row.term_from, row.ends_on) == (date(2026, 6, 17), date(2028, 6, 16))
