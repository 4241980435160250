"""Text as it is kept, and its folded twin for search, order and uniqueness.

Databases fold Cyrillic each in its own way, so it is done here, once.
"""

import re
import unicodedata

# What no page shows and no file needs: controls, halves of surrogate pairs, marks that turn
# the reading direction (they can make a name look like another one), and the byte order mark.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_LINE_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Zero-width blanks and soft hyphens: nobody sees them, so no two names may differ by them.
_ZERO_WIDTH = re.compile("[\u00ad\u180e\u200b\u2060]")
_JOINERS = re.compile("[\u200c\u200d]")
_STRESS = re.compile("[\u0300\u0301]")
_PLAIN = re.compile("[ -~А-яЁё«»№–—…“”„’]*")
_WORD = re.compile(r"[^\W_]+")
_PLAIN_WORD = re.compile("[0-9a-zа-я]+")  # the same in a plain text that is folded, sooner


def clean(text: str) -> str:
    """Free a text of what cannot be seen or stored; its lines stay, broken by LF. NFC."""
    if text.isprintable():
        return unicodedata.normalize("NFC", text)
    text = _LINE_BREAK.sub("\n", text)
    return unicodedata.normalize("NFC", _UNSEEN.sub("", text))


def clean_line(text: str) -> str:
    """Clean a text that stands on one line: every run of blanks is one space, none at the ends."""
    if text.isprintable():  # so it holds neither controls nor zero-width blanks
        return " ".join(unicodedata.normalize("NFC", text).split())
    return " ".join(unicodedata.normalize("NFC", _ZERO_WIDTH.sub("", clean(text))).split())


def fold(text: str) -> str:
    """Give the twin by which texts are found, sorted and told apart: no case, no ё, no stress."""
    if _PLAIN.fullmatch(text):  # nearly every text; the same outcome, in a tenth of the time
        return " ".join(text.casefold().replace("ё", "е").split())
    bare = _STRESS.sub("", unicodedata.normalize("NFD", _JOINERS.sub("", clean_line(text))))
    folded = unicodedata.normalize("NFD", bare.casefold())
    return clean_line(unicodedata.normalize("NFC", _STRESS.sub("", folded)).replace("ё", "е"))


def words_of(text: str) -> list[str]:
    """List the words and numbers of a text, folded, in their order."""
    if _PLAIN.fullmatch(text):  # of runs of blanks nothing is left either way
        return _PLAIN_WORD.findall(text.casefold().replace("ё", "е"))
    return _WORD.findall(fold(text))
