import pytest
from django.core.exceptions import PermissionDenied

from sinergia.base.journal.models import Entry
from sinergia.engine.refusal import Gap, Refused
from sinergia.places.actions import add_theme, remove_theme, rename_theme
from sinergia.places.queries import theme_by, themes_of
from tests.arrange import NOON, a_person, a_region, a_theme, an_administrator

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_a_theme_is_added_renamed_and_removed_with_a_line_in_the_journal_each() -> None:
    olga, region = an_administrator(), a_region()

    theme = add_theme(region, "  Забота ", name_en="Care", actor=olga, now=NOON)
    renamed = rename_theme(theme, "Забота о людях", actor=olga, now=NOON)
    rename_theme(theme, "Забота о людях", actor=olga, now=NOON)
    remove_theme(theme, actor=olga, now=NOON)
    remove_theme(theme, actor=olga, now=NOON)

    assert (theme.name_ru, theme.name_en, renamed.name_ru) == ("Забота", "Care", "Забота о людях")
    assert not themes_of(region).exists()
    verbs = [entry.verb for entry in Entry.objects.order_by("pk")]
    assert verbs == ["theme.added", "theme.renamed", "theme.removed"]


@pytest.mark.parametrize(
    ("name_ru", "name_en", "gaps"),
    [
        (" \u00a0", "", [Gap("theme.empty", "name_ru")]),
        ("ЗАБОТА", "", [Gap("theme.repeated", "name_ru")]),
        (
            "я" * 151,
            "x" * 151,
            [Gap("theme.too_long", "name_ru"), Gap("theme.too_long", "name_en")],
        ),
    ],
)
def test_a_name_that_cannot_be_is_refused(name_ru: str, name_en: str, gaps: list[Gap]) -> None:
    olga, theme = an_administrator(), a_theme("Забота")

    with pytest.raises(Refused) as refused:
        add_theme(theme.region, name_ru, name_en=name_en, actor=olga, now=NOON)

    assert refused.value.gaps == gaps


def test_another_region_may_have_a_theme_of_the_same_name() -> None:
    other = a_region("XB-YAR", "Ярогорский край")
    a_theme("Забота")

    theme = add_theme(other, "Забота", actor=an_administrator(), now=NOON)

    assert theme_by(other, theme.key) == theme
    assert theme_by(a_region(), theme.key) is None


def test_nobody_else_touches_themes() -> None:
    boris, theme = a_person("boris"), a_theme()

    with pytest.raises(PermissionDenied):
        add_theme(theme.region, "Память", actor=boris, now=NOON)
    with pytest.raises(PermissionDenied):
        rename_theme(theme, "Память", actor=boris, now=NOON)
    with pytest.raises(PermissionDenied):
        remove_theme(theme, actor=boris, now=NOON)
