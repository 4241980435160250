"""The pages of an expert: the desk, a sheet beside its application, signing, the receipt."""

import json
from datetime import date
from typing import NamedTuple
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from sinergia.calls.models import Contest
from sinergia.review.models import Award, Course, Examination, Expert, Sheet, SignedSheet
from sinergia.review.queries.course import unsigned_of
from sinergia.review.queries.waiting import sheets_to_sign
from tests.arrange import a_person
from tests.arrange_review import a_sheet, an_examination, an_expert
from tests.review.arrange_sheets import expert_of, fill, sign, whole
from tests.review.deciding import a_sitting

pytestmark = pytest.mark.django_db
NOBODY = UUID(int=7)  # the key of no row


@pytest.fixture(autouse=True)
def english(client: Client) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"


@pytest.fixture
def expert(contest: Contest) -> Expert:
    return an_expert(contest=contest)


@pytest.fixture
def sheet(expert: Expert, contest: Contest) -> Sheet:
    return a_sheet(expert, an_examination(contest=contest))


@pytest.fixture
def reader(client: Client, sheet: Sheet) -> Client:
    client.force_login(expert_of(sheet))
    return client


def test_once_it_is_decided_nothing_waits_for_a_signature(
    reader: Client, sheet: Sheet, contest: Contest
) -> None:
    later = a_sheet(sheet.expert, an_examination("Позже", contest=contest))
    Sheet.objects.filter(pk=later.pk).update(confirmed_at=None)
    person, desk = expert_of(sheet), f"/reviews/{sheet.expert.key}/sheets/"
    before = (sheets_to_sign(person).count(), unsigned_of([sheet.expert]))
    assert "say whether anything ties you" in page(reader, desk)
    sitting = a_sitting(contest)
    for row in Examination.objects.all():
        Award.objects.create(examination=row, sitting=sitting, at=1, place=1, outcome="lost")

    told = page(reader, desk)

    assert before == (1, {sheet.expert_id: 2})
    assert (sheets_to_sign(person).count(), unsigned_of([sheet.expert])) == (0, {})
    assert "say whether anything ties you" not in told
    assert "needs no signature any more" in told


class Answer(NamedTuple):
    """What came back of something that was sent."""

    status_code: int
    told: str
    location: str


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def posted(client: Client, address: str, **sent: str) -> Answer:
    given = {name.replace("__", "/"): text for name, text in sent.items()}
    answer = client.post(address, given)
    location = str(answer.headers.get("Location", ""))
    return Answer(answer.status_code, answer.content.decode(), location)


def test_the_desk_says_how_far_one_is_and_how_long_it_is_still(
    reader: Client, sheet: Sheet, contest: Contest
) -> None:
    other = a_sheet(sheet.expert, an_examination("Сад", contest=contest))
    sign(other)
    Contest.objects.update(results_on=date(2099, 12, 1))

    told = page(reader, f"/reviews/{sheet.expert.key}/sheets/")

    assert "1 of 2 signed" in told
    assert "left until the results are told" in told
    assert "Тёплый двор" in told
    assert f'href="/sheets/{sheet.key}/">Next not begun' in told
    assert "Signed · 1" in told


@pytest.mark.parametrize(
    ("by", "words"),
    [(date(2099, 11, 2), "Sign the sheets by"), (date(2020, 1, 2), "were to be signed by")],
)
def test_the_desk_names_the_day_that_is_set_for_sheets(
    by: date, words: str, reader: Client, sheet: Sheet, contest: Contest
) -> None:
    address = f"/reviews/{sheet.expert.key}/sheets/"
    assert words not in page(reader, address)  # none is set

    Course.objects.create(contest=contest, sheets_by=by)

    assert words in page(reader, address)
    assert str(by.year) in page(reader, address)
    sign(sheet)
    assert words not in page(reader, address)


def test_the_desk_shows_one_stage_where_it_is_asked_for(
    reader: Client, sheet: Sheet, contest: Contest
) -> None:
    sign(a_sheet(sheet.expert, an_examination("Сад", contest=contest)))
    here = f"/reviews/{sheet.expert.key}/sheets/"

    assert "Сад" not in page(reader, f"{here}?stage=given")
    assert "Тёплый двор" not in page(reader, f"{here}?stage=signed")
    assert "There is no sheet in this stage" in page(reader, f"{here}?stage=returned")
    assert "Сад" in page(reader, f"{here}?stage=junk")


def test_a_long_queue_is_paged_and_asks_as_often(
    reader: Client,
    sheet: Sheet,
    contest: Contest,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    here = f"/reviews/{sheet.expert.key}/sheets/"
    for at in range(2):
        a_sheet(sheet.expert, an_examination(f"Ещё {at}", contest=contest))

    with django_assert_max_num_queries(12):
        page(reader, here)


def test_without_statements_the_desk_says_what_to_sign_and_shows_nothing(
    client: Client, contest: Contest
) -> None:
    expert = an_expert(contest=contest, is_ready=False)
    sheet = a_sheet(expert, an_examination(contest=contest))
    client.force_login(expert_of(sheet))

    told = page(client, f"/reviews/{expert.key}/sheets/")

    assert "First sign both statements" in told
    assert "Тёплый двор" not in told
    page(client, f"/sheets/{sheet.key}/", status=404)


def test_the_application_stands_beside_its_sheet(reader: Client, sheet: Sheet) -> None:
    told = page(reader, f"/sheets/{sheet.key}/")

    assert "Двор пуст, люди не знают соседей." in told
    assert 'name="scores/team"' in told
    assert 'name="scores/scale"' not in told
    assert 'name="sum"' in told
    sheet.refresh_from_db()
    assert sheet.opened_at is not None


def test_a_sheet_is_saved_field_by_field_and_the_server_says_the_rating(
    reader: Client, sheet: Sheet
) -> None:
    sent = {"path": "scores/relevance", "text": "8", "base": "0"}

    first = reader.post(f"/sheets/{sheet.key}/save/", sent)
    again = reader.post(f"/sheets/{sheet.key}/save/", sent)

    told = first.json()
    assert (told["version"], told["text"], told["rating"]) == (1, "8", "20 of 100")
    assert told["given"] == "scored 1 of 9"
    assert again.json()["version"] == 1


def test_a_clash_between_two_windows_is_told(reader: Client, sheet: Sheet) -> None:
    fill(sheet, {"strong": "Первое окно"})

    answer = posted(reader, f"/sheets/{sheet.key}/save/", path="strong", text="Второе", base="0")

    assert answer.status_code == 409
    assert json.loads(answer.told)["text"] == "Первое окно"


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("scores/team", "11", "The score goes from 0 to 10 by 1."),
        ("scores/scale", "5", "There is no such field."),
        ("sum", "1 000 000", "It is more than is asked for"),
        ("nothing", "5", "There is no such field."),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    reader: Client, sheet: Sheet, path: str, text: str, said: str
) -> None:
    answer = posted(reader, f"/sheets/{sheet.key}/save/", path=path, text=text, base="0")

    assert answer.status_code == 422
    assert said in str(json.loads(answer.told))


def test_one_button_saves_everything_without_a_script(reader: Client, sheet: Sheet) -> None:
    texts = whole(sheet)

    answer = reader.post(f"/sheets/{sheet.key}/", {**texts, "versions": "{}", "go": "on"})

    assert (answer.status_code, answer["Location"]) == (302, f"/sheets/{sheet.key}/")
    assert dict(sheet.texts.values_list("path", "value")) == texts


def test_what_was_refused_stays_typed_and_nothing_is_saved(reader: Client, sheet: Sheet) -> None:
    answer = posted(reader, f"/sheets/{sheet.key}/", scores__team="12", strong="Помню", go="on")

    told = answer.told
    assert answer.status_code == 422
    assert "Помню" in told
    assert 'value="12"' in told
    assert "The score goes from 0 to 10 by 1." in told
    assert not sheet.texts.exists()


def test_a_page_sent_over_a_newer_text_shows_both(reader: Client, sheet: Sheet) -> None:
    fill(sheet, {"strong": "Из другого окна"})

    answer = posted(reader, f"/sheets/{sheet.key}/", strong="Из этого", mend="Цифры", go="on")

    told = answer.told
    assert answer.status_code == 409
    assert "Из другого окна" in told
    assert "Из этого" in told
    assert sheet.texts.get(path="mend").value == "Цифры"


def test_signing_shows_what_hinders_and_then_asks_once_more(reader: Client, sheet: Sheet) -> None:
    fill(sheet, {"scores/team": "7"})

    told = page(reader, f"/sheets/{sheet.key}/sign/")

    assert f"/sheets/{sheet.key}/#f-scores-relevance" in told
    assert "Give a score on this criterion." in told
    assert 'name="seen"' not in told
    assert posted(reader, f"/sheets/{sheet.key}/sign/", seen="1").status_code == 422
    assert not SignedSheet.objects.exists()


def test_the_button_to_sign_saves_first_and_the_receipt_proves_it(
    reader: Client, sheet: Sheet
) -> None:
    here = f"/sheets/{sheet.key}/"
    sent = {**whole(sheet), "versions": "{}", "go": "sign"}

    saved = reader.post(here, sent)
    asked = page(reader, f"{here}sign/")
    seen = asked.partition('name="seen" value="')[2].partition('"')[0]
    signed = posted(reader, f"{here}sign/", seen=seen)
    again = posted(reader, f"{here}sign/", seen=seen)

    assert (saved.status_code, saved["Location"]) == (302, f"{here}sign/")
    assert (signed.location, again.location) == (f"{here}receipt/", f"{here}receipt/")
    kept = SignedSheet.objects.get()
    told = page(reader, f"{here}receipt/")
    assert kept.digest in told
    assert kept.code in told
    assert "E-01 / A-001" in told
    assert "80 of 100" in told


def test_what_another_window_changed_is_shown_again_before_signing(
    reader: Client, sheet: Sheet
) -> None:
    fill(sheet, whole(sheet))
    fill(sheet, {"scores/team": "1"})

    answer = posted(reader, f"/sheets/{sheet.key}/sign/", seen="13")

    assert answer.status_code == 422
    assert "changed in another window" in answer.told
    assert posted(reader, f"/sheets/{sheet.key}/sign/", seen="junk").status_code == 422


def test_a_signed_sheet_is_read_only(reader: Client, sheet: Sheet) -> None:
    sign(sheet)

    told = page(reader, f"/sheets/{sheet.key}/")
    sent = posted(reader, f"/sheets/{sheet.key}/", scores__team="1", go="on")
    saved = posted(reader, f"/sheets/{sheet.key}/save/", path="scores/team", text="1", base="1")

    assert 'name="scores/team"' not in told
    assert "Соседи сами ведут проект." in told
    assert (sent.status_code, saved.status_code) == (422, 422)
    assert "The sheet is signed" in sent.told
    assert sheet.texts.get(path="scores/team").value == "8"


def test_a_returned_sheet_says_why_and_may_be_written(reader: Client, sheet: Sheet) -> None:
    sign(sheet)
    Sheet.objects.update(stage="returned", why="Поясните оценку команды")

    told = page(reader, f"/sheets/{sheet.key}/")

    assert "Поясните оценку команды" in told
    assert 'name="scores/team"' in told


def test_ones_own_earlier_scores_are_in_sight_and_nobody_elses(
    reader: Client, sheet: Sheet, contest: Contest
) -> None:
    earlier = a_sheet(sheet.expert, an_examination("Сад", contest=contest))
    sign(earlier, "7")
    other = a_sheet(an_expert("Другой", contest=contest), sheet.examination)
    sign(other, "3", strong="Чужое мнение")

    told = page(reader, f"/sheets/{sheet.key}/")

    assert "A-002 — 7" in told
    assert "— 3" not in told
    assert "Чужое мнение" not in told


def test_one_click_gives_an_application_back(reader: Client, sheet: Sheet) -> None:
    answer = posted(reader, f"/sheets/{sheet.key}/recuse/", why="Знаю их бухгалтера")

    sheet.refresh_from_db()
    assert answer.location == f"/reviews/{sheet.expert.key}/sheets/"
    assert (sheet.stage, sheet.why) == ("recused", "Знаю их бухгалтера")
    page(reader, f"/sheets/{sheet.key}/", status=404)


@pytest.mark.parametrize("rest", ["", "sign/", "receipt/", f"files/{NOBODY}/"])
def test_a_sheet_of_another_expert_looks_like_none(client: Client, sheet: Sheet, rest: str) -> None:
    sign(sheet)
    other = an_expert("Другой", contest=sheet.expert.contest)
    a_sheet(other, sheet.examination)
    assert other.person is not None
    client.force_login(other.person)

    real, invented = (client.get(f"/sheets/{key}/{rest}") for key in (sheet.key, uuid4()))

    assert (real.status_code, invented.status_code) == (404, 404)


def test_the_desk_of_another_or_of_who_was_excluded_is_not_there(
    client: Client, sheet: Sheet
) -> None:
    client.force_login(a_person("stranger"))
    page(client, f"/reviews/{sheet.expert.key}/sheets/", status=404)
    client.force_login(expert_of(sheet))
    Expert.objects.update(stage="excluded")

    page(client, f"/reviews/{sheet.expert.key}/sheets/", status=404)
    page(client, f"/sheets/{sheet.key}/", status=404)


def test_an_application_whose_bytes_were_changed_is_not_shown(reader: Client, sheet: Sheet) -> None:
    frozen = Examination.objects.get().submission.frozen
    frozen.content = bytes(frozen.content).replace("соседей".encode(), "соседок".encode())
    frozen.save()

    told = page(reader, f"/sheets/{sheet.key}/", status=410)

    assert "checksum does not hold" in told


def test_versions_that_cannot_be_read_count_as_unseen(reader: Client, sheet: Sheet) -> None:
    fill(sheet, {"strong": "Есть"})
    sent = {"strong": "Другое", "versions": json.dumps({"strong": "x"}), "go": "on"}

    assert reader.post(f"/sheets/{sheet.key}/", sent).status_code == 409
