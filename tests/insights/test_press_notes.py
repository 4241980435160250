"""A note of a decision and of a result: from facts, kept by hand, silent before its time."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from docx import Document

from sinergia.applications.models import Application
from sinergia.calls.models import Contest
from sinergia.engine.press import HEADLINE, Kept, beside_facts, laid_out, not_in
from sinergia.engine.refusal import Refused
from sinergia.grants.actions.showing import turn_page, write_page
from sinergia.grants.models import Closing, Grant, ProjectPage, Result, Role
from sinergia.insights.press.actions import publish_note, put_note_away, save_note
from sinergia.insights.press.models import NoteVersion
from sinergia.insights.press.queries.notes import sentences_of, thing_of, told_in, versions_of
from sinergia.insights.press.words.facts import facts_of
from sinergia.organisations.models import Centre, CentreStaff, Organisation
from sinergia.people.models import Person
from sinergia.review.actions.declining import decline_award
from sinergia.review.models import Award
from tests.arrange import NOON, a_centre, a_consultant, a_contest, a_leader, a_region
from tests.arrange_grants import a_grant, award_of, in_two, leader_of, signed
from tests.review.deciding import a_rated, decided, published

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]


@pytest.fixture
def operator() -> Person:
    return a_consultant(centre=a_centre(region=a_region()))


@pytest.fixture
def contest(operator: Person) -> Contest:
    made = a_contest(centre=a_centre_of(operator))
    a_rated("Тёплый двор", "91.25", contest=made)
    a_rated("Прочий", "20", contest=made)
    return made


def a_centre_of(person: Person) -> Centre:
    return CentreStaff.objects.get(person=person).centre


@pytest.fixture
def grant(contest: Contest, operator: Person) -> Grant:
    """A closed one with 46 of 40 reached."""
    published(contest, operator)
    award = Award.objects.get(outcome="won")
    made = signed(
        in_two(a_grant(award_of(award.examination_id), operator=operator), operator), operator
    )
    Grant.objects.filter(pk=made.pk).update(stage="closed", closed_on=NOON.date())
    Result.objects.create(
        grant=made, row="r1", what="Семей получили занятия", promised="40", reached="46",
        proof="Список: Секретова А. А.", at=NOON,
    )  # fmt: skip
    Closing.objects.create(
        grant=made, spent_minor=80_000_00, returned_minor=10_000_00, unpaid_minor=0,
        words="Внутреннее слово", by=operator.key, at=NOON,
    )  # fmt: skip
    return Grant.objects.get(pk=made.pk)


def address(thing: Contest | Grant, end: str = "", language: str = "ru") -> str:
    if isinstance(thing, Grant):
        return f"/press/grant/{thing.key}/{language}/{end}"
    return f"/press/contest/{thing.call.key}/{language}/{end}"


def kept(thing: Contest | Grant, operator: Person, language: str = "ru") -> NoteVersion:
    rows = [Kept(one.code, one.text, one.text) for one in facts_of(thing, language)]
    return save_note(thing, language, rows, seen=0, actor=operator, now=NOON)


def test_a_decision_is_told_in_sentences_each_with_its_field(
    contest: Contest, operator: Person
) -> None:
    published(contest, operator)

    told = {one.code.split("-")[0]: one for one in facts_of(contest, "en")}

    assert told["headline"].text == "1 project wins the contest “Инициативы”"
    assert "2 applications" in told["applications"].text
    assert "Тёплый двор" in told["winner"].text
    assert all(one.source and one.url for one in told.values())
    assert "Прочий" not in " ".join(one.text for one in told.values())


def test_before_the_result_is_told_nobody_outside_reads_the_note(
    client: Client, contest: Contest, operator: Person
) -> None:
    decided(contest, operator)
    version = kept(contest, operator)
    ends = ("", "write/", "versions/1/", "note.docx", "note.pdf")

    with pytest.raises(Refused) as refusal:
        publish_note(contest, "ru", seen=version.number, actor=operator, now=NOON)
    assert [gap.code for gap in refusal.value.gaps] == ["note.embargo"]
    for reader in (None, a_leader(organisation=Organisation.objects.all()[0])):
        if reader is not None:
            client.force_login(reader)
        assert {client.get(address(contest, end)).status_code for end in ends} <= {302, 404}
    client.force_login(operator)
    assert {client.get(address(contest, end)).status_code for end in ends} == {200}


def test_everybody_reads_what_was_published_and_nothing_once_it_is_put_away(
    client: Client, contest: Contest, operator: Person
) -> None:
    published(contest, operator)
    kept(contest, operator)
    assert client.get(address(contest)).status_code == 404
    publish_note(contest, "ru", seen=1, actor=operator, now=NOON)
    publish_note(contest, "ru", seen=1, actor=operator, now=NOON)
    save_note(contest, "ru", [Kept("own-1", "Черновик")], seen=1, actor=operator, now=NOON)

    page = client.get(address(contest)).content.decode()

    assert "Тёплый двор" in page
    assert "Черновик" not in page
    paper = Document(BytesIO(client.get(address(contest, "note.docx")).content))
    assert any("Тёплый двор" in one.text for one in paper.paragraphs)
    assert client.get(address(contest, "note.pdf")).content.startswith(b"%PDF")
    assert [one[0] for one in told_in(a_region())] == ["contest"]
    put_note_away(contest, "ru", actor=operator, now=NOON)
    assert client.get(address(contest)).status_code == 404


def test_facts_that_changed_stand_beside_the_sentence(contest: Contest, operator: Person) -> None:
    published(contest, operator)
    version = kept(contest, operator)
    award = Award.objects.get(outcome="won")
    leader = a_leader("winner", organisation=award.examination.submission.organisation)
    decline_award(award, "Не успеваем", actor=leader, now=NOON)

    lines = beside_facts(sentences_of(version), facts_of(contest, "ru"))

    changed = {one.code.split("-")[0] for one in lines if one.is_changed}
    assert {"headline", "winner", "money"} <= changed
    assert not any(one.is_edited for one in lines)


def test_a_closed_grant_is_told_with_its_numbers_and_nothing_private(
    client: Client, grant: Grant, operator: Person
) -> None:
    kept(grant, operator)
    publish_note(grant, "ru", seen=1, actor=operator, now=NOON)

    page = client.get(address(grant)).content.decode()

    assert "Семей получили занятия" in page
    assert "46" in page
    for hidden in ("Секретова", "Внутреннее слово"):
        assert hidden not in page
    Organisation.objects.filter(pk=grant.organisation_id).update(is_public=False)
    assert client.get(address(grant)).status_code == 404
    Organisation.objects.filter(pk=grant.organisation_id).update(is_public=True)
    Application.objects.filter(pk=grant.application_id).update(region=a_region())
    assert [one[0] for one in told_in(a_region())] == ["grant"]
    Grant.objects.filter(pk=grant.pk).update(stage="under_way", closed_on=None)
    assert client.get(address(grant)).status_code == 404
    assert told_in(a_region()) == []


def test_a_project_that_begins_is_told_while_its_page_is_open(
    client: Client, grant: Grant, operator: Person
) -> None:
    Grant.objects.filter(pk=grant.pk).update(stage="under_way", closed_on=None)
    leader = leader_of(grant)
    write_page(grant, "Дворы станут тёплыми.", "", actor=leader, now=NOON)
    page = turn_page(grant, is_open=True, actor=leader, now=NOON)
    Role.objects.create(grant=grant, name="Возить доски")
    url, rows = f"/press/project/{grant.key}/ru/", facts_of(page, "ru")
    told = [Kept(one.code, one.text, one.text) for one in rows]
    today = timezone.localdate()
    Grant.objects.filter(pk=grant.pk).update(begins_on=today, ends_on=today + timedelta(days=9))
    roles = [one.text for one in facts_of(thing(grant), "en") if one.code == "roles"]
    assert [one.code for one in rows][:4] == [HEADLINE, "project", "grant", "promise"]
    assert roles == ["One can help without an account: Возить доски."]

    turn_page(grant, is_open=False, actor=leader, now=NOON)
    save_note(thing(grant), "ru", told, seen=0, actor=operator, now=NOON)
    with pytest.raises(Refused) as refusal:
        publish_note(thing(grant), "ru", seen=1, actor=operator, now=NOON)
    assert [gap.code for gap in refusal.value.gaps] == ["note.page_closed"]
    turn_page(grant, is_open=True, actor=leader, now=NOON)
    assert client.get(url).status_code == 404
    publish_note(thing(grant), "ru", seen=1, actor=operator, now=NOON)

    assert "Дворы станут тёплыми." in client.get(url).content.decode()
    assert [one[:2] for one in told_in(a_region())] == [("project", grant.key)]
    client.force_login(operator)
    assert client.get(f"{url}write/").status_code == 200
    Grant.objects.filter(pk=grant.pk).update(stage="declined", signed_on=None)
    assert (Client().get(url).status_code, told_in(a_region())) == (404, [])
    Grant.objects.filter(pk=grant.pk).update(stage="under_way", signed_on=NOON.date())
    turn_page(grant, is_open=False, actor=leader, now=NOON)
    assert Client().get(url).status_code == 404
    assert told_in(a_region()) == []


def thing(grant: Grant) -> ProjectPage:
    found = thing_of("project", grant.key)
    assert isinstance(found, ProjectPage)
    return found


def test_a_hidden_winner_is_not_named(contest: Contest, operator: Person) -> None:
    published(contest, operator)
    won = Award.objects.get(outcome="won").examination.submission.organisation
    Organisation.objects.filter(pk=won.pk).update(is_public=False, name="Тайна", short_name="")

    assert "Тайна" not in " ".join(one.text for one in facts_of(contest, "ru"))


def test_only_those_who_run_it_write_and_two_savings_do_not_meet(
    contest: Contest, operator: Person
) -> None:
    published(contest, operator)
    stranger = a_consultant("stranger", centre=a_centre("Чужой", region=a_region("XB-YAR", "Край")))
    rows = [Kept("own-1", "Слово")]

    first = save_note(contest, "ru", rows, seen=0, actor=operator, now=NOON)
    again = save_note(contest, "ru", rows, seen=0, actor=operator, now=NOON)
    assert first == again
    with pytest.raises(Refused) as refusal:
        save_note(contest, "ru", [Kept("own-2", "Другое")], seen=0, actor=operator, now=NOON)
    assert [gap.code for gap in refusal.value.gaps] == ["press.meanwhile"]
    for act in (
        lambda: save_note(contest, "ru", rows, seen=1, actor=stranger, now=NOON),
        lambda: publish_note(contest, "ru", seen=1, actor=stranger, now=NOON),
        lambda: put_note_away(contest, "ru", actor=stranger, now=NOON),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert versions_of(contest, "ru").count() == 1


def test_a_note_is_written_on_its_page(client: Client, contest: Contest, operator: Person) -> None:
    published(contest, operator)
    client.force_login(operator)
    form = client.get(address(contest, "write/")).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    typed |= {form[name].html_initial_name: typed[name] for name in form.fields if name != "own"}
    typed["own"] = "Поздравляем!"

    assert client.post(address(contest, "write/"), typed).status_code == 302
    assert "Поздравляем!" in client.get(address(contest)).content.decode()
    assert client.post(address(contest, "publish/"), {"seen": "1"}).status_code == 302
    assert "Поздравляем!" in Client().get(address(contest)).content.decode()
    assert client.post(address(contest, "put-away/")).status_code == 302
    assert Client().get(address(contest)).status_code == 404


def test_sentences_of_a_group_stand_together_and_what_is_not_kept_is_offered() -> None:
    lines = beside_facts([Kept(HEADLINE, "Имя"), Kept("a", "Раз."), Kept("b", "Два.")], [])

    assert laid_out(lines, "", [("a", "b")]) == ("Имя", [("Раз. Два.", False)])
    assert laid_out(lines, "", [("a",), ("b",)])[1] == [("Раз.", False), ("Два.", False)]
    assert laid_out(lines, "", [])[1] == [("Раз.", False), ("Два.", False)]
    assert not_in(lines, []) == []
