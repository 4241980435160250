"""Two people of a centre work on one visit at one moment: on the database that lets them."""

from collections.abc import Callable
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from sinergia.exchange.actions.publishing import Seen, tell_programme
from sinergia.exchange.actions.visits import COURSE_FIELDS, FIELDS, shelve_visit, write_visit
from sinergia.exchange.models import Visit, VisitCourse
from sinergia.exchange.queries.sessions import sessions_of
from sinergia.people.models import Person
from tests.arrange import NOON, a_consultant, a_visit
from tests.exchange.arrange import a_session, staff_of, told

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

LONG_ENOUGH = 0.5  # seconds, for the second to come to the lock


def while_waiting(first: Callable[[], object], second: Callable[[], object]) -> None:
    """Do the second beside the first, which is done but does not end until the second waits."""
    begun, errors = Event(), list[Exception]()

    def run() -> None:
        try:
            begun.wait(10)
            second()
        except Exception as error:  # whatever it is, it is said by the test
            errors.append(error)
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    with transaction.atomic():
        first()
        begun.set()
        thread.join(LONG_ENOUGH)
        assert thread.is_alive(), errors
    thread.join(30)
    assert errors == []


@transaction.atomic
def a_prepared() -> tuple[Visit, Person, Person]:
    visit = a_visit()
    a_session("А", "09:00-10:00", visit=visit)
    return visit, staff_of(visit), a_consultant("pavel", centre=visit.centre)


def test_who_writes_a_visit_while_its_programme_is_told_does_not_make_it_untold() -> None:
    visit, one, other = a_prepared()
    row = Visit.objects.select_related("course", "centre").get(pk=visit.pk)
    given = {name: getattr(row, name) for name in FIELDS} | {"basis": "письмо № 13"}
    given |= {name: getattr(row.course, name) for name in COURSE_FIELDS}
    seen = Seen.of(list(sessions_of(visit))).said()

    while_waiting(
        lambda: tell_programme(visit, seen=seen, actor=one, now=NOON),
        lambda: write_visit(row.centre, given, actor=other, now=NOON, visit=row),
    )
    course = VisitCourse.objects.get(visit=visit)
    a_session("Б", "11:00-12:00", visit=visit)

    assert (course.version, course.told_at) == (1, NOON)
    assert told(visit).number == 2
    assert Visit.objects.get(pk=visit.pk).basis == "письмо № 13"


def test_who_publishes_a_visit_while_it_is_put_away_does_not_bring_it_back() -> None:
    visit, one, other = a_prepared()

    while_waiting(
        lambda: shelve_visit(visit, "put_away", actor=one, now=NOON),
        lambda: shelve_visit(visit, "publish", actor=other, now=NOON),
    )

    course = VisitCourse.objects.get(visit=visit)
    assert (course.is_public, course.removed_at) == (True, NOON)
