"""Sums in words, names and posts in the genitive, as an agreement has them."""

import pytest

from sinergia.engine.cases_ru import initials, name_genitive, post_genitive
from sinergia.engine.sum_words import number_en, number_ru, sum_in_words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "ноль"),
        (11, "одиннадцать"),
        (21, "двадцать один"),
        (100, "сто"),
        (1_000, "одна тысяча"),
        (2_002, "две тысячи два"),
        (5_011, "пять тысяч одиннадцать"),
        (512_400, "пятьсот двенадцать тысяч четыреста"),
        (1_964_000, "один миллион девятьсот шестьдесят четыре тысячи"),
        (10**12 + 2 * 10**9, "один триллион два миллиарда"),
    ],
)
def test_numbers_in_russian_words(number: int, words: str) -> None:
    assert number_ru(number) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "zero"),
        (19, "nineteen"),
        (20, "twenty"),
        (1_942, "one thousand nine hundred forty-two"),
        (3_000_007, "three million seven"),
    ],
)
def test_numbers_in_english_words(number: int, words: str) -> None:
    assert number_en(number) == words


@pytest.mark.parametrize(
    ("minor", "currency", "language", "words"),
    [
        (1_00, "RUB", "ru", "Один рубль 00 копеек"),
        (2_003_22, "RUB", "ru", "Две тысячи три рубля 22 копейки"),
        (847_300_01, "RUB", "ru", "Восемьсот сорок семь тысяч триста рублей 01 копейка"),
        (5_01, "RUB", "en", "Five Russian rubles 01 kopeck"),
        (21_00, "RUB", "en", "Twenty-one Russian rubles 00 kopecks"),
        (7_05, "EUR", "ru", "Семь евро 05/100"),
        (500, "JPY", "en", "Five hundred Japanese yen"),
    ],
)
def test_a_sum_in_words(minor: int, currency: str, language: str, words: str) -> None:
    assert sum_in_words(minor, currency, language) == words


@pytest.mark.parametrize(
    ("name", "genitive"),
    [
        ("Яровая Татьяна Ивановна", "Яровой Татьяны Ивановны"),
        ("Турчин Пётр Сергеевич", "Турчина Петра Сергеевича"),
        ("Гареева Лилия Маратовна", "Гареевой Лилии Маратовны"),
        ("Чибисов Р. О.", "Чибисов Р. О."),
        ("Чайковский Илья Ильич", "Чайковского Ильи Ильича"),
        ("Шевчук Ольга Кузьминична", "Шевчук Ольги Кузьминичны"),
        ("Шевчук Лев Игоревич", "Шевчука Льва Игоревича"),
        ("Петренко Любовь Павловна", "Петренко Любови Павловны"),
        ("Белых Андрей Юрьевич", "Белых Андрея Юрьевича"),
        ("Петрова-Водкина Нина Львовна", "Петровой-Водкиной Нины Львовны"),
        ("Горячий Игорь Ильич", "Горячего Игоря Ильича"),
        ("Smith John", "Smith John"),
        ("", ""),
    ],
)
def test_a_name_in_the_genitive(name: str, genitive: str) -> None:
    assert name_genitive(name) == genitive


@pytest.mark.parametrize(
    ("post", "genitive"),
    [
        ("Директор", "директора"),
        ("Исполнительный директор", "исполнительного директора"),
        ("Председатель правления", "председателя правления"),
        ("Глава", "главы"),
        ("Президент", "президента"),
        ("Управляющий", "управляющего"),
        ("", ""),
    ],
)
def test_a_post_in_the_genitive(post: str, genitive: str) -> None:
    assert post_genitive(post) == genitive


def test_initials_follow_the_surname() -> None:
    assert initials("Яровая Татьяна Ивановна") == "Яровая Т. И."
    assert initials("") == ""
