import pytest

from sinergia.engine.speech import BriefFigures, Part, YearFigures, sentence, sentence_parts, theses
from tests.engine.arrange import SIX_YEARS, a_brief, a_year_brief, all_funds, named

MILLION = 100_000_000
SAID = (
    "Over the lifetime of the Fund, residents of the region submitted more than 580 projects; "
    "137 of them won, and the support came to over 325 million roubles"
)


def test_the_sentence_and_its_numbers_are_said_in_english() -> None:
    assert sentence(a_brief(), "en") == SAID
    assert [part for part in sentence_parts(a_brief(), "en") if part.figure] == [
        Part("more than 580 projects", "submitted"),
        Part("137", "won"),
        Part("over 325 million roubles", "awarded"),
    ]


@pytest.mark.parametrize(
    ("submitted", "won", "minor", "said"),
    [
        (1, 0, 0, "1 project; it has not won yet"),
        (2, 0, 0, "2 projects; none of them has won yet"),
        (1, 1, 100, "1 project; it won, and the support came to 1 rouble"),
        (2, 2, 0, "2 projects; both of them won, and the sum of the support is not known yet"),
        (3, 3, 1, "3 projects; all of them won, and the support came to 1 kopeck"),
        (21, 1, 250, "21 projects; 1 of them won, and the support came to 2 roubles 50 kopecks"),
        (200, 9, MILLION, "200 projects; 9 of them won, and the support came to 1 million roubles"),
        (
            1239,
            201,
            1_325 * MILLION + 1,
            "more than 1,230 projects; more than 200 of them won, "
            "and the support came to over 1,325 million roubles",
        ),
        (
            580,
            210,
            51_240_000,
            "580 projects; 210 of them won, and the support came to 512,400 roubles",
        ),
    ],
)
def test_numbers_and_verbs_agree(submitted: int, won: int, minor: int, said: str) -> None:
    figures = a_brief(submitted=submitted, won=won, awarded_minor=minor)

    assert sentence(figures, "en").partition(" submitted ")[2] == said


@pytest.mark.parametrize(
    ("currency", "minor", "said"),
    [
        ("USD", 3 * MILLION + 1, "over 3 million US dollars"),
        ("USD", 150_050, "1,500.50 US dollars"),
        ("USD", 100, "1 US dollar"),
        ("EUR", 2 * MILLION, "2 million euros"),
        ("BYN", 2 * MILLION, "2 million Belarusian roubles"),
        ("JPY", 12_345, "12,345 Japanese yen"),
    ],
)
def test_sums_of_other_currencies_are_named(currency: str, minor: int, said: str) -> None:
    text = sentence(a_brief(awarded_minor=minor, currency=currency), "en")

    assert text.partition("the support came to ")[2] == said


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        (
            a_year_brief(region_kind="krai"),
            "In 2023, residents of the territory submitted more than 580 projects "
            "to the contests of the Fund; ",
        ),
        (
            a_brief(is_whole_life=False),
            "In 2019–2024, residents of the region submitted more than 580 projects "
            "to the contests of the Fund; ",
        ),
        (
            all_funds(),
            "In 2019–2024, residents of the region submitted more than 580 projects "
            "to all funds' contests; ",
        ),
        (
            all_funds(first_year=None, last_year=None, region_kind="city"),
            "Residents of the city submitted more than 580 projects to all funds' contests; ",
        ),
    ],
)
def test_the_sentence_begins_with_the_period(figures: BriefFigures, said: str) -> None:
    assert sentence(figures, "en") == said + SAID.partition("; ")[2]


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        (
            a_brief(submitted=0, won=0),
            "Over the lifetime of the Fund, residents of the region have submitted no projects yet",
        ),
        (
            a_year_brief(submitted=0, won=0),
            "In 2023, residents of the region submitted no projects to the contests of the Fund",
        ),
        (
            all_funds(submitted=0, won=0, first_year=None, region_kind="republic"),
            "Residents of the republic have submitted no projects to all funds' contests yet",
        ),
        (
            a_year_brief(submitted=1, won=0),
            "In 2023, residents of the region submitted 1 project to the contests of the Fund; "
            "it did not win",
        ),
        (
            a_year_brief(submitted=5, won=0),
            "In 2023, residents of the region submitted 5 projects to the contests of the Fund; "
            "none of them won",
        ),
    ],
)
def test_regions_without_projects_or_wins_are_spoken_of(figures: BriefFigures, said: str) -> None:
    assert sentence(figures, "en") == said


def test_five_theses_are_said_in_english() -> None:
    figures = a_brief(
        by_year=SIX_YEARS,
        by_theme=[named("family", submitted=90, won=31), named("youth", submitted=95, won=31)],
        by_municipality=[named("a", submitted=9, won=3), named("b", submitted=9, won=5)],
        winners=92,
        repeated_winners=32,
    )

    assert [thesis.text for thesis in theses(figures, "en")] == [
        SAID + ".",
        "Activity has grown: 78 projects in 2019, 111 in 2024; the most wins came in 2024: 29.",
        "Almost one project in four was supported (23.5%); "
        "the average grant is about 2.4 million roubles.",
        "Behind the projects stand more than 210 organisations: 92 of them won, 32 more than once.",
        "The most wins are in the themes “Name family” and “Name youth” (31 and 31); "
        "there are winners in 2 municipalities, led by Name b (5).",
    ]


def test_a_year_is_spoken_of_in_english() -> None:
    figures = a_year_brief(
        submitted=9,
        won=4,
        awarded_minor=280_000_000,
        organisations=5,
        winners=3,
        new_winners=2,
        repeated_winners=1,
        by_theme=[named(key, submitted=3, won=1) for key in "abc"],
        by_municipality=[named("a", submitted=9, won=4)],
    )

    assert [thesis.text for thesis in theses(figures, "en")[1:]] == [
        "4 projects out of 9 were supported; the average grant is 700 thousand roubles.",
        "Behind the projects stand 5 organisations: 3 of them won, 2 for the first time, 1 again.",
        "There are wins in 3 themes.",
        "There are winners in 1 municipality: Name a (4).",
    ]


@pytest.mark.parametrize(
    ("years", "said"),
    [
        (
            [(2022, 7, 5, 150), (2023, 7, 2, 0)],
            "The most wins came in 2022: 5 projects won, "
            "and the support came to 1 rouble 50 kopecks.",
        ),
        ([(2022, 7, 1, 0), (2023, 7, 0, 0)], "The most wins came in 2022: 1 project won."),
        ([(2022, 3, 1, 0), (2023, 7, 1, 0)], "Activity has grown: 3 projects in 2022, 7 in 2023."),
        ([(2022, 7, 0, 0), (2023, 3, 0, 0)], "The most projects were submitted in 2022: 7."),
    ],
)
def test_years_are_compared(years: list[tuple[int, int, int, int]], said: str) -> None:
    figures = a_brief(by_year=[YearFigures(*year) for year in years])

    assert theses(figures, "en")[1].text == said
    assert theses(figures, "en")[4].text == (
        "The themes and municipalities of the projects are yet to be specified."
    )


@pytest.mark.parametrize(
    ("words", "share", "organisations", "themes", "places"),
    [
        (
            {"submitted": 1, "won": 1, "organisations": 1, "winners": 1},
            "The only project submitted was supported.",
            "Behind the project stands 1 organisation, which is among the winners.",
            "The themes of the projects are yet to be specified.",
            "The municipalities of the projects are yet to be specified.",
        ),
        (
            {"submitted": 40, "won": 40, "organisations": 2, "winners": 2, "awarded_minor": 0},
            "Every project submitted was supported.",
            "Behind the projects stand 2 organisations: both of them won.",
            "The themes of the projects are yet to be specified.",
            "The municipalities of the projects are yet to be specified.",
        ),
        (
            {"submitted": 100, "won": 41, "organisations": 0, "awarded_minor": 4_100},
            "41% of the projects were supported; the average grant is 1 rouble.",
            "The organisations that submitted the projects are yet to be specified.",
            "The themes of the projects are yet to be specified.",
            "The municipalities of the projects are yet to be specified.",
        ),
        (
            {
                "submitted": 12,
                "won": 0,
                "organisations": 5,
                "by_theme": [named(key, submitted=4) for key in "abc"],
                "by_municipality": [named("a", submitted=7), named("b", submitted=5)],
            },
            "No wins yet, but there is experience in preparing applications.",
            "Behind the projects stand 5 organisations.",
            "Projects were submitted in 3 themes.",
            "Projects came from 2 municipalities, most of all from Name a (7).",
        ),
        (
            {
                "submitted": 40,
                "won": 1,
                "organisations": 5,
                "winners": 5,
                "year": 2023,
                "by_theme": [named("a", submitted=4)],
                "by_municipality": [named("a", won=5), named("b", won=5)],
            },
            "2.5% of the projects were supported.",
            "Behind the projects stand 5 organisations: all of them won.",
            "The most projects are in the theme “Name a” (4).",
            "There are winners in 2 municipalities.",
        ),
    ],
)
def test_theses_degrade_without_nonsense(
    words: dict[str, object], share: str, organisations: str, themes: str, places: str
) -> None:
    figures = a_brief(**words)

    assert [thesis.text for thesis in theses(figures, "en")[1:]] == [
        *(share, organisations, themes, places)
    ]


def test_a_decided_year_without_wins_is_said_so() -> None:
    figures = a_year_brief(submitted=12, won=0, organisations=0)

    assert theses(figures, "en")[1].text == (
        "There were no wins in 2023, but there is experience in preparing applications."
    )
