"""A saved filter asks for what it was saved for, or is not saved."""

from urllib.parse import urlencode

import pytest

from sinergia.engine.refusal import Gap, Refused
from sinergia.organisations.actions.filters import save_filter
from sinergia.organisations.models import SavedFilter
from tests.arrange import NOON, a_centre, a_consultant

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_a_filter_too_long_to_be_kept_whole_is_refused_and_the_one_before_stays() -> None:
    larisa = a_consultant(centre=a_centre())
    words = urlencode({"q": "ж" * 190, "region": "XB-05"})
    save_filter("Свои", "status=active", actor=larisa, now=NOON)

    with pytest.raises(Refused) as refused:
        save_filter("Свои", words, actor=larisa, now=NOON)

    assert refused.value.gaps == [Gap("filter_too_long", "name")]
    assert SavedFilter.objects.get().query == "status=active"
