from decimal import Decimal
from pathlib import Path

import pytest

from sinergia.packs.rules import Fault, Faulty, Rules, read_rules, shipped
from sinergia.packs.rules import reading as rules_reading

SHIPPED = Path(rules_reading.__file__).parent / "shipped"
GENERIC = (SHIPPED / "generic.toml").read_text(encoding="utf-8")


def faults(text: str) -> list[Fault]:
    with pytest.raises(Faulty) as told:
        read_rules(text)
    return told.value.faults


def codes(text: str) -> list[tuple[str, str]]:
    return [(fault.place, fault.code) for fault in faults(text)]


def test_the_sign_of_a_currency_stays_in_the_line_of_its_sum() -> None:
    sizes = [one.name.told("ru") for one in shipped()["presidential-2026"].categories]

    assert "до 1 млн\u00a0₽" in sizes


def with_questions(*questions: str) -> str:
    return GENERIC + "".join(f"\n[[questions]]\n{one}\n" for one in questions)


def question(code: str, rest: str = "") -> str:
    return f'code = "{code}"\ntext = {{ ru = "Вопрос" }}\n{rest}'


def test_every_file_that_comes_along_is_read() -> None:
    assert {f"{code}.toml" for code in shipped()} == {one.name for one in SHIPPED.iterdir()}
    assert list(shipped()) == ["generic", "practice-contest", "presidential-2026", "regional"]


@pytest.mark.parametrize("code", ["generic", "practice-contest", "presidential-2026", "regional"])
def test_they_speak_both_languages_and_name_their_source(code: str) -> None:
    rules = shipped()[code]

    named = [rules.name, rules.summary, rules.committee]
    named += [one.name for one in rules.directions] + [one.name for one in rules.categories]
    named += [one.name for one in rules.scoring.criteria] + [one.text for one in rules.checks]
    named += [one.text for one in rules.refusals] + [one.text for one in rules.budget.advice]
    assert [one for one in named if not one.en] == []
    assert rules.source.title
    assert rules.source.read_on.year == 2026


def test_the_presidential_rules_hold_the_acts_numbers() -> None:
    rules = shipped()["presidential-2026"]

    assert len(rules.directions) == 11
    assert sum(len(one.topics) for one in rules.directions) == 111
    weights = {one.code: one.weights for one in rules.scoring.criteria}
    assert weights["relevance"] == {
        "a": Decimal(2),
        "b": Decimal(1),
        "c": Decimal(1),
        "d": Decimal("1.5"),
        "long": Decimal(1),
    }
    sums = [sum(one[size] for one in weights.values()) for size in ("a", "b", "c", "d", "long")]
    assert sums == [10] * 5
    assert (rules.fields["title"].longest, rules.fields["problem"].longest) == (300, 5000)
    assert (rules.applicant.age_months, rules.applicant.age_months_small) == (12, 6)


@pytest.mark.parametrize(
    ("asked", "months", "direction", "category"),
    [
        (1, None, "", "a"),
        (100_000_000, None, "", "a"),
        (100_000_001, None, "", "b"),
        (500_000_000, 12, "education", "b"),
        (1_500_000_001, 18, "education", "d"),
        (300_000, 19, "education", "long"),
        (300_000, 19, "social", "a"),
        (0, 12, "social", None),
    ],
)
def test_a_request_falls_into_its_size(
    asked: int, months: int | None, direction: str, category: str | None
) -> None:
    found = shipped()["presidential-2026"].category_of(asked, months=months, direction=direction)

    assert (found.code if found else None) == category


def test_a_criterion_of_no_weight_is_hidden() -> None:
    rules = shipped()["presidential-2026"]

    small, long = ([one.code for one in rules.criteria_of(size)] for size in ("a", "long"))

    assert "scale" not in small
    assert "innovation" in small
    assert "innovation" not in long


def test_weights_that_do_not_sum_are_told_with_their_sum() -> None:
    told = faults(GENERIC.replace("weights = { any = 4 }", "weights = { any = 3.5 }", 1))

    assert told == [
        Fault(
            "scoring.criteria",
            "weights_sum",
            {"category": "any", "sum": "97.5", "most": "100"},
            told[0].line,
        )
    ]


def test_questions_that_hang_on_one_another_are_told_once_a_ring() -> None:
    text = with_questions(
        question("a", 'kind = "yes_no"\nwhen = { question = "b", values = ["yes"] }'),
        question("b", 'kind = "yes_no"\nwhen = { question = "c", values = ["yes"] }'),
        question("c", 'kind = "yes_no"\nwhen = { question = "a", values = ["no"] }'),
        question("d", 'when = { question = "a", values = ["no"] }'),
    )

    told = faults(text)

    assert [(one.code, one.values) for one in told] == [("cycle", {"codes": "a → b → c → a"})]


def test_a_question_that_hangs_on_itself_is_a_ring() -> None:
    text = with_questions(
        question("a", 'kind = "yes_no"\nwhen = { question = "a", values = ["yes"] }')
    )

    assert codes(text) == [("questions", "cycle")]


def test_ten_thousand_questions_are_told_in_no_time() -> None:
    text = with_questions(*(question(f"q{number}") for number in range(10_000)))

    assert [(one.place, one.code, one.values) for one in faults(text)] == [
        ("questions", "too_many", {"count": 10_000, "most": 200})
    ]


@pytest.mark.parametrize(
    ("questions", "code"),
    [
        ([question("a", 'when = { question = "z", values = ["1"] }')], "no_question"),
        (
            [
                question("b", 'kind = "yes_no"'),
                question("a", 'when = { question = "b", values = ["2"] }'),
            ],
            "no_value",
        ),
        ([question("a", 'kind = "choice"')], "choices"),
        ([question("a", 'choices = [{ ru = "да" }, { ru = "нет" }]')], "choices"),
        ([question("a"), question("a")], "twice"),
    ],
)
def test_questions_that_make_no_sense_are_told(questions: list[str], code: str) -> None:
    assert [one.code for one in faults(with_questions(*questions))] == [code]


@pytest.mark.parametrize(
    ("old", "new", "place", "code"),
    [
        ('schema = "sinergia-rules/1"', 'schema = "rules"', "schema", "schema"),
        ('currency = "RUB"', 'currency = "roubles"', "currency", "kind"),
        ('currency = "RUB"', 'money = "RUB"', "money", "unknown"),
        ("most = 5\nstep = 1", "most = 1\nstep = 1", "scoring.scale", "bounds"),
        ("most = 5\nstep = 1", "most = 5\nstep = 3", "scoring.scale", "step"),
        ("line = 60", "line = 101", "selection", "line"),
        ("line = 60", 'line = 60\nscores = "winners"', "selection.ties", "ties_tell"),
        ('refusal = "overlap"', 'refusal = "nothing"', "checks[7].refusal", "no_refusal"),
        ('blind = ["applicant",', 'blind = ["applicants",', "review.blind", "no_field"),
        ('["6", "7", "8"]', '["66"]', "budget.advice[1].articles", "no_article"),
        ("share = 0.3", "most_minor = 3", "budget.advice[1]", "norm"),
        ('code = "family"', 'code = "social"', "directions[2].code", "twice"),
        ("{ any = 4 }", "{ all = 4 }", "scoring.criteria[1].weights", "no_category"),
        ("title = { longest", "titles = { longest", "fields.titles", "no_field"),
        ('code = "any"\n', 'code = "any"\nabove_minor = 5\n', "categories", "gap"),
        (
            "most_months = 12",
            "intake_from = 2026-05-01\nintake_to = 2026-04-01",
            "timetable.intake_to",
            "backwards",
        ),
        ("most_months = 12", "most_months = 12\n= broken", "", "syntax"),
        ("share = 0.7 }", "share = 0.6 }", "grants.periods_long", "shares"),
        ("periods = [{ share = 1 }]", "periods = []", "grants.periods", "no_period"),
        ('consent = ["results",', 'consent = ["result",', "grants.changes.consent", "no_field"),
        ('code = "fairly"', 'code = "well"', "grants.grades[2].code", "twice"),
    ],
)
def test_each_fault_has_its_place(old: str, new: str, place: str, code: str) -> None:
    assert old in GENERIC

    assert (place, code) in codes(GENERIC.replace(old, new, 1))


def test_sizes_may_neither_overlap_nor_leave_a_gap() -> None:
    regional = (SHIPPED / "regional.toml").read_text(encoding="utf-8")

    gap = faults(regional.replace("above_minor = 30000000", "above_minor = 40000000"))
    overlap = faults(regional.replace("above_minor = 30000000", "above_minor = 20000000"))

    assert [(one.code, one.values) for one in gap] == [("gap", {"sum": 300_000})]
    assert [(one.code, one.values) for one in overlap] == [
        ("overlap", {"sum": 200_000, "first": "s", "second": "m"})
    ]


def test_a_fault_names_the_line_of_its_table() -> None:
    text = GENERIC.replace('refusal = "overlap"', 'refusal = "nothing"', 1)

    fault = faults(text)[0]

    assert text.splitlines()[fault.line - 1] == "[[checks]]"
    assert text.splitlines()[fault.line] == 'code = "overlap"'


def test_a_file_beyond_all_measure_is_refused() -> None:
    assert codes("#" * 1_000_001) == [("", "too_large")]


def test_rules_read_back_from_their_own_json_are_the_same() -> None:
    for rules in shipped().values():
        again = Rules.model_validate_json(rules.model_dump_json(by_alias=True))

        assert again == rules


def test_what_is_public_is_what_the_acts_say() -> None:
    public = {code: set(rules.registration.public_fields) for code, rules in shipped().items()}

    assert public["presidential-2026"] == {
        *("direction", "title", "summary", "geography", "starts_on", "ends_on", "target_groups"),
        *("problem", "goals", "tasks", "total", "asked"),  # domain: subitems 1-8, 10, 11 of p. 7
    }
    assert public["practice-contest"] == set()
    assert "asked" in public["regional"] & public["generic"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("team", "not_public"),
        ("founders", "not_public"),
        ("letters", "not_public"),
        ("nothing", "no_field"),
        ("total", ""),
    ],
)
def test_names_of_people_and_files_are_made_public_by_no_rules(name: str, code: str) -> None:
    text = GENERIC.replace('public_fields = ["direction"', f'public_fields = ["{name}"')
    assert text != GENERIC

    if code:
        assert codes(text) == [("registration.public_fields", code)]
    else:
        assert name in read_rules(text).registration.public_fields


def test_answers_are_no_field_of_which_rules_say_anything() -> None:
    text = GENERIC + "\n[fields.answers]\n"

    assert [one.code for one in faults(text)] == ["no_field"]
