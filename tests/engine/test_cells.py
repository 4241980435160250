"""Cells of rows that rules ask for one by one: required, counted, chosen."""

from collections.abc import Mapping

import pytest

from sinergia.engine.project import read_document, thaw
from sinergia.engine.readiness import Facts, readiness_of
from sinergia.engine.refusal import Gap
from sinergia.packs.rules import Faulty, read_rules, shipped
from sinergia.packs.rules.fields import FURTHER, ROWS, cells_asked
from sinergia.packs.rules.schema import CellRule, FieldRule
from tests.engine.test_readiness import READY, REGIONAL
from tests.packs.test_rules import GENERIC

# Handed in before any cell was asked by itself; salts are sevens.
FROZEN = (
    '{"schema":"application/1","values":{'
    '"head/aaaaaa/name":{"salt":"07070707070707070707070707070707","text":"Иванова"},'
    '"partners/bbbbbb/name":{"salt":"07070707070707070707070707070707","text":"Школа"},'
    '"partners/bbbbbb/what":{"salt":"07070707070707070707070707070707","text":"Зал"},'
    '"title":{"salt":"07070707070707070707070707070707","text":"Тёплый двор"}}}'
)
DIGEST = "9416497367c0fcf159c7e25ccd398e2b9b86653319fe18f02371a28f552ff6ea"


def gaps(texts: Mapping[str, str], **fields: FieldRule) -> list[Gap]:
    """What hinders a ready project with more texts, by rules that ask otherwise."""
    rules = REGIONAL.model_copy(update={"fields": REGIONAL.fields | fields})
    document = read_document(READY | dict(texts), currency="RUB")
    return list(readiness_of(document, rules, Facts()).blocking)


def test_what_was_frozen_before_has_the_digest_it_had() -> None:
    told = thaw(FROZEN.encode(), digest=DIGEST)

    document = read_document(told.values, currency="RUB")
    assert document.rows["partners"][0].texts == {"name": "Школа", "what": "Зал"}
    assert document.rows["tags"] == []


def test_rules_that_name_no_cell_ask_for_the_rows_as_they_were() -> None:
    assert shipped()["generic"].fields["partners"].cells is None
    assert list(cells_asked("partners", ())) == ["name", "what"]
    assert all(cell in ROWS[name] for name, cell in FURTHER)


def test_a_cell_may_be_required_counted_in_lines_and_chosen() -> None:
    partner = {"partners/aaaaaa/name": "Школа", "partners/aaaaaa/kind": "gold"}
    partner["partners/aaaaaa/what"] = "Зал\n\n по средам\nЗвук"
    cells = {"kind": REGIONAL.fields["partners"].cell("kind"), "what": CellRule(lines=2)}

    assert gaps(partner, partners=FieldRule(is_required=False, cells=cells)) == [
        Gap("cell.gone", "partners/aaaaaa/kind"),
        Gap("cell.lines", "partners/aaaaaa/what", {"count": 3, "most": 2}),
    ]
    assert gaps(partner | {"partners/aaaaaa/kind": "money"}) == []
    needed = {"kind": cells["kind"].model_copy(update={"is_required": True})}
    del partner["partners/aaaaaa/kind"]
    assert gaps(partner, partners=FieldRule(is_required=False, cells=needed)) == [
        Gap("cell.missing", "partners/aaaaaa/kind")
    ]


def test_lines_take_the_place_of_characters() -> None:
    partner = {"partners/aaaaaa/name": "Школа", "partners/aaaaaa/what": "Зал по средам"}

    def long(cell: CellRule) -> list[str]:
        rule = FieldRule(is_required=False, longest=5, cells={"what": cell})
        return [one.code for one in gaps(partner, partners=rule)]

    assert long(CellRule()) == ["field.long"]
    assert long(CellRule(lines=1)) == []
    assert long(CellRule(longest=20)) == []


def test_lines_of_pay_name_a_part_that_somebody_has() -> None:
    def advised(**role: str) -> list[str]:
        texts = {f"team/aaaaaa/{name}": text for name, text in role.items()}
        document = read_document(READY | texts, currency="RUB")
        return [
            one.path
            for one in readiness_of(document, REGIONAL, Facts()).advice
            if one.code == "line.nobody"
        ]

    assert advised() == []  # nobody's part is told yet
    assert advised(role="Водитель") == ["lines/aaaaaa/what"]
    assert advised(role="Педагоги кружка") == []
    assert advised(role="Ведущий", duties="Старший педагог") == []


def test_an_article_of_posts_is_one_of_the_budget() -> None:
    with pytest.raises(Faulty) as told:
        read_rules(GENERIC.replace("[budget]\n", '[budget]\nposts = ["77"]\n', 1))

    assert [(one.place, one.code) for one in told.value.faults] == [("budget.posts", "no_article")]


def test_what_is_not_asked_hinders_nobody() -> None:
    typed = {"experience/aaaaaa/title": "Двор", "experience/aaaaaa/sum": "много"}
    fields = {name: one for name, one in REGIONAL.fields.items() if name != "experience"}
    rules = REGIONAL.model_copy(update={"fields": fields})

    found = readiness_of(read_document(READY | typed, currency="RUB"), rules, Facts())

    assert gaps(typed) != []
    assert list(found.blocking) == []


@pytest.mark.parametrize(
    ("text", "place", "code"),
    [
        ("goals.cells.colour = {}", "fields.goals.cells", "no_cell"),
        ("problem = { cells = { text = {} } }", "fields.problem.cells", "no_cell"),
        ("tags = {}", "fields.tags.cells.tag.choices", "choices"),
        (
            'tags.cells.tag.choices = [{ code = "a", name = { ru = "а" } }]',
            "fields.tags.cells.tag.choices",
            "choices",
        ),
        (
            'tags.cells.tag.choices = [{ code = "a", name = { ru = "а" } }, '
            '{ code = "a", name = { ru = "б" } }]',
            "fields.tags.cells.tag.choices[2].code",
            "twice",
        ),
    ],
)
def test_a_cell_that_no_row_has_and_a_choice_of_nothing_are_faults(
    text: str, place: str, code: str
) -> None:
    name = text.partition(".")[0].partition(" ")[0]
    kept = "\n".join(one for one in GENERIC.splitlines() if not one.startswith(f"{name} = "))
    with pytest.raises(Faulty) as told:
        read_rules(kept.replace("[fields]\n", f"[fields]\n{text}\n", 1))

    assert (place, code) in [(one.place, one.code) for one in told.value.faults]
