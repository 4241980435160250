"""What can be wrong with an archive, and the sentence for each; translated where it is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field


def gettext_noop(message: str) -> str:
    """Mark a message for translation."""
    return message


SENTENCES = {
    "no_zip": gettext_noop("this is no archive of a contest, or it is torn"),
    "missing": gettext_noop("file “%(name)s” is missing"),
    "strange": gettext_noop("file “%(name)s” does not belong here"),
    "changed": gettext_noop("file “%(name)s” was changed: its digest is another one"),
    "manifest": gettext_noop("the list of files and digests cannot be read"),
    "root": gettext_noop("the root in the list is not the one of its files"),
    "other_root": gettext_noop("the root is not the one that was published"),
    "container": gettext_noop("bytes between the files were changed"),
    "unreadable": gettext_noop("file “%(name)s” cannot be read"),
    "twice": gettext_noop("“%(code)s” stands twice in “%(name)s”"),
    "unknown_application": gettext_noop("a sheet is about “%(code)s”, and there is no such one"),
    "unknown_expert": gettext_noop("a sheet is by “%(code)s”, and there is no such expert"),
    "off_scale": gettext_noop(
        "a sheet about “%(code)s” gives %(score)s on “%(criterion)s”, which the scale does not have"
    ),
    "sheet": gettext_noop(
        "a sheet about “%(code)s” comes to %(counted)s, and %(told)s is told there"
    ),
    "row": gettext_noop("%(code)s: %(name)s is %(told)s, counted anew it is %(counted)s"),
    "not_ranked": gettext_noop("%(code)s: it does not stand in the ranking"),
    "not_there": gettext_noop("%(code)s: it stands in the ranking, and there is no such one"),
    "budget": gettext_noop("what was moved up costs more than there is"),
    "seed": gettext_noop("the seed of the lot is not the one of the applications"),
}


@dataclass(frozen=True)
class Fault:
    """Something wrong with an archive."""

    code: str
    values: Mapping[str, str] = field(default_factory=dict)


def sentence_of(fault: Fault) -> tuple[str, Mapping[str, str]]:
    """The sentence for a fault, to be translated, and what it names."""
    return SENTENCES[fault.code], fault.values
