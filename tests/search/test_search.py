import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sinergia.base.search.actions import Findable, index_rows
from sinergia.base.search.guard import TRIGGERS, install, missing
from sinergia.base.search.models import Indexed
from sinergia.base.search.queries import MOST_HITS, is_cut, rows_found
from sinergia.organisations.models import Organisation
from tests.arrange import an_organisation

pytestmark = [pytest.mark.django_db, pytest.mark.both]

HOSTILE = [
    '"', "'", "*", "-", "^", ":", "(", ")", "\x00", "😀", "\u0301", "NEAR", "NEAR(а б, 2)",
    "а AND", "OR", "NOT", "а OR б", "kind:organisation", "lemmas:а", "а*", "-а", "%", "_",
    "'; DROP TABLE", "а:*", "а & б", "! а", "<->", "\\", "½ ² ª",
    "x" * 10_000, "слово " * 2_000, "\ud800", "𞤀𞤁",
]  # fmt: skip


def found(typed: str, kind: str = "organisation") -> list[str]:
    pks = rows_found(kind, typed)
    assert pks is not None
    return list(
        Organisation.objects.filter(pk__in=pks).order_by("name").values_list("name", flat=True)
    )


def an_indexed(name: str, more: str = "") -> Organisation:
    organisation = an_organisation(name)
    index_rows("organisation", [Findable(organisation.pk, name, more)], is_new=True)
    return organisation


@pytest.mark.parametrize("typed", ["ветераны", "ВЕТЕРАНОВ", "ветеранам", "ветеран совету"])
def test_a_word_is_found_in_every_case_form(typed: str) -> None:
    an_indexed("Совет ветеранов")
    an_indexed("Клуб путешественников")

    assert found(typed) == ["Совет ветеранов"]


@pytest.mark.parametrize("typed", ["тёплый", "теплого", "ТЕПЛЫЙ ДОМ", "дому тёплому"])
def test_the_letter_yo_is_found_written_either_way(typed: str) -> None:
    an_indexed("Тёплый дом")

    assert found(typed) == ["Тёплый дом"]


def test_every_word_must_be_there() -> None:
    an_indexed("Совет ветеранов")

    assert found("совет молодёжи") == []


def test_a_name_and_a_number_are_found_by_their_beginning() -> None:
    an_indexed("Фонд «Добросветье»", "1027700132195")

    assert [found(typed) for typed in ("добросв", "10277001", "доб", "до")] == [
        ["Фонд «Добросветье»"],
        ["Фонд «Добросветье»"],
        ["Фонд «Добросветье»"],
        [],
    ]


def test_kinds_do_not_mix() -> None:
    an_indexed("Совет ветеранов")

    assert found("ветеран", kind="application") == []


def test_a_row_indexed_again_is_found_by_its_new_words_alone() -> None:
    organisation = an_indexed("Совет ветеранов")

    index_rows("organisation", [Findable(organisation.pk, "Клуб краеведов")])

    assert (found("ветеран"), found("краевед")) == ([], ["Совет ветеранов"])


def test_a_row_taken_out_is_not_found() -> None:
    an_indexed("Совет ветеранов")

    Indexed.objects.all().delete()

    assert found("ветеран") == []


@pytest.mark.parametrize("typed", ["", " ", "\n\t"])
def test_nothing_asked_narrows_nothing(typed: str) -> None:
    assert rows_found("organisation", typed) is None


@pytest.mark.parametrize("typed", ["***", "—", '"', "😀"])
def test_signs_alone_find_nothing(typed: str) -> None:
    an_indexed("Совет ветеранов")

    assert found(typed) == []


@pytest.mark.parametrize("typed", HOSTILE)
def test_nothing_typed_is_read_as_an_operator(typed: str) -> None:
    an_indexed("Совет ветеранов")

    assert rows_found("organisation", typed) is None or found(typed) == []
    assert not is_cut("organisation", typed)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=200))
def test_no_text_breaks_a_search_or_an_index(typed: str) -> None:
    index_rows("fuzz", [Findable(1, typed)])

    assert rows_found("fuzz", typed) is None or found(typed, kind="fuzz") == []
    assert not is_cut("fuzz", typed)


def test_a_wide_search_is_cut_and_says_so() -> None:
    rows = [Indexed(kind="wide", row=row, lemmas="слово") for row in range(1, MOST_HITS + 1)]
    Indexed.objects.bulk_create(rows)
    before = is_cut("wide", "слова")

    Indexed.objects.create(kind="wide", row=MOST_HITS + 1, lemmas="слово")

    assert (before, is_cut("wide", "слова")) == (False, True)


def test_a_lost_trigger_is_noticed_and_what_came_without_it_is_indexed_again() -> None:
    if connection.vendor != "sqlite":  # PostgreSQL computes the column by itself
        assert missing(connection) == []
        return
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {TRIGGERS[0]}")
    an_indexed("Совет ветеранов")
    seen = (missing(connection), found("ветеран"))

    install(connection)

    assert (seen, missing(connection)) == (([TRIGGERS[0]], []), [])
    assert found("ветеран") == ["Совет ветеранов"]


def test_a_legal_form_typed_in_latin_letters_is_the_form_and_a_host_is_only_itself() -> None:
    an_indexed("AHO «Тёплый дом»", "teply-dom.example")  # its first letters are Latin
    an_indexed("Клуб", "aho-club.example 027700132195")

    assert found("автономная организация дом") == ["AHO «Тёплый дом»"]
    assert found("ано") == ["AHO «Тёплый дом»", "Клуб"]
    assert found("teply") == ["AHO «Тёплый дом»"]
    assert found("027700132195") == []  # a person's number
