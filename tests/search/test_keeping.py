from collections.abc import Sequence

import pytest
from django.db import connection
from django.utils import translation

from sinergia.base.search.actions import (
    Findable,
    Searched,
    forget_rows,
    index_rows,
    mend_index,
    sweep_index,
)
from sinergia.base.search.guard import TRIGGERS, install, missing
from sinergia.base.search.models import Indexed
from sinergia.base.search.queries import search, strays
from sinergia.exchange.models import PartnershipAgreement, Programme
from sinergia.organisations.actions.contacts import enter_contact, remove_contact
from sinergia.organisations.actions.notes import change_note, remove_note, write_note
from sinergia.organisations.models import Contact, Note, Organisation
from sinergia.places.actions import add_theme, remove_theme, rename_theme
from sinergia.places.models import Theme
from sinergia.web.commands.searching import everything_searched, mend_search, rows_astray
from sinergia.web.operations.facts import parts_of_now
from tests.arrange import (
    NOON,
    a_centre,
    a_consultant,
    a_doubt,
    a_municipality,
    a_practice,
    a_region,
    a_theme,
    a_visit,
    an_administrator,
    an_application,
    an_organisation,
)
from tests.house.rows_of_organisations import a_consultation, a_request

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def found(typed: str, kind: str = "organisation") -> list[int]:
    return search(kind, typed, among=Organisation.objects.all(), limit=10).ids


def test_a_forgotten_row_is_not_found_and_the_others_are() -> None:
    gone, kept = an_organisation("Совет ветеранов"), an_organisation("Совет отцов")
    index_rows("organisation", [Findable(one.pk, one.name) for one in (gone, kept)])
    index_rows("other", [Findable(gone.pk, "Совет")])

    forget_rows("organisation", [gone.pk])

    assert (found("совет"), found("совет", "other")) == ([kept.pk], [gone.pk])


def test_after_a_sweep_no_word_of_an_erased_row_is_anywhere_in_the_index() -> None:
    one = an_organisation()
    index_rows("organisation", [Findable(one.pk, "Ярополк Свенельдович")])
    there = words_in_pages()
    forget_rows("organisation", [one.pk])

    sweep_index()

    assert (there, words_in_pages()) == (True, False)


def words_in_pages() -> bool:
    """Whether the word stands in the index as it lies on the disk."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT block FROM base_indexed_words_data")
            pages = b"".join(bytes(block) for (block,) in cursor.fetchall())
            # Words lie in order, each without the beginning it shares with the one before.
            return "свенельд".encode() in pages
        cursor.execute("SELECT count(*) FROM base_indexed WHERE words @@ 'свенельдович'::tsquery")
        return bool(cursor.fetchone()[0])


def test_the_index_is_brought_to_what_the_rows_say() -> None:
    right, wrong, missing = (an_organisation(f"Совет {name}") for name in ("раз", "два", "три"))
    rows = [
        Findable(right.pk, right.name),
        Findable(wrong.pk, "Старое название"),
        Findable(missing.pk + 1, "Уже нет"),
    ]
    index_rows("organisation", rows)
    searched = Searched(
        "organisation",
        Organisation.objects.all(),
        lambda some: [Findable(one.pk, one.name) for one in some],
    )
    before = strays(searched)

    mended = [mend_index(searched), mend_index(searched)]

    assert (before, strays(searched), mended) == (2, 0, [3, 0])
    assert sorted(found("совет")) == [right.pk, wrong.pk, missing.pk]


def test_a_row_that_comes_while_the_index_is_mended_stays_in_it() -> None:
    old = an_organisation("Совет отцов")
    came: list[Organisation] = []

    def findable(some: Sequence[Organisation]) -> list[Findable]:
        if not came:
            came.append(an_organisation("Совет ветеранов"))
            index_rows("organisation", [Findable(came[0].pk, came[0].name)])
        return [Findable(one.pk, one.name) for one in some]

    mended = mend_index(Searched("organisation", Organisation.objects.all(), findable))

    assert (mended, sorted(found("совет"))) == (1, [old.pk, came[0].pk])


def test_every_kind_of_rows_is_compared_and_mended() -> None:
    olga, region = an_administrator(), a_region()
    centre = a_centre(region=region)
    larisa = a_consultant(centre=centre)
    a_municipality()
    a_theme()
    a_doubt(an_application(organisation=an_organisation()))
    Contact.objects.create(centre=centre, name="Анна", entered_by=olga.key, made_at=NOON)
    Note.objects.create(
        centre=centre, organisation=centre.organisation, text="Звонили", author=larisa, made_at=NOON
    )
    a_practice(organisation=centre.organisation)
    a_visit(centre=centre)
    kept = {"centre": centre, "made_at": NOON}
    Programme.objects.create(name_ru="Синергия", name_folded="синергия", **kept)
    PartnershipAgreement.objects.create(signed_on=NOON.date(), subject="Обмен", **kept)
    a_consultation(centre.organisation)
    a_request(centre.organisation)
    told, mended = facts("search_rows"), facts("search_words")

    kinds = {searched.kind for searched in everything_searched()}
    assert kinds == set(Indexed.objects.values_list("kind", flat=True))
    assert told == ["17 rows are not as in the index"]
    assert mended == ["search knew 17 rows wrongly; they are right now."]
    assert (rows_astray(), mend_search(), facts("search_rows")) == (0, 0, ["right"])


def facts(code: str) -> list[str]:
    with translation.override("en"):
        looked = parts_of_now(now=NOON, is_deep=True, with_figures=code == "search_words")
        return [fact.value for part in looked for fact in part.facts if fact.code == code]


def test_a_theme_is_found_while_it_is_there() -> None:
    olga = an_administrator()
    theme = add_theme(a_region(), "Забота", name_en="Care", actor=olga, now=NOON)
    themes = Theme.objects.all()

    def told(typed: str) -> list[int]:
        return search("theme", typed, among=themes, limit=5).ids

    first = [told("заботы"), told("care")]
    rename_theme(theme, "Помощь", actor=olga, now=NOON)
    second = [told("заботы"), told("помощь")]
    remove_theme(theme, actor=olga, now=NOON)

    assert (first, second) == ([[theme.pk], [theme.pk]], [[], [theme.pk]])
    assert not Indexed.objects.filter(kind="theme").exists()


def test_notes_and_contacts_are_found_as_they_are_now_and_then_forgotten() -> None:
    centre = a_centre()
    larisa = a_consultant(centre=centre)
    note = write_note(
        centre, centre.organisation, "Просят помещение", met_on=None, actor=larisa, now=NOON
    )
    change_note(note, "Помещение нашлось", actor=larisa, now=NOON)
    contact = enter_contact(
        centre, {"name": "Анна Орлова"}, {"title": "Министр", "kind": "authority"},
        actor=larisa, now=NOON,
    )  # fmt: skip

    def told(kind: str, typed: str) -> int:
        rows = {"note": Note.objects.all(), "contact": Contact.objects.all()}[kind]
        return search(kind, typed, among=rows, limit=5).count

    first = [told("note", "просить"), told("note", "нашлась"), told("contact", "орлову министра")]
    remove_note(note, actor=larisa, now=NOON)
    remove_contact(contact, actor=larisa, now=NOON)

    assert first == [0, 1, 1]
    assert not Indexed.objects.filter(kind__in=["note", "contact"]).exists()


def test_an_index_of_another_version_is_left_alone() -> None:
    gone = TRIGGERS[:1] if connection.vendor == "sqlite" else []
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE base_indexed RENAME COLUMN lemmas TO elsewhere")
        for name in gone:
            cursor.execute(f"DROP TRIGGER {name}")

    install(connection)

    assert missing(connection) == gone
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE base_indexed RENAME COLUMN elsewhere TO lemmas")
    install(connection)
    assert missing(connection) == []
