"""A merge moves a row of every table that knows an organisation, and undo brings each back."""

import re

import pytest
from django.core import serializers
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sinergia.base.journal.models import Entry
from sinergia.organisations.actions.merging import merge_organisations, undo_merge
from sinergia.organisations.models import MergedRow, Organisation
from sinergia.organisations.queries.merging import rows_to_part
from sinergia.organisations.queries.relations import relations
from sinergia.organisations.words.rows import row_told
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_load,
    a_region,
    an_organisation,
)
from tests.house.rows_of_organisations import MAKERS


def test_every_table_that_knows_an_organisation_has_a_row_here() -> None:
    assert sorted(MAKERS) == [f"{one.label}.{one.field}" for one in relations()]


KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-")
CENTRE = "organisations.centre.organisation"  # two centres stand in the way of one another


@pytest.mark.django_db
@pytest.mark.parametrize("name", MAKERS)
def test_a_row_of_every_table_is_told_in_words(name: str) -> None:
    a_load()
    a_centre(region=a_region())
    row = MAKERS[name](an_organisation("Уходит"))

    told = row_told(row)

    fields = type(row)._meta.get_fields()
    choices = {str(getattr(row, one.name)) for one in fields if getattr(one, "choices", None)}
    assert told not in ("", f"table_{row._meta.label_lower}")
    assert (KEY.search(told), choices & set(told.split())) == (None, set())


# The session, who reads and what they may be, their centre and its regions, the two, their numbers,
# which tables know the one that goes, messages that were not seen.
AROUND = 10


@pytest.mark.django_db
def test_a_comparison_asks_once_each_table_that_knows_the_one_that_goes(client: Client) -> None:
    a_load()
    client.force_login(a_consultant(centre=a_centre(region=a_region())))
    kept, gone = an_organisation("Остаётся"), an_organisation("Уходит")
    address = f"/doubles/{kept.key}/{gone.key}/"
    with CaptureQueriesContext(connection) as of_nothing:
        client.get(address)
    names = [name for name in MAKERS if name != CENTRE]
    for name in names:
        MAKERS[name](gone)
    tables = {name.rpartition(".")[0] for name in names}

    with CaptureQueriesContext(connection) as of_all:
        page = client.get(address)

    assert (page.status_code, len(of_nothing)) == (200, AROUND)
    assert len(of_all) == AROUND + len(tables)


@pytest.mark.django_db
def test_the_page_that_splits_asks_once_each_table_that_may_be_parted(client: Client) -> None:
    a_load()
    client.force_login(a_consultant(centre=a_centre(region=a_region())))
    old = an_organisation("Две в одной")
    for name in MAKERS.keys() - {CENTRE}:
        MAKERS[name](old)

    with CaptureQueriesContext(connection) as asked:
        page = client.get(f"/organisations/{old.key}/split/")

    assert page.status_code == 200
    assert len(asked) == len(rows_to_part(old)) + 7 < 40


def whole(row: Model) -> str:
    fresh = type(row)._default_manager.get(pk=row.pk)
    return str(serializers.serialize("json", [fresh]))


@pytest.mark.both
@pytest.mark.django_db
@pytest.mark.parametrize("name", MAKERS)
def test_a_merge_leaves_no_row_behind_and_undo_brings_each_back(name: str) -> None:
    a_load()
    actor = a_consultant(centre=a_centre(region=a_region()), role="head")
    kept, gone = an_organisation("Остаётся"), an_organisation("Уходит")
    row = MAKERS[name](gone)
    before, was = whole(row), whole(gone)

    merge = merge_organisations(kept.key, gone.key, actor=actor, now=NOON)

    deeds = MergedRow.objects.filter(merge=merge, model=row._meta.label_lower, row=row.pk)
    assert deeds.count() == 1
    assert not Organisation.objects.filter(key=gone.key).exists()
    still = type(row)._default_manager.filter(pk=row.pk).first()
    field = name.rpartition(".")[2]
    assert still is None or getattr(still, field) == kept

    undo_merge(merge.key, actor=actor, now=NOON)

    assert whole(gone) == was
    assert whole(row) == before
    told = Entry.objects.filter(verb__startswith="organisation.merge").order_by("pk")
    assert list(told.values_list("verb", flat=True)) == [
        "organisation.merged",
        "organisation.merge_undone",
    ]
