"""Leaks: what the rules hide from experts, and what experts do from those who applied.

Something that could leak is put into every place first; then everything that a reader can get is
looked through.
"""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from sinergia.base.errands.actions import run_due_errands
from sinergia.calls.models import Contest
from sinergia.notices.models import Notice
from sinergia.organisations.models import Centre, Organisation
from sinergia.people.models import Person
from sinergia.projects.models import Attachment
from sinergia.review.actions.conflicts import enter_conflict
from sinergia.review.models import Examination, Expert, Publication, Sheet
from tests.arrange import NOON, READY, a_leader
from tests.arrange_review import a_sheet, a_submission, an_expert
from tests.review.arrange_blind import (
    CANARY,
    INN,
    MARK,
    a_blind_contest,
    a_hidden_examination,
    a_hidden_organisation,
    typed,
)
from tests.review.arrange_sheets import expert_of, fill, sign, whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def blind_contest(centre: Centre, operator: Person) -> Contest:
    return a_blind_contest(centre, operator)


@pytest.fixture
def applicant() -> Organisation:
    return a_hidden_organisation()


@pytest.fixture
def leader(applicant: Organisation) -> Person:
    return a_leader(f"{CANARY}-{MARK}", organisation=applicant)


@pytest.fixture
def examination(
    blind_contest: Contest, applicant: Organisation, leader: Person, operator: Person
) -> Examination:
    return a_hidden_examination(blind_contest, applicant, leader=leader, operator=operator)


@pytest.fixture
def sheet(examination: Examination) -> Sheet:
    return a_sheet(an_expert(contest=examination.contest), examination)


def leaks(texts: dict[str, str], *words: str) -> list[str]:
    return [f"{where}: {word}" for where, text in texts.items() for word in words if word in text]


def got(client: Client, addresses: list[str]) -> dict[str, str]:
    """What each address answers, head and body."""
    found = {}
    for address in addresses:
        answer = client.get(address, follow=True)
        body = b"".join(answer) if answer.streaming else answer.content
        heads = "\n".join(str(one) for one in answer.headers.items())
        found[address] = f"{heads}\n{body.decode()}"
    return found


def letters_to(person: Person) -> dict[str, str]:
    run_due_errands(now=timezone.now() + timedelta(days=2))
    sent = [one for one in mail.outbox if person.email in one.to]
    told = {f"letter {at}": f"{one.subject}\n{one.body}" for at, one in enumerate(sent)}
    notices = Notice.objects.filter(person=person)
    return told | {f"notice {one.pk}": f"{one.code} {one.values}" for one in notices}


def test_the_canary_sits_in_every_hidden_field(examination: Examination, leader: Person) -> None:
    content = bytes(examination.submission.frozen.content).decode()

    assert {name for name, _text in typed() if name not in content} == set()
    assert content.count(MARK) > len(READY) / 2


def test_an_expert_finds_nothing_of_what_the_rules_hide(client: Client, sheet: Sheet) -> None:
    files = {one.field: one for one in Attachment.objects.all()}
    person = expert_of(sheet)
    client.force_login(person)
    here, submission = f"/sheets/{sheet.key}/", sheet.examination.submission
    written = [f"/reviews/{sheet.expert.key}/sheets/", here, f"{here}sign/"]
    asked = got(client, written)
    fill(sheet, whole(sheet))
    sign(sheet)
    asked |= got(client, [*written, f"{here}receipt/"])
    asked |= got(client, [f"{here}files/{one.key}/" for one in files.values()])
    others = ["/", "/desk/", f"/search/?q={CANARY}", "/notices/", "/projects/", "/applications/"]
    asked |= got(client, [*others, f"/applications/?q={CANARY}", f"/search/?q={INN}"])
    asked |= got(
        client, [f"/submissions/{submission.key}/", f"/projects/{submission.project.key}/"]
    )
    asked |= letters_to(person)

    assert leaks(asked, MARK, INN) == [f"/search/?q={INN}: {INN}"]  # the question itself
    assert "Двор пуст" in asked[here]  # what is not hidden is there
    assert "A-001-presentation-1.txt" in asked[here]
    assert submission.shown_number not in asked[here] + asked[written[0]]


def test_a_file_of_a_hidden_field_is_not_there_and_another_has_a_neutral_name(
    client: Client, sheet: Sheet
) -> None:
    client.force_login(expert_of(sheet))
    files = {one.field: one for one in Attachment.objects.all()}
    here = f"/sheets/{sheet.key}/files"

    hidden = [client.get(f"{here}/{files[name].key}/") for name in ("letters", "evidence")]
    shown = client.get(f"{here}/{files['presentation'].key}/")

    assert [one.status_code for one in hidden] == [404, 404]
    assert shown.headers["Content-Disposition"] == 'attachment; filename="A-001-presentation-1.txt"'
    assert b"".join(shown) == b"Letter"


def test_a_stranger_to_the_sheet_gets_none_of_its_files(client: Client, sheet: Sheet) -> None:
    file = Attachment.objects.get(field="presentation")
    other = an_expert("Другой", contest=sheet.expert.contest)
    assert other.person is not None
    client.force_login(other.person)

    assert client.get(f"/sheets/{sheet.key}/files/{file.key}/").status_code == 404


def test_what_an_expert_signed_holds_nothing_that_is_hidden(sheet: Sheet) -> None:
    signed = sign(sheet)

    assert leaks({"bytes": bytes(signed.content).decode()}, MARK, INN) == []


def test_where_nothing_is_hidden_names_stand_as_they_are(client: Client, contest: Contest) -> None:
    submission = a_submission(contest=contest)
    examination = Examination.objects.create(
        contest=contest,
        submission=submission,
        code="A-001",
        category=submission.frozen.category,
        due=2,
    )
    sheet = a_sheet(an_expert(contest=contest), examination)
    client.force_login(expert_of(sheet))

    told = got(client, [f"/sheets/{sheet.key}/"])[f"/sheets/{sheet.key}/"]

    assert submission.shown_number in told
    assert submission.organisation.name in told


@pytest.fixture
def scored(examination: Examination) -> Expert:
    """An expert whose name and words would be known anywhere."""
    expert = an_expert(f"Ястреб {MARK}", contest=examination.contest)
    sheet = a_sheet(expert, examination)
    sign(sheet, "3", strong=f"Мнение {MARK}", comments__team=f"О команде {MARK}")
    Person.objects.filter(pk=expert_of(sheet).pk).update(name=f"Ястреб {MARK}")
    return expert


def test_those_who_applied_find_nothing_of_experts_before_the_decision(
    client: Client, scored: Expert, leader: Person, applicant: Organisation
) -> None:
    submission, sheet = Examination.objects.get().submission, scored.sheets.get()
    client.force_login(leader)
    Organisation.objects.update(name="Заявитель")  # its own canary is in nobody's way
    submission.project.fields.all().update(value="")
    addresses = [
        *("/", "/desk/", "/notices/", "/applications/", "/search/?q=Ястреб", "/search/?q=Мнение"),
        f"/submissions/{submission.key}/",
        f"/calls/{submission.contest.call.key}/",
        f"/organisations/{applicant.key}/",
        f"/register/{applicant.key}/",
        f"/sheets/{sheet.key}/",
        f"/sheets/{sheet.key}/receipt/",
        f"/reviews/{scored.key}/sheets/",
    ]

    told = got(client, addresses) | letters_to(leader)

    words = ("Ястреб", f"Мнение {MARK}", f"О команде {MARK}", scored.code, "A-001")
    own = {f"/search/?q={word}: {word}" for word in ("Ястреб", "Мнение")}
    assert set(leaks(told, *words)) - own == set()


def test_what_is_held_about_an_expert_names_no_applicant_before_the_result(
    client: Client, sheet: Sheet, operator: Person
) -> None:
    submission, expert = sheet.examination.submission, sheet.expert
    enter_conflict(expert, submission, f"Директор: {CANARY} {MARK}", actor=operator, now=NOON)
    client.force_login(expert_of(sheet))
    pages = ["/account/held/"]

    before = got(client, pages)
    told = {"contest": submission.contest, "publish_at": NOON, "published_at": NOON}
    Publication.objects.create(**told, stage="published")
    after = got(client, pages)

    assert leaks(before, MARK) == []
    assert leaks(after, MARK) == [f"{page}: {MARK}" for page in pages]


def test_visitors_find_nothing_of_experts_either(client: Client, scored: Expert) -> None:
    submission, sheet = Examination.objects.get().submission, scored.sheets.get()
    addresses = [
        *("/", "/applications/", "/search/?q=Ястреб", "/search/?q=Мнение"),
        f"/calls/{submission.contest.call.key}/",
        f"/sheets/{sheet.key}/",
        f"/sheets/{uuid4()}/",
    ]

    told = got(client, addresses)

    words = (f"Ястреб {MARK}", f"Мнение {MARK}", f"О команде {MARK}")
    assert leaks(told, *words) == []
