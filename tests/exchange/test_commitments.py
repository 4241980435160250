"""«Беру в работу»: what is taken home comes once, is written out, and is moved along."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sinergia.base.journal.models import Entry
from sinergia.engine.refusal import Refused
from sinergia.exchange.actions.commitments import (
    Taken,
    Turned,
    put_back,
    take_back,
    take_home,
    tick_step,
    write_commitment,
)
from sinergia.exchange.actions.turning import note_project, turn_commitment
from sinergia.exchange.models import Commitment, Delegate, Visit
from sinergia.exchange.queries.commitments import (
    CommitmentFilter,
    asked_for,
    commitments_for,
    is_held_by_project,
)
from sinergia.notices.models import Notice
from sinergia.organisations.models import Centre
from tests.afterwards import codes_in
from tests.arrange import (
    a_centre,
    a_consultant,
    a_leader,
    a_person,
    a_practice,
    a_region,
    a_visit,
    an_organisation,
)
from tests.exchange.arrange_home import FIRST_DAY, a_commitment, a_session, a_traveller, person_of

pytestmark = [pytest.mark.django_db, pytest.mark.both]

LATER = FIRST_DAY + timedelta(hours=3)


@pytest.fixture
def visit() -> Visit:
    return a_visit()


@pytest.fixture
def delegate(visit: Visit) -> Delegate:
    return a_traveller("anna", visit, organisation=an_organisation("Завтра у реки"))


def test_what_is_sent_twice_is_taken_home_once(visit: Visit, delegate: Delegate) -> None:
    practice, key = a_practice(), uuid4()
    session = a_session(visit, "Полтора шага", practice)
    taken, actor = Taken(key, delegate, session, practice), person_of(delegate)

    first = take_home(visit, taken, actor=actor, now=FIRST_DAY)
    again = take_home(visit, taken, actor=actor, now=LATER)

    assert first == again == Commitment.objects.get()
    assert (first.key, first.organisation, first.made_at) == (key, delegate.organisation, FIRST_DAY)
    assert (first.state, first.session) == ("not_begun", session)
    assert Entry.objects.filter(verb="commitment.taken").count() == 1


def test_the_same_practice_or_idea_from_another_page_is_the_same(delegate: Delegate) -> None:
    practice = a_practice()

    one, two = a_commitment(delegate, practice=practice), a_commitment(delegate, practice=practice)
    idea, same = a_commitment(delegate, "Прокат колясок"), a_commitment(delegate, "ПРОКАТ колясок ")

    assert (one, idea) == (two, same)
    assert Commitment.objects.count() == 2


def test_another_thing_from_a_page_to_which_somebody_went_back_is_another(
    delegate: Delegate,
) -> None:
    key = uuid4()

    first = a_commitment(delegate, "Прокат", key=key)
    other = a_commitment(delegate, "Клуб", key=key)
    again = a_commitment(delegate, "Клуб", key=key)

    assert first.key == key != other.key
    assert (other, Commitment.objects.count()) == (again, 2)


IDEAS = st.sampled_from(["Прокат", "Клуб", "Двор", "прокат"])
SENT = st.lists(st.tuples(IDEAS, st.integers(0, 2), st.integers(0, 1)), max_size=12)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(sent=SENT, order=st.randoms(use_true_random=False))
def test_requests_that_come_late_again_and_in_any_order_lose_and_double_nothing(
    visit: Visit, delegate: Delegate, sent: list[tuple[str, int, int]], order: object
) -> None:
    other = visit.delegates.exclude(pk=delegate.pk).first() or a_traveller("boris", visit)
    owners, keys = [delegate, other], [uuid4() for _ in range(3)]
    order.shuffle(sent)  # type: ignore[attr-defined]  # a Random

    with transaction.atomic():
        for idea, key, owner in [*sent, *sent]:
            a_commitment(owners[owner], idea, key=keys[key])
        found = Commitment.objects.values_list("delegate", "idea_folded")
        kept = sorted(found)
        transaction.set_rollback(True)

    assert kept == sorted({(owners[owner].pk, idea.lower()) for idea, _key, owner in sent})


def test_a_key_that_is_anothers_takes_nothing_from_them(visit: Visit, delegate: Delegate) -> None:
    boris, key = a_traveller("boris", visit), uuid4()
    theirs = a_commitment(delegate, "Прокат", key=key)

    mine = a_commitment(boris, "Прокат", key=key)

    assert (mine.delegate, theirs.delegate) == (boris, delegate)


def test_who_takes_things_home_for_whom(visit: Visit, delegate: Delegate) -> None:
    lead = a_traveller("lead", visit, is_lead=True)
    other = a_traveller("other", visit)
    cast = {
        "stranger": a_person("stranger"),
        "other delegate": person_of(other),
        "lead": person_of(lead),
        "prepares": a_consultant("prepares", centre=visit.centre),
        "host": a_consultant("host", centre=a_centre("Центр области", region=a_region())),
    }
    can = set()

    for name, person in cast.items():
        try:
            with transaction.atomic():
                taken = Taken(uuid4(), delegate, idea=name)
                take_home(visit, taken, actor=person, now=FIRST_DAY)
            can.add(name)
        except PermissionDenied:
            pass

    assert can == {"lead", "prepares"}


def test_nothing_is_taken_home_before_the_visit_is_approved(delegate: Delegate) -> None:
    Visit.objects.update(stage="agreed")

    with pytest.raises(Refused) as fault:
        a_commitment(delegate, "")

    assert codes_in(fault) == ["commitment.too_early", "commitment.nothing"]


def written(row: Commitment, **given: object) -> dict[str, object]:
    names = ("idea", "organisation", "due_on", "first_step", "helper")
    return {name: getattr(row, name) for name in names} | given


def test_what_two_write_at_once_stays_where_they_wrote_different_things(
    visit: Visit, delegate: Delegate
) -> None:
    row, actor = a_commitment(delegate), person_of(delegate)
    seen = written(row)
    write_commitment(row, written(row, first_step="Позвонить"), actor=actor, now=LATER, seen=seen)

    due = date(2027, 3, 1)
    made = write_commitment(row, written(row, due_on=due), actor=actor, now=LATER, seen=seen)
    with pytest.raises(Refused) as fault:
        write_commitment(row, written(row, first_step="Ждать"), actor=actor, now=LATER, seen=seen)

    assert (made.first_step, made.due_on) == ("Позвонить", due)
    assert codes_in(fault) == ["changed_meanwhile"]


def test_a_consultant_is_of_the_home_centre_and_told_once(visit: Visit, delegate: Delegate) -> None:
    row, actor = a_commitment(delegate), person_of(delegate)
    ours = a_consultant("larisa", centre=visit.centre)
    theirs = a_consultant("host", centre=a_centre("Центр области", region=a_region()))

    for _time in range(2):
        write_commitment(row, written(row, helper=ours), actor=actor, now=LATER)
    with pytest.raises(Refused) as fault:
        write_commitment(row, written(row, helper=theirs), actor=actor, now=LATER)

    assert codes_in(fault) == ["commitment.no_helper"]
    told = Notice.objects.get()
    assert (told.person, told.code) == (ours, "exchange.commitment_helper")


def test_the_first_step_puts_it_in_work_and_a_slip_is_taken_back(delegate: Delegate) -> None:
    row, actor = a_commitment(delegate), person_of(delegate)

    for _time in range(2):
        done = tick_step(row, is_done=True, actor=actor, now=LATER)
    undone = tick_step(row, is_done=False, actor=actor, now=LATER)

    assert (done.state, done.stepped_at, undone.stepped_at) == ("in_work", LATER, None)
    assert [turn.state for turn in row.turns.all()] == ["in_work"]


def test_why_it_did_not_go_and_what_proves_a_project_has_to_be_said(delegate: Delegate) -> None:
    row, actor = a_commitment(delegate), person_of(delegate)

    for state, code in (("dropped", "no_reason"), ("project", "no_ground"), ("odd", "no_state")):
        with pytest.raises(Refused) as fault:
            turn_commitment(row, Turned(state), actor=actor, now=LATER)
        assert codes_in(fault) == [f"commitment.{code}"]
    for _time in range(2):
        turn_commitment(row, Turned("dropped", "Нет лицензии"), actor=actor, now=LATER)

    row.refresh_from_db()
    assert row.turns.count() == 1
    assert (row.state, row.why_not) == ("dropped", "Нет лицензии")
    back = turn_commitment(row, Turned("in_work"), actor=actor, now=LATER)
    assert (back.state, back.why_not) == ("in_work", "")


def test_what_a_project_holds_is_not_moved_by_hand(delegate: Delegate) -> None:
    row, actor = a_commitment(delegate), person_of(delegate)
    note_project(row, is_there=True, actor=actor, now=LATER)

    with pytest.raises(Refused) as fault:
        turn_commitment(row, Turned("in_work"), actor=actor, now=LATER)
    proven = Turned("project", ground="Подтверждено письмом 01.02.2027")
    turn_commitment(row, proven, actor=actor, now=LATER)

    assert (codes_in(fault), is_held_by_project(row)) == (["commitment.held"], True)
    for _time in range(2):
        note_project(row, is_there=False, actor=actor, now=LATER)
    row.refresh_from_db()
    assert (row.state, is_held_by_project(row)) == ("in_work", False)
    assert row.turns.count() == 3


def test_what_was_taken_back_does_not_come_again_by_a_late_request(delegate: Delegate) -> None:
    key, actor = uuid4(), person_of(delegate)
    row = a_commitment(delegate, key=key)

    for _time in range(2):
        take_back(row, actor=actor, now=LATER)
    late = a_commitment(delegate, key=key)

    assert (late.pk, late.state) == (row.pk, "taken_back")
    assert not commitments_for(actor).exists()
    put_back(row, actor=actor, now=LATER)
    assert commitments_for(actor).get().state == "not_begun"


@pytest.mark.parametrize("turned", [Turned("in_work"), Turned("dropped", "Нет зала")])
def test_what_is_put_back_stands_as_it_stood(delegate: Delegate, turned: Turned) -> None:
    row, actor = a_commitment(delegate), person_of(delegate)
    turn_commitment(row, turned, actor=actor, now=LATER)
    take_back(row, actor=actor, now=LATER)

    put_back(row, actor=actor, now=LATER)

    row.refresh_from_db()
    assert (row.state, row.why_not) == (turned.state, turned.words)
    assert [turn.state for turn in row.turns.all()] == [turned.state]


def test_what_was_taken_anew_meanwhile_is_not_put_back_beside_it(
    client: Client, delegate: Delegate
) -> None:
    row, actor = a_commitment(delegate), person_of(delegate)
    take_back(row, actor=actor, now=LATER)
    a_commitment(delegate)

    with pytest.raises(Refused) as fault:
        put_back(row, actor=actor, now=LATER)
    client.force_login(actor)
    told = client.post(
        f"/commitments/{row.key}/gone/", headers={"accept-language": "en"}, follow=True
    )

    assert codes_in(fault) == ["commitment.taken_anew"]
    assert "The same was taken home anew meanwhile" in told.text
    assert commitments_for(actor).count() == 1


def test_what_has_become_something_is_not_taken_back(delegate: Delegate) -> None:
    row, actor = a_commitment(delegate), person_of(delegate)
    note_project(row, is_there=True, actor=actor, now=LATER)

    with pytest.raises(Refused) as fault:
        take_back(row, actor=actor, now=LATER)

    assert codes_in(fault) == ["commitment.has_history"]


def test_a_practice_that_did_not_go_may_be_taken_anew(delegate: Delegate) -> None:
    practice, actor = a_practice(), person_of(delegate)
    first = a_commitment(delegate, practice=practice)
    turn_commitment(first, Turned("dropped", "Нет зала"), actor=actor, now=LATER)

    again = a_commitment(delegate, practice=practice)

    assert again != first


def test_who_reads_what_was_taken_home(visit: Visit) -> None:
    owner = an_organisation("Владельцы")
    delegate = a_traveller("anna", visit, organisation=owner)
    row = a_commitment(delegate)
    gone = a_traveller("gone", visit)
    gone.gone_at = LATER
    gone.save()
    cast = {
        "stranger": a_person("stranger"),
        "own": person_of(delegate),
        "delegate": person_of(a_traveller("boris", visit)),
        "let off": person_of(gone),
        "prepares": a_consultant("prepares", centre=visit.centre),
        "host": a_consultant("host", centre=a_centre("Центр области", region=a_region())),
        "owner's team": a_leader("tamara", organisation=owner),
        "another team": a_leader("nina", organisation=an_organisation("Чужие")),
    }

    reading = {name for name, one in cast.items() if row in commitments_for(one)}

    assert reading == {"own", "delegate", "prepares", "owner's team"}
    Visit.objects.update(centre=Centre.objects.get(organisation__name="Центр области"))
    homes = ("prepares", "host")  # that of where one comes from, and that which prepares now
    assert all(row in commitments_for(cast[name]) for name in homes)


def test_the_list_is_narrowed_by_each_of_its_filters(visit: Visit, delegate: Delegate) -> None:
    late = a_commitment(delegate, "Ёлка для всех")
    late.due_on = date(2027, 1, 1)
    late.save()
    other = a_traveller("boris", visit, organisation=an_organisation("Соседи"))
    shown = a_commitment(other, practice=a_practice("Домашний маршрут"))
    turn_commitment(shown, Turned("in_work"), actor=person_of(other), now=LATER)
    rows, today = commitments_for(person_of(delegate)), date(2027, 1, 2)

    def found(**asked: str) -> list[Commitment]:
        told = CommitmentFilter.from_query(asked)
        return list(asked_for(rows, told, reader=person_of(delegate), today=today))

    assert (
        found(q="елка")
        == found(state="not_begun")
        == found(overdue="yes")
        == found(mine="yes")
        == [late]
    )
    assert found(q="маршрут") == found(q="соседи") == found(owner=str(other.key)) == [shown]
    assert found(organisation=str(delegate.organisation.key)) == [late]  # type: ignore[union-attr]  # it has one
    assert len(found(visit=str(visit.key))) == len(found(state="taken_back", owner="junk")) == 2
