"""Numbers of banks and accounts, checked by their keys. A wrong one is shown, never refused.

Source: Положение Банка России 579-П, приложение 1 (структура счёта); порядок расчёта контрольного
ключа, ЦБ РФ 08.09.1997 № 515: weights 7, 1, 3 over the bank's digits and the account.
"""

from itertools import cycle

BIK_DIGITS, ACCOUNT_DIGITS = 9, 20
_WEIGHTS = (7, 1, 3)
_TREASURY = "03"  # accounts of budgets at the treasury: their key is not of the bank
_SINGLE_TREASURY = "40102"  # the treasury's single account is keyed as a correspondent one
_CORRESPONDENT = "301"


def digits_of(typed: str) -> str:
    """A number without the blanks and dashes that people put in for reading."""
    return "".join(sign for sign in typed if sign not in "  \t-–—")


def fault_of_bik(bik: str) -> str:
    """A code of what is wrong with a BIK, "" where nothing is: it has no check digit."""
    return "" if _is_number(bik, BIK_DIGITS) else "bik_length"


def fault_of_account(number: str, bik: str) -> str:
    """A code of what is wrong with an account in the bank of `bik`; "" where nothing is."""
    if not _is_number(number, ACCOUNT_DIGITS):
        return "account_length"
    if fault_of_bik(bik) or number.startswith(_TREASURY):
        return ""  # without the bank, and at the treasury, there is nothing to compare with
    is_of_bank = number.startswith((_CORRESPONDENT, _SINGLE_TREASURY))
    prefix = f"0{bik[4:6]}" if is_of_bank else bik[-3:]
    return "" if _is_keyed(prefix + number) else "account_key"


def fault_of_correspondent(number: str, bik: str) -> str:
    """The same of a correspondent account, which is the bank's own."""
    if not _is_number(number, ACCOUNT_DIGITS):
        return "account_length"
    if not number.startswith((_CORRESPONDENT, _SINGLE_TREASURY)):
        return "correspondent_beginning"
    return fault_of_account(number, bik)


def _is_number(text: str, length: int) -> bool:
    return len(text) == length and text.isascii() and text.isdecimal()


def _is_keyed(digits: str) -> bool:
    """Whether the last digits of the weighted products sum to a multiple of ten."""
    products = (
        int(one) * weight % 10 for one, weight in zip(digits, cycle(_WEIGHTS), strict=False)
    )
    return sum(products) % 10 == 0
