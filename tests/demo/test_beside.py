"""A consultant beside the drafts of the second story."""

import pytest

from sinergia.people.models import Person
from sinergia.support.models import Reading, Remark, Thread
from sinergia.support.queries.remarks import threads_for, waiting
from sinergia.web.commands.beside import read_drafts
from sinergia.web.commands.drafting import texts_of, write_projects
from sinergia.web.demo import stock
from tests.arrange import a_centre, a_consultant, a_leader, a_region, an_organisation

LEADER, READER = "yarovaya@reka.example", "gareeva@yarogorye.example"


def test_every_quoted_word_stands_in_its_draft() -> None:
    drafts = {
        one["texts"]["title"]: {str(path): text for path, text in texts_of(one, None)}
        for one in stock.drafts()
    }

    quoted = [
        one["quote"] in drafts[one["title"]][one["path"]] for one in stock.beside()["threads"]
    ]

    assert quoted == [True] * 3


@pytest.mark.django_db
def test_the_consultant_has_said_something_and_twice_it_is_said_once() -> None:
    region = a_region("XB-YAR", "Ярогорский край")
    centre = a_centre("Центр Б", region=region)
    reader = a_consultant("gareeva", centre=centre)
    leader = a_leader("yarovaya", organisation=an_organisation("Завтра у реки", region=region))
    for person, email in ((reader, READER), (leader, LEADER)):
        Person.objects.filter(pk=person.pk).update(email=email, is_invented=True)

    write_projects()
    for _time in range(2):
        read_drafts()

    assert sorted(Reading.objects.values_list("stage", flat=True)) == ["given", "promised"]
    assert (Thread.objects.count(), Remark.objects.count()) == (3, 5)
    assert [waiting(threads_for(one), one).count() for one in (leader, reader)] == [1, 1]
