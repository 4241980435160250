import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sinergia.base.search.actions import Findable, index_rows, weigh_rows
from sinergia.base.search.models import Indexed
from sinergia.base.search.queries import MOST_RANKED, Found, search, search_each
from sinergia.organisations.models import Organisation
from tests.arrange import a_region, an_organisation
from tests.search.asking import questions

pytestmark = [pytest.mark.django_db, pytest.mark.both]

FIRST, USUAL, LAST = Indexed.Weight.FIRST, Indexed.Weight.USUAL, Indexed.Weight.LAST


def an_indexed(name: str, rest: str = "", *, weight: int = USUAL) -> Organisation:
    organisation = an_organisation(name)
    index_rows("organisation", [Findable(organisation.pk, name, rest, weight)], is_new=True)
    return organisation


def names(typed: str, *, limit: int = 10) -> list[str]:
    found = search("organisation", typed, among=Organisation.objects.all(), limit=limit)
    named = Organisation.objects.in_bulk(found.ids)
    return [named[pk].name for pk in found.ids]


def test_words_of_the_name_go_before_other_words() -> None:
    an_indexed("Клуб краеведов", "ветераны")
    an_indexed("Клуб ветеранов и их внуков")

    assert names("ветеран") == ["Клуб ветеранов и их внуков", "Клуб краеведов"]


def test_whose_whole_name_it_is_goes_first_whatever_its_legal_form() -> None:
    an_indexed("Надежда на завтра", weight=FIRST)
    an_indexed("Автономная некоммерческая организация «Надежда»", weight=LAST)

    assert names("надежда")[0] == "Автономная некоммерческая организация «Надежда»"


def test_a_whole_name_in_another_form_goes_before_a_part_written_as_typed() -> None:
    an_indexed("АНО «Надежда»")
    an_indexed("Фонд надежды на завтра", weight=FIRST)

    assert names("надежды") == ["АНО «Надежда»", "Фонд надежды на завтра"]


def test_of_equals_what_weighs_more_goes_first_then_the_shorter_then_the_newer() -> None:
    for name, weight in (
        ("Совет ветеранов Кленовска", LAST),
        ("Совет ветеранов старого Кленовска", USUAL),
        ("Совет ветеранов Берёзовки", USUAL),
        ("Совет ветеранов Сосновки", USUAL),
        ("Совет ветеранов большого города у реки", FIRST),
    ):
        an_indexed(name, weight=weight)

    assert names("совет ветеранов") == [
        "Совет ветеранов большого города у реки",
        "Совет ветеранов Сосновки",
        "Совет ветеранов Берёзовки",
        "Совет ветеранов старого Кленовска",
        "Совет ветеранов Кленовска",
    ]


def test_a_number_typed_whole_goes_before_those_that_begin_so() -> None:
    an_indexed("Начинается так", "10277001321950", weight=FIRST)
    an_indexed("Полный номер", "1027700132195", weight=LAST)

    assert names("1027700132195") == ["Полный номер", "Начинается так"]


def test_what_is_written_as_typed_goes_before_other_forms() -> None:
    an_indexed("Дети нашего двора")
    an_indexed("Детям нашего двора")

    assert names("детям") == ["Детям нашего двора", "Дети нашего двора"]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("АНО Шаг", "Автономная некоммерческая организация «Шаг»"),
        ("автономной некоммерческой организации шаг", "АНО «Шаг»"),
        ("нко шаг", "АНО «Шаг» (некоммерческая организация)"),
        ("БФ Шаг", "Благотворительный фонд „Шаг“"),
        ("AHO Шаг", "АНО «Шаг»"),  # Latin letters typed
        ("АНО Шаг", "AHO «Шаг»"),  # Latin letters written
        ("совет", "Coвет отцов"),  # one Latin letter written
        ("Coвет", "Совет отцов"),
        ("тёплый дом", "ТЕПЛЫЙ ДОМ"),
        ("теплый дом", "Тёплый дом"),
        ("«Шаг»", "'Шаг'"),
        ("нижне-исетский", "Нижне-Исетский клуб"),
        ("нижнеисетский", "Нижне-Исетский клуб"),
        ("онлайн школа", "Онлайн-школа родителей"),
        ("Rotary", "Клуб «ROTARY-Кленовск»"),
        ("rota", "Клуб «ROTARY-Кленовск»"),
        ("26-1-000123", "Заявка 26-1-000123"),
        ("26-1-0001", "Заявка 26-1-000123"),
    ],
)
def test_one_thing_is_found_however_it_is_written(typed: str, written: str) -> None:
    an_indexed(written)
    an_indexed("Клуб путешественников")

    assert names(typed) == [written]


def test_a_legal_form_does_not_decide_who_goes_first() -> None:
    an_indexed("АНО «Шаг за шагом»")
    an_indexed("Автономная некоммерческая организация «Шаг»")

    assert names("ано шаг")[0] == "Автономная некоммерческая организация «Шаг»"


@pytest.mark.parametrize("number", ["500100732259", "304500116000157"])
def test_a_number_of_a_person_is_not_indexed_whoever_passes_it(number: str) -> None:
    an_indexed(f"ИП Иванова {number}", f"инн {number}")

    found = [names(typed) for typed in (number, number[:10], number[:4], "иванова")]

    assert found == [[], [], [], [f"ИП Иванова {number}"]]
    assert number not in str(Indexed.objects.values_list("head", "lemmas").get())


def test_only_rows_that_the_reader_may_see_are_found_and_counted() -> None:
    here, there = a_region("XA-SVB"), a_region("XB-YAR", "Ярогорский край")
    for region in (here, there, there):
        one = an_organisation("Совет ветеранов", region=region)
        index_rows("organisation", [Findable(one.pk, one.name)], is_new=True)

    theirs = Organisation.objects.filter(region=here)
    found = search("organisation", "ветеран", among=theirs, limit=10)

    assert found == Found(ids=list(theirs.values_list("pk", flat=True)), count=1, is_cut=False)


def test_what_weighs_more_is_looked_at_before_a_search_is_cut() -> None:
    one = an_organisation()
    first = Indexed(kind="wide", row=one.pk, lemmas="слово", weight=FIRST)
    others = [
        Indexed(kind="wide", row=one.pk + more, lemmas="слово")
        for more in range(1, MOST_RANKED + 1)
    ]
    Indexed.objects.bulk_create([first, *others])

    found = search("wide", "слова", among=Organisation.objects.all(), limit=10)

    assert found == Found([one.pk], 1, is_cut=True)


def test_a_row_weighs_what_was_said_last() -> None:
    first, second = an_indexed("Совет ветеранов"), an_indexed("Совет ветеранов")
    before = search("organisation", "совет", among=Organisation.objects.all(), limit=2).ids

    weigh_rows("organisation", {first.pk: FIRST, second.pk: USUAL})

    after = search("organisation", "совет", among=Organisation.objects.all(), limit=2).ids
    assert (before, after) == ([second.pk, first.pk], [first.pk, second.pk])


def test_several_kinds_are_searched_by_two_queries() -> None:
    one = an_indexed("Совет ветеранов")
    index_rows("other", [Findable(one.pk, "Совет отцов"), Findable(0, "Совет никого")])
    everybody = Organisation.objects.all()

    with CaptureQueriesContext(connection) as captured:
        found = search_each(
            "совет", {"organisation": everybody, "other": everybody, "none": everybody}, limit=5
        )

    assert found == {
        "organisation": Found([one.pk], 1),
        "other": Found([one.pk], 1),
        "none": Found([], 0),
    }
    assert questions(captured) == 2


def test_of_a_kind_that_is_weighed_the_first_are_looked_at_where_not_all_are() -> None:
    first = an_indexed("Совет ветеранов", weight=FIRST)
    latest = [an_indexed("Совет ветеранов") for _ in range(2)][-1]
    everybody = Organisation.objects.all()
    index_rows("other", [Findable(latest.pk, "Совет отцов"), Findable(first.pk, "Совет")])

    found = search_each(
        "совет",
        {"organisation": everybody, "other": everybody},
        limit=5,
        most=1,
        weighed={"organisation"},
    )

    assert found["organisation"] == Found([first.pk], 1, is_cut=True)
    assert (found["other"].count, found["other"].is_cut) == (1, True)


@pytest.mark.parametrize("typed", ["", " ", "«»", "—"])
def test_nothing_asked_finds_nothing(typed: str) -> None:
    an_indexed("Совет ветеранов")

    assert search("organisation", typed, among=Organisation.objects.all(), limit=5) == Found()
