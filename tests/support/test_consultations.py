"""A consultation: one line, once; corrected, removed, put back; each centre's own."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from sinergia.base.journal.models import Entry
from sinergia.engine.refusal import Refused
from sinergia.notices.models import Notice
from sinergia.organisations.actions.register import add_identifiers
from sinergia.organisations.models import Acquaintance, Centre, CentreStaff
from sinergia.people.models import Person
from sinergia.support.actions.clients import (
    ClientGiven,
    change_client,
    erase_client,
    erase_personal_data_of,
)
from sinergia.support.actions.consultations import (
    Answering,
    Whom,
    change_consultation,
    put_back_consultation,
    remove_consultation,
    tick_step,
    write_consultation,
)
from sinergia.support.actions.dictionaries import (
    SourceGiven,
    add_source,
    add_topic,
    change_source,
    remove_source,
    take_topics,
)
from sinergia.support.actions.requests import Asked, ask_for_help
from sinergia.support.models import Client, Consultation, NextStep, Topic
from sinergia.support.queries.consultations import (
    ConsultationFilter,
    asked_for,
    consultations_of,
    counts_of,
    last_of,
    steps_due,
)
from sinergia.support.queries.held import client_of, said_to
from sinergia.support.queries.whom import client_label, meant_by, organisation_label
from sinergia.support.tasks import remind_steps
from tests.afterwards import codes_in
from tests.arrange import NOON, a_centre, a_consultant, a_person, a_region, an_organisation
from tests.support.arrange_help import (
    TODAY,
    a_consultation,
    a_found_organisation,
    a_money_source,
    a_topic,
    told_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def centre() -> Centre:
    return a_centre("Центр А")


@pytest.fixture
def head(centre: Centre) -> Person:
    return a_consultant("head", centre=centre, role="head")


def test_a_press_repeated_writes_one_line_and_one_new_person(
    centre: Centre, larisa: Person
) -> None:
    key = uuid4()
    first = a_consultation(centre, larisa, "Гривцова А. Е.", key=key)
    again = a_consultation(centre, larisa, "Гривцова А. Е.", key=key)

    assert first == again
    assert (Consultation.objects.count(), Client.objects.count()) == (1, 1)
    verbs = Entry.objects.filter(verb__startswith="consultation.").values_list("verb", flat=True)
    assert list(verbs) == ["consultation.written"]


def test_a_page_gone_back_to_writes_another_line_for_somebody_else(
    centre: Centre, larisa: Person
) -> None:
    key = uuid4()
    for name in ("Гривцова А. Е.", "Переяслов Г. К.", "Переяслов Г. К."):
        a_consultation(centre, larisa, name, key=key)

    assert Consultation.objects.count() == 2


def test_meeting_an_organisation_is_its_last_day(centre: Centre, larisa: Person) -> None:
    one = an_organisation("Завтра у реки")
    a_consultation(centre, larisa, one)
    a_consultation(centre, larisa, one, held_on=TODAY - timedelta(days=9))

    met = Acquaintance.objects.get(centre=centre, organisation=one)
    assert met.met_on == TODAY


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"held_on": TODAY + timedelta(days=1)}, "consultation.not_yet"),
        ({"held_on": date(26, 11, 1)}, "consultation.too_old"),
        ({"minutes": 0}, "consultation.minutes"),
        ({"minutes": 1441}, "consultation.minutes"),
        ({"next_what": "Прислать устав"}, "consultation.step_half"),
        ({"next_on": TODAY}, "consultation.step_half"),
        (
            {"next_what": "Устав", "next_on": TODAY - timedelta(days=1)},
            "consultation.step_before",
        ),
    ],
)
def test_what_cannot_be_is_refused(
    centre: Centre, larisa: Person, given: dict[str, object], code: str
) -> None:
    with pytest.raises(Refused) as fault:
        a_consultation(centre, larisa, "Гривцова А. Е.", key=uuid4(), **given)

    assert (codes_in(fault), Client.objects.count()) == ([code], 0)


def test_a_source_pays_within_its_term_alone(centre: Centre, larisa: Person, head: Person) -> None:
    source = a_money_source(centre, head, until=TODAY - timedelta(days=1))
    with pytest.raises(Refused) as fault:
        a_consultation(centre, larisa, "Гривцова А. Е.", source=source)

    assert codes_in(fault) == ["consultation.source_ended"]


def test_topics_and_sources_of_another_centre_are_refused(centre: Centre, larisa: Person) -> None:
    other = a_centre("Центр Б", region=a_region("XB-YAR", "Ярогорский край"))
    their_head = a_consultant("their-head", centre=other, role="head")
    topic, source = a_topic(other, their_head), a_money_source(other, their_head)

    with pytest.raises(Refused) as fault:
        a_consultation(centre, larisa, "Гривцова А. Е.", topic=topic, source=source)

    assert codes_in(fault) == ["consultation.topic", "consultation.source"]


def test_another_centre_neither_reads_nor_writes(centre: Centre, larisa: Person) -> None:
    other = a_centre("Центр Б", region=a_region("XB-YAR", "Ярогорский край"))
    neighbour = a_consultant("neighbour", centre=other)
    row = a_consultation(centre, larisa, "Гривцова А. Е.", text="Устав")

    assert list(consultations_of(other)) == []
    assert meant_by(other, "Гривцова").clients == []
    assert counts_of(other, ConsultationFilter(q="устав")).contacts == 0
    for act in (remove_consultation, put_back_consultation):
        with pytest.raises(PermissionDenied):
            act(row, actor=neighbour, now=NOON)
    with pytest.raises(PermissionDenied):
        change_consultation(
            row, Whom(client=row.client), told_of(row.topic), actor=neighbour, now=NOON
        )
    with pytest.raises(PermissionDenied):
        write_consultation(
            other, row.key, Whom(client=row.client), told_of(row.topic), actor=neighbour, now=NOON
        )
    with pytest.raises(PermissionDenied):
        erase_client(row.client, actor=neighbour, now=NOON)  # type: ignore[arg-type]  # it has one


def test_a_colleague_who_saves_later_is_told(centre: Centre, larisa: Person) -> None:
    row = a_consultation(centre, larisa, "Гривцова А. Е.")
    seen, whom = row.changed_at, Whom(client=row.client)
    later = NOON + timedelta(minutes=5)
    change_consultation(
        row, whom, told_of(row.topic, minutes=45), actor=larisa, now=later, seen=seen
    )

    with pytest.raises(Refused) as fault:
        change_consultation(row, whom, told_of(row.topic), actor=larisa, now=later, seen=seen)

    row.refresh_from_db()
    assert (codes_in(fault), row.minutes) == (["consultation.changed_meanwhile"], 45)


def test_what_was_removed_counts_no_more_and_is_put_back(centre: Centre, larisa: Person) -> None:
    row = a_consultation(centre, larisa, "Гривцова А. Е.", next_what="Устав", next_on=TODAY)
    for _press in range(2):
        remove_consultation(row, actor=larisa, now=NOON)

    assert (consultations_of(centre).count(), steps_due(centre, by=TODAY).count()) == (0, 0)
    with pytest.raises(Refused) as fault:
        change_consultation(
            row, Whom(client=row.client), told_of(row.topic), actor=larisa, now=NOON
        )
    assert codes_in(fault) == ["consultation.removed"]
    for _press in range(2):
        put_back_consultation(row, actor=larisa, now=NOON)
    assert consultations_of(centre).count() == 1
    verbs = [entry.verb for entry in Entry.objects.filter(about_key=str(row.key)).order_by("pk")]
    assert verbs == ["consultation.written", "consultation.removed", "consultation.put_back"]


def test_a_step_whose_day_has_come_is_reminded_of_once_and_again_for_another_day(
    centre: Centre, larisa: Person
) -> None:
    row = a_consultation(
        centre, larisa, "Гривцова А. Е.", held_on=TODAY, next_what="Устав", next_on=TODAY
    )
    NextStep.objects.update(on=date.today() - timedelta(days=1))  # noqa: DTZ011  # the worker's own day
    remind_steps()
    remind_steps()

    told = Notice.objects.filter(person=larisa, code="support.step_due")
    assert told.count() == 1
    tick_step(row, is_done=True, actor=larisa, now=NOON)
    NextStep.objects.update(reminded_at=None)
    remind_steps()
    assert told.count() == 1


def test_a_step_of_who_left_the_centre_is_told_to_its_heads(
    centre: Centre, larisa: Person, head: Person
) -> None:
    a_consultation(
        centre, larisa, "Гривцова А. Е.", held_on=TODAY, next_what="Устав", next_on=TODAY
    )
    NextStep.objects.update(on=date.today() - timedelta(days=1))  # noqa: DTZ011  # the worker's own day
    CentreStaff.objects.filter(person=larisa).update(until=NOON)

    remind_steps()

    told = Notice.objects.filter(code="support.step_due")
    assert [one.person for one in told] == [head]


def test_whom_is_found_by_name_by_label_and_never_guessed(centre: Centre, larisa: Person) -> None:
    one = a_found_organisation("Полтора шага", centre)
    client = a_consultation(centre, larisa, "Гривцова А. Е.").client
    assert client is not None

    assert meant_by(centre, "полтора шага").exact == one
    assert meant_by(centre, organisation_label(one)).exact == one
    assert meant_by(centre, client_label(client)).exact == client
    assert meant_by(centre, "Полтора ш").organisations == [one]
    part = meant_by(centre, "шага")
    assert (part.exact, [found.pk for found in part.organisations]) == (None, [one.pk])
    assert meant_by(centre, "  ").exact is None


def test_a_whole_number_names_its_organisation_and_a_beginning_does_not(centre: Centre) -> None:
    one = a_found_organisation("Полтора шага", centre)
    add_identifiers([(one.pk, "1037700000003", "7701234567", "")])

    assert [meant_by(centre, number).exact for number in ("1037700000003", "7701234567")] == [
        one,
        one,
    ]
    begun = meant_by(centre, "770123")
    assert (begun.exact, begun.organisations) == (None, [one])


def test_the_next_line_begins_with_what_was_chosen_last(centre: Centre, larisa: Person) -> None:
    a_consultation(centre, larisa, "Гривцова А. Е.", channel="away", minutes=90)

    last = last_of(centre, larisa)

    assert last is not None
    assert (last.channel, last.minutes) == ("away", 90)


def test_the_filter_finds_by_words_by_who_and_counts_beside(centre: Centre, larisa: Person) -> None:
    one = a_found_organisation("Полтора шага", centre)
    a_consultation(centre, larisa, one, text="Смета и договоры", channel="office", minutes=60)
    a_consultation(centre, larisa, "Гривцова А. Е.", text="Устав")

    def found(**asked: str) -> int:
        return asked_for(centre, ConsultationFilter.from_query(asked)).count()

    assert [found(q="договор"), found(q="полтора"), found(q="гривцовой")] == [1, 1, 1]
    assert [found(who="organisation"), found(who="person"), found(who="group")] == [1, 1, 0]
    assert [found(channel="office"), found(channel="junk"), found(topic="junk")] == [1, 2, 2]
    assert [found(source="none"), found(since=TODAY.isoformat()), found(until="2001-01-01")] == [
        *(2, 2, 0),
    ]
    counts = counts_of(centre, ConsultationFilter(channel="office"))
    assert (counts.contacts, counts.minutes) == (1, 60)
    assert dict(counts.of["channel"]) == {"office": 1, "phone": 1}


def test_who_is_forgotten_stays_a_number(centre: Centre, larisa: Person) -> None:
    row = a_consultation(
        centre, larisa, "Гривцова А. Е.", text="О ребёнке", next_what="Позвонить", next_on=TODAY
    )
    assert row.client is not None
    for _press in range(2):
        erase_client(row.client, actor=larisa, now=NOON)

    row.refresh_from_db()
    client = Client.objects.get()
    step = NextStep.objects.get()
    assert (client.name, client.name_folded, client.reach, row.text, step.what) == ("",) * 5
    assert counts_of(centre, ConsultationFilter()).contacts == 1
    for words in ("ребёнок", "Гривцова", "позвонить"):
        assert asked_for(centre, ConsultationFilter(q=words)).count() == 0
    kept = b" ".join(bytes(entry.content) for entry in Entry.objects.all()).decode()
    assert "Гривцова" not in kept


def test_an_account_that_is_erased_takes_the_client_of_its_address_with_it(
    centre: Centre, larisa: Person
) -> None:
    row = a_consultation(centre, larisa, "Анна", text="Устав")
    given = ClientGiven("Анна", reach="Anna@Example.org")
    change_client(Client.objects.get(), given, actor=larisa, now=NOON)
    anna = a_consultant("anna", centre=centre)
    anna.email = "anna@example.org"
    anna.save()

    erase_personal_data_of(anna, now=NOON)

    row.refresh_from_db()
    assert (Client.objects.get().name, row.text) == ("", "")


def test_who_asks_under_an_account_is_one_person_and_is_erased_with_it(
    centre: Centre, larisa: Person
) -> None:
    anna, topic = a_person("anna"), a_topic(centre, larisa)
    for number in range(2):
        row = ask_for_help(uuid4(), Asked("Устав"), centre, actor=anna, now=NOON)
        whom, key = Whom(made=ClientGiven(f"Анна {number}")), uuid4()
        for _press in range(2):
            write_consultation(
                *(centre, key, whom, told_of(topic, text=f"Об уставе {number}")),
                actor=larisa,
                now=NOON,
                answering=Answering(row),
            )

    client = Client.objects.get()
    assert (client.person, Consultation.objects.filter(client=client).count()) == (anna, 2)
    assert [one.text for one in said_to(anna, [client])] == ["Об уставе 0", "Об уставе 1"]
    Client.objects.update(person=None)  # as it was written before they were tied
    assert (said_to(anna, []).count(), client_of(centre, anna)) == (2, client)

    erase_personal_data_of(anna, now=NOON)

    client.refresh_from_db()
    assert (client.name, set(Consultation.objects.values_list("text", flat=True))) == ("", {""})


def test_a_centre_begins_with_the_shipped_topics_once(centre: Centre, larisa: Person) -> None:
    for _press in range(2):
        take_topics(centre, actor=larisa, now=NOON)

    assert Topic.objects.count() == 13


def test_dictionaries_are_the_heads(centre: Centre, larisa: Person, head: Person) -> None:
    take_topics(centre, actor=larisa, now=NOON)
    with pytest.raises(PermissionDenied):
        add_topic(centre, "Приют", "", actor=larisa, now=NOON)
    with pytest.raises(Refused) as fault:
        add_topic(centre, "юридическая  ПОМОЩЬ", "", actor=head, now=NOON)

    assert codes_in(fault) == ["topic.there"]


def test_a_source_ends_after_it_begins_and_stays_once_it_paid(
    centre: Centre, larisa: Person, head: Person
) -> None:
    source = a_money_source(centre, head)
    bad = SourceGiven("субсидия", since=TODAY, until=TODAY - timedelta(days=1))
    with pytest.raises(Refused) as fault:
        add_source(centre, bad, actor=head, now=NOON)
    assert codes_in(fault) == ["money_source.there", "money_source.ends_early"]
    a_consultation(centre, larisa, "Гривцова А. Е.", source=source)
    with pytest.raises(Refused) as used:
        remove_source(source, actor=head, now=NOON)
    assert codes_in(used) == ["money_source.used"]
    with pytest.raises(PermissionDenied):
        change_source(source, SourceGiven("Грант"), actor=larisa, now=NOON)
