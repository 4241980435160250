"""What was published before there was a feed is numbered by the migration, once."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from sinergia.practices.models import Change, LastChange
from tests.arrange import a_practice, an_organisation

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_what_was_published_before_is_numbered_once_and_the_rest_is_left_out() -> None:
    whose = an_organisation()
    made = [a_practice(name, organisation=whose) for name in ("Первая", "Вторая", "Черновик")]
    made[2].stage = "draft"
    made[2].save()
    step = import_module("sinergia.practices.migrations.0003_changes_so_far")

    for _turn in range(2):
        step.number(apps, connection.schema_editor())

    told = list(Change.objects.order_by("number").values_list("practice", "number"))
    assert told == [(made[0].pk, 1), (made[1].pk, 2)]
    assert LastChange.objects.get().number == 2
