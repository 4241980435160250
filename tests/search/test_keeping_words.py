"""The words of SQLite's index are kept by triggers; those of PostgreSQL it makes itself."""

import pytest
from django.db import connection

from sinergia.base.search.models import Indexed
from sinergia.web.commands.searching import mend_search
from tests.arrange import an_organisation
from tests.search.test_keeping import facts, found

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "spoil",
    [
        "INSERT INTO base_indexed_words(base_indexed_words) VALUES ('delete-all')",
        "INSERT INTO base_indexed_words(rowid, kind, lemmas) VALUES (9999, 'organisation', 'x')",
    ],
)
def test_words_that_are_not_those_of_the_index_are_told_and_made_anew(spoil: str) -> None:
    one = an_organisation("Совет отцов")
    mend_search()
    assert facts("search_rows") == ["right"]
    with connection.cursor() as cursor:
        cursor.execute(spoil)

    told, mended = facts("search_rows"), mend_search()

    assert told == ["the words of the index are damaged"]
    assert (mended, mend_search(), facts("search_rows")) == (Indexed.objects.count(), 0, ["right"])
    assert found("отцов") == [one.pk]
