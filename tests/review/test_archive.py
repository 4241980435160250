"""The archive is made from rows, without names, and counting it anew agrees on a page."""

import json
import re
import zipfile
from decimal import Decimal
from io import BytesIO

import pytest
from django.test import Client

from sinergia.applications.models import Submission
from sinergia.calls.models import Contest, ContestRules
from sinergia.engine.bundle import verify
from sinergia.engine.project import freeze
from sinergia.engine.rating import rating_of
from sinergia.engine.refusal import Refused
from sinergia.engine.seal import canonical, salted_digest
from sinergia.packs.rules import shipped
from sinergia.people.models import Person
from sinergia.review.actions.archiving import make_archive
from sinergia.review.actions.rating import recount
from sinergia.review.actions.ruling import hold_unfounded
from sinergia.review.models import (
    Archive,
    Award,
    Examination,
    Expert,
    Score,
    Sheet,
    SignedSheet,
)
from tests.afterwards import run_errands
from tests.arrange import NOON
from tests.arrange_review import a_sheet, an_expert
from tests.arrange_rules import rewrite_rules
from tests.review.arrange_signed import counting
from tests.review.deciding import a_rated, a_sitting, adopted, published

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]
RULES = shipped()["regional"]
WEIGHTS = {one.code: one.weights.get("s", Decimal(0)) for one in RULES.scoring.criteria}


def a_signed_sheet(expert: Expert, examination: Examination, score: int) -> Sheet:
    """A sheet with one score on every criterion; the application's rating follows."""
    sheet = a_sheet(expert, examination)
    scores = {name: Decimal(score) for name, weight in WEIGHTS.items() if weight}
    Score.objects.bulk_create(
        Score(sheet=sheet, criterion=name, score=value) for name, value in scores.items()
    )
    sheet.stage, sheet.signed_at, sheet.rating = "signed", NOON, rating_of([scores], WEIGHTS)
    sheet.save()
    frozen = freeze("sheet/1", {"strong": "Хорошо"}, chance=bytes)
    SignedSheet.objects.create(
        sheet=sheet,
        version=1,
        content=frozen.content,
        digest=f"{sheet.pk:064}",
        code="X",
        signed_at=NOON,
    )
    rated(examination)
    return sheet


def rated(examination: Examination) -> None:
    """Count the rating of an application from its signed sheets."""
    sheets = [
        {one.criterion: one.score for one in sheet.scores.all()}
        for sheet in examination.sheets.filter(stage="signed")
    ]
    Examination.objects.filter(pk=examination.pk).update(preliminary=rating_of(sheets, WEIGHTS))


@pytest.fixture
def rich(contest: Contest) -> Contest:
    """A contest with two experts, four applications, a final rating, a move, money for two."""
    contest.budget_minor = 200_000_00
    contest.save()
    experts = [
        an_expert("Бартенева Н. Л.", contest=contest),
        an_expert("Чижов А.", contest=contest),
    ]
    for title, scores in (
        ("Первый", (9, 8)),
        ("Второй", (8, 8)),
        ("Третий", (7, 8)),
        ("Низкий", (2, 3)),
    ):
        row = a_rated(title, "", contest=contest)
        for expert, score in zip(experts, scores, strict=True):
            a_signed_sheet(expert, row, score)
    unfounded = Sheet.objects.order_by("pk")[4]
    unfounded.stage, unfounded.ended_at, unfounded.why = "set_aside", NOON, "Без обоснования"
    unfounded.save()
    rated(unfounded.examination)
    Examination.objects.filter(submission__title="Второй").update(final=Decimal("90.5"))
    low = Examination.objects.get(submission__title="Низкий")
    adopted(a_sitting(contest, number="0"), "move", low, moved="reserve")
    return contest


def opened(archive: Archive) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(bytes(archive.content))) as files:
        return {name: files.read(name).decode() for name in files.namelist()}


def made(contest: Contest, actor: Person) -> Archive:
    published(contest, actor)
    run_errands()
    return Archive.objects.get()


def test_it_is_made_once_agrees_with_itself_and_says_what_was_decided(
    rich: Contest, operator: Person
) -> None:
    archive = made(rich, operator)
    report = verify(bytes(archive.content), root=archive.root)

    assert list(report.faults) == []
    assert report.sheets == 8
    assert [(row.told["rating"], row.told["outcome"], row.told["why"]) for row in report.rows] == [
        ("90.5", "won", ""),
        ("85", "won", ""),
        ("80", "reserve", "budget"),
        ("25", "reserve", "moved"),
    ]
    assert make_archive(rich, actor=operator, now=NOON).pk == archive.pk
    assert Archive.objects.count() == 1


def test_what_is_held_for_unfounded_counts_there_as_it_counted(
    rich: Contest, operator: Person
) -> None:
    sheet = Sheet.objects.filter(stage="signed").order_by("pk")[0]
    hold_unfounded(sheet, why="Нет обоснования.", actor=operator, now=NOON)

    archive = made(rich, operator)

    assert list(verify(bytes(archive.content), root=archive.root).faults) == []
    told = json.loads(opened(archive)["sheets.json"])
    assert [(one["counts"], one["unfounded"]) for one in told].count((True, True)) == 1


def test_it_counts_the_closest_sheets_where_the_rules_do(rich: Contest, operator: Person) -> None:
    rules = ContestRules.objects.get(contest=rich)
    rewrite_rules(rules, counting("closest"))
    row, third = Examination.objects.order_by("pk")[0], an_expert("Гусев", contest=rich)
    a_signed_sheet(third, row, 2)
    recount(row, counting("closest"), now=NOON)
    assert row.preliminary == 85

    archive = made(rich, operator)

    assert list(verify(bytes(archive.content), root=archive.root).faults) == []


def test_of_reasons_it_holds_those_of_adopted_moves_alone(rich: Contest, operator: Person) -> None:
    row, sitting = Examination.objects.order_by("pk")[0], a_sitting(rich, number="00")
    adopted(sitting, "rating", row, final="80")
    adopted(sitting, "move", row, moved="lost", decision="rejected")

    minutes = json.loads(opened(made(rich, operator))["minutes.json"])

    told = [(one["kind"], one["reason"]) for sitting in minutes for one in sitting["items"]]
    assert sorted(told) == [
        ("list", ""), ("move", ""), ("move", "Других таких в районе нет"), ("rating", ""),
    ]  # fmt: skip


def test_it_names_no_expert_and_each_can_open_their_commitment(
    rich: Contest, operator: Person
) -> None:
    files = opened(made(rich, operator))
    whole = "".join(files.values())

    for expert in Expert.objects.select_related("person", "salt"):
        assert expert.person is not None
        for word in (expert.name, expert.email, str(expert.key), str(expert.person.key)):
            assert word not in whole
        told = {one["code"]: one["commitment"] for one in json.loads(files["experts.json"])}
        content = canonical(["expert", str(expert.person.key)])
        assert told[expert.code] == salted_digest(content, bytes(expert.salt.salt)).hex()
    cards = json.loads(files["applications.json"])
    assert "head/aaaaaa/name" not in cards[0]["public"]
    assert not any(path.startswith(("head", "team")) for card in cards for path in card["public"])


def test_a_score_changed_afterwards_makes_another_archive_and_the_old_one_stays(
    rich: Contest, operator: Person
) -> None:
    first = made(rich, operator)
    Score.objects.filter(pk=Score.objects.order_by("pk")[0].pk).update(score=1)

    second = make_archive(rich, actor=operator, now=NOON)

    assert (first.version, second.version) == (1, 2)
    assert {fault.code for fault in verify(bytes(second.content)).faults} == {"sheet", "row"}
    assert list(verify(bytes(first.content), root=first.root).faults) == []


def test_what_follows_later_is_not_in_what_was_decided(rich: Contest, operator: Person) -> None:
    archive = made(rich, operator)
    reserve = Award.objects.get(reserve=1)
    reserve.follow, reserve.awarded_minor = "promoted", 5
    reserve.save()

    assert make_archive(rich, actor=operator, now=NOON).pk == archive.pk


def test_nothing_decided_nothing_archived(contest: Contest, operator: Person) -> None:
    with pytest.raises(Refused) as refusal:
        make_archive(contest, actor=operator, now=NOON)

    assert [gap.code for gap in refusal.value.gaps] == ["archive.not_decided"]


def test_everybody_counts_it_anew_row_by_row(
    rich: Contest, operator: Person, client: Client
) -> None:
    archive = made(rich, operator)
    address = f"/calls/{rich.call.key}/results/"

    page = client.get(f"{address}verify/?run=1")
    taken = client.get(f"{address}archive.zip")

    assert page.context["report"].is_right
    assert [one.differs for one in page.context["checks"]] == [[]] * 4
    first, *_others, last = page.context["checks"]
    assert (first.rating, first.awarded.replace("\xa0", " ")) == ("90,50", "90 000 ₽")
    assert last.awarded.replace("\xa0", " ") == "0 ₽"
    assert taken.content == bytes(archive.content)
    assert archive.root in client.get(f"{address}verify/").content.decode()


def test_a_changed_archive_is_told_on_the_page_with_the_row_that_differs(
    rich: Contest, operator: Person, client: Client
) -> None:
    archive = made(rich, operator)
    at = bytes(archive.content).rindex(b"9000000")
    content = bytearray(archive.content)
    content[at] = ord("8")
    Archive.objects.update(content=bytes(content))

    page = client.get(f"/calls/{rich.call.key}/results/verify/?run=1")

    assert not page.context["report"].is_right
    assert page.context["faults"]


def test_a_losing_applicant_finds_their_receipt_and_an_expert_theirs(
    rich: Contest, operator: Person, client: Client
) -> None:
    made(rich, operator)
    row = Examination.objects.get(submission__title="Низкий").submission
    address = f"/calls/{rich.call.key}/results/verify/"

    by_number = client.get(address, {"number": row.shown_number})
    by_digest = client.get(address, {"number": f" {row.frozen.digest.upper()} "})
    sheet = SignedSheet.objects.order_by("pk")[0]
    by_sheet = client.get(address, {"number": sheet.digest})
    nothing = client.get(address, {"number": "<b>"})

    assert by_number.context["card"] == by_digest.context["card"]
    assert row.frozen.digest in by_number.content.decode()
    assert len(by_number.context["sheets"]) == 2
    assert [one["receipt"] for one, _rating in by_sheet.context["sheets"]] == [sheet.digest]
    assert [rating for _one, rating in by_sheet.context["sheets"]] == ["90,00"]
    assert nothing.context["card"] is None
    assert not re.search("Бартенева|Чижов", by_number.content.decode())


def test_before_the_archive_is_made_the_page_says_so(
    rich: Contest, operator: Person, client: Client
) -> None:
    published(rich, operator)
    address = f"/calls/{rich.call.key}/results/"

    assert client.get(f"{address}verify/?run=1&number=1").status_code == 200
    assert client.get(f"{address}archive.zip").status_code == 404


def test_an_application_that_left_the_contest_is_not_in_it(rich: Contest, operator: Person) -> None:
    gone = Examination.objects.order_by("-code")[0]
    Submission.objects.filter(pk=gone.submission_id).update(stage="withdrawn", withdrawn_at=NOON)

    archive = made(rich, operator)

    assert list(verify(bytes(archive.content), root=archive.root).faults) == []
    assert gone.submission.title not in opened(archive)["applications.json"]
    assert gone.code not in opened(archive)["sheets.json"]
