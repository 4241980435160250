"""The list of a demo's contest whose applications are handed in to another system.

Told from the word lists and a seed, as everything here; a row is what such a system gives away.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from sinergia.packs.rules import shipped
from sinergia.web.demo import stock
from sinergia.web.demo.applying import REGION, YEAR
from sinergia.web.demo.rows import Cell, MunicipalityRow, OrganisationRow
from sinergia.web.demo.titles import Titles

ROWS = 12


@dataclass(frozen=True, slots=True)
class FiledElsewhere:
    """One application as the other system has it. asked: roubles."""

    number: str
    organisation: OrganisationRow
    title: str
    direction: str
    asked: int

    def columns(self) -> dict[str, Cell]:
        """Its cells under the headings of the list."""
        return {
            "Номер заявки": self.number,
            "Организация": self.organisation.name,
            "ОГРН": self.organisation.ogrn,
            "ИНН": self.organisation.inn,
            "Название проекта": self.title,
            "Грантовое направление": self.direction,
            "Запрошенная сумма": self.asked,
        }


def filed_elsewhere(
    organisations: Sequence[OrganisationRow], towns: Sequence[MunicipalityRow], *, seed: int
) -> Iterator[FiledElsewhere]:
    """Tell the list; each organisation of the region stands in it once at most."""
    words, codes = (
        stock.applying(),
        {one.code: one.name.ru for one in shipped()["regional"].directions},
    )
    titles = Titles(stock.fields(), [one.title for one in stock.cast().signatures])
    places = {town.oktmo: town for town in towns}
    known = {f"«{one.brand}»" for one in stock.cast().known}
    pool = [
        one
        for one in organisations
        if one.region == REGION and not any(brand in one.name for brand in known)
    ]
    chance = Random(f"{seed}:elsewhere")  # noqa: S311  # nothing is kept secret by it
    for place, one in enumerate(chance.sample(pool, ROWS), start=1):
        project = titles.new(one.field, one.ogrn, places[one.oktmo], year=YEAR, chance=chance)
        code = next(c for c, told in words["directions"].items() if one.field in told["fields"])
        yield FiledElsewhere(
            number=f"КС-{YEAR % 100}-{place * 3 + 100}",  # others of the system go in between
            organisation=one,
            title=project.title,
            direction=codes[code],
            asked=chance.randrange(180, 900) * 1_000,
        )
