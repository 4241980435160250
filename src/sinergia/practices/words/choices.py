"""What may be chosen in a field of a practice: values with their words."""

from collections.abc import Sequence
from functools import cached_property

from sinergia.base.drafts.words import Choice, Group
from sinergia.packs.practices import lists
from sinergia.packs.practices.fields import ASPECTS
from sinergia.packs.practices.reading import Choice as Listed
from sinergia.practices.models import Practice
from sinergia.practices.queries.writing import themes_for


class Choices:
    """Choices for one practice, in one language."""

    def __init__(self, practice: Practice, language: str) -> None:
        self.practice, self.language = practice, language

    def at(self, name: str, cell: str = "") -> Sequence[Group]:
        """What may be chosen there; of no choice, nothing."""
        found = self._found(name, cell)
        return [("", found)] if found else []

    @cached_property
    def themes(self) -> list[Choice]:
        """Of the region, asked for once."""
        return [(str(one.key), one.name) for one in themes_for(self.practice)]

    def _found(self, name: str, cell: str) -> list[Choice]:
        known = lists()
        if name == "theme":
            return self.themes
        if name == "maturity":
            return [
                (
                    str(one.level),
                    f"{one.name.told(self.language)}. {one.meaning.told(self.language)}",
                )
                for one in known.maturity
                if one.level
            ]
        if name in ASPECTS:
            aspect = next(one for one in known.aspects if one.code == name)
            return [
                (str(at), f"{at}. {level.told(self.language)}")
                for at, level in enumerate(aspect.levels, start=1)
            ]
        listed = {
            ("audiences", "who"): known.audiences,
            ("resources", "kind"): known.resources,
            ("help", "kind"): known.helps,
            ("contacts", "shown"): known.shown,
            ("licence", ""): known.licences,
            ("hosting", ""): known.hosting,
        }.get((name, cell), ())
        return self._words(listed)

    def _words(self, listed: Sequence[Listed]) -> list[Choice]:
        return [(one.code, one.name.told(self.language)) for one in listed]
