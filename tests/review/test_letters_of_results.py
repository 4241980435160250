"""Everybody who applied is told once, in their language; who cannot be reached is listed."""

from decimal import Decimal

import pytest
from django.test import Client

from sinergia.base.letters.models import BrokenAddress, Letter
from sinergia.calls.models import Contest
from sinergia.engine.project import freeze
from sinergia.engine.sheet import PROMPTS
from sinergia.notices.models import Notice
from sinergia.organisations.models import Membership, Organisation, Reach
from sinergia.packs.rules import shipped
from sinergia.people.models import Person
from sinergia.review.models import Publication, ResultLetter, SignedSheet
from sinergia.review.queries.letters import Readers, awaited, counted_letters, counted_readers
from tests.afterwards import run_errands
from tests.arrange import NOON, a_leader, a_person, sign_in_twice
from tests.arrange_review import a_sheet, an_expert
from tests.arrange_rules import rewrite_rules
from tests.review.deciding import a_rated, decided, published

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]


def sent_letters() -> list[Letter]:
    """Letters of results, not those that came with the applications."""
    keys = Notice.objects.filter(code="review.result").values("letter_key")
    return [
        *Letter.objects.filter(key__in=keys),
        *Letter.objects.filter(about__startswith="result"),
    ]


def without_people(organisation: Organisation, *, email: str = "", phone: str = "") -> None:
    Membership.objects.filter(organisation=organisation).delete()
    for place, (kind, value) in enumerate((("email", email), ("phone", phone))):
        if value:
            Reach.objects.create(organisation=organisation, kind=kind, value=value, place=place)


def with_comments(contest: Contest) -> None:
    """Rules by which applicants read what experts wrote."""
    kept = contest.rules.order_by("-version")[0]
    rules = shipped()["regional"]
    review = rules.review.model_copy(update={"are_comments_shown": True})
    rewrite_rules(kept, rules.model_copy(update={"review": review}))


def test_each_is_told_once_in_their_language_refusals_included(
    contest: Contest, operator: Person
) -> None:
    won, lost = a_rated("Победа", "90", contest=contest), a_rated("Отказ", "10", contest=contest)
    english = a_leader("english", organisation=won.submission.organisation)
    Person.objects.filter(pk=english.pk).update(language="en")
    decided(contest, operator)
    Publication.objects.create(
        contest=contest, stage="set", publish_at=NOON, next_ru="Пришлите счёт", next_en="Send it"
    )
    published(contest, operator)

    run_errands()
    run_errands()

    assert counted_letters(contest) == Readers(told=3)
    texts = {one.to: (one.language, one.subject, one.text) for one in sent_letters()}
    assert len(texts) == 3
    language, subject, text = texts["english@example.org"]
    assert (language, "has won" in subject, "Send it" in text) == ("en", True, True)
    other = texts[f"leader-{won.submission.organisation_id}@example.org"]
    assert "Пришлите счёт" in other[2]
    refusal = texts[f"leader-{lost.submission.organisation_id}@example.org"][2]
    assert "Пришлите счёт" not in refusal
    assert "10" in refusal
    assert Notice.objects.filter(code="review.result").count() == 3


def test_an_organisation_without_account_and_address_is_listed_to_be_phoned(
    contest: Contest, operator: Person, client: Client
) -> None:
    for title, email, phone in (
        ("Почта", "box@example.org", ""),
        ("Сломана", "bounced@example.org", ""),
        ("Мусор", "no address", ""),
        ("Никого", "", "+7 900 000-00-00"),
    ):
        row = a_rated(title, "10", contest=contest)
        without_people(row.submission.organisation, email=email, phone=phone)
    BrokenAddress.objects.create(address="bounced@example.org", fault="5.1.1", since=NOON)
    decided(contest, operator)
    sign_in_twice(client, operator)
    address = f"/calls/{contest.call.key}/publication/letters/"

    before = counted_readers(awaited(contest, ()))
    dry = client.get(address).content.decode()
    published(contest, operator)
    run_errands()
    after = counted_letters(contest)
    listed = client.get(f"{address}?state=nobody")

    assert before == after == Readers(mailed=1, broken=2, nobody=1)
    assert "+7 900 000-00-00" in dry
    assert [one.state for one in listed.context["sent"].rows] == ["nobody"]
    assert "+7 900 000-00-00" in listed.content.decode()
    assert [one.to for one in sent_letters()] == ["box@example.org"]


def test_experts_comments_are_in_the_letter_without_their_names_where_rules_show_them(
    contest: Contest, operator: Person, client: Client
) -> None:
    row = a_rated("Проект", "90", contest=contest)
    expert = an_expert("Бартенева Н. Л.", contest=contest)
    sheet = a_sheet(expert, row, stage="given")
    sheet.stage, sheet.signed_at, sheet.rating = "signed", NOON, Decimal(90)
    sheet.save()
    said = dict(zip(PROMPTS, ("Команда", "Смета", "Сроки"), strict=True))
    frozen = freeze("sheet/1", said | {"scores/relevance": "9"}, chance=bytes)
    SignedSheet.objects.create(
        sheet=sheet,
        version=1,
        content=frozen.content,
        digest=frozen.digest,
        code="X",
        signed_at=NOON,
    )
    decided(contest, operator)
    sign_in_twice(client, operator)
    award = row.award
    address = f"/calls/{contest.call.key}/publication/letters/{award.key}/"

    hidden = client.get(address).content.decode()
    with_comments(contest)
    shown = client.get(address).content.decode()

    assert [word in hidden for word in ("Команда", "Смета", "Сроки")] == [False] * 3
    assert [word in shown for word in ("Команда", "Смета", "Сроки")] == [True] * 3
    assert not any(word in shown for word in ("Бартенева", expert.code))


def test_the_dry_run_is_the_letter_that_goes(
    contest: Contest, operator: Person, client: Client
) -> None:
    row = a_rated("Проект & сын <b>", "90", contest=contest)
    decided(contest, operator)
    sign_in_twice(client, operator)

    page = client.get(f"/calls/{contest.call.key}/publication/letters/{row.award.key}/")
    [(_reader, subject, text)] = page.context["letters"]
    published(contest, operator)
    run_errands()
    [letter] = sent_letters()

    def without_link(said: str) -> list[str]:
        return [line for line in said.splitlines() if not line.startswith("http")]

    assert letter.subject == subject
    assert without_link(letter.text) == without_link(text)
    assert "Проект & сын <b>" in text


def test_one_letter_goes_once_more_to_the_address_they_have_by_now(
    contest: Contest, operator: Person, client: Client
) -> None:
    row = a_rated("Никого", "90", contest=contest)
    without_people(row.submission.organisation)
    published(contest, operator)
    run_errands()
    sent = ResultLetter.objects.get()
    sign_in_twice(client, operator)
    address = f"/calls/{contest.call.key}/publication/letters/{sent.key}/again/"
    client.post(address)
    assert sent_letters() == []

    without_people(row.submission.organisation, email="new@example.org")
    client.post(address)
    client.post(address)

    sent.refresh_from_db()
    assert (sent.state, sent.address) == ("mailed", "new@example.org")
    assert [one.to for one in sent_letters()] == ["new@example.org"] * 2


def test_whoever_was_phoned_and_has_an_account_by_now_has_the_letter(
    contest: Contest, operator: Person, client: Client
) -> None:
    owner = a_rated("Никого", "90", contest=contest).submission.organisation
    without_people(owner)
    published(contest, operator)
    run_errands()
    sent, leader = ResultLetter.objects.get(), a_leader("came", organisation=owner)
    sign_in_twice(client, operator)

    answer = client.post(f"/calls/{contest.call.key}/publication/letters/{sent.key}/again/")
    run_errands()

    sent.refresh_from_db()
    assert (answer.status_code, sent.person, sent.state) == (302, leader, "told")
    assert [one.to for one in sent_letters()] == [leader.email]


def test_a_letter_of_whoever_left_goes_to_who_reads_for_the_organisation_by_now(
    contest: Contest, operator: Person, client: Client
) -> None:
    owner = a_rated("Проект", "90", contest=contest).submission.organisation
    published(contest, operator)
    run_errands()
    sent = ResultLetter.objects.get()
    left, new = sent.person, a_leader("new", organisation=owner)
    Membership.objects.filter(person=left).update(until=NOON)
    sign_in_twice(client, operator)
    address = f"/calls/{contest.call.key}/publication/letters/{sent.key}/again/"

    client.post(address)
    again = client.post(address, headers={"accept-language": "en"}, follow=True)

    readers = ResultLetter.objects.order_by("pk").values_list("person", flat=True)
    assert left is not None
    assert list(readers) == [left.pk, new.pk]
    assert "have letters of their own" in again.content.decode()


def test_a_stranger_sends_nothing(contest: Contest, operator: Person, client: Client) -> None:
    a_rated("Проект", "90", contest=contest)
    published(contest, operator)
    run_errands()
    client.force_login(a_person("stranger"))

    address = f"/calls/{contest.call.key}/publication/letters/"
    again = client.post(f"{address}{ResultLetter.objects.get().key}/again/")

    assert (client.get(address).status_code, again.status_code) == (403, 403)


def test_before_the_decision_there_is_nobody_to_write_to(
    contest: Contest, operator: Person, client: Client
) -> None:
    a_rated("Проект", "90", contest=contest)
    sign_in_twice(client, operator)

    page = client.get(f"/calls/{contest.call.key}/publication/letters/")

    assert (page.status_code, counted_readers(awaited(contest, ()))) == (200, Readers())
