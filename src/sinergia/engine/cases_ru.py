"""Names of people and posts in the genitive: proposed, never silent, always to be mended by hand.

Gender comes from the patronymic; without one only what has one form for both is changed.
"""

import re

_WORD = re.compile(r"[А-ЯЁа-яё]+(?:-[А-ЯЁа-яё]+)*")
_BACK = "гкхжчшщ"
_FEMALE_POSTS = {"директриса": "директрисы"}
_ODD = {"павел": "Павла", "лев": "Льва", "пётр": "Петра", "петр": "Петра"}
_LONE = {"и", "о", "по", "при", "на", "в", "с"}


def name_genitive(name: str) -> str:
    """«Яровая Татьяна Ивановна» -> «Яровой Татьяны Ивановны»; initials stay as they are."""
    words = name.split()
    gender = next(filter(None, (_gender(one) for one in words)), "")
    if not gender:
        return name
    told = []
    for at, word in enumerate(words):
        is_initial = len(word.replace(".", "")) <= 2 and "." in word
        told.append(word if is_initial else _declined(word, gender, is_surname=at == 0))
    return " ".join(told)


def post_genitive(post: str) -> str:
    """«Исполнительный директор» -> «исполнительного директора»; what follows the noun stays."""
    words = post.split()
    told: list[str] = []
    for at, word in enumerate(words):
        lowered = word.lower()
        if lowered.endswith(("ый", "ий", "ой")):
            soft = lowered.endswith("ий") and lowered[-3] not in "гкх"
            told.append(lowered[:-2] + ("его" if soft else "ого"))
            continue
        return " ".join([*told, _noun(lowered), *words[at + 1 :]])
    return " ".join(told)


def initials(name: str) -> str:
    """«Яровая Татьяна Ивановна» -> «Яровая Т. И.»."""
    first, *rest = name.split() or [""]
    return " ".join([first, *(f"{one[0]}." for one in rest if one)])


def _gender(word: str) -> str:
    lowered = word.lower()
    if lowered.endswith(("вич", "ьич", "мич")):
        return "m"
    return "f" if lowered.endswith(("вна", "чна", "шна")) else ""


def _declined(word: str, gender: str, *, is_surname: bool) -> str:
    if "-" in word:
        return "-".join(_declined(one, gender, is_surname=is_surname) for one in word.split("-"))
    if not _WORD.fullmatch(word):
        return word
    if is_surname:
        return _surname(word, gender)
    return _given(word, gender)


def _surname(word: str, gender: str) -> str:
    end = word.lower()
    if end.endswith(("о", "е", "и", "у", "ю", "ых", "их")):
        return word
    if gender == "f":
        if end.endswith(("ова", "ева", "ёва", "ина", "ына")):
            return word[:-1] + "ой"
        if end.endswith("ая"):
            return word[:-2] + ("ей" if end[-3] in "жчшщ" else "ой")
        if end.endswith("яя"):
            return word[:-2] + "ей"
        return _first(word) if end.endswith(("а", "я")) else word
    if end.endswith(("ский", "цкий", "ый", "ой")):
        return word[:-2] + "ого"
    if end.endswith("ий"):
        return word[:-2] + ("его" if end[-3] not in "гкх" else "ого")
    return _given(word, gender)


def _given(word: str, gender: str) -> str:
    end = word.lower()
    if end.endswith(("а", "я")):
        return _first(word)
    if gender == "f":
        return word[:-1] + "и" if end.endswith("ь") else word
    if end in _ODD:
        return _ODD[end]
    if end.endswith(("й", "ь")):
        return word[:-1] + "я"
    return word if end.endswith(("о", "е", "и", "у", "ю")) else word + "а"


def _first(word: str) -> str:
    end = word.lower()
    if end.endswith("я"):
        return word[:-1] + "и"
    return word[:-1] + ("и" if end[-2] in _BACK else "ы")


def _noun(word: str) -> str:
    if word in _FEMALE_POSTS:
        return _FEMALE_POSTS[word]
    if word in _LONE or not _WORD.fullmatch(word):
        return word
    if word.endswith("ь"):
        return word[:-1] + "я"
    if word.endswith(("а", "я")):
        return _first(word)
    return word + "а" if word[-1] not in "йоеиую" else word
