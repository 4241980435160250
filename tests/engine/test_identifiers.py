import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from stdnum.ru import inn as stdnum_inn

from sinergia.engine.identifiers import (
    Identifier,
    complete_inn,
    complete_ogrn,
    read_inn,
    read_ogrn,
)

INN = complete_inn("990100123")
ZERO_INN = complete_inn("010100123")
OGRN = complete_ogrn("102990000123")
PERSON = "990100123" + "0" + stdnum_inn.calc_personal_check_digits("9901001230")


def broken(identifier: str) -> str:
    return identifier[:-1] + str((int(identifier[-1]) + 1) % 10)


@pytest.mark.parametrize(
    "cell",
    [
        None,
        "",
        " ",
        "\u00a0",
        "-",
        "—",
        "нет",
        "Нет",
        "ИНН —",
        "ОГРН: нет",
        "0",
        0,
        0.0,
        "0000000000",
        "0.0",
    ],
)
def test_a_cell_without_an_identifier_is_nothing(cell: object) -> None:
    assert read_inn(cell) is None
    assert read_ogrn(cell) is None


@pytest.mark.parametrize(
    "cell",
    [
        *(
            INN,
            int(INN),
            float(INN),
            f"{INN}.0",
            f"{INN},00",
            f" {INN}\u00a0",
            f"{INN[:4]} {INN[4:]}",
        ),
        *(f"'{INN}", f"ИНН {INN}", f"инн: {INN}", f"{INN}/990101001", f"{int(INN):,}"),
        *(f"{INN[:4]}\u202f{INN[4:]}", f"{INN[:5]}\u200b{INN[5:]}", f"{INN[0]}.{INN[1:]}E+9"),
    ],
)
def test_an_inn_is_read_from_every_kind_of_cell(cell: object) -> None:
    assert read_inn(cell) == Identifier(INN, is_valid=True)


@pytest.mark.parametrize(
    "cell", [ZERO_INN[1:], int(ZERO_INN), float(ZERO_INN), f"{ZERO_INN[1:]}.0"]
)
def test_a_lost_zero_of_an_inn_is_given_back(cell: object) -> None:
    assert read_inn(cell) == Identifier(ZERO_INN, is_valid=True, note="zero_restored")


def test_a_persons_inn_is_known_as_one_and_gets_its_zero_back() -> None:
    zero = "010100123" + "0" + stdnum_inn.calc_personal_check_digits("0101001230")

    whole, restored, company = read_inn(PERSON), read_inn(int(zero)), read_inn(INN)

    assert whole == Identifier(PERSON, is_valid=True)
    assert restored == Identifier(zero, is_valid=True, note="zero_restored")
    assert company == Identifier(INN, is_valid=True)


@pytest.mark.parametrize(
    ("cell", "value", "note"),
    [
        (broken(INN), broken(INN), "check_digit"),
        (broken(PERSON), broken(PERSON), "check_digit"),
        (broken(ZERO_INN)[1:], broken(ZERO_INN)[1:], "length"),
        ("12345", "12345", "length"),
        (INN + "1234", INN + "1234", "length"),
        ("9,901E+09", "9,901E+09", "lost"),
        (1e300, "1e+300", "lost"),
        (float("inf"), "inf", "lost"),
        ("не помню", "не помню", "unreadable"),
        ("77О3027129", "77О3027129", "unreadable"),
        (f"{INN}, {INN}", f"{INN}, {INN}", "unreadable"),
        (-5, "-5", "unreadable"),
        (1.5, "1.5", "unreadable"),
        (True, "True", "unreadable"),
        ("١٢٣٤٥٦٧٨٩٠", "١٢٣٤٥٦٧٨٩٠", "unreadable"),
    ],
)
def test_a_doubtful_inn_is_kept_as_written_and_says_why(
    cell: object, value: str, note: str
) -> None:
    assert read_inn(cell) == Identifier(value, is_valid=False, note=note)


@pytest.mark.parametrize(
    "cell",
    [
        *(OGRN, int(OGRN), float(OGRN), f"{OGRN}.0", f"{OGRN},0", f" {OGRN} ", f"ОГРН № {OGRN}"),
        *(f"{OGRN[0]}.{OGRN[1:]}E+12", f"{OGRN[0]},{OGRN[1:]}E+12", f"{OGRN[0]},{OGRN[1:]}е12"),
        *(f"{OGRN[0]},{OGRN[1:]}000E+12", f"{OGRN} .0"),
    ],
)
def test_an_ogrn_is_read_from_every_kind_of_cell(cell: object) -> None:
    assert read_ogrn(cell) == Identifier(OGRN, is_valid=True)


@pytest.mark.parametrize(
    ("cell", "value", "note"),
    [
        (broken(OGRN), broken(OGRN), "check_digit"),
        (OGRN[1:], OGRN[1:], "length"),
        (complete_ogrn("202990000123"), complete_ogrn("202990000123"), "prefix"),
        ("1,0299E+12", "1,0299E+12", "lost"),
        (f"{OGRN[0]}.{OGRN[1:]}5E+12", f"{OGRN[0]}.{OGRN[1:]}5E+12", "lost"),
        ("1E+12", "1E+12", "lost"),
        ("будет позже", "будет позже", "unreadable"),
    ],
)
def test_a_doubtful_ogrn_is_kept_as_written_and_says_why(
    cell: object, value: str, note: str
) -> None:
    assert read_ogrn(cell) == Identifier(value, is_valid=False, note=note)


@pytest.mark.parametrize("digit", range(13))
def test_the_digit_of_an_ogrnip_is_the_lowest_of_the_remainder(digit: int) -> None:
    first = next(number for number in range(3 * 10**13, 4 * 10**13) if number % 13 == digit)
    ogrnip = f"{first}{digit % 10}"

    assert read_ogrn(ogrnip) == Identifier(ogrnip, is_valid=True)
    assert read_ogrn(broken(ogrnip)) == Identifier(
        broken(ogrnip), is_valid=False, note="check_digit"
    )


def test_fifteen_digits_of_an_organisation_are_no_ogrnip() -> None:
    assert read_ogrn("1" * 15) == Identifier("1" * 15, is_valid=False, note="prefix")


@settings(max_examples=40, deadline=None)
@example("022112300")  # its last three digits look like a tail of zeros
@given(st.integers(10**7, 10**9 - 1).map("{:09}".format))
def test_every_inn_comes_back_from_text_and_from_numbers(first_nine: str) -> None:
    inn = complete_inn(first_nine)

    read = [read_inn(cell) for cell in (inn, int(inn), float(inn), f" {inn}.0", f"{int(inn):,}")]

    assert [(one.value, one.is_valid) for one in read if one] == [(inn, True)] * 5


@settings(max_examples=40, deadline=None)
@given(st.integers(10**10, 2 * 10**10 - 1), st.sampled_from("15"))
def test_every_ogrn_comes_back_from_text_and_from_numbers(rest: int, first: str) -> None:
    ogrn = complete_ogrn(first + str(rest))
    scientific = f"{ogrn[0]},{ogrn[1:]}E+12"

    read = [read_ogrn(cell) for cell in (ogrn, int(ogrn), float(ogrn), f"{ogrn}.0", scientific)]

    assert read == [Identifier(ogrn, is_valid=True)] * 5


@settings(max_examples=50, deadline=None)
@given(st.text("0123456789 .,-eЕ/'ИНН", max_size=18) | st.text(max_size=10) | st.floats())
def test_no_cell_breaks_the_reading(cell: object) -> None:
    for read in (read_inn(cell), read_ogrn(cell)):
        assert read is None or not read.is_valid or read.value.isdigit()
