import pytest

from sinergia.engine.bank import (
    digits_of,
    fault_of_account,
    fault_of_bik,
    fault_of_correspondent,
)

BIK = "044525225"
CORRESPONDENT = "30101810400000000225"


def keyed(beginning: str, end: str, bik: str) -> str:
    """The account with the one key digit that makes it right."""
    return next(
        number
        for digit in "0123456789"
        if not fault_of_account(number := f"{beginning}{digit}{end}", bik)
    )


def test_a_bank_known_to_all_is_right() -> None:
    assert fault_of_bik(BIK) == ""
    assert fault_of_correspondent(CORRESPONDENT, BIK) == ""


def test_one_of_ten_keys_is_right_and_every_changed_digit_is_seen() -> None:
    number = keyed("40703810", "00000000123", BIK)

    for place in range(20):
        for digit in "0123456789":
            changed = number[:place] + digit + number[place + 1 :]
            is_of_another_rule = changed.startswith(("03", "301", "40102"))
            if not is_of_another_rule:
                assert bool(fault_of_account(changed, BIK)) == (changed != number)


def test_another_bank_is_seen() -> None:
    assert fault_of_account(keyed("40703810", "00000000123", BIK), "044525226") == "account_key"
    assert fault_of_correspondent(CORRESPONDENT, "044585225") == "account_key"


@pytest.mark.parametrize("number", ["", "4070381", "4070381000000000012x", "４" * 20, "4" * 21])
def test_what_is_no_account_is_called_so(number: str) -> None:
    assert fault_of_account(number, BIK) == "account_length"


def test_the_treasury_has_rules_of_its_own() -> None:
    assert fault_of_account("03224643450000000100", BIK) == ""
    single = keyed("40102810", "00000000123", BIK)
    assert fault_of_correspondent(single, BIK) == ""
    assert fault_of_correspondent(keyed("40703810", "00000000123", BIK), BIK) == (
        "correspondent_beginning"
    )


def test_without_a_bank_only_the_length_is_checked() -> None:
    assert fault_of_account("40703810000000000123", "12") == ""
    assert fault_of_bik("12") == "bik_length"


def test_blanks_for_reading_are_taken_out() -> None:
    assert digits_of("4070 3810-0000 0000 0123") == "40703810000000000123"
