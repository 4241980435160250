"""Programmes, agreements and visits on the one search page."""

import pytest
from django.test import Client

from sinergia.base.search.queries import strays
from sinergia.exchange.actions.indexing import searched_exchange
from sinergia.exchange.actions.programmes import shelve_programme
from sinergia.exchange.actions.visits import shelve_visit
from sinergia.exchange.models import Visit
from tests.arrange import NOON
from tests.exchange.arrange_exchange import a_home, a_programme, an_agreement, an_idea, staff_of

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_what_is_published_is_found_by_everybody_the_rest_by_its_centre(client: Client) -> None:
    centre = a_home()
    actor = staff_of(centre)
    shelve_programme(a_programme(actor, centre), "publish", actor=actor, now=NOON)
    an_agreement(actor, centre, subject="Синергия палат")
    shown = an_idea(actor, centre, name="Синергия в Светлоборске")
    an_idea(actor, centre, name="Синергия задумана")
    Visit.objects.filter(pk=shown.pk).update(stage="approved")
    shelve_visit(shown, "publish", actor=actor, now=NOON)

    public = client.get("/search/?q=синергии").text
    client.force_login(actor)
    own = client.get("/search/?q=синергии").text

    words = ("Рудный Лог", "в Светлоборске", "палат", "задумана")
    assert [word in public for word in words] == [True, True, False, False]
    assert [word in own for word in words] == [True] * 4
    assert f"/visits/{shown.key}/" in public
    assert [strays(kind) for kind in searched_exchange()] == [0, 0, 0]
