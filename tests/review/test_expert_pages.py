"""Pages of experts: for the centre that holds a contest, for whoever is invited, for an expert."""

import re
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from sinergia.calls.models import Contest, ContestRules
from sinergia.organisations.models import Identifier
from sinergia.packs.rules import shipped
from sinergia.people.models import Person
from sinergia.review.models import Conflict, Expert, Sheet
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_leader,
    a_person,
    a_region,
    an_organisation,
)
from tests.arrange_review import a_sheet, a_submission, an_examination, an_expert
from tests.arrange_rules import rewrite_rules
from tests.review.arrange_experts import accepted, invited, landing, with_mailbox

pytestmark = pytest.mark.django_db
TYPED = {"name": "Бартенева Н. Л.", "languages": ["ru"], "most": "10", "days": "14"}


@pytest.fixture
def inside(client: Client, operator: Person) -> Client:
    client.force_login(operator)
    return client


def page(name: str, contest: Contest, *more: object) -> str:
    return reverse(f"experts:{name}", args=[contest.call.key, *more])


def of(person: Person | None) -> Client:
    made = Client()
    if person is not None:
        made.force_login(person)
    return made


def test_the_operator_invites_one_and_sees_the_link_once(inside: Client, contest: Contest) -> None:
    body = TYPED | {"directions": ["community"], "topics": "дворы", "email": "Nina@Example.org"}
    shown = inside.post(page("invite", contest), body)

    row = Expert.objects.get()
    told = (row.email, row.directions, row.languages, row.topics)
    assert told == ("nina@example.org", ["community"], ["ru"], "дворы")
    assert shown.status_code == 200
    (link,) = re.findall(
        r"http://testserver(/experts/invited/[\w-]+/[\w-]+/)", shown.content.decode()
    )
    assert of(None).get(link).status_code == 200
    listed = inside.get(page("experts", contest)).content.decode()
    assert "Бартенева" in listed
    assert "/experts/invited/" not in listed


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"email": "junk"}, {"most": "0"}, {"most": "501"}, {"days": "61"},
     {"number": "123"}, {"languages": []}, {"directions": ["junk"]}],
)  # fmt: skip
def test_what_is_mistyped_is_told_and_nobody_is_invited(
    inside: Client, contest: Contest, wrong: dict[str, str]
) -> None:
    assert inside.post(page("invite", contest), TYPED | wrong).status_code == 422
    assert not Expert.objects.exists()


def test_the_place_of_work_is_found_by_its_number(inside: Client, contest: Contest) -> None:
    work = an_organisation("Университет")
    Identifier.objects.create(organisation=work, scheme="RU-OGRN", value="1027700132195")

    inside.post(page("invite", contest), TYPED | {"number": "1027700132195"})

    assert Expert.objects.get().organisation == work
    assert b"1027700132195" in inside.get(page("expert", contest, Expert.objects.get().key)).content


def test_a_pasted_list_is_invited_whole_or_not_at_all(inside: Client, contest: Contest) -> None:
    bad = inside.post(page("invite_list", contest), {"text": "Один\nДва; junk", "days": "14"})

    assert (bad.status_code, Expert.objects.count()) == (422, 0)
    assert "junk" in bad.content.decode()
    good = {"text": "Один; one@example.org\nДва", "days": "14"}
    shown = inside.post(page("invite_list", contest), good).content.decode()
    assert Expert.objects.count() == 2
    assert len(re.findall(r"/experts/invited/[\w-]+/[\w-]+/", shown)) == 2


def test_a_list_without_anybody_or_no_table_is_told(inside: Client, contest: Contest) -> None:
    from_file = BytesIO(b"%PDF-1.7")
    from_file.name = "list.csv"

    for body in ({"days": "14"}, {"days": "14", "text": " "}, {"days": "14", "file": from_file}):
        assert inside.post(page("invite_list", contest), body).status_code == 422


def test_the_list_asks_the_database_as_often_for_one_as_for_three(
    inside: Client, contest: Contest, django_assert_max_num_queries: object
) -> None:
    an_expert("Раз", contest=contest)
    for _turn in range(2):
        with django_assert_max_num_queries(12):  # type: ignore[operator]  # a fixture of pytest-django
            assert inside.get(page("experts", contest)).status_code == 200
        for name in ("Два", "Три"):
            an_expert(name, contest=contest)


def test_the_list_is_escaped_searched_and_sorted(inside: Client, contest: Contest) -> None:
    an_expert("Яров <b>", contest=contest)
    an_expert("Абрамов", contest=contest)
    address = page("experts", contest)

    told = inside.get(address).content.decode()
    assert "Яров <b>" not in told
    assert told.index("Абрамов") < told.index("Яров")
    turned = inside.get(address + "?sort=-name").content.decode()
    assert turned.index("Яров") < turned.index("Абрамов")
    assert "Яров" not in inside.get(address + "?q=абр").content.decode()
    assert inside.get(address + "?stage=junk&after=junk&sort=junk").status_code == 200


def test_who_may_be_one_person_twice_is_shown(
    inside: Client, contest: Contest, operator: Person
) -> None:
    invited(contest, operator, "Бартенева Н. Л.", "a@mail.example")
    second = invited(contest, operator, "Бартенева Нина", "b@mail.example")

    assert b"E-02" in inside.get(page("expert", contest, second.expert.key)).content
    told = inside.get(page("expert", contest, second.expert.key)).content.decode()
    assert "E-01" in told


def test_a_link_is_sent_again_and_withdrawn(
    inside: Client, contest: Contest, operator: Person
) -> None:
    sent = invited(contest, operator, email="nina@example.org")
    row = sent.expert.key

    assert inside.post(page("again", contest, row), {"days": "7"}).status_code == 200
    assert of(None).get(landing(sent)).status_code == 410
    assert inside.post(page("again", contest, row), {"days": "99"}).status_code == 302
    assert inside.post(page("take_off", contest, row)).status_code == 302
    assert not Expert.objects.exists()
    assert inside.post(page("take_off", contest, row)).status_code == 404
    assert of(None).get(landing(sent)).status_code == 404


def test_a_neighbouring_centre_sees_nothing(contest: Contest, operator: Person) -> None:
    from_next_door = a_consultant(
        "neighbour", centre=a_centre("Чужой центр", region=a_region("XB-YAR", "Ярогорский край"))
    )
    row = invited(contest, operator).expert.key
    client = of(from_next_door)

    for name in ("experts", "invite", "invite_list", "sheets_file"):
        assert client.get(page(name, contest)).status_code == 404
    assert client.get(page("expert", contest, row)).status_code == 404


def test_whoever_is_invited_signs_in_and_accepts(contest: Contest, operator: Person) -> None:
    nina = with_mailbox(a_person("nina"))
    sent = invited(contest, operator, email=nina.email)

    assert of(None).post(landing(sent), TYPED).status_code == 302
    assert of(with_mailbox(a_person("boris"))).post(landing(sent), TYPED).status_code == 422
    client = of(nina)
    assert client.post(landing(sent), TYPED | {"name": ""}).status_code == 422
    accepted_at = client.post(landing(sent), TYPED)
    assert accepted_at["Location"] == reverse("experts:own", args=[sent.expert.key])
    assert client.get(landing(sent)).status_code == 302
    assert of(None).get(landing(sent)).status_code == 410


def test_an_applicants_own_people_are_told_before_they_accept(
    contest: Contest, operator: Person
) -> None:
    theirs = an_organisation("Полтора шага")
    tamara = a_leader(organisation=theirs)
    a_submission("Двор", contest=contest, organisation=theirs)
    sent, client = invited(contest, operator), of(tamara)

    assert "Полтора шага" in client.get(landing(sent)).content.decode()
    assert "Полтора шага" not in of(None).get(landing(sent)).content.decode()
    client.post(landing(sent), TYPED)
    assert [one.kind for one in Conflict.objects.all()] == ["organisation"]


def test_declining_needs_a_reason_and_no_account(
    inside: Client, contest: Contest, operator: Person
) -> None:
    sent = invited(contest, operator, email="nina@example.org")
    address = reverse("experts:decline", args=[sent.invitation.key, sent.token])

    assert of(None).post(address, {"reason": ""}).status_code == 422
    assert of(None).post(address, {"reason": "Отпуск"})["Location"] == landing(sent)
    assert of(None).get(landing(sent)).status_code == 410
    assert "Отпуск" in inside.get(page("experts", contest) + "?stage=declined").content.decode()
    desk = inside.get(reverse("web:desk")).content.decode()
    assert page("experts", contest) + "?stage=declined" in desk


def test_a_forged_link_tells_nothing(contest: Contest, operator: Person) -> None:
    sent = invited(contest, operator)
    address = reverse("experts:invitation", args=[sent.invitation.key, "x" * 43])

    assert of(None).get(address).status_code == 404
    assert of(None).post(address + "decline/", {"reason": "x"}).status_code == 404


def test_the_desk_names_what_waits_for_an_expert(contest: Contest, operator: Person) -> None:
    nina = with_mailbox(a_person("nina"))
    sent, client = invited(contest, operator, email=nina.email), of(nina)

    assert reverse("experts:mine") in client.get(reverse("web:desk")).content.decode()
    accepted(sent, nina)
    own = reverse("experts:own", args=[sent.expert.key])
    assert own in client.get(reverse("web:desk")).content.decode()
    assert own in client.get(reverse("experts:mine")).content.decode()


def sign(client: Client, expert: Expert, kind: str, **more: str) -> int:
    address = reverse("experts:sign", args=[expert.key, kind])
    return client.post(address, {"version": "1", "is_read": "on"} | more).status_code


def test_an_expert_signs_one_after_another(contest: Contest) -> None:
    expert = an_expert(contest=contest, is_ready=False)
    client = of(expert.person)

    assert sign(client, expert, "no_conflict") == 404
    assert sign(client, expert, "junk") == 404
    address = reverse("experts:sign", args=[expert.key, "confidence"])
    assert client.post(address, {"version": "1"}).status_code == 422
    assert client.post(address, {"version": "9", "is_read": "on"}).status_code == 422
    for kind in ("personal_data", "confidence", "no_conflict"):
        assert sign(client, expert, kind) == 302
    assert expert.statements.count() == 3
    assert client.get(address).status_code == 200


def hide_applicants(contest: Contest) -> None:
    rules = shipped()["regional"]
    review = rules.review.model_copy(update={"blind": ("applicant",)})
    rewrite_rules(
        ContestRules.objects.get(contest=contest), rules.model_copy(update={"review": review})
    )


def test_applicants_are_named_after_confidence_and_only_where_the_rules_show_them(
    contest: Contest,
) -> None:
    expert = an_expert(contest=contest, is_ready=False)
    sheet = a_sheet(expert, an_examination("Двор", contest=contest))
    an_examination("Чужая", contest=contest)
    client = of(expert.person)
    address = reverse("experts:sign", args=[expert.key, "no_conflict"])
    pages = [reverse("experts:own", args=[expert.key]), reverse("experts:mine")]

    assert client.get(address).status_code == 404
    sign(client, expert, "confidence")
    told = client.get(address).content.decode()
    assert ("Двор" in told, "Чужая" in told) == (True, False)
    assert not any("Двор" in client.get(one).content.decode() for one in pages)
    assert sign(client, expert, "no_conflict", **{f"tied-{sheet.key}": "on"}) == 422
    hide_applicants(contest)
    assert "Двор" not in client.get(address).content.decode()


def test_a_ticked_applicant_goes_to_another_expert(contest: Contest) -> None:
    expert = an_expert(contest=contest, is_ready=False)
    sheet = a_sheet(expert, an_examination("Двор", contest=contest))
    client = of(expert.person)
    sign(client, expert, "confidence")

    ticked = {f"tied-{sheet.key}": "on", f"why-{sheet.key}": "Сосед"}
    assert sign(client, expert, "no_conflict", **ticked) == 302

    assert Sheet.objects.get().stage == "recused"
    assert Conflict.objects.get().evidence == "Сосед"


def test_an_expert_changes_the_profile_and_leaves(contest: Contest) -> None:
    expert = an_expert(contest=contest)
    client = of(expert.person)

    changed = client.post(reverse("experts:profile", args=[expert.key]), TYPED | {"most": "4"})
    expert.refresh_from_db()
    assert (changed.status_code, expert.most) == (302, 4)
    leave = reverse("experts:leave", args=[expert.key])
    assert client.post(leave, {"reason": ""}).status_code == 422
    assert client.post(leave, {"reason": "Болезнь"}).status_code == 302
    assert client.get(reverse("experts:own", args=[expert.key])).status_code == 404


def test_an_expert_does_not_learn_of_hidden_organisations(contest: Contest) -> None:
    hidden = an_organisation("Скрытая", region=contest.centre.organisation.region)
    hidden.is_public = False
    hidden.save()
    Identifier.objects.create(organisation=hidden, scheme="RU-OGRN", value="1027700132195")
    expert = an_expert(contest=contest)

    body = TYPED | {"number": "1027700132195"}
    told = of(expert.person).post(reverse("experts:profile", args=[expert.key]), body)

    assert told.status_code == 422
    assert "Скрытая" not in told.content.decode()


def test_papers_say_what_was_signed(inside: Client, contest: Contest) -> None:
    expert = an_expert("Бартенева Н. Л.", contest=contest)
    client = of(expert.person)
    sign(client, expert, "personal_data")

    own = client.get(reverse("experts:own_paper", args=[expert.key, "personal_data"]))
    theirs = inside.get(page("paper", contest, expert.key, "confidence"))

    words = "\n".join(one.text for one in Document(BytesIO(own.content)).paragraphs)
    assert expert.statements.get(kind="personal_data").words in words
    assert theirs["Content-Disposition"] == 'attachment; filename="e-01-confidence.docx"'
    assert inside.get(page("paper", contest, expert.key, "junk")).status_code == 404


def test_the_accountant_gets_signed_sheets_by_expert(inside: Client, contest: Contest) -> None:
    expert = an_expert("Бартенева Н. Л.", contest=contest)
    a_sheet(expert, an_examination("Двор", contest=contest))
    an_expert("Без листов", contest=contest)
    Sheet.objects.update(stage="signed", signed_at=NOON, rating=1)

    file = inside.get(page("sheets_file", contest))
    rows = list(load_workbook(BytesIO(file.content)).active.values)

    assert [row[1] for row in rows[1:]] == ["Бартенева Н. Л."]
    assert (rows[1][4], rows[1][5], rows[1][6].date(), rows[1][8]) == (1, 0, NOON.date(), "A-001")


def test_the_list_is_taken_away_as_it_is_filtered(inside: Client, contest: Contest) -> None:
    an_expert("=Раз", contest=contest)
    an_expert("Два", contest=contest)

    told = inside.get(page("experts_file", contest, "csv") + "?q=раз").content.decode()
    assert ("'=Раз" in told, "Два" in told) == (True, False)
    assert inside.get(page("experts_file", contest, "xlsx")).status_code == 200
    assert inside.get(page("experts_file", contest, "pdf")).status_code == 404


def test_whoever_has_not_confirmed_the_address_is_told_to(
    contest: Contest, operator: Person
) -> None:
    nina, other = a_person("nina"), a_person("other")
    sent = invited(contest, operator, email=nina.email)

    pages = [of(one).get(landing(sent)).content.decode().split("<main")[1] for one in (nina, other)]

    assert [reverse("account_email") in page for page in pages] == [True, False]
    assert other.email in pages[1]
