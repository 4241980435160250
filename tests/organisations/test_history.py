"""The history of an organisation: what, who, when, from where; no names, and ends of numbers."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from sinergia.organisations.actions import telling
from sinergia.organisations.actions.erasing import erase_personal_data_of
from sinergia.organisations.actions.merging import merge_organisations, undo_merge
from sinergia.organisations.actions.papers import remove_paper
from sinergia.organisations.models import Change, Organisation, Reach
from sinergia.organisations.queries.held import held_about
from sinergia.organisations.queries.loads import known_organisations
from sinergia.people.models import Person
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_leader,
    a_municipality,
    a_theme,
    an_administrator,
    an_organisation,
)
from tests.organisations.arrange_papers import MAY, a_paper, a_scanned_paper, queries_of
from tests.organisations.register_files import (
    a_row,
    a_source,
    known_regions,
    load_rows,
    organisation,
)

pytestmark = [pytest.mark.both, pytest.mark.django_db]
NUMBER, BIK = "40703810400000001234", "044525225"
WORDS = "Яровая, по телефону"


@pytest.fixture
def larisa() -> Person:
    return a_consultant("larisa", centre=a_centre())


@pytest.fixture
def steps(larisa: Person) -> Organisation:
    return an_organisation("Полтора шага")


@pytest.fixture
def tamara(steps: Organisation) -> Person:
    return a_leader("tamara", organisation=steps)


def lines() -> list[tuple[str, object, object]]:
    """Every line: of what, what it was, what it is."""
    rows = Change.objects.order_by("pk").values_list("field", "before", "after")
    return [(field, unfolded(before), unfolded(after)) for field, before, after in rows]


def unfolded(side: str) -> object:
    return json.loads(side) if side.startswith("{") else side


def cells(client: Client, one: Organisation) -> list[list[str]]:
    """The page, row by row, the last line first, in words."""
    client.cookies["django_language"] = "en"
    page = client.get(f"/organisations/{one.key}/inside/history/").text.replace("\u00a0", " ")
    rows = page.partition("<tbody>")[2].split("</tr>")[:-1]
    told = [re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row, re.S) for row in rows]
    return [[re.sub("<[^>]+>", " ", one).strip() for one in row] for row in told]


def test_where_it_is_paid_leaves_a_line_when_it_is_made_mended_and_removed(
    steps: Organisation, tamara: Person, client: Client
) -> None:
    given = {"number": NUMBER, "bik": BIK, "bank": "Северный", "is_main": True}
    account = telling.write_account(steps, given, actor=tamara, now=NOON)
    other = NUMBER[:-4] + "9876"
    for mended in ({}, {"bank": "Южный"}, {"number": other}):
        given |= mended
        telling.write_account(steps, given, actor=tamara, now=NOON, account=account)
    for _ in range(2):  # pressed twice
        telling.remove_row(account, actor=tamara, now=NOON)

    first = {"number": "…1234", "bik": BIK, "is_main": "True"}
    last = first | {"number": "…9876"}
    assert lines() == [
        ("bankaccount", "", first),
        ("bankaccount", first, first | {"anew": "bank"}),
        ("bankaccount", first, last),
        ("bankaccount", last, ""),
    ]
    client.force_login(tamara)
    was = f"…1234 · BIK {BIK} · the main one"
    assert cells(client, steps)[2][:5] == [
        "Bank account", was, f"{was} · written anew: bank", "tamara", "by hand",
    ]  # fmt: skip


def test_heads_ways_papers_and_the_card_say_no_name_and_whose_words_it_was_until_confirmed(
    steps: Organisation, larisa: Person, tamara: Person, client: Client
) -> None:
    by, told = {"actor": larisa, "now": NOON}, {"told_by": WORDS}
    head = {"name": "Яровая Т. И.", "post": "директор", "until": date(2027, 2, 1)}
    telling.write_head(steps, told | head, **by)  # type: ignore[arg-type]  # who and when
    for kind, value in (
        ("phone", "+7 (900) 123-45-67"), ("email", "yarovaya@steps.example"),
        ("link", "https://vk.example/yarovaya"),
    ):  # fmt: skip
        way = {"kind": kind, "value": value, "note": "", "is_public": False}
        telling.write_reach(steps, told | way, **by)  # type: ignore[arg-type]  # the same
    paper = a_scanned_paper(steps, larisa, title="На Яровую", number="77", ends_on=MAY, **told)
    telling.write_card(steps, told | {"about": "Яровая и соседи."}, **by)  # type: ignore[arg-type]
    client.force_login(tamara)
    before = cells(client, steps)

    telling.confirm_told(steps, actor=tamara, now=NOON)

    after = cells(client, steps)
    kept = Change.objects.exclude(field="confirmed").order_by("pk")
    assert [json.loads(one.after) for one in kept] == [
        {"post": "директор", "until": "2027-02-01"},
        {"kind": "phone", "value": "…4567"},
        {"kind": "email", "value": "…@steps.example"},
        {"kind": "link", "value": "vk.example/…vaya"},
        {"kind": "attorney", "ends_on": "2026-05-02"},
        {"shows_site": "True"},
    ]
    assert {row[4] for row in before} == {f"by hand, from the words of {WORDS}"}
    assert [row[4] for row in after] == ["by hand", *["by hand, from somebody’s words"] * 6]
    assert after[0][0].startswith("What the centre wrote was confirmed")
    assert after[0][2:4] == ["6", "tamara"]
    assert after[2][2] == "Power of attorney · holds until 2 May 2026"
    remove_paper(paper, actor=tamara, now=NOON)
    assert lines()[-1] == ("paper", {"kind": "attorney", "ends_on": "2026-05-02"}, "")


def test_whoever_told_is_forgotten_here_with_the_row(
    steps: Organisation, larisa: Person, tamara: Person
) -> None:
    papers = [a_paper(steps, larisa, title=title, told_by=WORDS) for title in ("Банк", "Почта")]
    way = {"kind": "phone", "value": "8 900 1234567", "note": "", "is_public": False}
    reach = telling.write_reach(steps, way | {"told_by": WORDS}, actor=larisa, now=NOON)
    remove_paper(papers[0], actor=larisa, now=NOON)
    telling.write_reach(steps, way, actor=tamara, now=NOON, reach=reach)  # says nothing new

    told = Change.objects.filter(source=Change.TOLD).values_list("field", "reason")
    assert list(told.order_by("pk")) == [("paper", ""), ("paper", ""), ("reach", "")]
    assert Change.objects.filter(field="reach").count() == 1


def test_chosen_themes_and_places_leave_a_line_each(
    steps: Organisation, tamara: Person, client: Client
) -> None:
    care, sport, town = a_theme("Забота"), a_theme("Спорт"), a_municipality("Рудный Лог")
    for themes in ([care], [care], [sport]):
        telling.choose_themes(steps, themes, actor=tamara, now=NOON)
    for places in ([town], []):
        telling.choose_places(steps, places, actor=tamara, now=NOON)

    assert lines() == [
        ("theme", "", "Забота"),
        ("theme", "Забота", ""),
        ("theme", "", "Спорт"),
        ("place", "", "Рудный Лог"),
        ("place", "Рудный Лог", ""),
    ]
    client.force_login(tamara)
    assert cells(client, steps)[0][:2] == ["Municipality of work", "Рудный Лог"]


def test_a_merge_says_what_it_filled_in_and_marks_what_was_the_other_one_s(
    larisa: Person, tamara: Person, steps: Organisation, client: Client
) -> None:
    gone, town = an_organisation("Каштанка"), a_municipality("Рудный Лог")
    Organisation.objects.filter(pk=gone.pk).update(municipality=town, site="k.example")
    telling.choose_themes(gone, [a_theme("Забота")], actor=larisa, now=NOON)
    client.force_login(tamara)
    alone = queries_of(client, f"/organisations/{steps.key}/inside/history/")

    merge = merge_organisations(steps.key, gone.key, actor=larisa, now=NOON)

    queries = queries_of(client, f"/organisations/{steps.key}/inside/history/")
    from_it = ["larisa", "from “Каштанка”, which became one with it"]
    assert [row[:5] for row in cells(client, steps)] == [
        ["Site", "—", "k.example", *from_it],
        ["Municipality", "—", "Рудный Лог", *from_it],
        ["Another organisation became one with it", "—", "Каштанка", "larisa", "by hand"],
        ["Theme  This was about “Каштанка”, before the two became one.", "—", "Забота",
         "larisa", "by hand"],
    ]  # fmt: skip
    assert queries <= alone + 3  # names, and what the merges moved
    undo_merge(merge.key, actor=larisa, now=NOON)
    undone = ["The merge was undone: two organisations again"]
    assert [row[:2] for row in cells(client, steps)] == [[*undone, "Каштанка"]]
    client.force_login(larisa)
    assert [row[:2] for row in cells(client, gone)] == [[*undone, "Полтора шага"], ["Theme", "—"]]


def test_of_a_hidden_one_an_undone_merge_leaves_no_name(
    larisa: Person, steps: Organisation
) -> None:
    gone = an_organisation("Скрытая")
    Organisation.objects.filter(pk=gone.pk).update(is_public=False)

    undo_merge(
        merge_organisations(steps.key, gone.key, actor=larisa, now=NOON).key, actor=larisa, now=NOON
    )

    assert lines() == [("parted", "", ""), ("parted", "Полтора шага", "")]


def test_what_a_merge_filled_in_no_person_vouches_for(steps: Organisation, larisa: Person) -> None:
    gone, source = an_organisation("Каштанка"), a_source(actor=an_administrator())
    Organisation.objects.filter(pk=gone.pk).update(address="ул. Лесная, 2")

    merge_organisations(steps.key, gone.key, actor=larisa, now=NOON)

    known = known_organisations([steps.pk], source, is_locked=False)[steps.pk]
    assert (known.organisation.address, "address" in known.vouched) == ("ул. Лесная, 2", False)


def test_a_file_that_names_another_page_leaves_a_line_with_its_source(tmp_path: Path) -> None:
    known_regions()
    olga = an_administrator()
    for link in ("vk.com/dom1", "vk.com/dom1", "vk.com/yard"):
        load_rows(tmp_path, a_row(1, link=link), actor=olga)

    assert [one.value for one in Reach.objects.all()] == ["https://vk.com/yard"]
    assert lines() == [
        ("reach", {"kind": "link", "value": "vk.com/…dom1"},
         {"kind": "link", "value": "vk.com/…yard"}),
    ]  # fmt: skip
    line = Change.objects.get()
    assert (line.source, line.organisation) == ("ministry", organisation(1))


def test_whoever_is_erased_is_in_no_history(steps: Organisation, larisa: Person) -> None:
    vera = a_leader("Вера Незабудкина", organisation=steps)
    told = {"told_by": "Незабудкина Вера Ильинична"}
    for post in ("директор", "директор Вера Незабудкина"):
        head = {"name": vera.name, "post": post}
        telling.write_head(steps, told | head, actor=larisa, now=NOON)
    way = {"kind": "phone", "value": "1", "note": "", "is_public": False}
    telling.write_reach(steps, told | way, actor=larisa, now=NOON)
    held = [row for _, rows in held_about(vera) for row in rows if "Ильинична" in row]

    erase_personal_data_of(vera, now=NOON)

    assert len(held) == 6  # the rows and their lines
    assert lines()[:2] == [("head", "", {"post": "директор"}), ("head", "", "")]
    assert Reach.objects.get().told_by == ""
    assert set(Change.objects.values_list("reason", flat=True)) == {""}
