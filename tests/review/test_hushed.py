"""Where rules tell ratings of winners alone: page, order, file, archive and its recount."""

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client

from sinergia.applications.models import Submission
from sinergia.calls.models import Contest, ContestRules
from sinergia.command import verify as command
from sinergia.engine.bundle import verify
from sinergia.insights.press.words.facts import facts_of
from sinergia.packs.rules import Rules, shipped
from sinergia.people.models import Person
from sinergia.review.models import Archive, Award, Chosen, Examination
from tests.afterwards import run_errands
from tests.arrange import NOON
from tests.arrange_review import an_expert
from tests.arrange_rules import rewrite_rules
from tests.review.arrange_signed import signed
from tests.review.deciding import a_rated, a_sitting, adopted, published

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]
LOST = ("Слабый", "Средний", "Сильный", "Отклонён", "Второй победителя")


def with_scores(scores: str) -> Rules:
    """Rules that tell scores of these."""
    rules = shipped()["regional"]
    return rules.model_copy(
        update={"selection": rules.selection.model_copy(update={"scores": scores})}
    )


def told(
    contest: Contest, operator: Person, scores: str, *, budget: int = 200_000_00, chosen: str = ""
) -> str:
    """A published contest with two winners, one in reserve, five who lost; its address."""
    contest.budget_minor = budget
    contest.save()
    rewrite_rules(ContestRules.objects.get(contest=contest), with_scores(scores))
    experts = [an_expert(name, contest=contest) for name in ("Бартенева Н. Л.", "Чижов А.")]
    marks = {"Слабый": (2, 2), "Средний": (3, 4), "Сильный": (5, 6), "Отклонён": (8, 9)}
    marks |= {"Запасной": (7, 8), "Победитель": (10, 9), "Другой": (9, 9)}
    for title, given in marks.items():
        row = a_rated(title, "", contest=contest)
        for expert, mark in zip(experts, given, strict=True):
            signed(expert, row, mark)
    winner = Submission.objects.get(title="Победитель").organisation
    second = a_rated("Второй победителя", "", contest=contest, organisation=winner)
    for expert in experts:
        signed(expert, second, 8)
    for one in Examination.objects.filter(submission__title=chosen):
        Chosen.objects.create(examination=one, by=operator.key, at=NOON)
    out = Examination.objects.get(submission__title="Отклонён")
    adopted(a_sitting(contest, number="0"), "move", out, moved="lost")
    published(contest, operator)
    run_errands()
    return f"/calls/{contest.call.key}/results/"


def titles(client: Client, address: str) -> list[str]:
    rows = client.get(address).context["rows"]
    return [one.examination.submission.title for one, _running in rows]


def files_of(archive: Archive) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(bytes(archive.content))) as files:
        return {name: files.read(name).decode() for name in files.namelist()}


def test_the_page_rates_winners_alone_and_sorts_and_filters_nobody_else(
    contest: Contest, operator: Person, client: Client
) -> None:
    address = told(contest, operator, "winners")
    ahead, rest = ["Победитель", "Другой", "Запасной"], list(LOST)

    page = client.get(address)

    assert titles(client, address) == ahead + rest
    rated = {one.examination.submission.title for one, _down in page.context["rows"] if one.rating}
    assert rated == {"Победитель", "Другой"}
    for query in ("rating", "-rating", "awarded", "-awarded", "place"):
        assert titles(client, f"{address}?sort={query}") == ahead + rest, query
    for outcome in ("below", "short", "moved"):
        assert len(titles(client, f"{address}?outcome={outcome}")) == 8, outcome
        assert outcome not in dict(page.context["form"].fields["outcome"].choices)
    assert titles(client, f"{address}?outcome=lost") == rest
    assert not any(
        word in tile.url for tile in page.context["tiles"] for word in ("moved", "below", "short")
    )
    assert [url for _words, url in page.context["line"]] == ["", "?outcome=unmoved&sort=rating"]


def test_equals_of_a_title_and_of_an_owner_stand_by_their_numbers(
    contest: Contest, operator: Person, client: Client
) -> None:
    address = told(contest, operator, "winners")
    Submission.objects.update(title_folded="одно")
    by_number = list(Submission.objects.order_by("number").values_list("title", flat=True))

    assert titles(client, f"{address}?sort=title") == by_number
    assert titles(client, f"{address}?sort=-title") == by_number[::-1]


@pytest.mark.parametrize("scores", ["all", "winners"])
def test_the_archive_is_counted_anew_whomever_it_names(
    contest: Contest,
    operator: Person,
    client: Client,
    scores: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    address = told(contest, operator, scores)
    archive, path = Archive.objects.get(), tmp_path / "contest-archive.zip"
    path.write_bytes(bytes(archive.content))

    report = verify(bytes(archive.content), root=archive.root)
    page = client.get(f"{address}verify/?run=1")

    assert list(report.faults) == []
    assert [(one.told["outcome"], one.told["why"]) for one in report.rows] == [
        ("won", ""), ("won", ""), ("lost", "moved"), ("lost", "organisation"),
        ("reserve", "budget"), ("lost", "line"), ("lost", "line"), ("lost", "line"),
    ]  # fmt: skip
    assert page.context["report"].is_right
    assert command.run("verify", [str(path)], {"--root": archive.root}) == 0
    assert capsys.readouterr().err == ""
    named = {one["title"] for one in json.loads(files_of(archive)["applications.json"])}
    assert ("Слабый" in named) == (scores == "all")


def test_who_lost_is_named_in_no_file_beside_a_rating(
    contest: Contest, operator: Person, client: Client
) -> None:
    address = told(contest, operator, "winners")
    files = files_of(Archive.objects.get())
    lost = Award.objects.exclude(outcome="won").select_related(
        "examination__submission__organisation", "examination__submission__frozen"
    )
    table = client.get(f"{address}export.csv").content.decode("utf-8-sig")
    cards = {one["digest"]: one for one in json.loads(files["applications.json"])}

    assert len(lost) == 6
    for one in lost:
        row = one.examination.submission
        line = next(told for told in table.splitlines() if row.title in told)
        assert f"{one.rating:.4f}".rstrip("0").rstrip(".") not in line.split(",")
        for name, text in files.items():
            assert row.title not in text, name
            assert row.shown_number not in text, name
            assert f'"{one.examination.code}"' not in text, name
        card = cards[row.frozen.digest]
        assert card["number"] == one.at
        assert row.organisation.name not in json.dumps(card, ensure_ascii=False)
        assert one.outcome == "reserve" or card["asked_minor"] == 0
    assert "Других таких в районе нет" not in table + "".join(files.values())


def test_whoever_has_the_document_finds_it_and_nobody_else_by_its_number(
    contest: Contest, operator: Person, client: Client
) -> None:
    address = told(contest, operator, "winners")
    row = Submission.objects.select_related("frozen").get(title="Слабый")

    by_digest = client.get(f"{address}verify/", {"number": row.frozen.digest})
    by_number = client.get(f"{address}verify/", {"number": row.shown_number})

    assert len(by_digest.context["sheets"]) == 2
    assert "Слабый" not in by_digest.content.decode()
    assert by_number.context["card"] is None


def test_a_note_for_the_press_tells_of_no_move(contest: Contest, operator: Person) -> None:
    told(contest, operator, "winners")

    codes = {one.code for one in facts_of(contest, "en")}

    assert "moved" not in codes
    assert {"line", "reserve"} <= codes


def test_where_scores_are_told_of_all_the_page_stands_by_rating(
    contest: Contest, operator: Person, client: Client
) -> None:
    address = told(contest, operator, "all")

    assert titles(client, f"{address}?sort=rating")[0] == "Слабый"
    assert titles(client, f"{address}?outcome=moved") == ["Отклонён"]
    assert "20" in client.get(f"{address}export.csv").content.decode()


def test_what_an_organisation_chose_is_counted_anew_where_the_money_does_not_reach_it(
    contest: Contest, operator: Person
) -> None:
    told(contest, operator, "winners", budget=100_000_00, chosen="Второй победителя")
    archive = Archive.objects.get()

    report = verify(bytes(archive.content), root=archive.root)

    assert list(report.faults) == []
    assert [(one.told["outcome"], one.told["why"]) for one in report.rows][:4] == [
        ("lost", "organisation"), ("won", ""), ("lost", "moved"), ("reserve", "budget"),
    ]  # fmt: skip
