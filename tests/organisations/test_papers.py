"""The folder of an organisation's papers: what is refused, what becomes of files."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client

from sinergia.base.errands.actions import run_due_errands
from sinergia.base.files.actions import LIFE
from sinergia.base.files.models import StoredFile
from sinergia.base.journal.models import Entry
from sinergia.engine.refusal import Gap, Refused
from sinergia.insights.person.actions import Demand, erase_person
from sinergia.organisations.actions import papers, telling
from sinergia.organisations.actions.merging import merge_organisations, undo_merge
from sinergia.organisations.actions.splitting import Parting, split_organisation
from sinergia.organisations.models import Organisation, Paper
from sinergia.organisations.queries import inside as queries
from sinergia.organisations.queries.waiting import papers_ending
from sinergia.people.models import Person
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_leader,
    a_person,
    a_region,
    an_administrator,
    an_official,
    an_organisation,
    an_upload,
)
from tests.base import sent_files as made
from tests.organisations.arrange_papers import (
    MAY,
    SECRETS,
    TODAY,
    a_paper,
    a_scanned_paper,
    a_secret_paper,
    content_of,
    file_of,
)

pytestmark = [pytest.mark.both, pytest.mark.django_db]


@pytest.fixture
def larisa() -> Person:
    return a_consultant("larisa", centre=a_centre())


@pytest.fixture
def steps(larisa: Person) -> Organisation:
    return an_organisation("Полтора шага")


@pytest.fixture
def tamara(steps: Organisation) -> Person:
    return a_leader("tamara", organisation=steps)


def lies_there(place: str) -> bool:
    return (Path(settings.MEDIA_ROOT) / place).exists()


def gaps_of(refused: pytest.ExceptionInfo[Refused]) -> list[Gap]:
    return list(refused.value.gaps)


def address_of(paper: Paper, rest: str = "") -> str:
    return f"/organisations/{paper.organisation.key}/inside/papers/{paper.key}/{rest}"


def test_what_the_centre_writes_waits_for_its_people_to_confirm_it(
    steps: Organisation, larisa: Person, tamara: Person
) -> None:
    paper = a_paper(steps, larisa, told_by="бухгалтер, по телефону")
    assert (paper.is_confirmed, paper.told_by) == (False, "бухгалтер, по телефону")
    assert queries.inside(steps).unconfirmed == 1

    assert telling.confirm_told(steps, actor=tamara, now=NOON) == 1

    assert queries.inside(steps).unconfirmed == 0
    again = papers.write_paper(steps, {"number": "7"}, actor=tamara, now=NOON, paper=paper)
    assert (again.kind, again.number, again.is_confirmed, again.told_by) == (
        "attorney",
        "7",
        True,
        "",
    )


def test_the_journal_says_that_papers_were_written_and_nothing_that_stands_in_them(
    steps: Organisation, larisa: Person
) -> None:
    paper = a_secret_paper(steps, larisa)
    papers.remove_paper(paper, actor=larisa, now=NOON)

    entries = Entry.objects.order_by("pk")
    assert [entry.verb for entry in entries] == [
        "file.kept",
        "organisation.paper_written",
        "file.removed",
        "organisation.paper_removed",
    ]
    said = " ".join(bytes(entry.content).decode() for entry in entries)
    assert [secret for secret in SECRETS if secret in said] == []


def test_a_paper_that_ends_before_it_is_issued_is_refused_and_the_same_day_is_not(
    steps: Organisation, tamara: Person
) -> None:
    with pytest.raises(Refused) as refused:
        a_paper(steps, tamara, issued_on=MAY, ends_on=MAY - timedelta(days=1))
    assert gaps_of(refused) == [Gap("paper_ends_before_it_is_issued", "ends_on")]

    paper = a_paper(steps, tamara, issued_on=MAY, ends_on=MAY)

    assert paper.ends_on == MAY
    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.update(ends_on=MAY - timedelta(days=1))


def test_a_refused_paper_leaves_the_upload_to_be_offered_again(
    steps: Organisation, tamara: Person
) -> None:
    upload = an_upload(tamara)

    with pytest.raises(Refused):
        a_paper(steps, tamara, issued_on=MAY, ends_on=MAY - timedelta(days=1), file=upload)

    assert (Paper.objects.count(), StoredFile.objects.get().kept_at) == (0, None)
    assert file_of(a_paper(steps, tamara, file=upload)).kept_at == NOON


def test_the_same_paper_is_refused_unless_something_tells_it_apart(
    steps: Organisation, larisa: Person, tamara: Person
) -> None:
    a_paper(steps, tamara, title="В банке", number="7", issued_on=MAY)

    with pytest.raises(Refused) as refused:
        a_paper(steps, tamara, title="в БАНКЕ", number="7", issued_on=MAY)

    assert gaps_of(refused) == [Gap("paper_twice", "title")]
    a_paper(steps, tamara, title="В банке", number="8", issued_on=MAY)
    a_paper(steps, tamara, title="В банке", number="7", issued_on=MAY, kind="other")
    a_paper(an_organisation("Другие"), larisa, title="В банке", number="7", issued_on=MAY)
    assert Paper.objects.count() == 4


def test_pressing_twice_is_one_paper_with_one_file(steps: Organisation, tamara: Person) -> None:
    upload = an_upload(tamara)

    first = a_paper(steps, tamara, file=upload)
    second = a_paper(steps, tamara, file=upload)

    assert (first, Paper.objects.count(), StoredFile.objects.count()) == (second, 1, 1)
    papers.remove_paper(first, actor=tamara, now=NOON)
    papers.remove_paper(first, actor=tamara, now=NOON)
    assert (Paper.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_a_file_of_one_paper_does_not_become_that_of_another(
    steps: Organisation, larisa: Person
) -> None:
    upload, other = an_upload(larisa), an_organisation("Другие")
    paper = a_paper(steps, larisa, file=upload)
    plain = a_paper(steps, larisa, kind="charter")

    given = {"kind": "charter", "title": "Новый", "file": upload}
    for organisation, row in ((steps, plain), (other, None)):
        with pytest.raises(Refused) as refused:
            papers.write_paper(organisation, given, actor=larisa, now=NOON, paper=row)
        assert gaps_of(refused) == [Gap("paper_file_gone", "file")]

    plain.refresh_from_db()
    assert (plain.file, file_of(paper).pk) == (None, upload.file_id)


def test_an_upload_whose_day_is_over_is_asked_for_again(
    steps: Organisation, tamara: Person
) -> None:
    upload = an_upload(tamara)

    with pytest.raises(Refused) as refused:
        papers.write_paper(
            steps, {"kind": "charter", "file": upload}, actor=tamara, now=NOON + LIFE
        )

    assert gaps_of(refused) == [Gap("paper_file_gone", "file")]


def test_a_new_file_takes_the_place_of_the_old_one_whose_bytes_go_after_the_commit(
    steps: Organisation, tamara: Person
) -> None:
    paper = a_scanned_paper(steps, tamara, title="В банке")
    old = file_of(paper)
    given = {"file": an_upload(tamara, b"A better scan")}

    papers.write_paper(steps, given, actor=tamara, now=NOON, paper=paper)

    new = file_of(paper)
    assert (paper.title, new.size, StoredFile.objects.get()) == ("В банке", 13, new)
    assert (lies_there(old.place), lies_there(new.place)) == (True, True)
    run_due_errands(now=NOON)
    assert (lies_there(old.place), lies_there(new.place)) == (False, True)


def test_two_who_replace_a_file_from_the_same_page_leave_one_file(
    steps: Organisation, tamara: Person
) -> None:
    seen_by_both = a_scanned_paper(steps, tamara)
    stale = Paper.objects.select_related("file").get(pk=seen_by_both.pk)

    for paper, words in ((seen_by_both, b"first"), (stale, b"second")):
        given = {"file": an_upload(tamara, words)}
        papers.write_paper(steps, given, actor=tamara, now=NOON, paper=paper)

    assert [file.size for file in StoredFile.objects.all()] == [len(b"second")]


def test_what_says_nothing_of_a_file_leaves_it(steps: Organisation, tamara: Person) -> None:
    paper = a_scanned_paper(steps, tamara)
    file = file_of(paper)

    given = {"number": "7", "file": None}
    papers.write_paper(steps, given, actor=tamara, now=NOON, paper=paper)

    assert (file_of(paper), paper.number) == (file, "7")


def test_a_removed_paper_takes_its_file_along_and_cannot_be_written_anew(
    steps: Organisation, tamara: Person
) -> None:
    paper = a_scanned_paper(steps, tamara)
    place = file_of(paper).place

    papers.remove_paper(paper, actor=tamara, now=NOON)
    run_due_errands(now=NOON)

    assert (Paper.objects.count(), StoredFile.objects.count(), lies_there(place)) == (0, 0, False)
    with pytest.raises(Refused) as refused:
        papers.write_paper(steps, {"number": "7"}, actor=tamara, now=NOON, paper=paper)
    assert gaps_of(refused) == [Gap("paper_gone")]


def test_strangers_neither_write_nor_remove(steps: Organisation, larisa: Person) -> None:
    paper = a_scanned_paper(steps, larisa)
    away = a_centre("Центр Б", region=a_region("XB-YAR", "Ярогорский край"))
    strangers = [
        a_person("stranger"),
        a_leader("outsider", organisation=an_organisation("Чужие")),
        a_consultant("neighbour", centre=away),
        an_official(),
        an_administrator(),
    ]

    for stranger in strangers:
        with pytest.raises(PermissionDenied):
            a_paper(steps, stranger)
        with pytest.raises(PermissionDenied):
            papers.remove_paper(paper, actor=stranger, now=NOON)

    assert Paper.objects.get() == paper


def test_a_paper_is_warned_of_until_such_a_paper_follows_it(
    steps: Organisation, tamara: Person
) -> None:
    soon, later = TODAY + timedelta(days=59), TODAY + timedelta(days=60)
    bank = a_paper(steps, tamara, title="В банке", ends_on=soon)
    ended = a_paper(steps, tamara, title="На почте", ends_on=TODAY - timedelta(days=900))
    election = a_paper(steps, tamara, kind="election", title="Протокол № 3", ends_on=TODAY)
    a_paper(steps, tamara, title="В суде", ends_on=later)
    a_paper(steps, tamara, kind="charter")
    assert warned_of() == {bank, ended, election}

    a_paper(steps, tamara, title="В БАНКЕ", number="2", ends_on=later)
    a_paper(steps, tamara, kind="election", title="Протокол № 4", ends_on=later)
    a_paper(steps, tamara, kind="other", title="На почте")

    assert warned_of() == {ended}


def warned_of() -> set[Paper]:
    return set(papers_ending(Organisation.objects.all(), today=TODAY))


def test_papers_follow_a_merge_with_their_files_and_come_back(
    steps: Organisation, larisa: Person, client: Client
) -> None:
    twin = an_organisation("Полтора шага ")
    mine, theirs = a_scanned_paper(steps, larisa), a_scanned_paper(twin, larisa)
    client.force_login(larisa)

    merge = merge_organisations(steps.key, twin.key, actor=larisa, now=NOON)
    assert set(queries.papers_of(steps)) == {mine, theirs}
    theirs.refresh_from_db()
    assert content_of(client, address_of(theirs, "file/")) == b"Charter"
    undo_merge(merge.key, actor=larisa, now=NOON)

    assert list(queries.papers_of(steps)) == [mine]
    theirs.refresh_from_db()
    assert theirs.organisation.key == twin.key
    assert content_of(client, address_of(theirs, "file/")) == b"Charter"


def test_a_paper_may_go_to_the_other_organisation_when_one_is_split(
    steps: Organisation, larisa: Person, client: Client
) -> None:
    stays, goes = a_paper(steps, larisa, kind="charter"), a_scanned_paper(steps, larisa)
    client.force_login(larisa)
    assert "Доверенность" in client.get(f"/organisations/{steps.key}/split/").content.decode()

    chosen = {"organisations.paper": [str(goes.key)]}
    new = split_organisation(steps.key, Parting("Вторая", chosen), actor=larisa, now=NOON)

    assert (list(queries.papers_of(steps)), list(queries.papers_of(new))) == ([stays], [goes])


def test_whoever_sent_a_paper_is_forgotten_and_the_paper_stays(
    steps: Organisation, larisa: Person, tamara: Person, client: Client
) -> None:
    upload = an_upload(tamara, made.a_pdf(), "Устав, прислала Тамара.pdf")
    paper = a_paper(steps, tamara, file=upload)

    erase_person(tamara, Demand(), actor=tamara, now=NOON)
    run_due_errands(now=NOON + LIFE)

    assert file_of(paper).name == "file.pdf"
    client.force_login(larisa)
    assert content_of(client, address_of(paper, "file/")) == made.a_pdf()
