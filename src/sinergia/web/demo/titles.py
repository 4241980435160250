"""Think up projects: a title and what it is in one line; no title twice in a region and a year."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from sinergia.web.demo.rows import MunicipalityRow
from sinergia.web.demo.stock import Field, Idea

_RANGE = re.compile(r"\{(\d+)\.\.(\d+)\}")
_LONG_SHARE = 0.16  # how many titles say at once what the project is
_TRIES = 12
_SEQUELS = (
    "{title}. Продолжение",
    "{title}: второй год",
    "{title}: шире круг",
    "{title}: новый сезон",
)
_NOBODY = ""
_ENDED = ("?", "!", ".")


@dataclass(frozen=True, slots=True)
class Project:
    """What somebody applies with."""

    title: str
    essence: str


class Titles:
    """Remembers which titles are taken in a region, by whom and in which years."""

    def __init__(self, fields: dict[str, Field], reserved: Sequence[str]) -> None:
        """reserved: titles of projects that the stories give to one organisation."""
        self._ideas = {
            code: [idea for idea in field.ideas if idea.title not in reserved]
            for code, field in fields.items()
        }
        self._reserved = {
            idea.title: idea
            for field in fields.values()
            for idea in field.ideas
            if idea.title in reserved
        }
        self._owners: dict[tuple[str, str], str] = {}
        self._years: dict[tuple[str, int], set[str]] = defaultdict(set)

    def known(self, title: str, town: MunicipalityRow, *, year: int, chance: Random) -> Project:
        """Give the project a story is about."""
        self._years[town.region, year].add(title)
        return Project(title, _filled(self._reserved[title].essence, town, chance))

    def is_free(self, title: str, region: str, year: int) -> bool:
        """Tell whether nobody in the region applies with this title that year."""
        return title not in self._years[region, year]

    def again(self, project: Project, region: str, year: int) -> Project:
        """Apply once more with what did not win."""
        self._years[region, year].add(project.title)
        return project

    def close(self, title: str, region: str) -> None:
        """Let nobody begin anew what has got its grant."""
        self._owners[region, title] = _NOBODY

    def sequel(self, project: Project, region: str, year: int, chance: Random) -> Project | None:
        """Go on with what won; None where the title does not bear it."""
        if len(project.title) > 90 or ":" in project.title or project.title.endswith(_ENDED):
            return None
        title = chance.choice(_SEQUELS).format(title=project.title)
        return self._take(Project(title, project.essence), region, year)

    def new(
        self, field: str, owner: str, town: MunicipalityRow, *, year: int, chance: Random
    ) -> Project:
        """Think up a project nobody in the region has; where all are had, one of one's own town."""
        ideas = self._ideas[field]
        for idea in chance.sample(ideas, len(ideas)):
            title = _filled(idea.title, town, chance)
            if self._owners.setdefault((town.region, title), owner) == owner:
                project = _told(idea, title, town, chance)
                if self._take(project, town.region, year):
                    return project
        return self._of_own_town(ideas, town, year=year, chance=chance)

    def _of_own_town(
        self, ideas: Sequence[Idea], town: MunicipalityRow, *, year: int, chance: Random
    ) -> Project:
        for attempt in range(_TRIES):
            idea = chance.choice(ideas)
            essence = _filled(idea.essence, town, chance)
            title = _placed(_filled(idea.title, town, chance), town)
            if attempt > _TRIES // 2:
                title = f"{title}: {essence}"
            project = self._take(Project(title, essence), town.region, year)
            if project:
                return project
        return self._numbered(Project(title, essence), town.region, year)

    def _numbered(self, project: Project, region: str, year: int) -> Project:
        """Count the groups of a project that very many lead: only a large demo comes here."""
        count = 2
        while True:
            title = f"{project.title} — группа {count}"
            taken = self._take(Project(title, project.essence), region, year)
            if taken:
                return taken
            count += 1

    def _take(self, project: Project, region: str, year: int) -> Project | None:
        titles = self._years[region, year]
        if project.title in titles:
            return None
        titles.add(project.title)
        return project


def _told(idea: Idea, title: str, town: MunicipalityRow, chance: Random) -> Project:
    """Write a title as some do: short, or with what the project is."""
    essence = _filled(idea.essence, town, chance)
    is_long = chance.random() < _LONG_SHARE and not title.endswith(_ENDED) and ":" not in title
    return Project(f"{title}: {essence}" if is_long else title, essence)


def _placed(title: str, town: MunicipalityRow) -> str:
    """Say where: «Книжный автобус» в Кленовске."""
    if "«" in title or town.centre_of in title or town.centre_at in title:
        return f"{title} ({town.name_ru})"
    return f"«{title}» в {town.centre_at}"


def _filled(text: str, town: MunicipalityRow, chance: Random) -> str:
    """Close what an idea left open: numbers, and the town in its two cases."""
    text = _RANGE.sub(lambda found: str(_many(int(found[1]), int(found[2]), chance)), text)
    return text.format(of=town.centre_of, at=town.centre_at)


def _many(least: int, most: int, chance: Random) -> int:
    """Choose a number after which a Russian noun stands in the genitive plural.

    Small ones are any such number, large ones are round: nobody promises 347 pupils.
    """
    step = 1 if most <= 100 else 10
    fitting = [
        number
        for number in range(least, most + 1, step)
        if number % 10 in {0, 5, 6, 7, 8, 9} or number % 100 in range(11, 15)
    ]
    return chance.choice(fitting)
