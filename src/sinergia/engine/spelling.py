"""Which place a file means, however it writes the name. Never a guess: a key fits or not."""

import re
from collections.abc import Mapping
from typing import TypeVar

from sinergia.engine.text import fold

Place = TypeVar("Place")

# Words that say what a region is, not which one.
_KIND_WORDS = """республика респ обл область край кр округ автономный автономная автономной
    ао аобл аокр авт окр г гор город федерального федеральный значения регион
    россия российская федерация рф of the federal city
    republic oblast krai kray okrug autonomous region territory"""
# Words that say what a municipality is.
_MUNICIPAL_WORDS = """г гор город го о городской городского мо муниципальное муниципальный
    муниципального образование м район района р н рн округ округа мр сельский сельское
    поселение пгт рп поселок пос село с деревня д зато улус у city town of district
    municipal urban"""
_KINDS, _MUNICIPAL = frozenset(_KIND_WORDS.split()), frozenset(_MUNICIPAL_WORDS.split())
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+")
_PARTS = re.compile(r"[()/,;|]|\s[-‐‑–—]+\s")
_HYPHEN = re.compile("[-‐‑–—]")
LONGEST = 120  # characters of a key that is kept


def spelling_key(name: str) -> str:
    """The words of a region's name without what it is, in one order: empty where none is left.

    «Респ. Башкортостан», «Башкортостан (Республика)» and «БАШКОРТОСТАН» have one key.
    """
    return _key(name, _KINDS)


def municipality_key(name: str) -> str:
    """The words of a municipality's name without what it is: «МО г. Обнинск» -> «обнинск»."""
    return _key(name, _MUNICIPAL)


def _key(name: str, kinds: frozenset[str]) -> str:
    folded = fold(name)
    words = sorted({word for word in _WORD.findall(folded) if word not in kinds})
    return " ".join(words or _NUMBER.findall(folded))


def parts_of(name: str) -> list[str]:
    """Several names that stand in one text: «Саха (Республика) (Якутия)» -> «Саха», «Якутия»."""
    parts = [part.strip() for part in _PARTS.split(name) if spelling_key(part)]
    named = [part for piece in parts for part in _names_in(piece)]
    return named if len(named) > 1 else []


def _names_in(piece: str) -> list[str]:
    """«Чувашская Республика-Чувашия»: where a kind ends the first name, a second one follows."""
    pieces = [part for part in _HYPHEN.split(piece) if spelling_key(part)]
    first = _WORD.findall(fold(pieces[0]))
    return pieces if len(pieces) > 1 and first[-1:] and first[-1] in _KINDS else [piece]


def has_kind(name: str) -> bool:
    """Whether a text says in words that a region is meant: «область», «край», «г.»."""
    return any(word in _KINDS for word in _WORD.findall(fold(name)))


def spelling_keys(name: str) -> list[str]:
    """Every key under which a region of this name may be found: of the whole, of its parts."""
    keys = [spelling_key(name), *map(spelling_key, parts_of(name))]
    return list(dict.fromkeys(key for key in keys if key and len(key) <= LONGEST))


def find_meant(name: str, names: Mapping[str, Place], keys: Mapping[str, Place]) -> Place | None:
    """The place that `name` means; none where none or several do.

    names: folded texts that fit only as a whole. keys: what `spelling_keys` gives.
    The whole text goes first. Of its parts all that are known must agree, and a part that is
    not known («г. Обнинск») may stand only beside one that says what it is («Калужская обл.»).
    """
    whole = _known(name, names, keys)
    if whole is not None:
        return whole
    found: list[Place] = []
    is_whole, is_said = True, False
    for part in parts_of(name):
        place = _known(part, names, keys)
        if place is None:
            is_whole = False
            continue
        is_said = is_said or has_kind(part)
        if place not in found:
            found.append(place)
    return found[0] if len(found) == 1 and (is_whole or is_said) else None


def _known(text: str, names: Mapping[str, Place], keys: Mapping[str, Place]) -> Place | None:
    folded = fold(text)[:LONGEST].strip()
    found = names.get(folded)
    return found if found is not None else keys.get(folded) or keys.get(spelling_key(text))


def kind_of(name: str) -> str:
    """What a region is, by the words of its Russian name: a code of `places.Region.Kind`."""
    words = set(_WORD.findall(fold(name)))
    for kind, signs in _SIGNS.items():
        if words & signs:
            return kind
    return "region"


_SIGNS = {
    "okrug": {"автономный", "ао", "аокр"},
    "autonomous_oblast": {"автономная", "аобл"},
    "oblast": {"область", "обл"},
    "krai": {"край"},
    "republic": {"республика", "респ", "чувашия"},
    "city": {"г", "город"},
}

_WHOLE = {
    "респ": "Республика",
    "обл": "область",
    "аобл": "автономная область",
    "ао": "автономный округ",
    "край": "край",
}


def full_name(name: str, kind_word: str) -> str:
    """Write a region out: («Калужская», «обл») -> «Калужская область»; a city by its name alone.

    An adjective stands before «Республика», a noun after it; slashes become brackets, and a
    second name follows a dash: «Республика Саха (Якутия)», «Кемеровская область — Кузбасс».
    """
    written = re.sub(r"/(.+?)/", r"(\1)", name).replace(" - ", " — ")
    written = written.replace("Автономный", "автономный").replace("Автономная", "автономная")
    whole = _WHOLE.get(fold(kind_word).strip("."), "")
    if not whole or fold(whole) in fold(written):
        return written
    if whole == "Республика" and not written.endswith("ая"):
        return f"{whole} {written}"
    return f"{written} {whole}"
