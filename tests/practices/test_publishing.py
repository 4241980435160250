"""A practice goes to the consultant, comes back, is published, and taken out of the catalogue."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from sinergia.base.drafts.actions import texts_of
from sinergia.base.journal.models import Entry
from sinergia.engine.refusal import Refused
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from sinergia.practices.actions.files import attach, take_off
from sinergia.practices.actions.publishing import (
    Published,
    Returned,
    publish_practice,
    return_practice,
)
from sinergia.practices.actions.sending import answer_remark, send_practice, take_sending_back
from sinergia.practices.actions.starting import remove_practice, take_back_practice
from sinergia.practices.actions.withdrawing import put_back_practice, withdraw_practice
from sinergia.practices.models import Check, Practice, PracticeRevision
from sinergia.practices.queries.practices import (
    checks_waiting,
    open_remarks,
    practices_of,
    published_practices,
    published_revisions,
    remarked_practices,
    removed_practices_of,
)
from sinergia.practices.queries.writing import public_files, read_by, written
from tests.afterwards import codes_in, told
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_leader,
    a_person,
    a_region,
    an_organisation,
    an_upload,
)
from tests.practices.arrange_writing import a_begun_practice, a_ready_practice, publish, write

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def organisation() -> Organisation:
    return an_organisation()


@pytest.fixture
def leader(organisation: Organisation) -> Person:
    return a_leader(organisation=organisation)


@pytest.fixture
def consultant(organisation: Organisation) -> Person:
    return a_consultant(centre=a_centre(region=organisation.region))


@pytest.fixture
def practice(organisation: Organisation, leader: Person) -> Practice:
    return a_ready_practice(organisation=organisation, actor=leader)


def test_a_whole_card_is_sent_once_and_the_consultant_is_told(
    practice: Practice, leader: Person, consultant: Person
) -> None:
    check = send_practice(practice, actor=leader, now=NOON)
    again = send_practice(practice, actor=leader, now=NOON)

    practice.refresh_from_db()
    assert check == again
    assert practice.stage == Practice.Stage.CHECKING
    assert told(consultant) == ["practices.sent"]
    assert list(checks_waiting(None)) == []


def test_what_the_card_lacks_is_told_all_at_once(
    organisation: Organisation, leader: Person
) -> None:
    begun = a_begun_practice(organisation=organisation, actor=leader)

    with pytest.raises(Refused) as refusal:
        send_practice(begun, actor=leader, now=NOON)

    missing = [gap.path for gap in refusal.value.gaps]
    assert missing == ["essence", "theme", "audiences", "problem", "actions", "result"]


def test_what_is_published_is_what_was_sent_though_its_authors_write_on(
    practice: Practice, leader: Person, consultant: Person
) -> None:
    check = send_practice(practice, actor=leader, now=NOON)
    write(practice, {"result": "60 семей"}, actor=leader)

    revision = publish_practice(practice, check.sent.key, Published(), actor=consultant, now=NOON)

    practice.refresh_from_db()
    assert practice.stage == Practice.Stage.PUBLISHED
    assert texts_of(revision)["result"] == "46 семей занимаются сами."
    assert written(practice).values["result"] == "60 семей"
    assert [one.code for one in practice.audiences.all()] == ["special-children"]
    assert (practice.essence, practice.theme is not None) == (
        "Реабилитолог приезжает в сёла, где его нет.",
        True,
    )
    assert told(leader) == ["practices.published"]


def test_a_newer_text_is_not_published_by_whoever_read_the_older_one(
    practice: Practice, leader: Person, consultant: Person
) -> None:
    read = send_practice(practice, actor=leader, now=NOON).sent.key
    write(practice, {"result": "60 семей"}, actor=leader)
    check = send_practice(practice, actor=leader, now=NOON)

    with pytest.raises(Refused) as refusal:
        publish_practice(practice, read, Published(), actor=consultant, now=NOON)

    assert codes_in(refusal) == ["sent_again"]
    assert Check.objects.get() == check


def test_remarks_are_answered_before_it_is_sent_again(
    practice: Practice, organisation: Organisation, leader: Person, consultant: Person
) -> None:
    check = send_practice(practice, actor=leader, now=NOON)
    said = Returned("Хорошо начато", {"card": "Сколько семей?", "steps": " ", "nowhere": "?"})
    return_practice(practice, check.sent.key, said, actor=consultant, now=NOON)
    (remark,) = open_remarks(practice)
    practice.refresh_from_db()
    with pytest.raises(Refused) as refusal:
        send_practice(practice, actor=leader, now=NOON)
    assert list(remarked_practices(organisation.pk)) == [practice]

    answer_remark(remark, "46, дописали", actor=leader, now=NOON)
    answer_remark(remark, "46, дописали", actor=leader, now=NOON)
    with pytest.raises(Refused):
        answer_remark(remark, "Второй раз", actor=leader, now=NOON)
    again = send_practice(practice, actor=leader, now=NOON)

    remark.refresh_from_db()
    assert (practice.stage, codes_in(refusal)) == (Practice.Stage.DRAFT, ["remarks_open"])
    assert (remark.section, remark.answer) == ("card", "46, дописали")
    assert (again.outcome, check.pk != again.pk) == (Check.Outcome.WAITING, True)
    assert told(leader) == ["practices.returned"]


def test_pressed_twice_it_is_published_and_returned_once(
    practice: Practice, leader: Person, consultant: Person
) -> None:
    sent, said = send_practice(practice, actor=leader, now=NOON).sent.key, Returned("Почти")
    returned = return_practice(practice, sent, said, actor=consultant, now=NOON)
    again = return_practice(practice, sent, said, actor=consultant, now=NOON)
    write(practice, {"result": "60 семей"}, actor=leader)
    sent = send_practice(practice, actor=leader, now=NOON).sent.key

    first = publish_practice(practice, sent, Published(), actor=consultant, now=NOON)
    second = publish_practice(practice, sent, Published(), actor=consultant, now=NOON)

    with pytest.raises(Refused) as refusal:
        return_practice(practice, sent, said, actor=consultant, now=NOON)
    assert (returned, first) == (again, second)
    assert codes_in(refusal) == ["not_waiting"]
    assert told(leader) == ["practices.returned", "practices.published"]


def test_nothing_is_returned_without_a_word(
    practice: Practice, leader: Person, consultant: Person
) -> None:
    check = send_practice(practice, actor=leader, now=NOON)

    with pytest.raises(Refused) as refusal:
        return_practice(
            practice, check.sent.key, Returned(" ", {"card": ""}), actor=consultant, now=NOON
        )

    assert codes_in(refusal) == ["nothing_said"]


def test_authors_take_back_what_they_sent(practice: Practice, leader: Person) -> None:
    send_practice(practice, actor=leader, now=NOON)

    take_sending_back(practice, actor=leader, now=NOON)
    take_sending_back(practice, actor=leader, now=NOON)

    practice.refresh_from_db()
    assert practice.stage == Practice.Stage.DRAFT
    assert Check.objects.get().outcome == Check.Outcome.TAKEN_BACK


def test_a_newer_text_goes_the_same_way_while_everybody_reads_the_older(
    practice: Practice, leader: Person, consultant: Person
) -> None:
    publish(practice, author=leader, consultant=consultant)
    with pytest.raises(Refused) as nothing:
        send_practice(practice, actor=leader, now=NOON)
    write(practice, {"title": "Домашний маршрут 2", "result": "60 семей"}, actor=leader)
    check = send_practice(practice, actor=leader, now=NOON)
    practice.refresh_from_db()
    between = (practice.title, practice.stage)

    publish_practice(practice, check.sent.key, Published(), actor=consultant, now=NOON)

    practice.refresh_from_db()
    results = [texts_of(one)["result"] for one in published_revisions(practice)]
    assert codes_in(nothing) == ["nothing_new"]
    assert between == ("Домашний маршрут", "published")
    assert practice.title == "Домашний маршрут 2"
    assert results == ["60 семей", "46 семей занимаются сами."]


def test_authors_claim_no_more_than_counted_results_and_the_consultant_confirms_the_rest(
    practice: Practice, leader: Person, consultant: Person
) -> None:
    sure = dict.fromkeys(("regulated", "grounded", "reached", "measured"), "4")
    write(practice, sure | {"maturity": "3"}, actor=leader)
    publish(practice, author=leader, consultant=consultant)
    practice.refresh_from_db()
    alone = (practice.evidence, practice.maturity)
    write(practice, {"effect": "Дети спокойнее"}, actor=leader)
    check = send_practice(practice, actor=leader, now=NOON)
    with pytest.raises(Refused) as refusal:
        publish_practice(
            practice, check.sent.key, Published(evidence=3), actor=consultant, now=NOON
        )

    said = Published(evidence=3, ground="Отчёт 2025 года")
    publish_practice(practice, check.sent.key, said, actor=consultant, now=NOON)

    practice.refresh_from_db()
    check.refresh_from_db()
    assert (alone, codes_in(refusal), practice.evidence) == ((2, 3), ["ground_missing"], 3)
    assert (check.evidence, check.done_by, check.done_at) == (3, consultant.key, NOON)


def test_strangers_and_authors_publish_nothing(
    practice: Practice, leader: Person, consultant: Person
) -> None:
    check = send_practice(practice, actor=leader, now=NOON)

    next_door = a_centre("Центр Б", region=a_region("XB-YAR", "Ярогорский край"))
    for person in (leader, a_person("stranger"), a_consultant("b", centre=next_door)):
        with pytest.raises(PermissionDenied):
            publish_practice(practice, check.sent.key, Published(), actor=person, now=NOON)
    with pytest.raises(PermissionDenied):
        send_practice(practice, actor=a_person("another"), now=NOON)


def test_a_practice_leaves_the_catalogue_with_a_reason_and_comes_back(
    practice: Practice, leader: Person, consultant: Person
) -> None:
    publish(practice, author=leader, consultant=consultant)
    with pytest.raises(Refused):
        withdraw_practice(practice, " ", actor=leader, now=NOON)

    withdraw_practice(practice, "Переделываем", actor=leader, now=NOON)
    withdraw_practice(practice, "Ещё раз", actor=leader, now=NOON)
    gone = list(published_practices())
    put_back_practice(practice, actor=leader, now=NOON)

    assert (gone, list(published_practices())) == ([], [practice])
    assert practice.withdrawals.get().why == "Переделываем"
    assert told(consultant)[-1] == "practices.withdrawn"


def test_what_the_centre_took_out_the_centre_alone_puts_back(
    practice: Practice, leader: Person, consultant: Person
) -> None:
    publish(practice, author=leader, consultant=consultant)
    withdraw_practice(practice, "Жалоба родителей", actor=consultant, now=NOON)

    with pytest.raises(PermissionDenied):
        put_back_practice(practice, actor=leader, now=NOON)
    put_back_practice(practice, actor=consultant, now=NOON)

    assert list(published_practices()) == [practice]
    assert told(leader)[-2:] == ["practices.withdrawn", "practices.published"]


def test_a_practice_is_put_away_unless_somebody_reads_it(
    practice: Practice, organisation: Organisation, leader: Person, consultant: Person
) -> None:
    draft = a_begun_practice("Другая", organisation=organisation, actor=leader)
    send_practice(practice, actor=leader, now=NOON)
    with pytest.raises(Refused) as checked:
        remove_practice(practice, actor=leader, now=NOON)
    publish_practice(
        practice, Check.objects.get().sent.key, Published(), actor=consultant, now=NOON
    )
    with pytest.raises(Refused) as published:
        remove_practice(practice, actor=leader, now=NOON)

    remove_practice(draft, actor=leader, now=NOON)
    removed = list(removed_practices_of(leader))
    take_back_practice(draft, actor=leader, now=NOON)

    assert (codes_in(checked), codes_in(published)) == (
        ["practice_checked"],
        ["practice_published"],
    )
    assert removed == [draft]
    assert set(practices_of(leader)) == {practice, draft}


def test_a_file_is_let_out_by_a_second_person_and_gone_as_soon_as_it_is_taken_out(
    practice: Practice, leader: Person, consultant: Person
) -> None:
    file = attach(practice, "materials", an_upload(leader), actor=leader, now=NOON)
    own = attach(practice, "materials", an_upload(consultant), actor=consultant, now=NOON)
    check = send_practice(practice, actor=leader, now=NOON)
    said = Published(files=[file.key, own.key])
    with pytest.raises(Refused) as refusal:
        publish_practice(practice, check.sent.key, said, actor=consultant, now=NOON)

    said = Published(files=[file.key, uuid4()])
    publish_practice(practice, check.sent.key, said, actor=consultant, now=NOON)
    shown = list(public_files(practice))
    take_off(file, actor=leader, now=NOON)

    assert (codes_in(refusal), shown) == (["file.same_person"], [file])
    assert list(public_files(practice)) == []


def test_rows_stand_in_the_published_text_as_they_were_written(
    practice: Practice, leader: Person, consultant: Person
) -> None:
    write(practice, {"steps/ffffff/what": "Сначала"}, actor=leader)
    write(practice, {"steps/000000/what": "Потом"}, actor=leader)

    revision = publish(practice, author=leader, consultant=consultant)

    steps = read_by(revision, is_member=False).document.rows["steps"]
    assert [row.texts["what"] for row in steps] == ["Сначала", "Потом"]


def test_people_are_shown_to_whom_the_authors_say(
    practice: Practice, leader: Person, consultant: Person
) -> None:
    people = {
        "contacts/aaaaaa/name": "Открытая",
        "contacts/aaaaaa/shown": "everybody",
        "contacts/bbbbbb/name": "Для своих",
        "contacts/bbbbbb/shown": "members",
        "contacts/cccccc/name": "Закрытая",
        "contacts/cccccc/shown": "nobody",
        "contacts/dddddd/name": "Забытая",
    }
    write(practice, people, actor=leader)

    revision = publish(practice, author=leader, consultant=consultant)

    def names(*, is_member: bool) -> list[str]:
        rows = read_by(revision, is_member=is_member).document.rows["contacts"]
        return [row.texts["name"] for row in rows]

    assert names(is_member=False) == ["Открытая"]
    assert names(is_member=True) == ["Открытая", "Для своих"]


def test_the_centre_writes_from_somebodys_words_and_says_whose(
    organisation: Organisation, consultant: Person
) -> None:
    practice = a_begun_practice(organisation=organisation, actor=consultant)

    assert practice.told_by == "Яровая Т. И."
    assert list(practices_of(consultant)) == [practice]


def test_the_journal_names_what_was_done_and_no_text(
    practice: Practice, leader: Person, consultant: Person
) -> None:
    publish(practice, author=leader, consultant=consultant)

    verbs = Entry.objects.filter(about_key=str(practice.key)).order_by("pk")
    assert [one.verb for one in verbs] == [
        "practice.begun",
        "practice.pictured",
        "practice.sent",
        "practice.published",
    ]
    assert all("семей" not in bytes(one.content).decode() for one in verbs)
    assert PracticeRevision.objects.filter(practice=practice).count() == 2
